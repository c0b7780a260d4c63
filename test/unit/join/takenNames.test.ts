import { describe, expect, it } from 'vitest';
import { newRelationship } from '../../../server/src/features/refactoring/newRelationship.ts';
import { splitFix } from '../../../server/src/features/refactoring/splitRemoteField.ts';
import { takenNames } from '../../../server/src/join/takenNames.ts';
import { completeAt, remoteSchemas, request, surroundings } from '../features/support.ts';
import { contextOf, findingsIn, type Surroundings } from '../support/checkText.ts';

const customer = `table: { schema: public, name: customer }
configuration: { column_config: { email: { custom_name: mail } } }
object_relationships:
  - name: manager
    using: { foreign_key_constraint_on: manager_id }
array_relationships:
  - name: orders
    using: { foreign_key_constraint_on: { column: customer_id, table: orders } }
computed_fields:
  - name: full_name
    definition: { function: full_name }
remote_relationships:
  - name: person
    definition: { to_source: {} }
  - definition: {}
`;
const other = 'table: { schema: sales, name: invoice }\nremote_relationships:\n  - name: receipt\n';
const list = (text: string) => `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`;
const types = `- name: people
  remote_relationships:
    - type_name: Person
      relationships:
        - name: posts
          definition: {}
    - type_name: Address
      relationships:
        - name: town
          definition: {}
`;
const [customerEntry] = contextOf(customer, { location: { role: 'table' } }).model.tables;
if (customerEntry?.table.state !== 'present') throw new Error('no table');
const customerTable = customerEntry.table;
const create = `type: pg_create_remote_relationship
args: { source: default, table: customer, name: x, definition: {} }
`;

describe('a name is taken', () => {
  it.each<[string, string, Surroundings, readonly string[], readonly string[]]>([
    [
      'of a table, by columns, custom names, computed fields and relationships',
      customer,
      surroundings,
      ['email', 'odd-name', 'mail', 'full_name', 'manager', 'orders', 'person'],
      ['customer', 'Email', 'person_2', '', 'constructor', '__proto__'],
    ],
    [
      'of a table, by what is not known of it elsewhere',
      customer,
      { location: { role: 'table', source: 'default' } },
      ['mail', 'full_name', 'manager', 'orders', 'person'],
      ['email', 'odd-name'],
    ],
    [
      'of a table, by nothing of the table beside it',
      list(customer) + list(other),
      { ...surroundings, location: { role: 'tables', source: 'default' } },
      ['person', 'email'],
      ['receipt'],
    ],
    [
      'of a type, by its fields and relationships',
      types,
      remoteSchemas,
      ['friends', 'address', 'posts'],
      ['town', 'city'],
    ],
    ['of a table in a request, by its columns', create, request, ['email', 'full_name', 'x'], ['person']],
  ])('%s', (_, text, where, taken, free) => {
    const { model, catalogue } = contextOf(text, where);
    const [first] = model.relationships;
    if (first === undefined) throw new Error('no relationship');
    const isTaken = takenNames(catalogue, first, model.relationships);
    expect(taken.filter((name) => !isTaken(name))).toEqual([]);
    expect(free.filter(isTaken)).toEqual([]);
  });

  it('in a file, by what stands in it alone: a relationship does not take its own name', () => {
    const own = `- name: default
  kind: postgres
  configuration: {}
  tables:
    - table: customer
      remote_relationships: [{ name: person, definition: {} }]
`;
    const { model, catalogue } = contextOf(own, { files: {} });
    expect(model.relationships.map((each) => takenNames(catalogue, each, [])('person'))).toEqual([false]);
  });

  it.each<[string, Surroundings, boolean]>([
    ['taken', { location: { role: 'relationships', source: 'default', table: customerTable } }, true],
    ['free, the metadata saying nothing of the table', { location: { role: 'relationships' } }, false],
  ])('in a file of relationships that the metadata includes, is %s', (_, where, expected) => {
    const { model, catalogue } = contextOf('- name: tickets\n  definition: {}\n', {
      ...where,
      files: {
        'databases.yaml':
          '- name: default\n  kind: postgres\n  tables:\n    - table: customer\n      remote_relationships: [{ name: person, definition: {} }]\n',
      },
    });
    expect(model.relationships.map((each) => takenNames(catalogue, each, [])('person'))).toEqual([expected]);
  });

  it('in a request, by a relationship of the metadata', () => {
    const metadata = JSON.stringify({
      version: 3,
      sources: [
        {
          name: 'default',
          kind: 'postgres',
          tables: [{ table: 'customer', remote_relationships: [{ name: 'person', definition: {} }] }],
        },
      ],
    });
    const { model, catalogue } = contextOf(create, { ...request, files: { 'metadata.json': metadata } });
    expect(model.relationships.map((each) => takenNames(catalogue, each, [])('person'))).toEqual([true]);
  });
});

describe('a name that is proposed is free', () => {
  const toEmail = 'to_source: { source: helpdesk, table: email }';
  const where: Surroundings = {
    ...surroundings,
    sources: {
      ...surroundings.sources,
      helpdesk: { tables: [{ table: { schema: 'public', name: 'email' }, columns: { id: 'integer!' } }] },
    },
  };
  const table = 'table: { schema: public, name: customer }\nremote_relationships:\n';

  it('by completion', () => {
    const text = `${table}  - name: ▮\n    definition:\n      ${toEmail}\n`;
    expect(completeAt(text, 'yaml', where).labels[0]).toBe('email_2');
  });

  it.each([
    ['of a column', '', 'email_2'],
    ['of a relationship beside it', '  - name: email_2\n    definition: {}\n', 'email_3'],
    ['of a custom name', 'configuration: { column_config: { id: { custom_name: email_2 } } }\n', 'email_3'],
  ])('by the guided steps, unlike the name %s', (_, more, name) => {
    const text = more.startsWith(' ') ? table + more : `table: customer\n${more}`;
    const target = { source: 'helpdesk', table: { schema: 'public', name: 'email' } };
    expect(newRelationship(contextOf(text, where), 0, { target })?.name).toBe(name);
  });

  it('by the fix that makes several relationships of one', () => {
    const text = `${table}  - name: full
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [id, email]
        remote_field:
          person: { arguments: { id: $id } }
          name: { arguments: { id: $id } }
`;
    const context = contextOf(text, surroundings);
    const fixes = findingsIn(text, surroundings).map((finding) => splitFix(context, finding));
    const [split] = fixes.filter((fix) => fix !== undefined).flatMap(({ edits }) => edits);
    expect([...(split?.text.matchAll(/name: (\w+)$/gm) ?? [])].map(([, name]) => name)).toEqual([
      'full',
      'full_name_2',
    ]);
  });
});
