import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { cursorTargetOf } from '../../../server/src/join/locate.ts';
import { thingKey } from '../../../server/src/join/namedThing.ts';
import { documentUses, indexedUses } from '../../../server/src/join/uses.ts';
import type { DocumentRole } from '../../../server/src/metadata/relationship.ts';
import type { SyntaxLanguage, SyntaxNode } from '../../../server/src/syntax/tree.ts';
import { surroundings } from '../features/support.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';

/** `text: key` of each use, sorted. */
function usesIn(
  text: string,
  where: Surroundings = surroundings,
  language: SyntaxLanguage = 'yaml',
): string[] {
  const context = contextOf(text, where, language);
  return documentUses(context)
    .all.map(({ thing, node, declares }) => {
      const written = node.kind === 'object' ? 'table' : JSON.stringify(node.value);
      const parts: unknown[] = JSON.parse(thingKey(thing));
      return `${declares ? '+' : ''}${written} ${parts.map((part) => part ?? '?').join(' ')}`;
    })
    .sort();
}

const table = `
table: { schema: public, name: customer }
configuration: { column_config: { email: { custom_name: mail } } }
computed_fields:
  - { name: full_name, definition: { function: full_name } }
object_relationships:
  - { name: city, using: { foreign_key_constraint_on: person_id } }
  - name: region
    using: { manual_configuration: { remote_table: { schema: sales, name: invoice }, column_mapping: { id: customer } } }
array_relationships:
  - { name: invoices, using: { foreign_key_constraint_on: { table: { schema: sales, name: invoice }, column: customer } } }
select_permissions:
  - role: user
    permission:
      columns: [email]
      computed_fields: [full_name]
      filter: { _and: [{ id: { _eq: X-Hasura-User-Id } }, { city: { name: { _eq: x } } }, { invoices: { _not: {} } }] }
insert_permissions:
  - { role: user, permission: { check: { active: true }, set: { person_id: x }, columns: '*' } }
event_triggers:
  - { name: changed, definition: { update: { columns: [email], payload: [active] }, insert: { columns: '*' } } }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field:
          people:
            arguments: { where: { name: { like: $email }, ids: [$person_id] }, limit: 3 }
            field: { friends: { arguments: { first: $id } } }
  - name: tickets
    definition:
      to_source:
        relationship_type: array
        source: helpdesk
        table: ticket
        field_mapping: { id: customer_id }
`;

describe('uses of a document', () => {
  it('are every name of a table entry and its relationships', () => {
    const uses = usesIn(table);
    const of = 'default {"schema":"public","name":"customer"}';
    const invoice = 'default {"schema":"sales","name":"invoice"}';
    const ticket = 'helpdesk {"schema":"public","name":"ticket"}';
    const owner = JSON.stringify(['table', 'default', '{"schema":"public","name":"customer"}']);
    expect(uses).toEqual(
      [
        `+table table ${of}`,
        `"email" column ${of} email`,
        `"email" column ${of} email`,
        `"email" column ${of} email`,
        `"$email" column ${of} email`,
        `+"full_name" column ${of} full_name`,
        `"full_name" column ${of} full_name`,
        `"person_id" column ${of} person_id`,
        `"person_id" column ${of} person_id`,
        `"person_id" column ${of} person_id`,
        `"$person_id" column ${of} person_id`,
        `"id" column ${of} id`,
        `"id" column ${of} id`,
        `"id" column ${of} id`,
        `"$id" column ${of} id`,
        `"active" column ${of} active`,
        `"active" column ${of} active`,
        `table table ${invoice}`,
        `table table ${invoice}`,
        `"customer" column ${invoice} customer`,
        `"customer" column ${invoice} customer`,
        `+"profile" relationship ${owner} profile`,
        '"people" remote-schema people',
        '"people" field people Query people',
        '"where" argument people Query people where',
        '"limit" argument people Query people limit',
        '"name" field people PersonFilter name',
        '"like" field people TextFilter like',
        '"ids" field people PersonFilter ids',
        '"friends" field people Person friends',
        '"first" argument people Person friends first',
        `+"tickets" relationship ${owner} tickets`,
        '"helpdesk" source helpdesk',
        `"ticket" table ${ticket}`,
        `"customer_id" column ${ticket} customer_id`,
      ].sort(),
    );
  });

  it('are the same in JSON', () => {
    const json = JSON.stringify(parseYaml(table), undefined, 2);
    expect(usesIn(json, surroundings, 'json')).toEqual(usesIn(table));
  });

  const body = JSON.stringify({
    type: 'pg_delete_remote_relationship',
    args: { source: 'default', table: 'customer', name: 'profile' },
  });
  const requested = [
    '"customer" table default {"schema":"public","name":"customer"}',
    '"default" source default',
    `"profile" relationship ${JSON.stringify(['table', 'default', '{"schema":"public","name":"customer"}'])} profile`,
  ];

  it('are those of requests, which declare nothing', () => {
    const where = { ...surroundings, location: {} };
    expect(usesIn(body, where, 'json')).toEqual(requested);
    const http = `POST http://localhost:8080/v1/metadata\ncontent-type: application/json\n\n${body}\n`;
    expect(usesIn(http, where, 'http')).toEqual(requested);
  });

  it.each<[string, object, readonly string[]]>([
    [
      'a table of the source default',
      { type: 'pg_delete_remote_relationship', args: { table: 'customer', name: 'profile' } },
      requested.filter((use) => !use.includes(' source ')),
    ],
    [
      'a type of a remote schema',
      {
        type: 'delete_remote_schema_remote_relationship',
        args: { remote_schema: 'people', type_name: 'Person', name: 'customers' },
      },
      [
        '"Person" type people Person',
        `"customers" relationship ${JSON.stringify(['type', 'people', 'Person'])} customers`,
        '"people" remote-schema people',
      ],
    ],
    [
      'a type of no remote schema',
      { type: 'delete_remote_schema_remote_relationship', args: { type_name: 'Person', name: 'customers' } },
      [
        '"Person" type ? Person',
        `"customers" relationship ${JSON.stringify(['type', null, 'Person'])} customers`,
      ],
    ],
  ])('are those of requests about %s', (_, request, expected) => {
    expect(usesIn(JSON.stringify(request), { ...surroundings, location: {} }, 'json')).toEqual(expected);
  });

  it('are those of a table whose source is not known', () => {
    expect(usesIn('table: customer\nremote_relationships: []\n', { ...surroundings, location: {} })).toEqual([
      '+"customer" table ? ["customer"]',
    ]);
  });

  it('are those of other commands that name a table, a source or a remote schema', () => {
    const commands = [
      { type: 'pg_track_table', args: { source: 'default', table: 'customer' } },
      { type: 'remove_remote_schema', args: { name: 'people' } },
      { type: 'drop_remote_schema_permissions', args: { remote_schema: 'people', role: 'user' } },
      { type: 'create_cron_trigger', args: { name: 'people' } },
      { type: 'add_remote_schema_permissions', args: { remote_schema: 'forum', role: 'user' } },
    ];
    const uses = usesIn(
      JSON.stringify({ type: 'bulk', args: commands }),
      { ...surroundings, location: {} },
      'json',
    );
    expect(uses).toEqual([
      '"customer" table default {"schema":"public","name":"customer"}',
      '"default" source default',
      '"forum" remote-schema forum',
      '"people" remote-schema people',
      '"people" remote-schema people',
    ]);
  });

  it('are those of remote schemas, their types and what is customized', () => {
    const text = `
- name: people
  definition:
    url: http://people.example
    customization:
      type_names: { mapping: { Person: People } }
      field_names: [{ parent_type: Query, mapping: { person: onePerson } }]
  remote_relationships:
    - type_name: Person
      relationships:
        - name: customers
          definition:
            to_source: { relationship_type: array, source: default, table: customer, field_mapping: { id: person_id } }
`;
    const owner = JSON.stringify(['type', 'people', 'Person']);
    expect(usesIn(text, { ...surroundings, location: { role: 'remote-schemas' } })).toEqual(
      [
        '+"people" remote-schema people',
        '"Person" type people Person',
        '"Person" type people Person',
        '"person" field people Query person',
        '"id" field people Person id',
        `+"customers" relationship ${owner} customers`,
        '"default" source default',
        '"customer" table default {"schema":"public","name":"customer"}',
        '"person_id" column default {"schema":"public","name":"customer"} person_id',
      ].sort(),
    );
  });

  it('are those of types of actions, which join to the source default unless they name one', () => {
    const text = `
custom_types:
  objects:
    - name: Output
      fields: [{ name: id, type: Int }, { name: nr, type: String }]
      relationships:
        - { name: customer, type: object, remote_table: customer, field_mapping: { id: id } }
        - { name: ticket, type: object, source: helpdesk, remote_table: ticket, field_mapping: { nr: nr } }
`;
    const owner = JSON.stringify(['action-type', 'Output']);
    expect(usesIn(text, { ...surroundings, location: { role: 'actions' } })).toEqual(
      [
        '+"Output" action-type Output',
        '+"id" action-field Output id',
        '+"nr" action-field Output nr',
        '"id" action-field Output id',
        '"nr" action-field Output nr',
        `+"customer" relationship ${owner} customer`,
        `+"ticket" relationship ${owner} ticket`,
        '"customer" table default {"schema":"public","name":"customer"}',
        '"id" column default {"schema":"public","name":"customer"} id',
        '"helpdesk" source helpdesk',
        '"ticket" table helpdesk {"schema":"public","name":"ticket"}',
        '"nr" column helpdesk {"schema":"public","name":"ticket"} nr',
      ].sort(),
    );
  });

  it('tell how many relationships lead to a thing, requests not counted', () => {
    const relationship = (name: string) =>
      `  - name: ${name}\n    definition: { to_source: { relationship_type: object, source: helpdesk, table: ticket, field_mapping: { id: id } } }\n`;
    const leading = (text: string, where: Surroundings, language: SyntaxLanguage) =>
      [...documentUses(contextOf(text, where, language)).joined].map(([key, count]) => [
        JSON.parse(key)[0],
        count,
      ]);
    const twice = `table: customer\nremote_relationships:\n${relationship('one')}${relationship('two')}`;
    expect(leading(twice, surroundings, 'yaml')).toEqual([['table', 2]]);
    expect(leading(table, surroundings, 'yaml')).toEqual([
      ['field', 1],
      ['table', 1],
    ]);
    const request = {
      type: 'pg_create_remote_relationship',
      args: {
        table: 'customer',
        name: 'r',
        definition: {
          to_source: {
            relationship_type: 'object',
            source: 'helpdesk',
            table: 'ticket',
            field_mapping: { id: 'id' },
          },
        },
      },
    };
    expect(leading(JSON.stringify(request), { ...surroundings, location: {} }, 'json')).toEqual([]);
  });

  it('are led to by the name of a relationship, or by all of it where it has none', () => {
    const text =
      'table: customer\nremote_relationships:\n  - name: one\n    definition: { to_source: { table: ticket } }\n  - definition: { to_source: { table: ticket } }\n';
    const context = contextOf(text, surroundings);
    const led = documentUses(context).all.flatMap(({ joinedBy }) => joinedBy ?? []);
    expect(led.map((node) => node.value ?? node.kind)).toEqual(['one', 'object']);
  });

  it('are found by what they name', () => {
    const uses = documentUses(contextOf(table, surroundings));
    const key = thingKey({ kind: 'source', source: 'helpdesk' });
    expect(uses.of(key).map(({ node }) => node.value)).toEqual(['helpdesk']);
    expect(uses.of(thingKey({ kind: 'source', source: 'nowhere' }))).toEqual([]);
    const again = indexedUses(uses.all);
    expect(again.all).toEqual(uses.all);
    expect(again.of(key)).toEqual(uses.of(key));
    expect(again.joined).toEqual(uses.joined);
  });

  it('know what no schema is known of by the way to it', () => {
    const text = `
table: customer
remote_relationships:
  - name: dim
    definition:
      to_remote_schema:
        remote_schema: dark
        lhs_fields: [id]
        remote_field: { a: { arguments: { b: { c: { e: $id } } }, field: { d: { arguments: {} } } } }
`;
    expect(usesIn(text).filter((use) => use.includes(' dark '))).toEqual([
      '"a" field dark . a',
      '"b" argument dark . a b',
      '"c" field dark ..a(b) c',
      '"d" field dark .a. d',
      '"e" field dark ..a(b).c e',
    ]);
  });

  it('mean what each relationship means that shares a definition by an anchor', () => {
    const text = `
- table: customer
  remote_relationships:
    - name: one
      definition: &shared
        to_source: { relationship_type: object, source: helpdesk, table: ticket, field_mapping: { id: id } }
- table: { schema: sales, name: invoice }
  remote_relationships:
    - { name: two, definition: *shared }
`;
    const where = { ...surroundings, location: { role: 'tables', source: 'default' } } as const;
    expect(usesIn(text, where).filter((use) => use.startsWith('"id"'))).toEqual([
      '"id" column default {"schema":"public","name":"customer"} id',
      '"id" column default {"schema":"sales","name":"invoice"} id',
      '"id" column helpdesk {"schema":"public","name":"ticket"} id',
    ]);
  });

  it.each<[string, string, DocumentRole, readonly string[]]>([
    ['no entry', '', 'table', []],
    [
      'half a relationship',
      'table: customer\nremote_relationships:\n  - name:\n    definition:\n      to_source:\n',
      'table',
      ['+"customer" table ? ["customer"]'],
    ],
    [
      'a relationship whose name is no text',
      'table: customer\nremote_relationships: [{ name: 7, definition: { to_source: { source: helpdesk } } }]\n',
      'table',
      ['"helpdesk" source helpdesk', '+"customer" table ? ["customer"]'],
    ],
    [
      'a table name that Postgres has none of',
      '- name: default\n  kind: postgres\n  tables:\n    - table: [a, b]\n      computed_fields: [{ name: full_name, definition: { function: f } }]\n',
      'sources',
      ['+"default" source default'],
    ],
    [
      'a foreign key from a table that Postgres has none of',
      '- name: default\n  kind: postgres\n  tables:\n    - table: customer\n      array_relationships: [{ name: a, using: { foreign_key_constraint_on: { table: [a, b], column: c } } }]\n',
      'sources',
      ['+"customer" table default {"schema":"public","name":"customer"}', '+"default" source default'],
    ],
    [
      'a foreign key in a table of a source that nobody names',
      'table: customer\narray_relationships: [{ name: a, using: { foreign_key_constraint_on: { table: invoice, column: c } } }]\n',
      'table',
      ['"c" column ? ["invoice"] c', '"invoice" table ? ["invoice"]', '+"customer" table ? ["customer"]'],
    ],
    [
      'a table without a name',
      'table: 3\nremote_relationships:\n  - name: a\n    definition:\n      to_source: { source: helpdesk, table: 7, field_mapping: { id: 7 } }\n',
      'table',
      ['"helpdesk" source helpdesk'],
    ],
    [
      'a relationship to a source that is not named yet',
      'table: customer\nremote_relationships:\n  - name: a\n    definition: { to_source: { table: ticket, field_mapping: { id: } } }\n',
      'table',
      [
        '"id" column ? ["customer"] id',
        '"ticket" table ? ["ticket"]',
        '+"a" relationship ["table",null,"[\\"customer\\"]"] a',
        '+"customer" table ? ["customer"]',
      ],
    ],
    [
      'an unknown remote schema',
      'table: customer\nremote_relationships:\n  - name: a\n    definition:\n      to_remote_schema: { remote_schema: nobody }\n',
      'table',
      [
        '"nobody" remote-schema nobody',
        '+"a" relationship ["table",null,"[\\"customer\\"]"] a',
        '+"customer" table ? ["customer"]',
      ],
    ],
    [
      'two forms',
      'table: customer\nremote_relationships:\n  - name: a\n    definition:\n      to_remote_schema: { remote_schema: people }\n      to_source: { source: helpdesk }\n',
      'table',
      [
        '"helpdesk" source helpdesk',
        '"people" remote-schema people',
        '+"a" relationship ["table",null,"[\\"customer\\"]"] a',
        '+"customer" table ? ["customer"]',
      ],
    ],
    [
      'types of a remote schema that are no texts',
      '- name: people\n  definition: { url: u, customization: { field_names: [{ parent_type: A, mapping: { a: b } }] } }\n  remote_relationships: [{ type_name: 7, relationships: [{ name: r, definition: {} }] }]\n',
      'remote-schemas',
      ['"a" field people A a', '+"people" remote-schema people'],
    ],
    [
      'remote schemas without a name, or with one that is no text',
      '- definition: { url: u }\n- name: 7\n  definition: { url: u }\n  remote_relationships: [{ type_name: A, relationships: [] }]\n',
      'remote-schemas',
      ['"A" type ? A'],
    ],
    [
      'a permission of a remote schema without a name',
      '{ type: add_remote_schema_permissions, args: { role: user, definition: { schema: "type Query { a: Int }" } } }',
      'request',
      [],
    ],
    [
      'types of actions that are no texts',
      'custom_types:\n  objects:\n    - { name: 7, fields: [{ name: id, type: Int }], relationships: [{ name: r, type: object, remote_table: customer, field_mapping: { id: id } }] }\n',
      'actions',
      [
        '"customer" table default {"schema":"public","name":"customer"}',
        '"id" column default {"schema":"public","name":"customer"} id',
      ],
    ],
    [
      'types of actions of which nothing but the name is known',
      'custom_types:\n  objects:\n    - { name: Output }\n    - { name: Other, fields: 7 }\n',
      'actions',
      ['+"Other" action-type Other', '+"Output" action-type Output'],
    ],
    [
      'a command without arguments, or with no texts',
      '[{ type: pg_track_table }, { type: pg_track_table, args: 7 }, { type: pg_track_table, args: { source: 7, table: customer } }, { type: pg_track_table, args: { source: default, table: 7 } }]',
      'request',
      ['"default" source default'],
    ],
    [
      'a command of the source that is left out',
      '[{ type: pg_track_table, args: { table: customer } }, { type: pg_untrack_table, args: { source: helpdesk } }]',
      'request',
      ['"customer" table default {"schema":"public","name":"customer"}', '"helpdesk" source helpdesk'],
    ],
    [
      'a request about a table, or a type, that is no text',
      '[{ type: pg_delete_remote_relationship, args: { source: 7, table: 7, name: r } }, { type: delete_remote_schema_remote_relationship, args: { remote_schema: 7, type_name: 7, name: r } }]',
      'request',
      [],
    ],
  ])('are what can be read: %s', (_, text, role, expected) => {
    expect(usesIn(text, { ...surroundings, location: { role } })).toEqual(expected.toSorted());
  });

  it('know the table of a relationship, which only tables have', () => {
    const tableOf = (text: string, role: DocumentRole) =>
      documentUses(contextOf(text, { ...surroundings, location: { role, source: 'default' } }))
        .all.map(({ thing }) => thing)
        .filter((thing) => thing.kind === 'relationship')
        .map((thing) => thing.table?.tableName.name);
    expect(tableOf(table, 'table')).toEqual(['customer', 'customer']);
    const ofType =
      '- { type_name: Person, relationships: [{ name: r, definition: { to_source: { source: default } } }] }';
    expect(tableOf(ofType, 'remote-schema-types')).toEqual([undefined]);
  });
});

/** What the cursor is on and what is used there can't disagree. */
it.each(['yaml', 'json'] as const)(
  'there is a use wherever the cursor stands on a name in %s',
  (language) => {
    const text = language === 'yaml' ? table : JSON.stringify(parseYaml(table), undefined, 2);
    const context = contextOf(text, surroundings, language);
    const used = new Set(documentUses(context).all.map(({ node }) => node));
    const missing: string[] = [];
    let targets = 0;
    const look = (node: SyntaxNode): void => {
      for (const each of [node.key, node]) {
        const target = each && cursorTargetOf(context, each);
        const isName =
          target !== undefined &&
          (['source', 'table', 'remote-schema', 'type', 'relationship-name', 'lhs-field', 'column'].includes(
            target.kind,
          ) ||
            (target.kind === 'remote-field' && target.step !== undefined) ||
            (target.kind === 'argument' && target.argument !== undefined) ||
            (target.kind === 'value' && target.value.value.kind === 'variable')) &&
          !target.opensObject &&
          !('name' in target && target.name === undefined);
        if (!isName) continue;
        targets++;
        if (!used.has(target.node)) missing.push(`${target.kind} ${JSON.stringify(target.node.value)}`);
      }
      node.children.forEach(look);
    };
    context.tree.roots.forEach(look);
    expect(missing).toEqual([]);
    expect(targets).toBeGreaterThan(20);
  },
);
