import { symlinkSync } from 'node:fs';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../../../server/src/features/refactoring/schemaFiles.ts';
import {
  CandidateSearch,
  type SearchLimits,
  searchLimits,
} from '../../../server/src/project/schemaCandidates.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

const { 'schema/people.graphql': people = '', ...rest } = smallProject;
const table = rest[customerTable] ?? '';

/** The project in a folder of its own of a larger repository, which does not know its remote schema. */
const unconfigured: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(rest).map(([name, text]) => [`hasura/${name}`, text]),
);

function introspection(fields: readonly string[]): string {
  return JSON.stringify({
    data: {
      __schema: {
        queryType: { name: 'Query' },
        types: [
          {
            kind: 'OBJECT',
            name: 'Query',
            fields: fields.map((name) => ({
              name,
              args: [{ name: 'id', type: { kind: 'SCALAR', name: 'ID' } }],
              type: { kind: 'SCALAR', name: 'String' },
            })),
          },
        ],
      },
    },
  });
}

async function found(
  files: Readonly<Record<string, string>>,
  limits: SearchLimits = searchLimits,
  trusted = true,
): Promise<readonly (readonly [value: unknown, text: string])[]> {
  const folder = new TemporaryFolder({ ...unconfigured, ...files });
  const workspace = await workspaceOf([folder.path], { trusted });
  return answersOf(workspace, limits);
}

async function answersOf(workspace: Awaited<ReturnType<typeof workspaceOf>>, limits = searchLimits) {
  const [project] = workspace.projects;
  if (project === undefined) return expect.fail('there is no project');
  const answers = schemaFiles(
    workspace,
    project,
    await new CandidateSearch(workspace, limits).of(project, undefined),
  );
  for (const { part, candidates } of answers) {
    expect(part).toEqual({ what: 'remote-schema', name: 'people' });
    for (const { entry } of candidates) expect(entry.keys).toEqual(['remoteSchemas', 'people', 'schema']);
  }
  return answers.flatMap(({ candidates }) =>
    candidates.map(({ text, entry }) => [entry.value, text] as const),
  );
}

describe('a schema in the workspace is offered', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['SDL', { 'services/people/schema.graphql': people }, ['services/people/schema.graphql']],
    [
      'an introspection result',
      { 'a/people.schema.json': introspection(['person']) },
      ['a/people.schema.json'],
    ],
    ['nothing without one', {}, []],
    ['not one without a field that is asked for', { 'a.graphql': 'type Query { persons: Int }' }, []],
    ['not one without an argument', { 'a.graphql': 'type Query { person(key: ID): Int }' }, []],
    ['not an introspection without it', { 'schema.json': introspection(['persons']) }, []],
    ['not other JSON', { 'package.json': introspection(['person']) }, []],
    ['not what is broken', { 'a.graphql': `${people} type {` }, []],
    ['not queries', { 'a.graphql': 'query Q { person(id: 1) { name } }' }, []],
    ['not a part of a schema', { 'a.graphql': 'type Query { person(id: ID): Person }' }, []],
    ['not what others wrote', { 'node_modules/x/a.graphql': people, '.git/a.graphql': people }, []],
    ['not what is hidden', { '.cache/a.graphql': people }, []],
    [
      'the best first: of the same name, the nearest, generated last',
      {
        'dist/schema.graphql': `${people}# 1`,
        'other/schema.graphql': `${people}# 2`,
        'services/people-api/schema.graphql': `${people}# 3`,
        'hasura/docs/schema.graphql': `${people}# 4`,
      },
      ['services/people-api/schema.graphql', 'hasura/docs/schema.graphql', 'other/schema.graphql'],
    ],
    ['the same text once', { 'a.graphql': people, 'b.graphql': people }, ['a.graphql']],
    [
      'a schema in parts, by a pattern',
      {
        'services/people/person.graphql': 'type Person { id: ID! name: String }',
        'services/people/query.graphql': 'type Query { person(id: ID!): Person }',
      },
      ['services/people/*.graphql'],
    ],
    [
      'a schema in folders',
      {
        'services/people/person/type.graphql': 'type Person { id: ID! name: String }',
        'services/people/person/query.graphql': 'extend type Query { person(id: ID!): Person }',
        'services/people/base.graphql': 'type Query { version: String }',
      },
      ['services/people/**/*.graphql'],
    ],
    [
      'not schemas of several services as one',
      {
        'schemas/a.graphql': 'type Query { person(id: ID!): Person }',
        'schemas/b.graphql': 'type Query { other: Int } type Person { id: ID }',
      },
      [],
    ],
  ])('%s', async (_, files, texts) => {
    expect((await found(files)).map(([, text]) => text)).toEqual(texts);
  });

  const split = {
    'apps/api/graph/person.graphql': 'type Person { id: ID! }',
    'apps/api/graph/deep/er/query.graphql': 'type Query { person(id: ID!): Person }',
  };

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'by GraphQL Config',
      { 'apps/api/.graphqlrc.yml': 'schema: ./graph/**/*.graphql\ndocuments: src/**/*.ts\n' },
      ['apps/api/graph/**/*.graphql'],
    ],
    [
      'by GraphQL Code Generator, in a list',
      { 'codegen.json': '{"schema": ["apps/api/graph/person.graphql", "apps/api/graph/deep/**/*.graphql"]}' },
      ['apps/api/graph/person.graphql, apps/api/graph/deep/**/*.graphql'],
    ],
    [
      'not where a file is missing',
      { 'codegen.yml': 'schema: [apps/api/graph/**/*.graphql, gone.graphql]' },
      [],
    ],
    [
      'not where some is a program',
      { 'codegen.yml': 'schema: apps/api/graph/**/*.*', 'apps/api/graph/a.ts': '' },
      [],
    ],
    ['not from outside', { 'codegen.yml': 'schema: [../*/a.graphql, apps/api/graph/**/*.graphql]' }, []],
  ])('that another tool was told of: %s', async (_, files, texts) => {
    expect((await found({ ...split, ...files })).map(([, text]) => text)).toEqual(texts);
  });

  it('that a tool has for a project of the same name first', async () => {
    const files = {
      'a/schema.graphql': `${people}# 1`,
      'b/schema.graphql': `${people}# 2`,
      'c/.graphqlrc': 'projects: { People: { schema: ../b/schema.graphql } }',
    };
    const texts = (await found(files)).map(([, text]) => text);
    expect(texts).toEqual(['b/schema.graphql', 'a/schema.graphql']);
  });

  it('as the configuration file names it, from where that lies', async () => {
    expect(await found({ 'services/people.graphql': people })).toEqual([
      ['../services/people.graphql', 'services/people.graphql'],
    ]);
    const configuration = { 'hasura/metadata/remote-relationships.config.json': '{}' };
    expect(await found({ 'services/people.graphql': people, ...configuration })).toEqual([
      ['../services/people.graphql', 'services/people.graphql'],
    ]);
  });

  it('that has every path of all relationships, nested ones, input objects and types with relationships', async () => {
    const asking = {
      [`hasura/${customerTable}`]: `${table}            field: { address: { arguments: { at: { year: 2020 } } } }
  - name: group
    definition:
      to_remote_schema: { remote_schema: people, lhs_fields: [], remote_field: { groups: { arguments: {} } } }
`,
      'hasura/metadata/remote_schemas.yaml': `- name: people
  definition: { url: "https://people.example/graphql" }
  remote_relationships:
    - type_name: Group
      relationships:
        - { name: x, definition: { to_source: { source: default, table: customer, relationship_type: object, field_mapping: { owner: id } } } }
`,
    };
    const all = `type Query { person(id: ID!): Person groups: [Group] }
type Person { address(at: Day): String } input Day { year: Int } type Group { owner: ID }`;
    const files = (text: string) => ({ ...asking, 'a.graphql': text });
    expect(await found(files(all))).toHaveLength(1);
    for (const word of ['groups', 'address', 'at: Day', 'year', 'type Group { owner']) {
      expect(await found(files(all.replace(word, word.replace(/\w+(?=\W*$)/, 'other'))))).toEqual([]);
    }
  });

  it('only where nothing is known', async () => {
    const known = { 'hasura/schema/people.graphql': 'type Query { nobody: Int }' };
    expect(await found({ 'services/people.graphql': people, ...known })).toEqual([]);
  });

  it('from no place outside the workspace, and through no link', async () => {
    const outside = new TemporaryFolder({ 'people.graphql': people });
    const folder = new TemporaryFolder(unconfigured);
    symlinkSync(outside.path, `${folder.path}/linked`);
    symlinkSync(outside.file('people.graphql'), `${folder.path}/people.graphql`);
    for (const trusted of [true, false]) {
      expect(await answersOf(await workspaceOf([folder.path], { trusted }))).toEqual([]);
    }
    folder.write('here.graphql', people);
    for (const trusted of [true, false]) {
      expect(await answersOf(await workspaceOf([folder.path], { trusted }))).toHaveLength(1);
    }
  });

  it.each<[string, Partial<SearchLimits>, number]>([
    ['enough', {}, 1],
    ['few files and folders', { entries: 5 }, 0],
    ['little text', { characters: 10 }, 0],
    ['no time', { time: 0 }, 0],
  ])('within %s', async (_, limits, count) => {
    const files = { 'b/a.graphql': 'type A { a: Int }', 'b/b.graphql': people };
    expect(await found(files, { ...searchLimits, ...limits })).toHaveLength(count);
  });

  it('again once something else is asked, or has changed on disk', async () => {
    const folder = new TemporaryFolder({ ...unconfigured, 'a.graphql': people });
    const workspace = await workspaceOf([folder.path]);
    const [project] = workspace.projects;
    if (project === undefined) return expect.fail('there is no project');
    const search = new CandidateSearch(workspace);
    const first = search.of(project, undefined);
    expect((await first).length).toBe(1);
    expect(search.of(project, undefined)).toBe(first);
    workspace.open(folder.uri(`hasura/${customerTable}`), 'yaml', 1, table.replace('person:', 'nobody:'));
    expect((await search.of(project, undefined)).length).toBe(0);
    folder.write('a.graphql', people.replace('person(', 'nobody('));
    workspace.fileChanged(folder.file('a.graphql'), false);
    expect((await search.of(project, undefined)).length).toBe(1);
  });
});

it('a search ends in time where a file of another tool names thousands of patterns', async () => {
  const parts = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`web/${index}.graphql`, `type T${index} { a: Int }`]),
  );
  const projects = Array.from({ length: 5000 }, (_, index) => `  p${index}: *a`).join('\n');
  const tool = `a: &a { schema: "**/*.graphql" }\nprojects:\n${projects}\n`;
  const begin = performance.now();
  await found({ ...parts, 'web/.graphqlrc.yml': tool }, { ...searchLimits, time: 200 });
  // Thousands of patterns take minutes.
  expect(performance.now() - begin).toBeLessThan(15_000);
});

describe('a schema of Hasura itself in the workspace is offered for a source', () => {
  const {
    'schema/default.tables.json': snapshot = '',
    'metadata/databases/databases.yaml': databases = '',
    ...unknown
  } = smallProject;
  const hasura = `schema { query: query_root }
scalar uuid
type query_root { customer: [customer!]! }
type customer { id: uuid! person_id: uuid }
enum customer_select_column { id person_id }
`;
  const lacking = hasura.replaceAll('customer', 'client');

  async function offered(files: Readonly<Record<string, string>>) {
    const all = { 'metadata/databases/databases.yaml': databases, ...unknown, ...files };
    const folder = new TemporaryFolder(
      Object.fromEntries(Object.entries(all).map(([name, text]) => [`hasura/${name}`, text])),
    );
    const workspace = await workspaceOf([folder.path]);
    const [project] = workspace.projects;
    if (project === undefined) return expect.fail('there is no project');
    const search = new CandidateSearch(workspace);
    const answers = schemaFiles(workspace, project, await search.of(project, undefined));
    return answers.flatMap(({ part, candidates }) => candidates.map(({ entry }) => ({ part, entry })));
  }
  const use = (graphql: string | readonly string[]) => ({
    part: { what: 'source', name: 'default' },
    entry: { keys: ['sources', 'default', 'tables'], value: { graphql } },
  });

  it.each<[string, Readonly<Record<string, string>>, readonly (string | readonly string[])[]]>([
    ['SDL', { 'web/src/schema.graphql': hasura }, ['web/src/schema.graphql']],
    [
      'an introspection result',
      { 'web/schema.json': JSON.stringify(introspectionFromSchema(buildSchema(hasura))) },
      ['web/schema.json'],
    ],
    [
      'what code generation is told of, as it has it',
      { 'web/codegen.yml': 'schema: ./generated/*.gql\n', 'web/generated/api.gql': hasura },
      ['web/generated/*.gql'],
    ],
    [
      'several, to be chosen from',
      { 'a.graphql': hasura, 'b.graphql': `${hasura}# b` },
      ['a.graphql', 'b.graphql'],
    ],
    ['not one that lacks a table', { 'web/schema.graphql': lacking }, []],
    ['not one that is of one role', { 'web/schema.graphql': hasura.replace(/enum.*/, '') }, []],
    ['not one of a remote schema', { 'web/schema.graphql': people }, []],
    ['not where there is a snapshot', { 'a.graphql': hasura, 'schema/default.tables.json': snapshot }, []],
    ['not where one is in use', { 'a.graphql': `${hasura}# a`, 'schema.graphql': hasura }, []],
    [
      'where the one beside config.yaml lacks a table',
      { 'a.graphql': hasura, 'schema.graphql': lacking },
      ['a.graphql'],
    ],
    [
      'not where tables are configured',
      {
        'a.graphql': hasura,
        'remote-relationships.config.json': '{ "sources": { "default": { "tables": "none.json" } } }',
      },
      [],
    ],
    [
      'not where not all metadata is known',
      { 'a.graphql': hasura, 'metadata/databases/default/tables/tables.yaml': '- "!include none.yaml"\n' },
      [],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await offered(files)).toEqual(expected.map(use));
  });
});
