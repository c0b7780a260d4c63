import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkedNames } from '../../../server/src/join/checkedNames.ts';
import { fileStatus } from '../../../server/src/lsp/status.ts';
import type { ReplaySql } from '../../../server/src/project/migrationReplays.ts';
import { replayed, replayedTable } from '../support/replayed.ts';
import { codesIn, customerTable, smallProject, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

const { 'schema/default.tables.json': snapshot = '', ...withoutSnapshot } = smallProject;
const schemaFile = 'web/schema.graphql';
const configurationFile = 'remote-relationships.config.json';
const schema = `schema { query: query_root }
scalar uuid
type query_root { customer: [customer!]! }
type customer { id: uuid! person_id: uuid }
enum customer_select_column { id person_id }
`;
const project: Readonly<Record<string, string>> = {
  ...withoutSnapshot,
  [schemaFile]: schema,
  [configurationFile]: '{ "sources": { "default": { "tables": { "graphql": "web/schema.graphql" } } } }',
};
const table = smallProject[customerTable] ?? '';

async function opened(files: Readonly<Record<string, string>>, replaySql?: ReplaySql) {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path], replaySql === undefined ? {} : { replaySql });
  if (replaySql !== undefined) await workspace.migrationsRead();
  const status = () => fileStatus(workspace, folder.uri(customerTable)).sources[0];
  const codes = () => codesIn(workspace, folder.file(customerTable));
  const against = () => {
    const context = workspace.context(folder.file(customerTable));
    return (context === undefined ? [] : checkedNames(context))
      .filter(({ kind }) => kind === 'table' || kind === 'column')
      .map((each) => each.against);
  };
  return { folder, workspace, status, codes, against };
}

const used = '1 tracked table known by "schema.graphql", the GraphQL schema of Hasura';

describe('a schema of Hasura that the configuration names for a source', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['one file', {}],
    [
      'YAML',
      {
        'remote-relationships.config.yaml':
          'sources:\n  default:\n    tables: { graphql: [web/*.graphql] }\n',
      },
    ],
  ])('is in use, and said in the status: %s', async (_, more) => {
    const { [configurationFile]: own = '', ...others } = project;
    const configuration = Object.keys(more).length === 0 ? { [configurationFile]: own } : more;
    const { folder, status, codes, against } = await opened({ ...others, ...configuration });
    expect(codes()).toEqual([]);
    expect(against()).toEqual(['schema', 'schema']);
    expect(status()).toMatchObject({
      state: 'loaded',
      origin: 'configuration',
      uri: folder.uri(schemaFile),
      detail: used,
      problem: null,
    });
  });

  it.each<[string, string]>([
    ['a column it has not', table.replaceAll('person_id', 'persn_id')],
    ['a relationship called like a column of it', table.replace('name: profile', 'name: id')],
    [
      'a comment that leaves out what is not judged',
      table.replace(
        'lhs_fields',
        '# remote-relationships-ignore-next-line unknown-lhs-field\n        lhs_fields',
      ),
    ],
  ])('says nothing of %s', async (_, text) => {
    const { codes } = await opened({ ...project, [customerTable]: text });
    expect(codes()).toEqual([]);
    const bySnapshot = await opened({
      ...project,
      'schema/default.tables.json': snapshot,
      [customerTable]: text,
    });
    expect(bySnapshot.codes()).toHaveLength(1);
  });

  it('counts what it has not as checked against nothing', async () => {
    const { against } = await opened({
      ...project,
      [customerTable]: table.replaceAll('person_id', 'persn_id'),
    });
    expect(against()).toEqual(['schema', 'nothing']);
  });

  it('is not used, which the status says, where it lacks what the metadata names; and again once it has that', async () => {
    const restricted = schema.replaceAll('customer_select_column', 'customer_order_by_column');
    const { folder, workspace, status, against } = await opened({ ...project, [schemaFile]: restricted });
    expect(against()).toEqual(['nothing', 'nothing']);
    expect(status()).toMatchObject({
      state: 'missing',
      problem: '"schema.graphql" is not used: it has no table "customer" (type "customer").',
    });
    folder.write(schemaFile, schema);
    workspace.fileChanged(folder.file(schemaFile), true);
    expect(against()).toEqual(['schema', 'schema']);
    expect(status()).toMatchObject({ state: 'loaded', detail: used });
  });

  it('is told at its line when it is broken', async () => {
    const { folder, workspace, status, codes } = await opened({
      ...project,
      [schemaFile]: 'type customer {',
    });
    expect(codesIn(workspace, folder.file(schemaFile))).toEqual(['schema-file 1']);
    expect(status()).toMatchObject({ state: 'failed' });
    expect(codes()).toEqual([]);
  });

  it.each<[string, string, readonly string[]]>([
    ['a file that is not there', '"web/none.graphql"', ['configuration 1']],
    ['no file', '[]', ['configuration 1']],
    ['a number', '7', ['configuration 1']],
  ])('is told in the configuration when it names %s', async (_, written, expected) => {
    const { folder, workspace } = await opened({
      ...project,
      [configurationFile]: `{ "sources": { "default": { "tables": { "graphql": ${written} } } } }`,
    });
    expect(codesIn(workspace, folder.file(configurationFile))).toEqual(expected);
  });

  const { [configurationFile]: _, [schemaFile]: __, ...unconfigured } = project;
  const introspection = JSON.stringify(introspectionFromSchema(buildSchema(schema)));
  it.each([
    ['schema.graphql', schema],
    ['graphql.schema.json', introspection],
    ['schema.json', introspection],
  ])('is found as %s beside config.yaml', async (name, text) => {
    const { folder, status, codes, against, workspace } = await opened({ ...unconfigured, [name]: text });
    expect(codes()).toEqual([]);
    expect(against()).toEqual(['schema', 'schema']);
    expect(status()).toMatchObject({
      state: 'loaded',
      origin: 'convention',
      uri: folder.uri(name),
      detail: used.replace('schema.graphql', name),
    });
    folder.remove(name);
    workspace.fileChanged(folder.file(name), true);
    expect(against()).toEqual(['nothing', 'nothing']);
    folder.write(name, text);
    workspace.fileChanged(folder.file(name), true);
    expect(against()).toEqual(['schema', 'schema']);
  });

  const configured = (configuration: unknown) => ({ [configurationFile]: JSON.stringify(configuration) });
  it.each<[string, Readonly<Record<string, string>>]>([
    ['that lacks a table', { 'schema.graphql': schema.replaceAll('customer', 'client') }],
    [
      'of something else',
      { 'schema.graphql': 'type Query { a: Int }', 'schema.json': '{ "type": "object" }' },
    ],
    ['that is broken', { 'schema.graphql': `${schema} type {` }],
    ['elsewhere', { 'web/schema.graphql': schema, 'metadata/schema.graphql': schema }],
    [
      'that is named for a remote schema',
      {
        'schema.graphql': schema,
        ...configured({ remoteSchemas: { people: { schema: 'schema.graphql' } } }),
      },
    ],
  ])('passes over a file %s, and says nothing of it', async (_case, files) => {
    const { folder, status, workspace, against } = await opened({ ...unconfigured, ...files });
    expect(against()).toEqual(['nothing', 'nothing']);
    expect(status()).toMatchObject({
      state: 'missing',
      uri: null,
      problem: 'There is no table snapshot for this source.',
    });
    for (const name of Object.keys(files)) expect(codesIn(workspace, folder.file(name))).toEqual([]);
  });

  it('is not looked for where there are migrations, but for a kind whose SQL nobody reads', async () => {
    const databases = 'metadata/databases/databases.yaml';
    const files = { ...unconfigured, 'schema.graphql': schema, 'migrations/default/1_a/up.sql': '-- none' };
    const replaySql: ReplaySql = () => Promise.resolve(replayed(replayedTable('other', { id: 'uuid!' })));
    expect((await opened(files, replaySql)).against()).toEqual(['nothing', 'nothing']);
    const mssql = (smallProject[databases] ?? '').replace('kind: postgres', 'kind: mssql');
    const table = {
      [customerTable]: (smallProject[customerTable] ?? '').replace('schema: public', 'schema: dbo'),
    };
    const other = await opened({ ...files, ...table, [databases]: mssql }, replaySql);
    expect(other.against()).toEqual(['schema', 'schema']);
    expect(other.status()).toMatchObject({ state: 'loaded', origin: 'convention', detail: used });
  });

  it('is not read where there is a snapshot', async () => {
    const files = { ...project, 'schema/default.tables.json': snapshot, [schemaFile]: 'type {' };
    const { folder, workspace, status, against } = await opened(files);
    expect(against()).toEqual(['snapshot', 'snapshot']);
    expect(status()).toMatchObject({ state: 'loaded', origin: 'convention', detail: null });
    expect(codesIn(workspace, folder.file(schemaFile))).toEqual([]);
  });

  const migration = 'migrations/default/1_a/up.sql';
  it.each<[string, string, readonly string[], object]>([
    [
      'knows the tables that migrations do not make',
      'other',
      ['schema', 'schema'],
      { state: 'loaded', problem: null, detail: used },
    ],
    [
      'leaves the others to them',
      'customer',
      ['migrations', 'nothing'],
      {
        state: 'loaded',
        detail: `1 of 1 tracked tables known, from 1 migration; ${used.replace('1 tracked table', '0 tracked tables')}`,
      },
    ],
  ])('%s', async (_, made, expected, state) => {
    const replaySql: ReplaySql = () => Promise.resolve(replayed(replayedTable(made, { id: 'uuid!' })));
    const { codes, status, against } = await opened({ ...project, [migration]: '-- made' }, replaySql);
    expect(codes()).toEqual([]);
    expect(against()).toEqual(expected);
    expect(status()).toMatchObject(state);
  });
});
