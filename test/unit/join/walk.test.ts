import { describe, expect, it } from 'vitest';
import type { Knowledge } from '../../../server/src/catalogue/catalogue.ts';
import type { DocumentContext } from '../../../server/src/join/documentContext.ts';
import { walkDefinition, walkRelationship } from '../../../server/src/join/documentContext.ts';
import type {
  ArgumentStep,
  Join,
  LeftHandSide,
  PathStep,
  RemoteSchemaJoin,
  SourceJoin,
} from '../../../server/src/join/joinPath.ts';
import { typeReferenceText } from '../../../server/src/schema/typeReference.ts';
import { indent } from '../metadata/support.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';

const people = `
type Query {
  person(id: ID!, where: PersonFilter, any: [PersonFilter!], tags: [[String!]!]): Person
  node(id: ID!): Node
  count: Int!
  people: [Person!]!
}
input PersonFilter { id: IdFilter, _and: [PersonFilter!] }
input IdFilter { _eq: ID, _in: [ID!] }
interface Node { id: ID! }
type Person implements Node {
  "Its key."
  id: ID!
  name: String
  friends(first: Int): [Person!]
  address: Address
}
type Address { city: String }
`;

const surroundings: Surroundings = {
  sources: {
    shop: {
      tables: [
        {
          table: { schema: 'public', name: 'customer' },
          columns: { id: 'integer!', person_id: 'uuid', tags: 'text[]', nested: 'object' },
          computedFields: [
            { name: 'full_name', type: 'text', scalar: true, arguments: 0 },
            { name: 'older', type: 'bool', scalar: true, arguments: 1 },
            { name: 'friends', scalar: false, arguments: 0 },
            { name: 'mystery', type: 'text' },
            { name: 'id', type: 'text', scalar: true, arguments: 0 },
          ],
        },
        {
          table: { schema: 'sales', name: 'unknown_columns' },
          computedFields: [
            { name: 'older', scalar: true, arguments: 1 },
            { name: 'full_name', type: 'text', scalar: true, arguments: 0 },
          ],
        },
      ],
    },
    helpdesk: {
      tables: [
        { table: { schema: 'public', name: 'ticket' }, columns: { id: 'int8!', customer_id: 'int4' } },
      ],
    },
    elsewhere: {},
  },
  remoteSchemas: { people, dark: null },
  location: { role: 'table', source: 'shop' },
};

function context(
  definition: string,
  more: Surroundings = {},
  table = '{schema: public, name: customer}',
): DocumentContext {
  const text = `table: ${table}\nremote_relationships:\n  - name: r\n    definition:\n${indent(definition.trim(), 6)}`;
  return contextOf(text, { ...surroundings, ...more });
}

function onlyJoin({ joins }: DocumentContext): Join {
  const [join] = joins;
  if (join === undefined || joins.length > 1) throw new Error(`${joins.length} joins`);
  return join;
}

function toSchema(field: string, more?: Surroundings, schema = 'people', table?: string): RemoteSchemaJoin {
  const join = onlyJoin(
    context(
      `to_remote_schema: {remote_schema: ${schema}, lhs_fields: [person_id, full_name], remote_field: ${field}}`,
      more,
      table,
    ),
  );
  if (join.kind !== 'to-remote-schema') throw new Error(join.kind);
  return join;
}

function toSource(rest: string, more?: Surroundings, table?: string): SourceJoin {
  const join = onlyJoin(context(`to_source: {relationship_type: array, ${rest}}`, more, table));
  if (join.kind !== 'to-source') throw new Error(join.kind);
  return join;
}

const state = (knowledge: Knowledge<unknown> | undefined): string => knowledge?.state ?? 'nothing';

/** `Query.person:present -> Person` for each step. */
function told(path: readonly PathStep[]): string[] {
  return path.map(
    ({ parentType, step, field, returns, last, belowNonObject }) =>
      `${parentType?.name ?? '?'}.${step.name.value}:${field.state} -> ${returns?.name ?? '?'}${last ? ' last' : ''}${belowNonObject ? ' below non-object' : ''}`,
  );
}

/** Every argument and value of a step: `where.id:present IdFilter`. */
function values(steps: readonly ArgumentStep[], prefix = ''): string[] {
  return steps.flatMap(({ argument, definition, value }) => {
    const name = `${prefix}${argument.name.value}`;
    const told = `${name}:${definition.state} ${value.expected ? typeReferenceText(value.expected) : '?'}`;
    const items = value.items.flatMap((item, index) => [
      `${name}[${index}] ${item.expected ? typeReferenceText(item.expected) : '?'}`,
      ...values(item.fields, `${name}[${index}].`),
    ]);
    return [told, ...items, ...values(value.fields, `${name}.`)];
  });
}

describe('the path', () => {
  it.each<[string, string[]]>([
    ['{person: {arguments: {}}}', ['Query.person:present -> Person last']],
    [
      '{person: {arguments: {}, field: {friends: {arguments: {}, field: {name: {arguments: {}}}}}}}',
      [
        'Query.person:present -> Person',
        'Person.friends:present -> Person',
        'Person.name:present -> String last',
      ],
    ],
    ['{persn: {arguments: {}}}', ['Query.persn:absent -> ? last']],
    [
      '{persn: {arguments: {}, field: {name: {arguments: {}}}}}',
      ['Query.persn:absent -> ?', '?.name:unknown -> ? last'],
    ],
    [
      '{node: {arguments: {}, field: {id: {arguments: {}}}}}',
      ['Query.node:present -> Node below non-object', 'Query.id:absent -> ? last'],
    ],
    [
      '{count: {arguments: {}, field: {people: {arguments: {}}}}}',
      ['Query.count:present -> Int below non-object', 'Query.people:present -> Person last'],
    ],
    [
      '{person: {arguments: {}, field: {name: {arguments: {}, field: {address: {arguments: {}}}}}}}',
      [
        'Query.person:present -> Person',
        'Person.name:present -> String below non-object',
        'Person.address:present -> Address last',
      ],
    ],
    [
      '{person: {arguments: {}}, people: {arguments: {}}}',
      ['Query.person:present -> Person last', 'Query.people:present -> Person last'],
    ],
    ['{person: }', ['Query.person:present -> Person last']],
    ['{person: {arguments: {}, field: 7}}', ['Query.person:present -> Person']],
    ['{}', []],
  ])('%s', (field, expected) => {
    expect(told(toSchema(field).path)).toEqual(expected);
  });

  it.each(['dark', 'nowhere'])('in remote schema %s nothing is known, and nothing absent', (schema) => {
    const join = toSchema(
      '{person: {arguments: {x: {y: $person_id}}, field: {a: {arguments: {}}}}}',
      {},
      schema,
    );
    expect(told(join.path)).toEqual(['?.person:unknown -> ?', '?.a:unknown -> ? last']);
    expect(values(join.path[0]?.arguments ?? [])).toEqual(['x:unknown ?', 'x.y:unknown ?']);
    expect(state(join.target)).toBe(schema === 'dark' ? 'present' : 'absent');
  });
});

describe('arguments and values', () => {
  it.each<[string, string[]]>([
    ['{id: $person_id}', ['id:present ID!']],
    ['{ident: $person_id}', ['ident:absent ?']],
    ['{ident: {a: 1}}', ['ident:absent ?', 'ident.a:unknown ?']],
    [
      '{where: {id: {_eq: $person_id, eq: 1}}}',
      [
        'where:present PersonFilter',
        'where.id:present IdFilter',
        'where.id._eq:present ID',
        'where.id.eq:absent ?',
      ],
    ],
    [
      '{any: [{id: {_in: [$person_id]}}]}',
      [
        'any:present [PersonFilter!]',
        'any[0] PersonFilter!',
        'any[0].id:present IdFilter',
        'any[0].id._in:present [ID!]',
        'any[0].id._in[0] ID!',
      ],
    ],
    ['{any: {id: {}}}', ['any:present [PersonFilter!]', 'any.id:present IdFilter']],
    ['{id: {a: 1}}', ['id:present ID!', 'id.a:unknown ?']],
    ['{id: [1]}', ['id:present ID!', 'id[0] ?']],
    ['{tags: [[a, b], c]}', ['tags:present [[String!]!]', 'tags[0] [String!]!', 'tags[1] [String!]!']],
  ])('%s', (list, expected) => {
    const join = toSchema(`{person: {arguments: ${list}}}`);
    // Items of items are left out above.
    expect(values(join.path[0]?.arguments ?? []).filter((line) => !/\]\[/.test(line))).toEqual(expected);
  });

  it('expects in a list of lists what the inner list holds', () => {
    const [argument] = toSchema('{person: {arguments: {tags: [[a]]}}}').path[0]?.arguments ?? [];
    const inner = argument?.value.items[0]?.items[0];
    expect(inner?.expected && typeReferenceText(inner.expected)).toBe('String!');
    expect(inner?.expectedType?.name).toBe('String');
  });

  it.each([
    ['$person_id', true, 'present'],
    ['$full_name', true, 'present'],
    ['$id', false, 'present'],
    ['$nowhere', false, 'absent'],
    ['$nested', false, 'absent'],
    ['7', undefined, 'unknown'],
  ])('the value %s is listed: %s, its field is %s', (value, listed, field) => {
    const step = toSchema(`{person: {arguments: {id: ${value}}}}`).path[0]?.arguments[0]?.value;
    expect([step?.listed, state(step?.lhsField)]).toEqual([listed, field]);
  });

  it('of a list that cannot be read nothing is said', () => {
    const join = onlyJoin(
      context(
        'to_remote_schema: {remote_schema: people, lhs_fields: 7, remote_field: {person: {arguments: {id: $id}}}}',
      ),
    );
    if (join.kind !== 'to-remote-schema') throw new Error(join.kind);
    expect(join.path[0]?.arguments[0]?.value.listed).toBeUndefined();
    expect(join.lhsFields).toEqual([]);
  });

  it('collects variables from everywhere', () => {
    const join = toSchema(
      '{person: {arguments: {where: {_and: [{id: {_eq: $a}}]}}, field: {friends: {arguments: {first: $b}}}}}',
    );
    expect([...join.usedVariables]).toEqual(['a', 'b']);
  });
});

describe('fields of a table to join on', () => {
  const names = (join: Join): unknown =>
    join.lhs.fields.state === 'present'
      ? join.lhs.fields.value.map(({ name, origin }) => `${name}:${origin}`)
      : join.lhs.fields.state;
  const columns = ['id:column', 'person_id:column', 'tags:column'];

  it('are scalar columns and computed fields; the column wins', () => {
    expect(names(toSchema('{}'))).toEqual([...columns, 'full_name:computed-field']);
  });

  it.each([
    ['2.0.1', false, false],
    ['2.0.2', true, false],
    ['2.1.1', true, false],
    ['2.2.0', true, true],
  ])('since %s: computed fields to a remote schema %s, to a source %s', (serverVersion, schema, source) => {
    const first = toSchema('{}', { serverVersion });
    const second = toSource('source: helpdesk, table: ticket, field_mapping: {full_name: id}', {
      serverVersion,
    });
    expect([state(first.lhs.field('full_name')), state(second.lhs.field('full_name'))]).toEqual([
      schema ? 'present' : 'absent',
      source ? 'present' : 'absent',
    ]);
    expect(names(second)).toEqual(source ? [...columns, 'full_name:computed-field'] : columns);
  });

  it.each([
    ['id', 'present'],
    ['full_name', 'present'],
    ['older', 'absent'],
    ['friends', 'absent'],
    ['nested', 'absent'],
    ['idd', 'absent'],
    ['mystery', 'unknown'],
  ])('%s is %s', (name, expected) => {
    expect(state(toSchema('{}').lhs.field(name))).toBe(expected);
  });

  it.each([
    ['older', 'absent'],
    ['full_name', 'present'],
    ['id', 'unknown'],
  ])('where columns are not known, %s is %s', (name, expected) => {
    expect(
      state(toSchema('{}', {}, 'people', '{schema: sales, name: unknown_columns}').lhs.field(name)),
    ).toBe(expected);
  });

  it.each([
    ['id', { origin: 'column', type: 'integer', nullable: false }],
    ['person_id', { origin: 'column', type: 'uuid', nullable: true }],
    ['full_name', { origin: 'computed-field', type: 'text', nullable: undefined }],
  ])('%s says what it is', (name, expected) => {
    const { lhs } = toSchema('{}');
    const location = { uri: 'file:///project/metadata/schema/tables.json' };
    const told = { state: 'present', value: { name, ...expected, location } };
    expect(lhs.field(name)).toMatchObject(told);
    const all = lhs.fields.state === 'present' ? lhs.fields.value : [];
    expect(all.find((field) => field.name === name)).toMatchObject(told.value);
  });

  it('have their type in GraphQL', () => {
    const { lhs } = toSchema('{}');
    const type = (name: string): unknown => {
      const field = lhs.field(name);
      return field.state === 'present'
        ? field.value.graphqlType && typeReferenceText(field.value.graphqlType)
        : field.state;
    };
    expect(['id', 'person_id', 'tags', 'full_name'].map(type)).toEqual([
      'Int!',
      'uuid',
      '[String]',
      'String',
    ]);
  });

  it.each([
    ['columns are not known', '{schema: sales, name: unknown_columns}', 'sales.unknown_columns'],
    ['the table is not tracked', '{schema: public, name: nowhere}', 'nowhere'],
  ])('are not known where %s', (_, table, text) => {
    const { lhs } = toSchema('{}', {}, 'people', table);
    expect([lhs.fields.state, lhs.field('id').state, lhs.text]).toEqual(['unknown', 'unknown', text]);
  });

  it.each([
    ['source', { location: { role: 'table', source: 'elsewhere' } }],
    ['source’s name', { location: { role: 'table' } }],
  ] as const)('are not known where the %s is not', (_, more) => {
    const { lhs } = toSchema('{}', more);
    expect([
      state(lhs.kind === 'table' ? lhs.table : undefined),
      lhs.fields.state,
      lhs.field('id').state,
    ]).toEqual(['unknown', 'unknown', 'unknown']);
  });
});

describe('fields of a remote schema’s type to join on', () => {
  function side(type: string, schema = 'people') {
    const text = `
- name: ${schema}
  definition: { url: x }
  remote_relationships:
    - type_name: ${type}
      relationships:
        - name: r
          definition: { to_source: { relationship_type: array, source: helpdesk, table: ticket, field_mapping: { id: id, friends: id, nope: id } } }
`;
    const join = onlyJoin(contextOf(text, { ...surroundings, location: {} }));
    if (join.kind !== 'to-source') throw new Error(join.kind);
    return join;
  }

  it('are those without arguments', () => {
    const join = side('Person');
    expect(join.pairs.map(({ lhs }) => lhs.state)).toEqual(['present', 'absent', 'absent']);
    const { fields, text } = join.lhs;
    const type = join.lhs.kind === 'remote-schema-type' ? join.lhs.type : undefined;
    expect(
      fields.state === 'present' && fields.value.map(({ name, type: written }) => `${name}: ${written}`),
    ).toEqual(['id: ID!', 'name: String', 'address: Address']);
    const known = { origin: 'remote-field', location: { uri: expect.stringMatching(/./) } };
    expect(join.lhs.field('id')).toMatchObject({
      value: { ...known, nullable: false, description: 'Its key.' },
    });
    expect(join.lhs.field('name')).toMatchObject({
      value: { ...known, nullable: true, description: undefined },
    });
    expect([state(type), text]).toEqual(['present', 'people']);
  });

  it.each([
    ['Node', 'people', 'present'],
    ['Nobody', 'people', 'absent'],
    ['__Type', 'people', 'unknown'],
    ['Person', 'dark', 'unknown'],
    ['Person', 'nowhere', 'unknown'],
    ['7', 'people', 'unknown'],
  ])('are not known of %s in %s', (type, schema, known) => {
    const { lhs } = side(type, schema);
    const own = lhs.kind === 'remote-schema-type' ? lhs.type : undefined;
    expect([state(own), lhs.fields.state, lhs.field('id').state]).toEqual([known, 'unknown', 'unknown']);
  });
});

describe('fields to join on of a type of which only permissions are known', () => {
  const text = (type: string) => `
- name: people
  definition: { url: x }
  permissions:
    - role: user
      definition: { schema: "type Query { a: Int } type Person { id: ID! friends(first: Int): [Person] }" }
  remote_relationships:
    - type_name: ${type}
      relationships:
        - name: r
          definition: { to_source: { relationship_type: array, source: helpdesk, table: ticket, field_mapping: {} } }
`;
  const lhs = (type: string): LeftHandSide => {
    const made = contextOf(text(type), { files: {}, sources: {}, location: {} });
    return onlyJoin(made.withPermittedSchemas).lhs;
  };
  it.each([
    ['id', 'present'],
    ['friends', 'absent'],
    ['name', 'unknown'],
  ])('%s is %s', (name, expected) => {
    expect(lhs('Person').field(name).state).toBe(expected);
  });

  it('are not known of another type', () => {
    const other = lhs('Address');
    const type = other.kind === 'remote-schema-type' ? other.type : undefined;
    expect([state(type), other.fields.state, other.field('id').state]).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});

describe('fields of an action’s type to join on', () => {
  const side = (definition: string, more: Surroundings = {}): LeftHandSide | undefined =>
    contextOf(
      `${definition.includes('fields') ? 'version: 3\nsources: []' : 'actions: []'}
custom_types:
  objects:
    - ${definition}
      relationships:
        - name: r
          type: object
          source: helpdesk
          remote_table: ticket
          field_mapping: { id: id, nope: id }
`,
      { ...surroundings, location: {}, ...more },
    ).actionJoins[0]?.lhs;
  const actionTypes = 'type Query { a: Int } type Order { id: ID! "Who." buyer(a: Int): [String] }';

  it.each<[string, string, Surroundings, string, unknown]>([
    [
      'written with it',
      '{ name: Order, fields: [{ name: id, type: "Int!" }] }',
      {},
      'present',
      ['id: Int! false'],
    ],
    ['of the SDL', 'name: Order', { actionTypes }, 'present', ['id: ID! false', 'buyer: [String] true']],
    ['that the SDL lacks', 'name: Ordre', { actionTypes }, 'absent', 'unknown'],
    ['of an SDL that is not known', 'name: Order', {}, 'unknown', 'unknown'],
    ['without a name', 'name: 7', { actionTypes }, 'unknown', 'unknown'],
  ])('one %s', (_, definition, more, own, expected) => {
    const written = definition.replace(/^\{ (.*) \}$/, '$1').replace(', fields', '\n      fields');
    const lhs = side(written, more);
    if (lhs?.kind !== 'action-type') throw new Error(lhs?.kind);
    const { fields } = lhs;
    expect(lhs.type.state).toBe(own);
    expect(
      fields.state === 'present'
        ? fields.value.map(({ name, type, nullable }) => `${name}: ${type} ${nullable}`)
        : fields.state,
    ).toEqual(expected);
    const known = fields.state === 'present';
    expect([state(lhs.field('id')), state(lhs.field('nope'))]).toEqual(
      known ? ['present', 'absent'] : ['unknown', 'unknown'],
    );
    expect(lhs.text).toBe(/name: (Ord\w+)/.exec(definition)?.[1]);
  });
});

describe('joins to a source', () => {
  const mapping = 'field_mapping: {id: customer_id, idd: nope}';
  it.each([
    ['source: helpdesk, table: ticket', ['present', 'present', 'present', 'absent']],
    ['source: helpdesk, table: {schema: public, name: ticket}', ['present', 'present', 'present', 'absent']],
    ['source: helpdesk, table: tickets', ['present', 'absent', 'unknown', 'unknown']],
    ['source: nowhere, table: ticket', ['absent', 'unknown', 'unknown', 'unknown']],
    ['source: elsewhere, table: ticket', ['present', 'unknown', 'unknown', 'unknown']],
    ['source: 7, table: ticket', ['unknown', 'unknown', 'unknown', 'unknown']],
    // Only types of actions have a source by default (spec 4.13).
    ['table: ticket', ['unknown', 'unknown', 'unknown', 'unknown']],
    ['source: helpdesk, table: 7', ['present', 'unknown', 'unknown', 'unknown']],
  ])('%s', (target, expected) => {
    const join = toSource(`${target}, ${mapping}`);
    expect([state(join.source), state(join.table), ...join.pairs.map(({ column }) => column.state)]).toEqual(
      expected,
    );
    expect(join.pairs.map(({ lhs }) => lhs.state)).toEqual(['present', 'absent']);
  });
});

describe('what is not walked', () => {
  it('is a delete request, or a definition nobody can read', () => {
    for (const text of [
      '{type: pg_delete_remote_relationship, args: {source: shop, table: customer, name: r}}',
      '{type: pg_create_remote_relationship, args: {source: shop, table: customer, name: r, definition: {}}}',
    ]) {
      const made = contextOf(text, { ...surroundings, location: {} });
      const [relationship] = made.model.relationships;
      if (relationship === undefined) throw new Error('no relationship');
      expect(made.joins).toEqual([]);
      expect(walkRelationship(relationship, made.catalogue)).toBeUndefined();
      expect(made.lhs(relationship).field('person_id').state).toBe('present');
    }
  });

  it.each([
    ['postgres', 'sales.nowhere'],
    ['"{{KIND}}"', undefined],
  ])('has its table as the kind %s writes it', (kind, text) => {
    const made = contextOf(
      '{type: pg_delete_remote_relationship, args: {source: odd, table: {schema: sales, name: nowhere}, name: r}}',
      {
        files: { 'databases.yaml': `- { name: odd, kind: ${kind}, configuration: {}, tables: [] }\n` },
        location: {},
      },
    );
    expect(made.model.relationships.map((relationship) => made.lhs(relationship).text)).toEqual([text]);
  });

  it('can be walked as each of the forms it might be', () => {
    const made = context(`
to_source: {relationship_type: array, source: helpdesk, table: ticket, field_mapping: {}}
to_remote_schema: {remote_schema: people, lhs_fields: [], remote_field: {person: {arguments: {}}}}`);
    const [relationship] = made.model.relationships;
    if (relationship?.definition?.kind !== 'unreadable') throw new Error('readable');
    const joins = relationship.definition.candidates.map((one) =>
      walkDefinition(relationship, one, made.catalogue),
    );
    expect(joins.map(({ kind }) => kind).toSorted()).toEqual(['to-remote-schema', 'to-source']);
  });

  it('is walked once for a document', () => {
    const made = context(
      'to_source: {relationship_type: array, source: helpdesk, table: ticket, field_mapping: {}}',
    );
    expect(made.joins).toBe(made.joins);
    const [relationship] = made.model.relationships;
    if (relationship === undefined) throw new Error('no relationship');
    expect(made.lhs(relationship)).toBe(made.joins[0]?.lhs);
  });
});
