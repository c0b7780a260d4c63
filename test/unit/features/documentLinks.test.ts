import { expect, it } from 'vitest';
import { documentLinks } from '../../../server/src/features/navigation/documentLinks.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

const configuration = 'remote-relationships.config.json';

const project: Readonly<Record<string, string>> = {
  ...smallProject,
  'metadata/databases/default/tables/tables.yaml':
    '- "!include public_customer.yaml"\n- !include missing.yaml\n',
  'sql/a.sql': 'create table customer ();',
  [configuration]: JSON.stringify({
    sources: { default: { tables: 'schema/default.tables.json' }, other: { tables: { sql: 'sql/*.sql' } } },
    remoteSchemas: {
      people: { schema: ['schema/people.graphql', 'schema/*.graphql', 'nowhere.graphql'] },
      away: { schema: '../../../../../../etc/hostname' },
    },
  }),
};

/** `text -> file` of each link; `undefined` for a document that has none to offer. */
async function linksIn(name: string): Promise<readonly string[] | undefined> {
  const folder = new TemporaryFolder(project);
  const workspace = await workspaceOf([folder.path]);
  const read = workspace.documents.read(folder.file(name));
  const text = read.ok ? read.text : '';
  return documentLinks(workspace, folder.uri(name))?.map(
    ({ offset, length, uri }) =>
      `${text.slice(offset, offset + length)} -> ${uri.replace(folder.uri(''), '').replace(/^\//, '')}`,
  );
}

it('lead from an include to its file, if there is one', async () => {
  expect(await linksIn('metadata/databases/default/tables/tables.yaml')).toEqual([
    `public_customer.yaml -> ${customerTable}`,
  ]);
  expect(await linksIn('metadata/databases/databases.yaml')).toEqual([
    'default/tables/tables.yaml -> metadata/databases/default/tables/tables.yaml',
  ]);
});

it('lead from the configuration to schemas and snapshots, not to patterns, nor to what may not be read', async () => {
  expect(await linksIn(configuration)).toEqual([
    '"schema/default.tables.json" -> schema/default.tables.json',
    '"schema/people.graphql" -> schema/people.graphql',
  ]);
});

it('are none in files that are none of Hasura’s', async () => {
  expect(await linksIn('config.yaml')).toBeUndefined();
  expect(await linksIn('schema/people.graphql')).toBeUndefined();
});
