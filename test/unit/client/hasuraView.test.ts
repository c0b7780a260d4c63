import { describe, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { listEndpoints } from '../../../client/src/endpoint/connection/endpoints.ts';
import {
  comparisonText,
  differencesSummary,
  isDifferent,
  listRelationships,
  placedStates,
  stateText,
} from '../../../client/src/endpoint/view/relationshipStates.ts';
import { shownNodes, type ViewNode } from '../../../client/src/endpoint/view/viewNode.ts';
import { differencesIn, type ViewProject, viewTree } from '../../../client/src/endpoint/view/viewTree.ts';
import { type Circumstances, type Welcome, welcomeFor } from '../../../client/src/endpoint/view/welcome.ts';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import type { RelationshipIdentity } from '../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { readServerState, type StateResult } from '../../../common/src/metadataApi/plan/serverState.ts';
import type {
  FileStatus,
  OwnerLocation,
  ProjectContent,
  RelationshipPayload,
  SchemaStatus,
} from '../../../common/src/protocol.ts';
import {
  type Answer,
  definition,
  exported,
  fakeClient,
  inconsistent,
  inconsistentRelationship,
} from '../metadataApi/fakeServer.ts';

const range = { start: { line: 3, character: 2 }, end: { line: 4, character: 0 } };

function customer(name: string, table: Json = 'customer'): RelationshipIdentity {
  return { owner: 'table', source: 'shop', table, name };
}

function payload(
  identity: RelationshipIdentity | null,
  written: Json = definition,
  obstacle: string | null = identity === null ? 'It has no name.' : null,
): RelationshipPayload {
  return {
    name: identity?.name ?? '',
    identity,
    sourceKind: 'postgres',
    range,
    nameRange: range,
    form: 'unified',
    definition: written,
    errors: [],
    obstacle,
    removal: null,
  };
}

function content(
  relationships: readonly RelationshipPayload[],
  owners: readonly OwnerLocation[] = [],
): ProjectContent {
  return {
    name: 'samples',
    uri: 'file:///samples',
    files: [{ uri: 'file:///samples/a.yaml', relationships, owners }],
  };
}

const other: Json = {
  to_remote_schema: { ...definition.to_remote_schema, remote_field: { someone: { arguments: {} } } },
};

async function read(metadata: Answer, ...objects: readonly Json[]): Promise<StateResult> {
  const { client } = fakeClient({
    export_metadata: metadata,
    get_inconsistent_metadata: inconsistent(...objects),
  });
  return readServerState(client);
}

async function stateOf(relationships: Readonly<Record<string, Json>>, ...objects: readonly Json[]) {
  const result = await read(exported(relationships), ...objects);
  return result.outcome === 'read' ? result.state : expect.fail('the server could not be read');
}

const { endpoints } = listEndpoints({
  cli: undefined,
  named: [
    {
      value: { staging: { url: 'https://staging.test' }, local: { url: 'http://localhost:8080' } },
      from: 'the settings',
      ofRepository: false,
    },
  ],
  environment: {},
});
const local = endpoints.find(({ name }) => name === 'local');

function project(parts: Partial<ViewProject> = {}, name = 'samples'): ViewProject {
  const folder = URI.file(`/${name}`) as ViewProject['project']['folder'];
  return {
    project: { name, folder, configuration: undefined },
    content: content([]),
    status: undefined,
    endpoints,
    chosen: local,
    obstacle: undefined,
    reading: undefined,
    ...parts,
  };
}

/** Each node on a line, indented below its parent. */
function outline(nodes: readonly ViewNode[], indentation = ''): string[] {
  return nodes.flatMap(({ label, description, icon, expanded, children }) => [
    `${indentation}${icon.id} ${label}${description === '' ? '' : ` | ${description}`}${children.length > 0 && !expanded ? ' …' : ''}`,
    ...outline(children, `${indentation}  `),
  ]);
}

function every(nodes: readonly ViewNode[]): readonly ViewNode[] {
  return nodes.flatMap((node) => [node, ...every(node.children)]);
}

describe('relationships with their states', () => {
  const here = content([
    payload(customer('same')),
    payload(customer('changed'), other),
    payload(customer('here')),
    payload(customer('form', { name: 'customer' })),
    payload(customer('half'), null, 'Its definition has parts that can’t be read here.'),
    { ...payload(null), name: 'unclear' },
    payload({ owner: 'remote-schema', remoteSchema: 'people', typeName: 'Person', name: 'orders' }),
  ]);
  const there = {
    same: definition,
    changed: definition,
    there: definition,
    form: definition,
    half: definition,
    unclear: definition,
  };

  it('are told with where they are written, for those of the files', async () => {
    const both = content([payload(customer('same')), payload(customer('changed'), other)]);
    const list = listRelationships(
      both,
      await stateOf({ same: definition, changed: definition, there: definition }),
    );
    expect(placedStates(list)).toEqual(
      [
        { text: 'changed', isDifferent: true },
        { text: 'same', isDifferent: false },
      ].map((state) => ({ uri: 'file:///samples/a.yaml', start: range.start, ...state })),
    );
  });

  it('are those of the comparison; what can’t be read is not called different', async () => {
    const { relationships, unidentified } = listRelationships(
      here,
      await stateOf(
        there,
        inconsistentRelationship('changed', 'no such field'),
        inconsistentRelationship('same', 'odd'),
      ),
    );
    expect(relationships.map((each) => `${each.identity.name}: ${stateText(each)}`).sort()).toEqual([
      'changed: changed, inconsistent',
      'form: same',
      'half: can’t be compared',
      'here: only here',
      'orders: only here',
      'same: same, inconsistent',
      'there: only there',
      'unclear: can’t be compared',
    ]);
    expect(unidentified.map((each) => each.payload.name)).toEqual(['unclear']);
    expect(
      relationships
        .filter(isDifferent)
        .map(({ identity }) => identity.name)
        .sort(),
    ).toEqual(['changed', 'here', 'orders', 'same', 'there']);
    expect(differencesSummary(relationships)).toBe(
      '1 changed, 2 only here, 1 only there, 2 can’t be compared, 2 inconsistent',
    );
    expect(
      comparisonText({ relationships, unidentified, kindOf: () => undefined }, 'samples', 'localhost'),
    ).toBe(
      'samples and localhost compared: 1 changed, 2 only here, 1 only there, 2 can’t be compared, 2 inconsistent, 2 same. 1 of the files can’t be read yet.',
    );
  });

  it('of a table that is inconsistent are not checked', async () => {
    const table = {
      type: 'table',
      name: 'table customer in source shop',
      reason: 'Inconsistent object: no such table exists',
      definition: { schema: 'public', name: 'customer' },
    };
    const { relationships } = listRelationships(
      content([payload(customer('a'))]),
      await stateOf({ a: definition }, table),
    );
    expect(relationships.map(stateText)).toEqual(['same, not checked by the server']);
    expect(relationships.every(isDifferent)).toBe(true);
  });

  it('are not compared before the server was read; of two with one name the last counts', () => {
    const twice = content([
      payload(customer('a')),
      payload(customer('a', 'public.x')),
      payload(customer('a'), other),
    ]);
    const { relationships } = listRelationships(twice, undefined);
    expect(relationships.map((each) => [stateText(each), each.local?.payload.definition])).toEqual([
      ['not compared', other],
      ['not compared', definition],
    ]);
  });

  it.each([
    [{}, {}, 'Neither samples nor localhost has a remote relationship.'],
    [{ a: definition }, { a: definition }, 'samples and localhost have the same 1 remote relationship.'],
    [
      { a: definition, b: other },
      { a: definition, b: other },
      'samples and localhost have the same 2 remote relationships.',
    ],
  ])('are told of in a sentence', async (local, server, sentence) => {
    const files = content(Object.entries(local).map(([name, each]) => payload(customer(name), each)));
    expect(comparisonText(listRelationships(files, await stateOf(server)), 'samples', 'localhost')).toBe(
      sentence,
    );
  });
});

describe('the tree', () => {
  const person = {
    owner: 'remote-schema',
    remoteSchema: 'people',
    typeName: 'Person',
    name: 'orders',
  } as const;
  const files = content(
    [
      payload(customer('same')),
      payload(customer('changed'), other),
      payload(customer('bad')),
      payload(person),
      payload(null),
    ],
    [{ owner: { what: 'source', source: 'empty' }, range }],
  );
  const server = () =>
    read(
      exported({ changed: definition, same: definition, there: definition, bad: definition }),
      inconsistentRelationship('bad', 'no such field'),
      { type: 'remote_schema', name: 'remote_schema people', reason: 'unreachable', definition: 'people' },
    );

  it('has sources with tables, remote schemas with types, and the other endpoints', async () => {
    const tree = viewTree([project({ content: files, reading: await server() })], { hideSame: false });
    expect(outline(tree)).toEqual([
      'plug local | localhost:8080',
      '  database empty',
      '  database shop | 1 changed, 1 only there, 1 inconsistent',
      '    table customer | 1 changed, 1 only there, 1 inconsistent',
      '      warning bad | inconsistent',
      '      diff-modified changed | changed',
      '      check same | same',
      '      cloud there | only there',
      '  warning people | inconsistent',
      '    symbol-interface Person | 1 only here',
      '      diff-added orders | only here',
      '  question without a name | It has no name.',
      'debug-disconnect staging | staging.test',
    ]);
  });

  it('has a name of its own for every node, that says what its icon says', async () => {
    const nodes = every(
      viewTree([project({ content: files, reading: await server() })], { hideSame: false }),
    );
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    expect(nodes.map(({ spoken }) => spoken)).toEqual(
      expect.arrayContaining([
        'endpoint local, localhost:8080, http://localhost:8080, version v2.48.0, chosen for samples, 1 changed, 1 only here, 1 only there, 1 inconsistent',
        'source shop, 1 changed, 1 only there, 1 inconsistent',
        'table customer, 1 changed, 1 only there, 1 inconsistent',
        'relationship bad, same, inconsistent, no such field',
        'relationship changed, changed',
        'relationship without a name, It has no name.',
        'remote schema people, inconsistent, unreachable',
        'endpoint staging, staging.test, https://staging.test, not chosen, the settings, asks before every change',
      ]),
    );
  });

  it('says for each node what can be done with it', async () => {
    const nodes = every(
      viewTree([project({ content: files, reading: await server() })], { hideSame: false }),
    );
    expect(nodes.map(({ label, context, command = '' }) => `${label} ${context} ${command}`.trim())).toEqual([
      'local endpoint:chosen',
      'empty source',
      'shop source',
      'customer table',
      'bad relationship:here:there:same openLocalDefinition',
      'changed relationship:here:there:changed compareDefinitions',
      'same relationship:here:there:same openLocalDefinition',
      'there relationship:there:only-there compareDefinitions',
      'people remoteSchema:there',
      'Person type',
      'orders relationship:here:only-here openLocalDefinition',
      'without a name relationship:here:unidentified openLocalDefinition',
      'staging endpoint',
    ]);
    expect(nodes.find(({ label }) => label === 'changed')?.tooltip).toBe(
      'changed (table customer of source shop): changed\nFrom there to here: to_remote_schema.remote_field.person: {"arguments":{"id":"$id"}} → nothing; to_remote_schema.remote_field.someone: nothing → {"arguments":{}}',
    );
  });

  it('without what is the same', async () => {
    const reading = await read(exported({ changed: definition, same: definition }));
    const some = content([payload(customer('same')), payload(customer('changed'), other)]);
    expect(outline(viewTree([project({ content: some, reading })], { hideSame: true }))).toEqual([
      'plug local | localhost:8080',
      '  database shop | 1 changed',
      '    table customer | 1 changed',
      '      diff-modified changed | changed',
      'debug-disconnect staging | staging.test',
    ]);
    const same = content([payload(customer('same'))]);
    const only = await read(exported({ same: definition }));
    expect(
      outline(viewTree([project({ content: same, reading: only, endpoints: [] })], { hideSame: true })),
    ).toEqual(['plug local | localhost:8080', '  check Nothing differs']);
  });

  it('of many relationships is open where something differs', async () => {
    const names = [...Array(20).keys()].map((index) => `r${index}`);
    const all = Object.fromEntries(names.map((name) => [name, definition]));
    const tree = async (relationships: readonly RelationshipPayload[]) =>
      outline(
        viewTree([project({ content: content(relationships), reading: await read(exported(all)) })], {
          hideSame: false,
        }),
      );
    const here = names.map((name) => payload(customer(name)));
    expect((await tree(here))[1]).toBe('  database shop …');
    expect((await tree(here.slice(1)))[1]).toBe('  database shop | 1 only there');
  });

  it('before the server was read has the files', () => {
    const tree = viewTree([project({ content: content([payload(customer('a'))]) })], { hideSame: false });
    expect(outline(tree)).toEqual([
      'plug local | localhost:8080',
      '  git-compare Compare with Server',
      '  database shop',
      '    table customer',
      '      circle-outline a',
      'debug-disconnect staging | staging.test',
    ]);
  });

  it.each<[what: string, answer: Answer | Error, lines: readonly string[], commands: readonly string[]]>([
    [
      'the secret is wrong',
      { status: 401, json: { code: 'access-denied', error: 'invalid admin secret', path: '$' } },
      [
        'error localhost:8080 does not accept the admin secret: invalid admin secret.',
        'key Enter Admin Secret…',
      ],
      ['enterAdminSecret'],
    ],
    [
      'it can’t be reached',
      Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }),
      [
        'error Nothing listens at localhost:8080 (connection refused).',
        'refresh Try Again',
        'plug Choose Another Endpoint…',
      ],
      ['refreshHasuraView', 'chooseEndpoint'],
    ],
  ])('when %s says so, with what mends it', async (_, answer, lines, commands) => {
    const { client } = fakeClient({ export_metadata: answer });
    const [chosen] = viewTree([project({ reading: await readServerState(client) })], { hideSame: false });
    expect(chosen?.icon.id).toBe('error');
    expect(outline(chosen?.children ?? [])).toEqual(lines);
    expect(chosen?.children.flatMap(({ command }) => command ?? [])).toEqual(commands);
  });

  it('says why nothing is chosen any more', () => {
    const obstacle = 'The endpoint staging has changed since it was chosen: address: a → b.';
    const nodes = viewTree([project({ chosen: undefined, obstacle })], { hideSame: false });
    expect(outline(nodes)).toEqual([`warning ${obstacle}`, 'plug Choose an Endpoint…']);
    expect(nodes[0]?.tooltip).toBe(obstacle);
  });

  it('shows where the secret of one comes from before it is chosen', () => {
    const [, staging] = listEndpoints({
      cli: undefined,
      named: [
        {
          value: {
            local: { url: 'http://localhost' },
            staging: { url: 'https://staging.test', adminSecretVariable: 'AWS_KEY' },
          },
          from: 'remote-relationships.config.json',
          ofRepository: true,
        },
      ],
      environment: { AWS_KEY: 'x' },
    }).endpoints;
    const nodes = viewTree([project({ endpoints: staging ? [staging] : [] })], { hideSame: false });
    expect(nodes.find(({ label }) => label === 'staging')?.tooltip).toContain(
      'remote-relationships.config.json, admin secret: AWS_KEY in the environment',
    );
  });

  it('of several projects has a node for each', async () => {
    const reading = await read(exported({ a: definition, b: definition }));
    const projects = [
      project({ reading, endpoints: [] }),
      project({ chosen: undefined }, 'library'),
      project({ chosen: undefined, endpoints: [] }, 'plain'),
    ];
    expect(outline(viewTree(projects, { hideSame: false }))).toEqual([
      'root-folder samples | localhost:8080',
      '  plug local | localhost:8080',
      '    database shop | 2 only there',
      '      table customer | 2 only there',
      '        cloud a | only there',
      '        cloud b | only there',
      '    globe people',
      'root-folder library | no endpoint chosen',
      '  plug Choose an Endpoint…',
      'root-folder plain | no endpoint chosen',
      '  plug Name an Endpoint…',
    ]);
    expect(differencesIn(projects)).toBe(2);
  });
});

describe('nodes that are shown', () => {
  const treeAt = (line: number, ...names: readonly string[]) => {
    const place = { start: { line, character: 0 }, end: { line, character: 9 } };
    const relationships = names.map((name) => ({ ...payload(customer(name)), range: place }));
    return viewTree([project({ content: content(relationships) })], { hideSame: false });
  };
  const lines = (nodes: readonly ViewNode[]): readonly number[] =>
    nodes.flatMap(({ subject, children }) => [
      ...(subject.relationship?.local === undefined
        ? []
        : [subject.relationship.local.payload.range.start.line]),
      ...lines(children),
    ]);

  it('stay the same objects while they look the same, and know what they are about now', () => {
    const shown = treeAt(3, 'profile', 'tickets');
    expect(lines(shown)).toEqual([3, 3]);
    expect(shownNodes(shown, treeAt(7, 'profile', 'tickets'))).toBe(shown);
    expect(lines(shown)).toEqual([7, 7]);
  });

  it('give way to others', () => {
    const shown = treeAt(3, 'profile');
    for (const found of [treeAt(3, 'tickets'), treeAt(3, 'profile', 'tickets'), []]) {
      expect(shownNodes(shown, found)).toBe(found);
    }
    expect(lines(shown)).toEqual([3]);
  });
});

describe('what is not known of a project', () => {
  const schema = (name: string, state: SchemaStatus['state']): SchemaStatus => ({
    name,
    state,
    uri: null,
    origin: null,
    since: null,
    problem: null,
    detail: null,
  });
  const status: FileStatus = {
    recognised: false,
    project: null,
    serverVersion: 'latest',
    sources: [schema('shop', 'loaded'), schema('helpdesk', 'failed')],
    remoteSchemas: [schema('people', 'missing'), schema('payments', 'loaded')],
    problems: [],
  };

  it.each([
    ['before an endpoint is chosen', undefined, ['plug Choose an Endpoint…']],
    [
      'beside the chosen one',
      local,
      [
        'plug local | localhost:8080',
        '  git-compare Compare with Server',
        'debug-disconnect staging | staging.test',
      ],
    ],
  ])('is a row, which pulls it: %s', (_, chosen, others) => {
    const nodes = viewTree([project({ chosen, status })], { hideSame: false });
    expect(outline(nodes)).toEqual([
      'warning Nothing is known of the remote schema "people" | pull',
      ...others,
    ]);
    expect(nodes[0]).toMatchObject({
      command: 'pullSnapshots',
      subject: { missing: [{ what: 'remote-schema', name: 'people' }] },
    });
  });

  it('is none where all is known, or broken: that is among the problems', () => {
    const known = { ...status, remoteSchemas: [] };
    expect(outline(viewTree([project({ status: known })], { hideSame: false }))[0]).toMatch(/^plug local/);
  });
});

describe('the welcome text', () => {
  const ready = { endpoints, chosen: local, obstacle: undefined, incomplete: false };
  const open = { ...ready, chosen: undefined };
  const unnamed = { ...open, endpoints: [] };

  it.each<[Welcome | undefined, Partial<Circumstances>]>([
    ['noProject', { languageServer: 'notNeeded' }],
    ['noProject', { projects: [] }],
    ['noProject', { projects: [], trusted: false }],
    ['starting', { languageServer: 'starting' }],
    ['serverDown', { languageServer: 'failed' }],
    ['serverDown', { languageServer: 'stopped', trusted: false }],
    ['untrusted', { trusted: false }],
    ['noEndpoint', { projects: [unnamed] }],
    ['noneChosen', { projects: [open] }],
    // Why is in the tree then.
    [undefined, { projects: [{ ...open, obstacle: 'It has changed.' }] }],
    [undefined, { projects: [{ ...unnamed, incomplete: true }] }],
    [undefined, {}],
    [undefined, { projects: [open, unnamed] }],
  ])('is %s', (welcome, circumstances) => {
    expect(
      welcomeFor({ trusted: true, languageServer: 'running', projects: [ready], ...circumstances }),
    ).toBe(welcome);
  });
});
