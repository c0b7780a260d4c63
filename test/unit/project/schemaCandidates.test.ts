import { symlinkSync } from 'node:fs';
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
  for (const { remoteSchema, candidates } of answers) {
    expect(remoteSchema).toBe('people');
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
    expect((await first).size).toBe(1);
    expect(search.of(project, undefined)).toBe(first);
    workspace.open(folder.uri(`hasura/${customerTable}`), 'yaml', 1, table.replace('person:', 'nobody:'));
    expect((await search.of(project, undefined)).size).toBe(0);
    folder.write('a.graphql', people.replace('person(', 'nobody('));
    workspace.fileChanged(folder.file('a.graphql'), false);
    expect((await search.of(project, undefined)).size).toBe(1);
  });
});
