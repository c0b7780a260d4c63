import { expect, it } from 'vitest';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { ServerProcess } from './serverProcess.ts';

/** What the built server says of tables, remote schemas, actions and requests as a whole: each code once, over stdio. */

const table = (more: string) => `table: { schema: public, name: customer }\n${more}`;
const remoteSchema = (more: string, definition = '{ url: "http://people.example" }') =>
  `- name: people\n  definition: ${definition}\n${more}`;
const ofCustomer = (definition: string) =>
  `remote_relationships:\n  - name: profile\n    definition: ${definition}\n`;
const toCustomer =
  '{ to_source: { source: default, table: customer, relationship_type: object, field_mapping: { id: id } } }';
const remoteSchemas = 'metadata/remote_schemas.yaml';
const databases = 'metadata/databases/databases.yaml';

it.each<[string, string, string]>([
  [
    'inconsistent-table',
    customerTable,
    table(`configuration: { column_config: { gone: { custom_name: x } } }\n${ofCustomer(toCustomer)}`),
  ],
  [
    'unknown-table',
    customerTable,
    table(`configuration: { column_config: { gone: { custom_name: x } } }\n${ofCustomer(toCustomer)}`),
  ],
  ['invalid-custom-name', customerTable, table('configuration: { custom_name: 1st }\n')],
  [
    'duplicate-declaration',
    customerTable,
    table(
      'computed_fields:\n  - { name: a, definition: { function: f } }\n  - { name: a, definition: { function: f } }\n',
    ),
  ],
  [
    'cli-scalar',
    customerTable,
    table(
      ofCustomer(
        '{ to_remote_schema: { remote_schema: people, lhs_fields: [id, y], remote_field: { person: { arguments: { id: $id } } } } }',
      ),
    ),
  ],
  [
    'cli-syntax',
    customerTable,
    table(
      ofCustomer(
        '{ to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { person: { arguments:{ id: $id } } } } }',
      ),
    ),
  ],
  ['relationship-name', customerTable, table(ofCustomer(toCustomer)).replace('name: profile', 'name: 1st')],
  ['remote-schema-definition', remoteSchemas, remoteSchema('', '{ url: a, url_from_env: B }')],
  [
    'remote-schema-customization',
    remoteSchemas,
    remoteSchema('', '{ url: a, customization: { type_names: { mapping: { Person: Query } } } }'),
  ],
  [
    'remote-schema-permission',
    remoteSchemas,
    remoteSchema("  permissions: [{ role: user, definition: { schema: 'type Query { nobody: Int }' } }]\n"),
  ],
  ['duplicate-remote-schema', remoteSchemas, `${remoteSchema('')}${remoteSchema('')}`],
  [
    'action-relationship',
    'metadata/actions.yaml',
    'actions: []\ncustom_types:\n  objects:\n    - name: Output\n      relationships:\n        - { name: c, type: object, remote_table: nowhere, field_mapping: {} }\n',
  ],
  [
    'request-envelope',
    'requests/one.yaml',
    'type: pg_delete_remote_relationship\nversion: 3\nargs: { table: customer, name: profile }\n',
  ],
  ['include-not-resolved', databases, '- "!include x.yaml"\n'],
  ['ignored-document', remoteSchemas, `${remoteSchema('')}---\n- name: other\n`],
])('%s', async (code, file, text) => {
  const folder = new TemporaryFolder({ ...smallProject, [file]: smallProject[file] ?? text });
  const server = await ServerProcess.start({ folders: [folder] });
  const uri = folder.uri(file);
  await server.open(uri, text);
  expect(await server.codes(uri)).toContain(code);
});

it('layout-version, yml-file and metadata-not-found, in files that are not open', async () => {
  const folder = new TemporaryFolder({
    ...smallProject,
    'config.yaml': 'version: 2\nendpoint: http://localhost:8080\n',
    'metadata/remote_schemas.yml': '[]\n',
    'other/config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: gone\n',
  });
  const server = await ServerProcess.start({ folders: [folder] });
  const { items } = await server.workspaceDiagnostics();
  const codes = items.flatMap((item) => (item.kind === 'full' ? item.items.map(({ code }) => code) : []));
  expect(codes).toEqual(expect.arrayContaining(['layout-version', 'yml-file', 'metadata-not-found']));
});
