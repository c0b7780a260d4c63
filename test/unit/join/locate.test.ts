import { describe, expect, it } from 'vitest';
import { cursorTargetAt, cursorTargetOf } from '../../../server/src/join/locate.ts';
import { nodeAt } from '../../../server/src/syntax/nodes.ts';
import { covered } from '../metadata/support.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';

const surroundings: Surroundings = {
  sources: {
    shop: { tables: [{ table: 'customer', columns: { id: 'integer', person_id: 'uuid' } }] },
    helpdesk: { tables: [{ table: 'ticket', columns: { customer_id: 'integer' } }] },
  },
  remoteSchemas: {
    people:
      'type Query { person(id: ID, where: Filter): Person } input Filter { id: ID } type Person { id: ID name: String }',
  },
};

/** What stands at `|`: its kind, its text, and whether it is known. */
function at(
  marked: string,
  language: 'yaml' | 'json' = 'yaml',
  location: Surroundings['location'] = {},
): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const context = contextOf(text, { ...surroundings, location }, language);
  const target = cursorTargetAt(context, offset);
  if (target === undefined) return undefined;
  const known = (): string => {
    switch (target.kind) {
      case 'source':
        return target.source.state;
      case 'table':
        return target.table.state;
      case 'remote-schema':
        return target.remoteSchema.state;
      case 'type':
        return target.type.state;
      case 'lhs-field':
        return target.field.state;
      case 'column':
        return target.column.state;
      case 'remote-field':
        return `${target.step?.field.state}`;
      case 'argument':
        return `${target.argument?.definition.state}`;
      case 'value':
        return `${target.value.value.kind} of ${target.argument.argument.name.value}`;
      case 'key':
        return `in ${target.node.parent?.key?.value}`;
      default:
        return '-';
    }
  };
  const name = target.relationship?.name;
  return `${target.kind} ${covered(context.tree, target.node)} ${known()} (${name?.state === 'present' ? name.value : '-'})`;
}

const document = `
version: 3
sources:
  - name: shop
    kind: postgres
    configuration: {}
    tables:
      - table: { schema: public, name: customer }
        remote_relationships:
          - name: profile
            definition:
              to_remote_schema:
                remote_schema: people
                lhs_fields: [person_id]
                remote_field:
                  person:
                    arguments:
                      id: $person_id
                      where: { id: [ "$id" ] }
                      nope: 7
                    field:
                      name: { arguments: {} }
          - name: tickets
            definition:
              to_source:
                relationship_type: array
                source: helpdesk
                table: ticket
                field_mapping: { id: customer_id }
remote_schemas:
  - name: people
    definition: { url: x }
    remote_relationships:
      - type_name: Person
        relationships: []
`;

/** The document with a mark in the `nth` of a text. */
function mark(text: string, nth = 0, from = document): string {
  let index = -1;
  for (let count = 0; count <= nth; count++) index = from.indexOf(text, index + 1);
  if (index < 0) throw new Error(`no ${text}`);
  return `${from.slice(0, index + 1)}|${from.slice(index + 1)}`;
}

describe('what an offset stands on', () => {
  it.each<[string, number, string | undefined]>([
    ['profile', 0, 'relationship-name profile - (profile)'],
    ['shop', 0, 'source shop present (-)'],
    ['customer', 0, 'table { schema: public, name: customer } present (-)'],
    ['people', 0, 'remote-schema people present (profile)'],
    ['person_id]', 0, 'lhs-field person_id present (profile)'],
    ['person:', 0, 'remote-field person present (profile)'],
    ['id: $person_id', 0, 'argument id present (profile)'],
    ['$person_id', 0, 'value $person_id variable of id (profile)'],
    ['where', 0, 'argument where present (profile)'],
    ['id: [', 0, 'argument id present (profile)'],
    ['"$id"', 0, 'value "$id" variable of id (profile)'],
    ['nope', 0, 'argument nope absent (profile)'],
    ['7', 0, 'value 7 literal of nope (profile)'],
    ['name: { arg', 0, 'remote-field name present (profile)'],
    ['array', 0, 'relationship-type array - (tickets)'],
    ['helpdesk', 0, 'source helpdesk present (tickets)'],
    ['ticket\n', 0, 'table ticket present (tickets)'],
    ['id: customer_id', 0, 'lhs-field id present (tickets)'],
    ['customer_id', 0, 'column customer_id present (tickets)'],
    ['people', 1, 'remote-schema people present (-)'],
    ['Person', 0, 'type Person present (-)'],
    ['lhs_fields', 0, 'key lhs_fields in to_remote_schema (profile)'],
    ['arguments', 0, 'key arguments in person (profile)'],
    ['field_mapping', 0, 'key field_mapping in to_source (tickets)'],
    ['remote_relationships', 0, 'key remote_relationships in undefined (-)'],
    ['postgres', 0, 'source-kind postgres - (-)'],
  ])('%s (%s)', (text, nth, expected) => {
    expect(at(mark(text, nth))).toBe(expected);
  });

  it('in requests, also who owns the relationship', () => {
    const request =
      '{"type": "pg_create_remote_relationship", "args": {"source": "shop", "table": "customer", "name": "p", "remote_schema": "people", "hasura_fields": ["id"], "remote_field": {"person": {"arguments": {"id": "$id"}}}}}';
    expect(at(mark('shop', 0, request), 'json')).toBe('source "shop" present (p)');
    expect(at(mark('customer', 0, request), 'json')).toBe('table "customer" present (p)');
    expect(at(mark('people', 0, request), 'json')).toBe('remote-schema "people" present (p)');
    expect(at(mark('$id', 0, request), 'json')).toBe('value "$id" variable of id (p)');
    const ofType =
      '{"type": "delete_remote_schema_remote_relationship", "args": {"remote_schema": "people", "type_name": "Nobody", "name": "p"}}';
    expect(at(mark('people', 0, ofType), 'json')).toBe('remote-schema "people" present (p)');
    expect(at(mark('Nobody', 0, ofType), 'json')).toBe('type "Nobody" absent (p)');
  });

  it('in forms that stand side by side, in each', () => {
    const both = `
- table: customer
  remote_relationships:
    - name: r
      definition:
        to_source: { source: helpdesk }
        to_remote_schema: { remote_schema: people }
`;
    expect(at(mark('helpdesk', 0, both))).toBe('source helpdesk present (r)');
    expect(at(mark('people', 0, both))).toBe('remote-schema people present (r)');
  });

  it('in an anchor, where its content is written', () => {
    const shared = `
- table: { schema: public, name: customer }
  remote_relationships: &shared
    - name: profile
      definition: &definition
        to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { person: { arguments: {} } } }
- table: { schema: public, name: other }
  remote_relationships:
    - name: again
      definition: *definition
`;
    expect(at(mark('people', 0, shared))).toBe('remote-schema people present (profile)');
    expect(at(mark('again', 0, shared))).toBe('relationship-name again - (again)');
    expect(at(mark('*definition', 0, shared))).toBeUndefined();
  });

  it('in an anchor where nothing is expected, as the relationship takes it that comes from it', () => {
    const apart = `
- table: { schema: public, name: customer }
  x-definition: &definition
    to_remote_schema: { remote_schema: people, lhs_fields: [id] }
  x-item: &item
    name: tickets
    definition: { to_source: { source: helpdesk, table: ticket, field_mapping: { id: customer_id } } }
  x-body: &body { remote_schema: people, lhs_fields: [person_id] }
  x-other: { to_source: { source: shop } }
  remote_relationships:
    - name: profile
      definition: *definition
    - *item
    - name: third
      definition: { to_remote_schema: *body }
`;
    expect(at(mark('people', 0, apart))).toBe('remote-schema people present (profile)');
    expect(at(mark('tickets', 0, apart))).toBe('relationship-name tickets - (tickets)');
    expect(at(mark('helpdesk', 0, apart))).toBe('source helpdesk present (tickets)');
    expect(at(mark('person_id', 0, apart))).toBe('lhs-field person_id unknown (third)');
    expect(at(mark('shop', 0, apart))).toBeUndefined();
  });

  it.each([
    [
      'an export',
      '{"resource_version": 1, "metadata": {"version": 3, "sources": [{"name": "sh|op", "kind": "postgres", "configuration": {}, "tables": []}]}}',
    ],
    [
      'an export with something before it',
      '{"is_consistent": true, "resource_version": 1, "metadata": {"version": 3, "sources": [{"name": "sh|op", "kind": "postgres", "configuration": {}, "tables": []}]}}',
    ],
    [
      'metadata',
      '{"version": 3, "sources": [{"name": "sh|op", "kind": "postgres", "configuration": {}, "tables": []}]}',
    ],
  ])('in %s', (_, marked) => {
    expect(at(marked, 'json')).toBe('source "shop" present (-)');
  });

  it.each([
    ['the value of a key that nobody knows', 'table: customer\nremote_relationships: []\nnope: sh|op\n'],
    ['arguments of no command', '[{"args": {"source": "sh|op"}}, {"type": "bulk", "args": []}]'],
    [
      'a name in relationships that others below the same key replace',
      'table: customer\nremote_relationships: [{ name: fir|st, definition: {} }]\nremote_relationships: []\n',
    ],
    ...[
      'to_remote_schema: { remote_field: { per|son: { arguments: { where: { id: 7 } } } } }',
      'to_remote_schema: { remote_field: { person: { arguments: { wh|ere: { id: 7 } } } } }',
      'to_remote_schema: { remote_field: { person: { arguments: { where: { i|d: 7 } } } } }',
      'to_remote_schema: { remote_field: { person: { arguments: { where: { id: 1|7 } } } } }',
      'to_source: { field_mapping: { i|d: customer_id } }',
      'to_source: { field_mapping: { id: customer|_id } }',
    ].map((marked): [string, string] => [
      `${marked} in relationships that others below the same key replace`,
      `table: customer\nremote_relationships: [{ name: a, definition: { ${marked} } }]\nremote_relationships: []\n`,
    ]),
    [
      'a join field in relationships that others below the same key replace',
      'table: customer\nremote_relationships: [{ name: a, definition: { to_remote_schema: { lhs_fields: [i|d] } } }]\nremote_relationships: []\n',
    ],
  ])('is nothing for %s', (_, marked) => {
    expect(at(marked, marked.startsWith('[') ? 'json' : 'yaml')).toBeUndefined();
  });

  it('is nothing in a list where an object is all there can be', () => {
    expect(at('- ver|sion: 3', 'yaml', { role: 'metadata' })).toBeUndefined();
  });

  it('is nothing in a document that is not Hasura’s', () => {
    expect(at('kind: Ser|vice')).toBeUndefined();
    expect(at('ki|nd: Service')).toBeUndefined();
    expect(at('|')).toBeUndefined();
  });
});

/** What is told of what stands at `|` beside its kind. */
function toldAt(marked: string): Record<string, unknown> {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const target = cursorTargetAt(contextOf(text, { ...surroundings, location: {} }), offset);
  const told: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(target ?? {})) {
    if (value === undefined || ['node', 'relationship', 'join', 'object', 'lhs', 'value'].includes(key))
      continue;
    if (key === 'part') told[key] = (value as { of: string }).of;
    else if (key === 'inputs') told[key] = (value as { name: string }[]).map(({ name }) => name);
    else if (key === 'owner' || key === 'parentType')
      told[key] = typeof value === 'string' ? value : (value as { name: string }).name;
    else if (['list', 'mapping'].includes(key)) told[key] = true;
    else if (typeof value === 'object') told[key] = 'state' in value ? value.state : 'known';
    else if (value !== false) told[key] = value;
  }
  return told;
}

describe('what is told of what an offset stands on', () => {
  const table = (name: string): string => document.replace('{ schema: public, name: customer }', name);
  it.each<[string, string, Record<string, unknown>]>([
    [
      'a source that is declared',
      mark('shop'),
      { kind: 'source', name: 'shop', source: 'present', declares: true },
    ],
    ['a source', mark('helpdesk'), { kind: 'source', name: 'helpdesk', source: 'present' }],
    [
      'a remote schema that is declared',
      mark('people', 1),
      { kind: 'remote-schema', name: 'people', remoteSchema: 'present', declares: true },
    ],
    ['a remote schema', mark('people'), { kind: 'remote-schema', name: 'people', remoteSchema: 'present' }],
    ['a type', mark('Person'), { kind: 'type', name: 'Person', type: 'present', schema: 'present' }],
    ['a whole table', mark('ticket\n'), { kind: 'table', source: 'present', table: 'present' }],
    [
      'the schema of a table',
      mark('public'),
      { kind: 'table', part: 'schema', source: 'present', table: 'present' },
    ],
    [
      'the name of a table',
      mark('customer'),
      { kind: 'table', part: 'name', source: 'present', table: 'present' },
    ],
    [
      'a key of a table',
      mark('schema: p'),
      { kind: 'table', part: 'key', source: 'present', table: 'present' },
    ],
    [
      'the dataset of a table',
      mark('sales', 0, table('{ dataset: sales, name: x }')),
      { kind: 'table', part: 'dataset', source: 'present', table: 'unknown' },
    ],
    [
      'a part of a list',
      mark('main', 0, table('[main, Customer]')),
      { kind: 'table', part: 'name', source: 'present', table: 'unknown' },
    ],
    [
      'a join field',
      mark('person_id]'),
      { kind: 'lhs-field', name: 'person_id', field: 'present', list: true },
    ],
    [
      'a join field of a mapping',
      mark('id: customer_id'),
      { kind: 'lhs-field', name: 'id', field: 'present', mapping: true },
    ],
    [
      'a column',
      mark('customer_id'),
      { kind: 'column', name: 'customer_id', column: 'present', lhsField: 'id' },
    ],
    ['a field', mark('person:'), { kind: 'remote-field', parentType: 'Query', step: 'known' }],
    ['a field below', mark('name: { arg'), { kind: 'remote-field', parentType: 'Person', step: 'known' }],
    [
      'an argument',
      mark('where'),
      { kind: 'argument', inputs: ['id', 'where'], owner: 'person', argument: 'known' },
    ],
    [
      'an input field',
      mark('id: ['),
      { kind: 'argument', inputs: ['id'], owner: 'Filter', argument: 'known' },
    ],
    [
      'an argument of a field that is not known',
      mark('id: $person_id', 0, document.replace('person:', 'persn:')),
      { kind: 'argument', inputs: [], argument: 'known' },
    ],
    [
      'a key of what is no input object',
      mark('x: $id', 0, document.replace('id: $person_id', 'id: { x: $id }')),
      { kind: 'argument', inputs: [], argument: 'known' },
    ],
    ['a value', mark('$person_id'), { kind: 'value', owner: 'person', argument: 'known' }],
    ['a value below', mark('"$id"'), { kind: 'value', owner: 'Filter', argument: 'known' }],
    ['a type of relationship', mark('array'), { kind: 'relationship-type' }],
    [
      'a word where a list begins',
      mark('person_id', 0, document.replace('[person_id]', 'person_id')),
      { kind: 'lhs-field', name: 'person_id', field: 'present', opensList: true },
    ],
  ])('%s', (_, marked, expected) => {
    expect(toldAt(marked)).toEqual(expected);
  });

  it.each([
    [
      'the value of a key that is no text',
      mark('7', 1, document.replace('helpdesk', '7')),
      { kind: 'source', source: 'unknown' },
    ],
    ['an object where one is expected', mark('{ id: cust'), {}],
    [
      'the value of a key that no table name has',
      mark('xy', 0, document.replace('schema: public', 'nope: xy')),
      {},
    ],
    [
      'a table of a source that nobody names',
      'table: custom|er\nremote_relationships: []',
      { kind: 'table', source: 'unknown', table: 'unknown' },
    ],
    [
      'a table as an object',
      mark('{ schema'),
      { kind: 'table', part: 'key', source: 'present', table: 'present', opensObject: true },
    ],
  ])('%s', (_, marked, expected) => {
    expect(toldAt(marked)).toEqual(expected);
  });
});

describe('what an offset stands on in a part of the metadata', () => {
  const tickets =
    'to_source: { relationship_type: array, source: he|lpdesk, table: ticket, field_mapping: { id: customer_id } }';
  const source = (relationship: string) => `source helpdesk present (${relationship})`;
  it.each<[string, string, Surroundings['location'], string]>([
    ['a definition', tickets, { role: 'definition' }, source('-')],
    ['relationships', `- name: r\n  definition:\n    ${tickets}`, { role: 'relationships' }, source('r')],
    ['one of them', `name: r\ndefinition:\n  ${tickets}`, { role: 'relationships' }, source('r')],
    [
      'types of a remote schema',
      `- type_name: Person\n  relationships:\n    - name: r\n      definition:\n        ${tickets}`,
      { role: 'remote-schema-types' },
      source('r'),
    ],
    [
      'metadata with its version',
      `resource_version: 3\nmetadata:\n${document.replace('helpdesk', 'he|lpdesk').replaceAll(/^(?=.)/gm, '  ')}`,
      { role: 'metadata' },
      source('tickets'),
    ],
    [
      'metadata in an object',
      `metadata:\n${document.replace('helpdesk', 'he|lpdesk').replaceAll(/^(?=.)/gm, '  ')}`,
      { role: 'metadata' },
      source('tickets'),
    ],
    ['plain metadata', document.replace('helpdesk', 'he|lpdesk'), { role: 'metadata' }, source('tickets')],
  ])('%s', (_, text, location, expected) => {
    expect(at(text, 'yaml', location)).toBe(expected);
  });
});

it.each([
  ['{ resource_version: 3, metadata: { version: 3, sources: [] } }', 'metadata export'],
  ['{ resource_version: 3, metadata: null }', 'metadata export'],
  ['{ resource_version: 3, nope: 7 }', 'metadata export'],
  ['{ metadata: { version: 3 }, nope: 7 }', 'metadata export'],
  ['{ metadata: null, nope: 7 }', 'metadata export'],
  ['{ metadata: [], nope: 7 }', 'metadata'],
  ['{ nope: { version: 3 } }', 'metadata'],
  ['{ version: 3, sources: [] }', 'metadata'],
])('a key of %s is one of the shape %s', (text, shape) => {
  const target = cursorTargetAt(contextOf(text, { location: { role: 'metadata' } }), 2);
  expect(target?.kind === 'key' && target.shape.name).toBe(shape);
});

describe('what an offset stands on in what is half-written, or wrong', () => {
  const withBoth = `
- table: customer
  remote_relationships:
    - name: r
      definition:
        to_source: { source: helpdesk, table: ticket, field_mapping: { id: customer_id } }
        to_remote_schema:
          remote_schema: people
          remote_field: { person: { arguments: { id: $id }, field: { name: {} } } }
`;
  it.each([
    ['customer_id', 'column customer_id present (r)'],
    ['ticket', 'table ticket present (r)'],
    ['person:', 'remote-field person present (r)'],
    ['id: $id', 'argument id present (r)'],
    ['$id', 'value $id variable of id (r)'],
    ['name: {}', 'remote-field name present (r)'],
  ])('%s in one of two forms side by side', (text, expected) => {
    expect(at(mark(text, 0, withBoth))).toBe(expected);
  });

  const pathOf = (remoteField: string) =>
    `table: customer\nremote_relationships:\n  - name: r\n    definition: { to_remote_schema: { remote_schema: people, remote_field: ${remoteField} } }`;
  /** The type whose fields can stand in the object at `|`. */
  const parentTypeIn = (remoteField: string, remoteSchema = 'people'): string | undefined => {
    const marked = pathOf(remoteField).replace('people', remoteSchema);
    const context = contextOf(marked.replace('|', ''), { ...surroundings, location: {} });
    const node = nodeAt(context.tree, marked.indexOf('|'));
    const target = node && cursorTargetOf(context, node);
    expect(target).toMatchObject({ kind: 'remote-field', opensObject: true });
    return target?.kind === 'remote-field' ? target.parentType?.name : undefined;
  };
  it.each([
    ['{|}', 'Query'],
    ['{ person: { field: {|} } }', 'Person'],
    ['{ person: {}, person2: { field: {|} } }', undefined],
    ['{ other: {}, person: { field: {|} } }', 'Person'],
    ['{ person: { field: { name: { field: {|} } } } }', undefined],
    ['{ persn: { field: {|} } }', undefined],
    // Of two the last one counts.
    ['{ person: { field: {|} } }, remote_field: { person: {} }', undefined],
    ['{ person: {} }, remote_field: { person: { field: {|} } }', 'Person'],
  ])('of %s the fields are those of %s', (remoteField, expected) => {
    expect(parentTypeIn(remoteField)).toBe(expected);
  });
  it.each(['{|}', '{ person: { field: {|} } }'])('of %s nothing is known without a schema', (remoteField) => {
    expect(parentTypeIn(remoteField, 'nowhere')).toBeUndefined();
  });

  it.each([
    [
      'a table of a source that nobody names',
      'table: custom|er\nremote_relationships: []',
      'yaml',
      'table customer unknown (-)',
    ],
    [
      'the second of two tables',
      '- name: shop\n  kind: postgres\n  tables:\n    - table: nowhere\n    - table: custom|er',
      'yaml',
      'table customer present (-)',
    ],
    [
      'a table with a relationship that is only named',
      'table: custom|er\nremote_relationships:\n  - name: r',
      'yaml',
      'table customer unknown (-)',
    ],
    [
      'a table with a schema that is no text',
      '- name: shop\n  kind: postgres\n  tables:\n    - table: { schema: 7, name: custom|er }',
      'yaml',
      'table { schema: 7, name: customer } unknown (-)',
    ],
    [
      'the table of a request beside the one it joins to',
      '{"type": "pg_create_remote_relationship", "args": {"source": "shop", "table": "nowh|ere", "name": "r", "definition": {"to_source": {"source": "helpdesk", "table": "ticket"}}}}',
      'json',
      'table "nowhere" absent (r)',
    ],
    [
      'the table that a request joins to',
      '{"type": "pg_create_remote_relationship", "args": {"source": "shop", "table": "nowhere", "name": "r", "definition": {"to_source": {"source": "helpdesk", "table": "tick|et"}}}}',
      'json',
      'table "ticket" present (r)',
    ],
    [
      'a table of another request',
      '{"type": "pg_track_table", "args": {"source": "shop", "table": "custom|er"}}',
      'json',
      undefined,
    ],
    [
      'the table of a request whose source is no text',
      '{"type": "pg_delete_remote_relationship", "args": {"source": 7, "table": "custom|er", "name": "r"}}',
      'json',
      'table "customer" unknown (r)',
    ],
    [
      'a type of a remote schema that nobody names',
      '{"type": "delete_remote_schema_remote_relationship", "args": {"type_name": "Pers|on", "name": "r"}}',
      'json',
      'type "Person" unknown (r)',
    ],
    [
      'a type of the second of two remote schemas',
      '- name: forum\n  definition: { url: u }\n  remote_relationships: []\n- name: people\n  definition: { url: u }\n  remote_relationships: [{ type_name: Pers|on, relationships: [] }]',
      'yaml',
      'type Person present (-)',
    ],
    [
      'a type of a remote schema whose name is no text',
      '- name: 7\n  definition: { url: u }\n  remote_relationships: [{ type_name: Pers|on, relationships: [] }]',
      'yaml',
      'type Person unknown (-)',
    ],
    [
      'a type that is no text',
      '- name: people\n  definition: { url: u }\n  remote_relationships: [{ type_name: 1|7, relationships: [] }]',
      'yaml',
      'type 17 unknown (-)',
    ],
    [
      'a column that is no text',
      pathOf('{}').replace(
        /\{ to_remote.*/,
        '{ to_source: { source: helpdesk, table: ticket, field_mapping: { id: 1|7 } } }',
      ),
      'yaml',
      'column 17 unknown (r)',
    ],
    [
      'the second column of a mapping',
      pathOf('{}').replace(
        /\{ to_remote.*/,
        '{ to_source: { source: helpdesk, table: ticket, field_mapping: { id: 7, person_id: customer|_id } } }',
      ),
      'yaml',
      'column customer_id present (r)',
    ],
    [
      'a join field that is no text',
      pathOf('{}').replace('remote_field', 'lhs_fields: [1|7], remote_field'),
      'yaml',
      'lhs-field 17 unknown (r)',
    ],
    [
      'a value below a value that takes none',
      pathOf('{ person: { arguments: { id: { x: 1|7 } } } }'),
      'yaml',
      'value 17 literal of x (r)',
    ],
    [
      'an input field that another of its name replaces',
      pathOf('{ person: { arguments: { where: { i|d: 1, id: 2 } } } }'),
      'yaml',
      'argument id undefined (r)',
    ],
    [
      'an argument of a second field',
      pathOf('{ person: {}, other: { arguments: { i|d: 7 } } }'),
      'yaml',
      'argument id unknown (r)',
    ],
    [
      'a value of a second field',
      pathOf('{ person: {}, other: { arguments: { id: 1|7 } } }'),
      'yaml',
      'value 17 literal of id (r)',
    ],
  ] as const)('%s', (_, marked, language, expected) => {
    expect(at(marked, language)).toBe(expected);
  });

  it.each([
    ['shop', 'present', 'present'],
    ['nowhere', 'absent', 'unknown'],
  ])('a table of the source %s', (source, state, table) => {
    const marked = 'table: custom|er\nremote_relationships: []';
    const context = contextOf(marked.replace('|', ''), {
      ...surroundings,
      location: { role: 'table', source },
    });
    expect(cursorTargetAt(context, marked.indexOf('|'))).toMatchObject({
      kind: 'table',
      source: { state },
      table: { state: table },
    });
  });

  it.each([
    ['name: ti|ckets', 'relationship-name tickets - (tickets)'],
    ['help|desk', 'source helpdesk present (tickets)'],
    ['tick|et,', 'table ticket present (tickets)'],
    ['customer|_id', 'column customer_id present (tickets)'],
    ['{ i|d:', 'lhs-field id present (tickets)'],
  ])('%s in a relationship of an action type', (marked, expected) => {
    const types = `
custom_types:
  objects:
    - name: Output
      fields: [{ name: id, type: Int }]
      relationships:
        - { name: tickets, type: array, source: helpdesk, remote_table: ticket, field_mapping: { id: customer_id } }
`;
    expect(at(types.replace(marked.replace('|', ''), marked), 'yaml', { role: 'actions' })).toBe(expected);
  });

  it('is the first relationship of several that take their definition from an anchor', () => {
    const shared = `
table: customer
x-definition: &definition { to_remote_schema: { remote_schema: people, lhs_fields: [id] } }
remote_relationships:
  - { name: first, definition: *definition }
  - { name: second, definition: *definition }
`;
    expect(at(mark('people', 0, shared))).toBe('remote-schema people present (first)');
  });
});
