import { describe, expect, it } from 'vitest';
import {
  type ExpectedFinding,
  expectFindings,
  expectFindingsIn,
  expectNothing,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';

type Row = [
  name: string,
  text: string,
  expected: ExpectedFinding | ExpectedFinding[],
  surroundings?: Surroundings,
];

function rows(list: readonly Row[]): void {
  it.each(list)('%s', (_, text, expected, surroundings = {}) => {
    expectFindings(text, Array.isArray(expected) ? expected : [expected], surroundings);
  });
}

const definition = `to_remote_schema: { remote_schema: people, lhs_fields: [], remote_field: { me: { arguments: {} } } }`;

/** A table entry with one relationship whose definition is given. */
const inTable = (text: string) => `table: customer
remote_relationships:
  - name: profile
    definition:
      ${text.trim().replaceAll('\n', '\n      ')}
`;

const inRequest = (args: string) => `type: pg_create_remote_relationship
args:
  table: customer
  name: profile
  ${args.trim().replaceAll('\n', '\n  ')}
`;

const P1 = 'Remote fields are represented by an object that maps each field name to its arguments.';
const P2 = `${P1}Remote arguments are represented by an object that maps each argument name to its value.`;

describe('remote-field-shape', () => {
  const path = (field: string) => inTable(definition.replace('{ me: { arguments: {} } }', field));
  const tooMany = `${P1}Expecting one single mapping, received too many.`;
  rows([
    [
      'two fields at one level',
      path('{ me: { arguments: {} }, ⟦you⟧: { arguments: {} } }'),
      { code: 'remote-field-shape', serverMessage: tooMany },
    ],
    [
      'two fields before v2.1.0',
      inTable(
        'remote_schema: p\nhasura_fields: []\nremote_field: { me: { arguments: {} }, ⟦you⟧: { arguments: {} } }',
      ),
      { code: 'remote-field-shape', serverMessage: 'Only one field allowed, not multiple.' },
      { serverVersion: '1.3.3' },
    ],
    [
      'no field',
      path('{}').replace('remote_field', '⟦remote_field⟧'),
      { code: 'remote-field-shape', serverMessage: `${P1}Expecting one single mapping, received none.` },
    ],
    [
      'a nested level without a field',
      path('{ me: { arguments: {}, ⟦field⟧: {} } }'),
      { code: 'remote-field-shape' },
    ],
    [
      'a field name with a hyphen',
      path('{ ⟦my-self⟧: { arguments: {} } }'),
      { code: 'remote-field-shape', serverMessage: `${P1}my-self is not valid GraphQL name` },
    ],
    [
      'an argument name in another script, at any depth',
      path('{ me: { arguments: { where: { "⟦größe⟧": 1 } } } }'),
      { code: 'remote-field-shape', serverMessage: `${P2}größe is an invalid key name` },
    ],
  ]);
});

describe('invalid-variable', () => {
  const value = (text: string) => inTable(definition.replace('arguments: {}', `arguments: { id: ${text} }`));
  rows([
    ['no name', value('⟦$⟧'), { code: 'invalid-variable', serverMessage: `${P2}Empty variable name` }],
    [
      'a session variable',
      value("'⟦$x-hasura-user-id⟧'"),
      { code: 'invalid-variable', serverMessage: `${P2}Invalid variable name 'x-hasura-user-id'` },
    ],
    [
      'before v2.1.0',
      inTable('remote_schema: p\nhasura_fields: []\nremote_field: { me: { arguments: { id: ⟦$a-b⟧ } } }'),
      { code: 'invalid-variable', serverMessage: 'Invalid variable name.' },
      { serverVersion: '1.3.3' },
    ],
  ]);
  it('is not reported for a literal', () => expectNothing(value('x-hasura-user-id')));
});

describe('type-for-type-name and invalid-type-name', () => {
  rows([
    [
      'in a request, as the API reference has it',
      'type: delete_remote_schema_remote_relationship\nargs:\n  remote_schema: people\n  ⟦type⟧: Person\n  name: orders\n',
      {
        code: 'type-for-type-name',
        severity: 'error',
        fixed:
          'type: delete_remote_schema_remote_relationship\nargs:\n  remote_schema: people\n  type_name: Person\n  name: orders\n',
      },
    ],
    [
      'in metadata',
      '- name: people\n  definition: { url: u }\n  remote_relationships:\n    - ⟦type⟧: Person\n      relationships: []\n',
      { code: 'type-for-type-name', serverMessage: 'key "type_name" not found' },
    ],
    [
      'a type name that is none',
      '- name: people\n  definition: { url: u }\n  remote_relationships:\n    - type_name: "⟦My Person⟧"\n      relationships: []\n',
      { code: 'invalid-type-name' },
    ],
    [
      'a type name that is none is not called unknown, too',
      '- name: people\n  definition: { url: u }\n  remote_relationships:\n    - type_name: "⟦My Person⟧"\n      relationships:\n        - name: tickets\n          definition: { to_source: { relationship_type: object, source: s, table: t, field_mapping: { id: id } } }\n',
      { code: 'invalid-type-name' },
      { remoteSchemas: { people: 'type Query { me: Person }\ntype Person { id: ID }' } },
    ],
  ]);
});

describe('metadata-version', () => {
  rows([
    [
      'a version that does not exist',
      'version: ⟦4⟧\nsources: []\n',
      { code: 'metadata-version', serverMessage: 'expected 1, 2 or 3, encountered 4' },
    ],
    [
      'version 3 without sources',
      'version: ⟦3⟧\nremote_schemas: []\n',
      { code: 'metadata-version', serverMessage: 'key "sources" not found' },
    ],
    [
      'a document that lost its version',
      '⟦sources⟧: []\nremote_schemas: []\n',
      {
        code: 'metadata-version',
        serverMessage: 'key "tables" not found',
        fixed: 'version: 3\nsources: []\nremote_schemas: []\n',
      },
    ],
  ]);
  it.each([
    'version: 3\nsources: []\nremote_schemas: []\n',
    'version: 2\ntables: []\nremote_schemas: []\n',
    'resource_version: 3\nmetadata: { version: 3, sources: [] }\n',
  ])('is not reported: %s', (text) => expectNothing(text));
});

describe('unknown-command', () => {
  const request = (type: string) => `type: ${type}\nargs: { table: customer, name: profile }\n`;
  rows([
    [
      'a misspelling',
      request('⟦pg_delete_remote_relationships⟧'),
      {
        code: 'unknown-command',
        serverMessage: 'unknown metadata command "delete_remote_relationships" for backend postgres',
        relationship: 'profile',
        fixed: request('pg_delete_remote_relationship'),
      },
    ],
  ]);

  const http = (type: string, target: string) =>
    `POST {{endpoint}}${target} HTTP/1.1\nContent-Type: application/json\n\n{"type": "${type}", "args": {"table": "customer", "name": "profile"}}\n`;
  it('an unprefixed command on /v1/metadata', () => {
    expectFindingsIn('http', http('⟦delete_remote_relationship⟧', '/v1/metadata'), [
      {
        code: 'unknown-command',
        serverMessage: 'unknown metadata command "remote_relationship" for backend delete',
        fixed: http('pg_delete_remote_relationship', '/v1/metadata'),
      },
    ]);
  });
  it.each([
    ['delete_remote_relationship', '/v1/query'],
    ['pg_delete_remote_relationship', '/v1/metadata'],
    ['postgres_delete_remote_relationship', '/v1/metadata'],
    ['snowflake_delete_remote_relationship', '/v1/metadata'],
  ])('is not reported: %s on %s', (type, target) => expectFindingsIn('http', http(type, target), []));
});

describe('duplicate-key', () => {
  it('in JSON, where nobody else says it', () => {
    expectFindingsIn(
      'json',
      '{"table": "customer", "remote_relationships": [{"name": "a", "⟦name⟧": "b", "definition": {"to_source": {"relationship_type": "array", "source": "s", "table": "t", "field_mapping": {"id": "id"}}}}]}',
      [{ code: 'duplicate-key', severity: 'warning' }],
    );
  });
  it('in YAML is a syntax error already', () => {
    expectFindingsIn(
      'yaml',
      `table: customer\nremote_relationships:\n  - name: a\n    name: b\n    definition: { ${definition} }\n`,
      [{ code: 'yaml-syntax', text: 'name' }],
    );
  });
});

describe('yaml-syntax', () => {
  const broken = 'table: customer\nremote_relationships: ]\n';
  it('is reported for metadata', () => {
    expectFindingsIn('yaml', broken, [{ code: 'yaml-syntax', severity: 'error' }]);
  });
  it('is not reported where another extension does it', () => {
    expectFindingsIn('yaml', broken, [], { settings: { reportYamlSyntax: false } });
  });
  it("is not reported in files that aren't Hasura's, and not for JSON", () => {
    expectFindingsIn('yaml', 'a: [\n', []);
    expectFindingsIn('json', '{"table": "customer", "remote_relationships": [}', []);
  });
});

describe('half-typed documents', () => {
  it.each([inTable(definition), inRequest(`definition: { ${definition} }`)])('never throw: %s', (text) => {
    for (let end = 0; end <= text.length; end++) {
      expect(() => findingsIn(text.slice(0, end)), text.slice(0, end)).not.toThrow();
    }
  });
});
