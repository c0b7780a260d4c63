import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { metadataLocations } from '../../../server/src/features/clientRequests/metadataLocations.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

/** Every object with its file, the text of its name, and how many lines are its own. */
async function placesIn(files: Readonly<Record<string, string>>) {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path]);
  const project = workspace.projectAt(folder.path);
  if (project === undefined) throw new Error('no project');
  const documentOf = (uri: string) => {
    const text = workspace.documents.get(workspace.key(uri))?.tree.text ?? '';
    return TextDocument.create(uri, '', 0, text);
  };
  const found = metadataLocations(workspace, project, (uri, { offset, length }) => {
    const document = documentOf(uri);
    return { start: document.positionAt(offset), end: document.positionAt(offset + length) };
  });
  return found.flatMap(({ uri, locations }) =>
    locations.map(({ object, range, nameRange }) => ({
      file: uri.slice(folder.uri('').replace(/\/$/, '').length + 1),
      object,
      name: documentOf(uri).getText(nameRange),
      lines: range.end.line - range.start.line,
    })),
  );
}

const customer = { schema: 'public', name: 'customer' };
const databases = 'metadata/databases/databases.yaml';

describe('where objects of the metadata are written', () => {
  it.each<[string, string, string, object]>([
    ['object_relationships', '{ name: region, using: {} }', 'region', { type: 'object_relation' }],
    ['array_relationships', '{ name: orders, using: {} }', 'orders', { type: 'array_relation' }],
    ['computed_fields', '{ name: total, definition: {} }', 'total', { type: 'computed_field' }],
    ['insert_permissions', '{ role: user, permission: {} }', 'user', { type: 'insert_permission' }],
    ['select_permissions', '{ role: user, permission: {} }', 'user', { type: 'select_permission' }],
    ['update_permissions', '{ role: user, permission: {} }', 'user', { type: 'update_permission' }],
    ['delete_permissions', '{ role: user, permission: {} }', 'user', { type: 'delete_permission' }],
    ['event_triggers', '{ name: notify, definition: {} }', 'notify', { type: 'event_trigger' }],
  ])('%s of a table', async (list, item, name, object) => {
    const text = `${smallProject[customerTable]}${list}:\n  - ${item}\n`;
    const found = await placesIn({ ...smallProject, [customerTable]: text });
    expect(found.filter(({ object: { what } }) => what === 'table-item')).toEqual([
      {
        file: customerTable,
        object: { what: 'table-item', source: 'default', table: customer, name, ...object },
        name,
        lines: 0,
      },
    ]);
  });

  it('relationships are whole items, their owners names alone', async () => {
    const found = await placesIn(smallProject);
    expect(found.map(({ file, object, name, lines }) => [file, object.what, name, lines])).toEqual([
      [databases, 'source', 'default', 0],
      [customerTable, 'table', '{ schema: public, name: customer }', 0],
      [customerTable, 'relationship', 'profile', 7],
      ['metadata/remote_schemas.yaml', 'remote-schema', 'people', 0],
    ]);
  });

  it('lists of a source, also functions in files of their own', async () => {
    const found = await placesIn({
      ...smallProject,
      [databases]: `${smallProject[databases]}  functions: "!include default/functions/functions.yaml"
  native_queries: [{ root_field_name: totals }]
  logical_models: [{ name: total, fields: [] }]
  stored_procedures: [{ stored_procedure: { schema: dbo, name: run } }]
`,
      'metadata/databases/default/functions/functions.yaml':
        '- "!include public_search.yaml"\n- function: inline\n',
      'metadata/databases/default/functions/public_search.yaml':
        'function: { schema: public, name: search }\n',
    });
    const items = found.filter(({ object: { what } }) => what === 'source-item');
    expect(items.map(({ file, object }) => [file.split('/').at(-1), object])).toEqual([
      ['databases.yaml', { what: 'source-item', type: 'native_query', source: 'default', name: 'totals' }],
      [
        'databases.yaml',
        {
          what: 'source-item',
          type: 'stored_procedure',
          source: 'default',
          name: { schema: 'dbo', name: 'run' },
        },
      ],
      ['databases.yaml', { what: 'source-item', type: 'logical_model', source: 'default', name: 'total' }],
      ['functions.yaml', { what: 'source-item', type: 'function', source: 'default', name: 'inline' }],
      [
        'public_search.yaml',
        {
          what: 'source-item',
          type: 'function',
          source: 'default',
          name: { schema: 'public', name: 'search' },
        },
      ],
    ]);
  });

  it('permissions and relationships of remote schemas', async () => {
    const found = await placesIn({
      ...smallProject,
      'metadata/remote_schemas.yaml': `- name: people
  definition: { url: "https://people.example/graphql" }
  permissions: [{ role: user, definition: { schema: "" } }]
  remote_relationships:
    - type_name: Person
      relationships: [{ name: posts, definition: {} }]
`,
    });
    expect(found.slice(-3).map(({ object }) => object)).toEqual([
      { what: 'remote-schema', remoteSchema: 'people' },
      { what: 'remote-schema-permission', remoteSchema: 'people', role: 'user' },
      {
        what: 'relationship',
        identity: { owner: 'remote-schema', remoteSchema: 'people', typeName: 'Person', name: 'posts' },
      },
    ]);
  });

  it('what stands in the other files of a metadata directory', async () => {
    const found = await placesIn({
      ...smallProject,
      'metadata/actions.yaml': 'actions:\n  - name: pay\n    definition: {}\ncustom_types: { objects: [] }\n',
      'metadata/cron_triggers.yaml': '- name: nightly\n  webhook: http://x\n',
      'metadata/inherited_roles.yaml': '- role_name: manager\n  role_set: [user]\n',
      'metadata/rest_endpoints.yaml': '- name: list\n  url: list\n',
      'metadata/query_collections.yaml': '- name: allowed\n  definition: { queries: [] }\n',
    });
    const items = found.filter(({ object: { what } }) => what === 'item');
    expect(items.map(({ object, name }) => [object, name])).toEqual([
      [{ what: 'item', type: 'action', name: 'pay' }, 'pay'],
      [{ what: 'item', type: 'custom_types', name: 'custom_types' }, 'custom_types'],
      [{ what: 'item', type: 'cron_trigger', name: 'nightly' }, 'nightly'],
      [{ what: 'item', type: 'inherited_role', name: 'manager' }, 'manager'],
      [{ what: 'item', type: 'rest_endpoint', name: 'list' }, 'list'],
      [{ what: 'item', type: 'query_collections', name: 'allowed' }, 'allowed'],
    ]);
  });

  it('a whole document in one file', async () => {
    const metadata = {
      resource_version: 3,
      metadata: {
        version: 3,
        sources: [
          { name: 'lite', kind: 'sqlite', tables: [{ table: ['main', 'customer'] }], configuration: {} },
        ],
        actions: [{ name: 'pay', definition: {} }],
      },
    };
    const found = await placesIn({
      'config.yaml': 'version: 3\n',
      'metadata.json': JSON.stringify(metadata),
    });
    expect(found.map(({ object }) => object)).toEqual([
      { what: 'source', source: 'lite' },
      { what: 'table', source: 'lite', table: ['main', 'customer'] },
      { what: 'item', type: 'action', name: 'pay' },
    ]);
  });

  it('what is half written is left out', async () => {
    const text = `table: customer
select_permissions:
  - permission: {}
  - role:
  - "!include select.yaml"
remote_relationships:
  - name:
  - definition: {}
`;
    const found = await placesIn({ ...smallProject, [customerTable]: text });
    expect(found.filter(({ file }) => file === customerTable).map(({ object }) => object.what)).toEqual([
      'table',
    ]);
  });
});
