import { expect, it } from 'vitest';
import { WorkspaceSymbols } from '../../../server/src/features/navigation/workspaceSymbols.ts';
import {
  customerTable,
  settle,
  smallProject,
  TemporaryFolder,
  workspaceOf,
} from '../project/temporaryFolder.ts';

const ticketTable = 'metadata/databases/default/tables/sales_invoice.yaml';

const project: Readonly<Record<string, string>> = {
  ...smallProject,
  'metadata/databases/default/tables/tables.yaml':
    '- "!include public_customer.yaml"\n- "!include sales_invoice.yaml"\n',
  [ticketTable]: 'table: { schema: sales, name: invoice }\nremote_relationships: []\n',
  'metadata/remote_schemas.yaml': `- name: people
  definition: { url: "https://people.example/graphql" }
  remote_relationships:
    - type_name: Person
      relationships:
        - name: customers
          definition:
            to_source: { relationship_type: array, source: default, table: customer, field_mapping: { id: person_id } }
`,
};

async function open() {
  const folder = new TemporaryFolder(project);
  const workspace = await workspaceOf([folder.path]);
  const symbols = new WorkspaceSymbols(workspace);
  /** `kind name (container) text` */
  const find = async (query: string) =>
    (await symbols.find(query)).map(({ name, container, kind, uri, offset, length }) => {
      const read = workspace.documents.read(workspace.key(uri));
      const text = read.ok ? read.text.slice(offset, offset + length) : '';
      return `${kind} ${name}${container === undefined ? '' : ` (${container})`} ${text}`;
    });
  return { folder, workspace, find };
}

const profile = 'relationship customer.profile (default) profile';
const customers = 'relationship Person.customers (people) customers';

it('finds what the metadata declares by its name, the best first', async () => {
  const { find } = await open();
  expect(await find('')).toEqual(
    expect.arrayContaining([
      'source default default',
      'table customer (default) customer',
      'table sales.invoice (default) invoice',
      'remote-schema people people',
      'type Person (people) Person',
      profile,
      customers,
    ]),
  );
  expect(await find('profile')).toEqual([profile]);
  expect(await find('customer.profile')).toEqual([profile]);
  expect(await find('CUSTOMER')).toEqual(['table customer (default) customer', profile, customers]);
  expect(await find('invoice')).toEqual(['table sales.invoice (default) invoice']);
  expect(await find('cprof')).toEqual([profile]);
  expect(await find('nobody')).toEqual([]);
});

it('follows what is typed and what comes and goes', async () => {
  const { folder, workspace, find } = await open();
  const text = project[customerTable] ?? '';
  workspace.open(folder.uri(customerTable), 'yaml', 1, text.replace('name: profile', 'name: person'));
  expect(await find('profile')).toEqual([]);
  expect(await find('customer.person')).toEqual(['relationship customer.person (default) person']);
  folder.write('metadata/remote_schemas.yaml', '[]\n');
  workspace.fileChanged(folder.file('metadata/remote_schemas.yaml'), false);
  await settle(workspace);
  expect(await find('people')).toEqual([]);
});

it('gives no more than anybody reads', async () => {
  const names = Array.from({ length: 300 }, (_, at) => `t${at}`);
  const folder = new TemporaryFolder({
    ...smallProject,
    'metadata/databases/default/tables/tables.yaml': names.map((name) => `- table: ${name}\n`).join(''),
  });
  const symbols = new WorkspaceSymbols(await workspaceOf([folder.path]));
  expect(await symbols.find('t')).toHaveLength(200);
  expect((await symbols.find('t299')).map(({ name }) => name)).toEqual(['t299']);
});
