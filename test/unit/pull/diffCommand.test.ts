import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import { type DiffOptions, diff, diffLines, isDrift } from '../../../server/src/cli/diff.ts';
import type { Line } from '../../../server/src/cli/terminal.ts';
import { customerTable, smallProject, TemporaryFolder } from '../project/temporaryFolder.ts';
import { type Answers, metadata, page, refusal, stubServer } from './stubServer.ts';

const profile: JsonObject = {
  name: 'profile',
  definition: {
    to_remote_schema: {
      remote_schema: 'people',
      lhs_fields: ['person_id'],
      remote_field: { person: { arguments: { id: '$person_id' } } },
    },
  },
};

function server(
  relationships: readonly Json[],
  inconsistent: readonly Json[] = [],
  more: JsonObject = {},
): Answers {
  return {
    'GET /v1/version': { version: 'v2.36.0' },
    export_metadata: metadata({
      sources: [
        {
          name: 'default',
          kind: 'postgres',
          tables: [
            { table: { schema: 'public', name: 'customer' }, remote_relationships: relationships },
            { table: { schema: 'sales', name: 'order' } },
          ],
        },
      ],
      remote_schemas: [{ name: 'people' }],
      ...more,
    }),
    get_inconsistent_metadata: {
      is_consistent: inconsistent.length === 0,
      inconsistent_objects: inconsistent,
    },
  };
}

async function run(folder: TemporaryFolder, answers: Answers, options: Partial<DiffOptions> = {}) {
  const { url, requests } = await stubServer(answers);
  const notes: string[] = [];
  const { diff: result, kindOf } = await diff({
    paths: ['.'],
    endpoint: url,
    timeout: undefined,
    workingDirectory: folder.path,
    environment: {},
    fetch,
    consent: { of: async () => ({ given: true }) },
    signal: undefined,
    note: (message) => notes.push(message),
    ...options,
  });
  const states = result.relationships.map(({ state, name }) => `${state} ${name}`);
  return {
    ...result,
    states,
    notes,
    drift: result.relationships.some(isDrift),
    text: diffLines(result, kindOf)
      .map((line) => `${plainText(line)}\n`)
      .join(''),
    requests,
  };
}

function plainText(line: Line): string {
  return typeof line === 'string'
    ? line
    : line.map((part) => (typeof part === 'string' ? part : part[1])).join('');
}

/** The small project with another text of the customer table. */
function project(change: (table: string) => string = (table) => table, files: Record<string, string> = {}) {
  return new TemporaryFolder({
    ...smallProject,
    [customerTable]: change(smallProject[customerTable] ?? ''),
    ...files,
  });
}

describe('diff', () => {
  it('finds no difference where there is none', async () => {
    const { relationships, drift, text } = await run(project(), server([profile]));
    expect(drift).toBe(false);
    expect(relationships).toEqual([
      {
        state: 'same',
        consistency: 'consistent',
        reasons: [],
        name: 'profile',
        owner: 'table "customer" of source "default"',
        source: 'default',
        table: { schema: 'public', name: 'customer' },
        remoteSchema: null,
        type: null,
        file: customerTable,
        line: 3,
        differences: [],
      },
    ]);
    expect(text).toMatch(
      new RegExp(
        `^same: "profile", table "customer" of source "default" \\(${customerTable}:3\\)\n1 same, 0 changed, 0 only here, 0 only there, 0 inconsistent; `,
      ),
    );
  });

  it.each<[string, (table: string) => string]>([
    ['the form of a table name', (table) => table.replace('{ schema: public, name: customer }', 'customer')],
    [
      'the form of a definition',
      (table) =>
        table
          .replace(
            'to_remote_schema:\n        remote_schema: people\n        lhs_fields',
            'remote_schema: people\n      hasura_fields',
          )
          .replace(
            '        remote_field:\n          person:\n            arguments',
            '      remote_field:\n        person:\n          arguments',
          ),
    ],
    ['a field that is named twice', (table) => table.replace('[person_id]', '[person_id, person_id]')],
    [
      'anchors',
      (table) =>
        table
          .replace('[person_id]', '&fields [person_id]')
          .replace('name: profile', 'name: profile\n    comment: 1'),
    ],
  ])('%s is no difference', async (_, change) => {
    const changed = change(smallProject[customerTable] ?? '');
    expect(changed).not.toBe(smallProject[customerTable]);
    expect(
      (
        await run(
          project(() => changed),
          server([profile]),
        )
      ).states,
    ).toEqual(['same profile']);
  });

  const inTable = (rest: string) => `table: { schema: public, name: customer }\n${rest}`;
  const below = (name: string) => `metadata/databases/default/tables/${name}`;
  it.each<[string, string, Record<string, string>]>([
    ['the list', 'remote_relationships: "!include rr.yaml"\n', { 'rr.yaml': JSON.stringify([profile]) }],
    ['an item', 'remote_relationships: ["!include r.yaml"]\n', { 'r.yaml': JSON.stringify(profile) }],
    [
      'a definition',
      'remote_relationships:\n  - definition: "!include d.yaml"\n    name: profile\n',
      { 'd.yaml': JSON.stringify(profile['definition']) },
    ],
    [
      'a definition of an included item',
      'remote_relationships: !include rr.yaml\n',
      {
        'rr.yaml': '- !include r.yaml\n',
        'r.yaml': 'name: profile\ndefinition: !include sub/d.yaml\n',
        'sub/d.yaml': JSON.stringify(profile['definition']),
      },
    ],
  ])('follows includes as the Hasura CLI does: %s', async (_, rest, files) => {
    const included = Object.fromEntries(Object.entries(files).map(([name, text]) => [below(name), text]));
    const last = Object.keys(included).at(-1);
    const { states, relationships, notes } = await run(
      project(() => inTable(rest), included),
      server([profile]),
    );
    expect({ states, notes }).toEqual({ states: ['same profile'], notes: [] });
    expect(relationships[0]).toMatchObject({ file: last, owner: 'table "customer" of source "default"' });
  });

  it('shows what differs, and what only one side has', async () => {
    const other = { name: 'other', definition: profile['definition'] ?? null };
    const there = structuredClone(profile) as { definition: { to_remote_schema: { remote_field: Json } } };
    there.definition.to_remote_schema.remote_field = { person: { arguments: { id: '$id' } } };
    const folder = project(
      (table) => `${table}  - name: mine\n    definition: ${JSON.stringify(profile['definition'])}\n`,
    );
    const { states, drift, text, relationships } = await run(
      folder,
      server([there as unknown as Json, other]),
    );
    expect(drift).toBe(true);
    expect(states).toEqual(['only-here mine', 'only-there other', 'changed profile']);
    expect(relationships[2]?.differences).toEqual([
      { path: 'to_remote_schema.remote_field.person.arguments.id', here: '$person_id', there: '$id' },
    ]);
    expect(text).toContain(
      '    to_remote_schema.remote_field.person.arguments.id: "$person_id" here, "$id" there\n',
    );
    expect(text).toContain('only there: "other", table "customer" of source "default"\n');
  });

  it.each<[string, JsonObject, string, string]>([
    [
      'inconsistent',
      {
        type: 'remote_relationship',
        name: 'remote_relationship profile in table customer in source default',
        reason: 'Inconsistent object: in table "customer": remote schema with name "people" not found',
        definition: { source: 'default', table: 'customer', name: 'profile' },
      },
      'same, inconsistent: "profile"',
      '    Hasura: in table "customer": remote schema with name "people" not found',
    ],
    [
      'not checked',
      {
        type: 'source',
        name: 'source default',
        reason: 'Inconsistent object: no connection',
        definition: 'default',
      },
      'same, not checked by the server: "profile"',
      '    Hasura: no connection',
    ],
  ])('counts one that is %s as a difference, with the reason', async (_, object, line, reason) => {
    const { drift, text } = await run(project(), server([profile], [object]));
    expect(drift).toBe(true);
    expect(text).toContain(line);
    expect(text).toContain(reason);
  });

  it('compares relationships of remote schema types', async () => {
    const relationships = [{ name: 'friend', definition: profile['definition'] ?? null }];
    const types = [{ type_name: 'Person', relationships }];
    const folder = project(undefined, {
      'metadata/remote_schemas.yaml': JSON.stringify([
        { name: 'people', definition: {}, remote_relationships: types },
      ]),
    });
    const { states, relationships: compared } = await run(
      folder,
      server([profile], [], { remote_schemas: [{ name: 'people', remote_relationships: types }] }),
    );
    expect(states).toEqual(['same profile', 'same friend']);
    expect(compared[1]).toMatchObject({ remoteSchema: 'people', type: 'Person', source: null, table: null });
  });

  it('looks at what was named, and at what the server has of the same tables', async () => {
    const other = { name: 'other', definition: profile['definition'] ?? null };
    const answers = server([profile, other], [], {
      remote_schemas: [
        { name: 'people', remote_relationships: [{ type_name: 'Person', relationships: [other] }] },
      ],
    });
    const folder = project();
    expect((await run(folder, answers, { paths: [customerTable] })).states).toEqual([
      'only-there other',
      'same profile',
    ]);
    expect((await run(folder, answers, { paths: ['metadata/remote_schemas.yaml'] })).states).toEqual([
      'only-there other',
    ]);
    for (const paths of [['.'], ['metadata'], [folder.path]]) {
      expect((await run(folder, answers, { paths })).states).toHaveLength(3);
    }
  });

  it('leaves out what has no name that can be read, and says so', async () => {
    const { states, notes } = await run(
      project((table) => `${table}  - definition: {}\n`),
      server([profile]),
    );
    expect(states).toEqual(['same profile']);
    expect(notes).toEqual([expect.stringMatching(new RegExp(`^${customerTable}:11: left out`))]);
  });

  it('takes a definition that can not be read for a changed one', async () => {
    const folder = project((table) => table.replace('[person_id]', ''));
    expect((await run(folder, server([profile]))).states).toEqual(['changed profile']);
  });

  it('changes nothing on the server', async () => {
    const { requests } = await run(project(), server([profile]));
    expect(requests.map(({ body, path }) => body?.['type'] ?? path)).toEqual([
      '/v1/version',
      'export_metadata',
      'get_inconsistent_metadata',
    ]);
  });

  it.each<[string, string[], Answers, RegExp]>([
    [
      'the secret is wrong',
      ['.'],
      { ...server([]), export_metadata: refusal('x', 'access-denied', 401) },
      /admin secret/,
    ],
    [
      'a page answers',
      ['.'],
      { ...server([]), export_metadata: page(200, 'Welcome') },
      /not a Hasura server.*Welcome/,
    ],
    ['a path does not exist', ['nowhere'], server([]), /"nowhere" does not exist/],
    ['a file is no metadata', ['schema/people.graphql'], server([]), /no metadata files/],
  ])('can not run when %s', async (_, paths, answers, message) => {
    await expect(run(project(), answers, { paths })).rejects.toThrow(message);
  });

  it('can not run over several projects at once', async () => {
    const folder = new TemporaryFolder(
      Object.fromEntries(
        Object.entries(smallProject).flatMap(([name, text]) => [
          [`a/${name}`, text],
          [`b/${name}`, text],
        ]),
      ),
    );
    await expect(run(folder, server([profile]))).rejects.toThrow(/several projects in "\."/);
    await expect(run(folder, server([profile]), { paths: ['a', 'b'] })).rejects.toThrow(/different projects/);
    expect((await run(folder, server([profile]), { paths: ['a'] })).states).toEqual(['same profile']);
  });

  it('can not run without a project', async () => {
    await expect(run(new TemporaryFolder({ 'a.txt': '' }), server([]))).rejects.toThrow(/no Hasura project/);
  });
});
