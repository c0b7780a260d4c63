import { describe, expect, it } from 'vitest';
import {
  type ExpectedFinding,
  expectFindings,
  expectNothing,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';
import { helpdesk, inTickets, onType, surroundings, toRemoteSchema, toSource } from './joinFixtures.ts';

const location: Surroundings = { ...surroundings, location: { source: 'default' } };
const pairs = '{ id: customer_id }';

describe('unknown-type and not-an-object-type', () => {
  const around = { ...surroundings, files: {} };
  const inRelationship = 'Inconsistent object: in remote relationship "tickets": ';

  it('a mistyped type', () => {
    expectFindings(
      onType('⟦Persn⟧', '{ any: note }'),
      [
        {
          code: 'unknown-type',
          severity: 'error',
          message: 'Remote schema "people" has no type "Persn". Did you mean "Person"?',
          serverMessage: `${inRelationship}no type named "Persn" defined in remote schema "people"`,
          relationship: 'tickets',
          fixed: onType('Person', '{ any: note }'),
        },
      ],
      around,
    );
  });

  it('is told in older words by 2.4', () => {
    const [found] = findingsIn(onType('Persn', '{ any: note }'), { ...around, serverVersion: '2.4' }).filter(
      ({ code }) => code === 'unknown-type',
    );
    expect(found?.serverMessage).toMatch(/no such type defined in remote schema: "people"$/);
  });

  it.each([
    ['Node', 'an interface'],
    ['SearchResult', 'a union'],
    ['Date', 'a scalar'],
    ['String', 'a scalar'],
    ['Kind', 'an enum'],
    ['PersonFilter', 'an input object'],
  ])('%s', (type, kind) => {
    expectFindings(
      onType(`⟦${type}⟧`, '{ any: note }'),
      [
        {
          code: 'not-an-object-type',
          severity: 'error',
          message: `"${type}" is ${kind}; relationships can stand on object types only.`,
          serverMessage: `${inRelationship}remote relationships on a remote schema can only be defined on object types`,
        },
      ],
      around,
    );
  });

  it('is said once for all the relationships of an entry', () => {
    const text = onType('⟦Persn⟧', '{ any: note }');
    const twice = `${text}${text.slice(text.indexOf('        - name: tickets')).replace('tickets', 'others')}`;
    expectFindings(twice, [{ code: 'unknown-type', relationship: 'tickets' }], around);
  });

  it.each(['Person', 'Query', 'Book'])('says nothing of object type %s', (type) => {
    const field = type === 'Book' ? 'title' : type === 'Query' ? 'hello' : 'name';
    expectNothing(onType(type, `{ ${field}: note }`), around);
  });

  it('says nothing of the types of introspection, which no SDL lists', () => {
    expectNothing(onType('__Type', '{ name: note }'), around);
  });

  it('says nothing where the schema is not known', () => {
    expectNothing(onType('Anything', '{ any: note }'), { ...around, remoteSchemas: { people: null } });
  });
});

describe('unknown-source', () => {
  const code = 'unknown-source';

  it('a mistyped name', () => {
    expectFindings(
      toSource(pairs, { source: '⟦helpdsk⟧' }),
      [
        {
          code,
          severity: 'error',
          message: 'There is no source "helpdsk". Did you mean "helpdesk"?',
          serverMessage: `${inTickets}source not found: "helpdsk"`,
          relationship: 'tickets',
          fixed: toSource(pairs),
        },
      ],
      location,
    );
  });

  it('says nothing where not every source is known', () => {
    expectNothing(toSource('{ any: thing }', { source: 'other' }), {
      remoteSchemas: {},
      location: { source: 'default' },
    });
  });
});

describe('unsupported-target', () => {
  const code = 'unsupported-target';
  const mysql = (serverVersion: string): Surroundings => ({
    ...location,
    serverVersion,
    sources: { ...location.sources, old: { kind: 'mysql' } },
  });
  const text = toSource('{ id: x }', { source: '⟦old⟧', target: '{ name: t }' });
  const codes = (version: string) =>
    findingsIn(text.replace(/[⟦⟧]/g, ''), mysql(version)).map((finding) => finding.code);

  it('native mysql, as long as there was one', () => {
    expectFindings(
      text,
      [
        {
          code,
          severity: 'error',
          serverMessage: `${inTickets}source old does not support being used as the target of a remote relationship`,
        },
      ],
      mysql('2.25.1'),
    );
    expectFindings(
      text.replace('{ name: t }', 't'),
      [{ code, severity: 'warning', serverMessage: undefined, message: /fails when it is queried/ }],
      mysql('2.20.0'),
    );
    expect(codes('2.26.0')).not.toContain(code);
  });

  it('mssql before 2.6.0', () => {
    const toSql = toSource('{ age: id }', { source: 'sql', target: 'account' });
    expectFindings(toSql, [{ code, severity: 'warning' }], { ...location, serverVersion: '2.5.0' });
    expectNothing(toSql, location);
  });

  it.each([
    ['bigquery', 'warehouse', '{ dataset: sales, name: orders }', '{ email: customer }'],
    ['a data connector', 'mongo', '[shop, cart]', '{ email: id }'],
    ['a source of no known kind', 'dark', 'anything', '{ email: any }'],
  ])('says nothing of %s', (_, source, target, mapping) => {
    expectNothing(toSource(mapping, { source, target }), location);
  });
});

describe('table-name-form', () => {
  const code = 'table-name-form';

  it.each<[string, string, string, ExpectedFinding]>([
    [
      'a list for postgres',
      'helpdesk',
      '[public, ticket]',
      { code, severity: 'error', serverMessage: `${inTickets}expecting a string/object for QualifiedObject` },
    ],
    ['a dataset for postgres', 'helpdesk', '{ dataset: public, name: ticket }', { code }],
    [
      'a list for mssql',
      'sql',
      '[dbo, account]',
      { code, serverMessage: `${inTickets}expecting a string/object for TableName` },
    ],
    ['a string for bigquery', 'warehouse', 'orders', { code, message: /write \{dataset, name\}/ }],
    ['a schema for bigquery', 'warehouse', '{ schema: sales, name: orders }', { code }],
    [
      'an object for a data connector',
      'mongo',
      '{ schema: shop, name: cart }',
      { code, message: /takes a list/ },
    ],
  ])('%s', (_, source, target, finding) => {
    expectFindings(toSource(pairs, { source, target }), [{ ...finding, relationship: 'tickets' }], location);
  });

  it.each([
    ['helpdesk', '[public, ticket]', '{schema: public, name: ticket}'],
    ['helpdesk', '\n          - public\n          - ticket', '\n          {schema: public, name: ticket}'],
    ['helpdesk', '{ dataset: public, name: ticket }', '{ schema: public, name: ticket }'],
    ['warehouse', '{ schema: sales, name: orders }', '{ dataset: sales, name: orders }'],
    ['warehouse', '[sales, orders]', '{dataset: sales, name: orders}'],
    ['mongo', '{ schema: shop, name: cart }', '[shop, cart]'],
  ])('is rewritten in %s: %s', (source, target, fixed) => {
    expectFindings(
      toSource(pairs, { source, target }),
      [{ code, fixed: toSource(pairs, { source, target: fixed }) }],
      location,
    );
  });

  it('the owner’s table', () => {
    expectFindings(
      toSource(pairs, { table: '⟦[public, customer]⟧' }),
      [{ code, serverMessage: 'expecting a string/object for QualifiedObject' }],
      location,
    );
  });

  it('the owner’s table in a request, by the command’s prefix where the source is not known', () => {
    const request = (type: string, table: string, source = 'nowhere') => `type: ${type}
args: { source: ${source}, table: ${table}, name: tickets }
`;
    expectFindings(request('bigquery_delete_remote_relationship', '⟦orders⟧'), [{ code }]);
    expectNothing(request('bigquery_delete_remote_relationship', '{ dataset: sales, name: orders }'));
    expectNothing(request('mongo_delete_remote_relationship', '[shop, cart]'));
    const told = findingsIn(
      request('pg_delete_remote_relationship', '{ dataset: sales, name: orders }', 'warehouse'),
      {
        sources: surroundings.sources ?? {},
      },
    );
    expect(told.map((finding) => finding.code)).toEqual(['wrong-dialect']);
  });

  it.each([
    ['helpdesk', 'ticket', pairs],
    ['helpdesk', '{ name: ticket }', pairs],
    ['helpdesk', '{ schema: public, name: ticket }', pairs],
    ['sql', '{ schema: dbo, name: account }', '{ age: id }'],
    ['warehouse', '{ dataset: sales, name: orders }', '{ email: customer }'],
    ['mongo', '[shop, cart]', '{ email: id }'],
  ])('says nothing of the form in %s: %s', (source, target, mapping) => {
    expectNothing(toSource(mapping, { source, target }), location);
  });
});

describe('unknown-table', () => {
  const code = 'unknown-table';

  it.each<[string, string, string, string, ExpectedFinding]>([
    [
      'a mistyped name',
      'helpdesk',
      '⟦tikcet⟧',
      'ticket',
      {
        code,
        severity: 'error',
        message: 'Source "helpdesk" tracks no table "tikcet". Did you mean "ticket"?',
        serverMessage: `${inTickets}table "tikcet" does not exist in source: helpdesk`,
      },
    ],
    [
      'another case',
      'helpdesk',
      '{ schema: public, name: ⟦Ticket⟧ }',
      '{ schema: public, name: ticket }',
      { code },
    ],
    [
      'another schema',
      'helpdesk',
      '{ schema: ⟦publik⟧, name: ticket }',
      '{ schema: public, name: ticket }',
      { code, serverMessage: `${inTickets}table "publik.ticket" does not exist in source: helpdesk` },
    ],
    [
      'no schema where one is needed',
      'helpdesk',
      '{ name: ⟦ticket_old⟧ }',
      '{ schema: archive, name: ticket_old }',
      { code },
    ],
    [
      'a name with its schema',
      'helpdesk',
      '⟦archive.ticket_old⟧',
      '{schema: archive, name: ticket_old}',
      { code },
    ],
    [
      'a dataset',
      'warehouse',
      '{ dataset: ⟦sale⟧, name: orders }',
      '{ dataset: sales, name: orders }',
      { code },
    ],
    ['a list', 'mongo', '[shop, ⟦crt⟧]', '[shop, cart]', { code }],
  ])('%s', (_, source, target, fixed, finding) => {
    expectFindings(
      toSource('{ id: thing }', { source, target }),
      [{ ...finding, fixed: toSource('{ id: thing }', { source, target: fixed }) }],
      location,
    );
  });

  it('a schema of a table over lines', () => {
    expectFindings(
      toSource(pairs, { target: '\n          schema: ⟦publik⟧\n          name: ticket' }),
      [{ code, fixed: toSource(pairs, { target: '\n          schema: public\n          name: ticket' }) }],
      location,
    );
  });

  it('says nothing where not every table is known', () => {
    expectNothing(toSource('{ id: x }', { target: 'anything', source: 'dark' }), location);
  });

  it('a table that is in the database but not tracked', () => {
    const metadata = `
- name: helpdesk
  kind: postgres
  configuration: {}
  tables:
    - table: ticket
    - table: customer
      remote_relationships:
        - name: tickets
          definition:
            to_source:
              relationship_type: array
              source: helpdesk
              table: ⟦secret⟧
              field_mapping: { id: id }
`;
    expectFindings(metadata, [{ code }], {
      files: {},
      sources: { helpdesk: { tables: [{ table: 'secret', columns: { id: 'uuid' } }] } },
    });
  });
});

describe('unknown-target-column', () => {
  const code = 'unknown-target-column';

  it.each<[string, string, ExpectedFinding]>([
    [
      'a mistyped column',
      'customer_idd',
      {
        code,
        severity: 'error',
        message: 'Table "ticket" has no column "customer_idd". Did you mean "customer_id"?',
        serverMessage: `${inTickets}"customer_idd" does not exist`,
        relationship: 'tickets',
        fixed: toSource('{ id: customer_id }'),
      },
    ],
    [
      'a computed field',
      'priority',
      {
        code,
        message: /is a computed field of table "ticket"; only columns/,
        serverMessage: /"priority" does not exist$/,
      },
    ],
  ])('%s', (_, name, finding) => {
    expectFindings(toSource(`{ id: ⟦${name}⟧ }`), [finding], location);
  });

  it('a GraphQL name and a relationship, known from the metadata', () => {
    const text = `
- name: helpdesk
  kind: postgres
  configuration: {}
  tables:
    - table: ticket
      configuration: { column_config: { customer_id: { custom_name: customerId } } }
      object_relationships: [{ name: customer, using: { foreign_key_constraint_on: customer_id } }]
      remote_relationships:
        - name: tickets
          definition:
            to_source:
              relationship_type: array
              source: helpdesk
              table: ticket
              field_mapping: { id: ⟦customerId⟧, note: ⟦customer⟧ }
    - table: ticket_status
      is_enum: true
`;
    expectFindings(
      text,
      [
        {
          code,
          message:
            '"customerId" is the GraphQL name of column "customer_id" of table "ticket"; field_mapping uses the column\'s own name. Did you mean "customer_id"?',
          fixed: text.replace('⟦customerId⟧', 'customer_id').replace(/[⟦⟧]/g, ''),
        },
        { code, message: '"customer" is a relationship of table "ticket"; field_mapping takes columns.' },
      ],
      { files: {}, sources: { helpdesk } },
    );
  });

  it('reports both sides of every pair', () => {
    expectFindings(
      toSource('{ ⟦idd⟧: ⟦a⟧, id: ⟦b⟧ }'),
      [{ code: 'unknown-lhs-field' }, { code }, { code }],
      location,
    );
  });

  it('says nothing of a table whose columns are not known', () => {
    expectNothing(toSource('{ id: anything }', { source: 'default', target: 'guest' }), location);
  });
});

describe('non-scalar-target-column', () => {
  const text = toSource('{ email: ⟦lines⟧ }', { source: 'mongo', target: '[shop, cart]' });

  it('a nested column, since 2.27.0', () => {
    expectFindings(
      text,
      [
        {
          code: 'non-scalar-target-column',
          severity: 'error',
          serverMessage: `${inTickets}Target field "lines"is not a scalar column`,
        },
      ],
      location,
    );
    expectNothing(text.replace(/[⟦⟧]/g, ''), { ...location, serverVersion: '2.26.0' });
  });
});

describe('enum-target-column', () => {
  it('a column that references an enum table', () => {
    expectFindings(
      toSource('{ email: ⟦status⟧ }'),
      [
        {
          code: 'enum-target-column',
          severity: 'error',
          serverMessage: `${inTickets}relationships to enum fields are not supported yet`,
        },
      ],
      location,
    );
  });

  it('says nothing of such a column on the left', () => {
    expectNothing(toSource('{ status: note }', { source: 'helpdesk', table: 'ticket' }), {
      ...surroundings,
      location: { source: 'helpdesk' },
    });
  });
});

describe('empty-field-mapping', () => {
  it('no pair', () => {
    expectFindings(
      toSource('⟦{}⟧'),
      [
        {
          code: 'empty-field-mapping',
          severity: 'warning',
          serverMessage: undefined,
          relationship: 'tickets',
        },
      ],
      location,
    );
  });

  it('is not said of a mapping that is not written yet', () => {
    const found = findingsIn(toSource(''), location);
    expect(found.map(({ code }) => code)).not.toContain('empty-field-mapping');
  });
});

describe('column-type-mismatch', () => {
  const code = 'column-type-mismatch';

  it('a number and a uuid', () => {
    expectFindings(
      toSource('{ age: ⟦customer_id⟧ }'),
      [
        {
          code,
          severity: 'warning',
          serverMessage: undefined,
          message:
            'Column "customer_id" is of type uuid, but column "age" joined to it is of type integer. The server accepts this, but their values can\'t be equal.',
        },
      ],
      location,
    );
  });

  it.each([
    ['equal types', '{ id: customer_id }'],
    ['a text that may hold a uuid', '{ email: customer_id }'],
    ['two texts', '{ email: note }'],
  ])('says nothing of %s', (_, mapping) => expectNothing(toSource(mapping), location));

  it('says nothing of a field of a remote schema', () => {
    expectNothing(onType('Person', '{ name: customer_id }'), { ...surroundings, files: {} });
  });
});

describe('half-written and unreadable definitions', () => {
  it.each([
    ['no target', toSource(pairs).replace('source: helpdesk', 'source:')],
    ['no table', toSource(pairs).replace('table: ticket', 'table:')],
    ['an alias without an anchor', toSource(pairs).replace('table: ticket', 'table: *nothing')],
    ['no remote field', toRemoteSchema('[id]', '')],
    ['no lhs fields', toRemoteSchema('', 'person: { arguments: { id: $id } }')],
    ['lhs fields of the wrong kind', toRemoteSchema('id', 'person: { arguments: { id: $id } }')],
  ])('%s: no rule about joins says anything', (_, text) => {
    const shape = ['missing-key', 'wrong-kind', 'yaml-syntax', 'unresolved-alias'];
    const found = findingsIn(text, location).map(({ code }) => code);
    expect(found.filter((code) => !shape.some((other) => code.startsWith(other)))).toEqual([]);
  });

  it('a text cut off anywhere makes nothing throw', () => {
    const whole = toRemoteSchema(
      '[id, persn]',
      'people:\n  arguments: { ids: [$id, $x], where: { _or: { a: null } } }',
    );
    for (let length = 0; length <= whole.length; length++) {
      expect(Array.isArray(findingsIn(whole.slice(0, length), location))).toBe(true);
    }
  });
});
