import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/list.ts';
import { Stage } from '../contract/stage.ts';
import { command, embeddedTarget } from '../contract/target.ts';
import { Release } from '../endpoint/release.ts';
import { because, missingOutside, outside } from '../outside.ts';
import { type Amounts, metadataCases, requestCases } from './cases.ts';
import { factsOf } from './facts.ts';
import { justified } from './justified.ts';
import { LanguageService } from './languageService.ts';
import { askServer, wrongRelationships } from './server.ts';
import { type Disagreement, disagreementOf, type Opinions, Tally } from './tally.ts';
import type { Arena } from './worlds/arena.ts';
import { contractArenas } from './worlds/contractWorlds.ts';
import { engineArena } from './worlds/engineFixtures.ts';
import { realArenas } from './worlds/realProjects.ts';
import { sampleArena } from './worlds/sampleProject.ts';

/**
 * Whether what the language service says the server refuses is what a server refuses: both are asked about relationships
 * in many worlds, right ones and wrong ones. The server is the embedded endpoint, which knows nothing of the language
 * service's rules; both have the same facts, for the language service's are pulled from the server.
 */

const amounts: Amounts = {
  shapesPerRequest: 30,
  namesPerRequest: 24,
  generated: 160,
  metadataPerList: 24,
};

/**
 * What neither server nor mutation has: text that is no YAML, a native MySQL source, custom names, computed fields and
 * local relationships that are changed, two relationships with object arguments of one name, and what stands around a single
 * relationship.
 */
const notAsked = [
  'yaml-syntax',
  'request-envelope',
  'invalid-custom-name',
  'cli-syntax',
  'duplicate-declaration',
  'remote-schema-definition',
  'remote-schema-customization',
  'inconsistent-remote-schema',
  'remote-schema-permission',
  'action-relationship',
  'dropped-computed-field',
  'input-type-conflict',
  'unsupported-target',
];

/** In each of the older releases. */
const fewer: Amounts = { shapesPerRequest: 4, namesPerRequest: 3, generated: 60, metadataPerList: 8 };

/** Releases around each change of what is refused (spec section 10). */
const releases = ['2.0.1', '2.0.10', '2.1.0', '2.1.1', '2.2.0', '2.4.0', '2.5.0', '2.20.0', '2.45.0'];

const olderWorlds = ['shop', 'four kinds', 'messages', 'two mssql sources', 'the samples'];

/** Real projects, and the engine's own fixtures. */
const noFixtures = missingOutside('fixtures');
const fromOutside =
  noFixtures === undefined
    ? [engineArena(outside('fixtures/')), ...(await realArenas(outside('fixtures/')))]
    : [];

const arenas: readonly Arena[] = [...contractArenas(), await sampleArena(), ...fromOutside];

describe('what the language service says is refused', () => {
  const tally = new Tally();
  const occurred = new Map<string, number>();
  let stage: Stage;
  let newest = '';

  beforeAll(async () => {
    stage = new Stage(await embeddedTarget());
    await stage.open();
    newest = stage.target.embedded?.settings.serverVersion ?? '';
  }, 60_000);

  afterAll(async () => {
    await stage.close();
    const reasons = [...occurred].map(([title, count]) => `  ${String(count).padStart(6)} ${title}`);
    process.stdout.write(`\n${tally}\n\nWhere they differ as they should:\n${reasons.join('\n')}\n`);
  });

  it.each(arenas)('is what the server refuses: $name', async (arena) => {
    const service = await enter(arena);
    expect(await disagreements(arena, service, amounts)).toEqual([]);
  });

  it.skipIf(noFixtures !== undefined)('is asked about projects from outside', because(noFixtures), () => {
    expect(fromOutside.length).toBeGreaterThan(1);
  });

  describe.each(releases)('in %s', (release) => {
    it.each(arenas.filter(({ name }) => olderWorlds.includes(name)))(
      'is what the server refuses: $name',
      async (arena) => {
        const service = await enter(arena);
        await playRelease(release);
        service.setServerVersion(release);
        expect(await disagreements(arena, service, fewer, new Release(release))).toEqual([]);
      },
    );
  });

  it('was asked of every rule that says so', () => {
    const errors = rules.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    expect(errors.filter((code) => !tally.saidRefused.has(code))).toEqual(notAsked);
  });

  it.each(justified)('differs where it should: $title', ({ title }) => {
    expect(occurred.get(title)).toBeGreaterThan(0);
  });

  async function enter({ world }: Arena): Promise<LanguageService> {
    await playRelease(undefined);
    await stage.enter(world);
    return LanguageService.open(stage.target);
  }

  /** What is known of the metadata is found out anew, as that release does. */
  async function playRelease(release: string | undefined): Promise<void> {
    const settings = stage.target.embedded?.settings;
    if (settings) settings.serverVersion = release === undefined ? newest : `v${release}`;
    await command(stage.target, 'reload_metadata', {});
  }

  async function disagreements(
    { world, requests }: Arena,
    service: LanguageService,
    howMany: Amounts,
    release?: Release,
  ): Promise<readonly string[]> {
    const { metadata } = service;
    const facts = factsOf(world, metadata, (source, table) => service.columnsOf(source, table));
    const cases = [...requestCases(requests, facts, howMany), ...metadataCases(metadata, howMany)];
    const wrongBefore = await wrongRelationships(stage.target);
    const unexpected: Disagreement[] = [];
    for (const [index, asked] of cases.entries()) {
      const opinions: Opinions = {
        asked,
        release,
        wrongBefore,
        server: await askServer(stage.target, asked),
        service: service.ask(asked, index % 2 === 0 ? 'json' : 'yaml'),
      };
      tally.add(opinions);
      const disagreement = disagreementOf(opinions);
      if (disagreement === undefined) continue;
      const reason = justified.find((each) => each.is(disagreement));
      if (reason) occurred.set(reason.title, (occurred.get(reason.title) ?? 0) + 1);
      else unexpected.push(disagreement);
    }
    return unexpected.map(described);
  }
});

function described({ refusedBy, rules, asked, server, service }: Disagreement): string {
  const why = refusedBy === 'server' ? server.texts : service.refusals.map(({ message }) => message);
  return `only the ${refusedBy} refuses (${rules.join(', ')}): ${asked.title}: ${why.join(' | ')}`;
}
