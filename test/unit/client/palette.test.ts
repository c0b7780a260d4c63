import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { shownManifest } from '../../../scripts/manifest.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { contributes } = shownManifest();

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

const prefix = 'remoteRelationships.';
const names: readonly string[] = contributes.commands.map(({ command }: MenuItem) =>
  command.replace(prefix, ''),
);
const menus: Readonly<Record<string, readonly MenuItem[]>> = contributes.menus;
const palette = menus['commandPalette'] ?? [];

/** The commands that the palette shows where these keys are true. */
function shown(...keys: readonly string[]): readonly string[] {
  const known = new Set(['true', ...keys]);
  return names.filter((name) => {
    const condition = palette.find(({ command }) => command === prefix + name)?.when ?? 'true';
    return condition.split(' && ').every((part) => known.has(part.replace(prefix, '')));
  });
}

/** They start the server, and say why nothing is seen: wherever that is not known yet. */
const everywhere = ['openWalkthrough', 'restartServer', 'showStatus', 'reportProblem'];
const help = [...everywhere, 'showLog'];
/** They send nothing. */
const writing = ['addRelationship', 'writeProjectUnified', 'writeProjectLegacy'];
const copying = ['copyAsRequest', 'copyAsCurl'];
const ofFile = ['applyRelationship', 'applyFile', 'deleteRelationship', 'renameRelationship', 'sendRequest'];
/** What they show is read from files alone. */
const ofReading = ['previewPublishedSchema', 'showRoles', 'showGraph'];
const ofProject = [
  ...[
    'applyProject',
    'chooseEndpoint',
    'nameEndpoint',
    'enterAdminSecret',
    'reloadMetadata',
    'reloadRemoteSchema',
  ],
  ...['showInconsistentMetadata', 'pullSnapshots', 'compareWithServer', 'refreshHasuraView'],
];
const ofQuestion = ['applyShownChange', 'discardShownChange'];
const ofChosen = ['undoLastChange', 'forgetAdminSecret'];
const ofView = [
  ...['hideSame', 'showSame', 'compareDefinitions', 'copyServerDefinition', 'openLocalDefinition'],
  ...['applyFromView', 'deleteFromView', 'showRolesFromView'],
];

describe('the palette', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['where there is nothing of Hasura’s', ['isWorkspaceTrusted'], everywhere],
    [
      'in Restricted Mode',
      ['active', 'recognised', 'endpointChosen'],
      [...help, ...writing, ...copying, ...ofReading],
    ],
    [
      'in a project, before a file of it is opened',
      ['active', 'isWorkspaceTrusted'],
      [...help, ...writing, ...ofProject],
    ],
    [
      'in a project whose endpoint was chosen',
      ['active', 'isWorkspaceTrusted', 'endpointChosen'],
      [...help, ...writing, ...ofProject, ...ofChosen],
    ],
    [
      'while a change is shown and asked about',
      ['active', 'isWorkspaceTrusted', 'changeAsked'],
      [...help, ...writing, ...ofProject, ...ofQuestion],
    ],
    [
      'in a file with relationships',
      ['active', 'isWorkspaceTrusted', 'recognised'],
      [...help, ...writing, ...copying, ...ofReading, ...ofProject, ...ofFile],
    ],
  ])('shows %s what does something there', (_, keys, expected) => {
    expect([...shown(...keys)].sort()).toEqual([...expected].sort());
  });

  it('has a condition for every command but those that help everywhere', () => {
    const conditional = names.filter((name) => !everywhere.includes(name)).map((name) => prefix + name);
    expect(palette.map(({ command }) => command).sort()).toEqual(conditional.sort());
    expect(
      [
        ...help,
        ...writing,
        ...copying,
        ...ofReading,
        ...ofFile,
        ...ofProject,
        ...ofChosen,
        ...ofQuestion,
        ...ofView,
      ].sort(),
    ).toEqual([...names].sort());
  });

  it('leaves out only what the view has', () => {
    const inView = new Set(
      ['view/title', 'view/item/context'].flatMap((menu) => menus[menu] ?? []).map(({ command }) => command),
    );
    const never = palette.filter(({ when }) => when === 'false').map(({ command }) => command);
    expect(never.sort()).toEqual(ofView.map((name) => prefix + name).sort());
    expect(never.filter((command) => !inView.has(command))).toEqual([]);
  });
});

describe('the walkthrough', () => {
  const [{ steps }]: readonly [{ readonly steps: readonly Step[] }] = contributes.walkthroughs;

  interface Step {
    readonly id: string;
    readonly description: string;
    readonly media: Readonly<Record<string, string>>;
    readonly completionEvents: readonly string[];
  }

  it.each(steps.map((step) => [step.id, step] as const))(
    'has pictures and commands that exist, and a way to be done: %s',
    (_, { description, media, completionEvents }) => {
      expect(existsSync(path.join(root, media['image'] ?? media['markdown'] ?? ''))).toBe(true);
      expect(media['markdown'] ?? media['altText']).toBeDefined();
      const commands = [...description.matchAll(/command:remoteRelationships\.(\w+)/g)].map(
        ([, name]) => name,
      );
      const awaited = completionEvents.flatMap(
        (event) => /^onCommand:remoteRelationships\.(\w+)/.exec(event)?.[1] ?? [],
      );
      expect([...commands, ...awaited].filter((name) => !names.includes(name ?? ''))).toEqual([]);
      expect(completionEvents.length).toBeGreaterThan(0);
    },
  );
});

it('conditions ask for nothing that the client does not set', () => {
  const client = path.join(root, 'client/src');
  const sources = readdirSync(client, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(client, name), 'utf8'));
  const set = new Set(
    sources.flatMap((text) => [
      ...[...text.matchAll(/'setContext', 'remoteRelationships\.(\w+)'/g)].map(([, key]) => key),
      ...[...text.matchAll(/#setContext\('(\w+)'/g)].map(([, key]) => key),
    ]),
  );
  const conditions: readonly string[] = [...Object.values(menus).flat(), ...contributes.viewsWelcome].flatMap(
    ({ when = '' }: { readonly when?: string }) => when,
  );
  // The view's own name is no key.
  const asked = conditions
    .flatMap((when) => [
      ...when
        .replaceAll('view == remoteRelationships.relationships', '')
        .matchAll(/remoteRelationships\.(\w+)/g),
    ])
    .map(([, key]) => key);
  expect(new Set(asked).size).toBeGreaterThan(4);
  expect([...new Set(asked)].filter((key) => !set.has(key))).toEqual([]);
});
