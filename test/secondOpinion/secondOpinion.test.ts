import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../contract/stage.ts';
import { embeddedTarget } from '../contract/target.ts';
import { type Amounts, metadataCases, requestCases } from './cases.ts';
import { factsOf } from './facts.ts';
import { justified } from './justified.ts';
import { LanguageService } from './languageService.ts';
import { askServer } from './server.ts';
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
  shapesPerRequest: 45,
  namesPerRequest: 40,
  generated: 250,
  metadataPerList: 40,
};

/** Fixtures from outside lie beside the checkout; where they don't, they are left out. */
const fixtures = fileURLToPath(new URL('../../../shared/fixtures/', import.meta.url));
const hasFixtures = existsSync(`${fixtures}engine/expected.json`);

const arenas: readonly Arena[] = [
  ...contractArenas(),
  await sampleArena(),
  ...(hasFixtures ? [engineArena(fixtures), ...(await realArenas(fixtures))] : []),
];

describe('what the language service says is refused', () => {
  const tally = new Tally();
  const occurred = new Set<string>();
  let stage: Stage;

  beforeAll(async () => {
    stage = new Stage(await embeddedTarget());
    await stage.open();
  }, 60_000);

  afterAll(async () => {
    await stage.close();
    process.stdout.write(`\n${tally}\n`);
  });

  it.each(arenas)('is what the server refuses: $name', async ({ name, world, requests }) => {
    await stage.enter(world);
    const service = await LanguageService.open(stage.target);
    const { metadata } = service;
    const facts = factsOf(world, metadata, (source, table) => service.columnsOf(source, table));
    const cases = [...requestCases(requests, facts, amounts), ...metadataCases(metadata, amounts)];
    const unexpected: Disagreement[] = [];
    for (const [index, asked] of cases.entries()) {
      const opinions: Opinions = {
        world: name,
        asked,
        server: await askServer(stage.target, asked),
        service: service.ask(asked, index % 2 === 0 ? 'json' : 'yaml'),
      };
      tally.add(opinions);
      const disagreement = disagreementOf(opinions);
      if (disagreement === undefined) continue;
      const reason = justified.find((each) => each.is(disagreement));
      if (reason) occurred.add(reason.title);
      else unexpected.push(disagreement);
    }
    expect(unexpected.map(described)).toEqual([]);
  });

  it.each(justified)('differs where it should: $title', ({ title }) => {
    expect(occurred).toContain(title);
  });
});

function described({ refusedBy, rules, asked, server, service }: Disagreement): string {
  const why = refusedBy === 'server' ? server.texts : service.refusals.map(({ message }) => message);
  return `only the ${refusedBy} refuses (${rules.join(', ')}): ${asked.title}: ${why.join(' | ')}`;
}
