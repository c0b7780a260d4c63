import { describe, it } from 'vitest';
import {
  type ExpectedFinding,
  expectFindings,
  expectFindingsIn,
  expectNothing,
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

describe('missing-key', () => {
  rows([
    [
      'a relationship without a definition',
      'table: customer\nremote_relationships:\n  - ⟦name⟧: profile\n',
      {
        code: 'missing-key',
        severity: 'error',
        message: '"definition" is missing in this remote_relationships item.',
        serverMessage: 'key "definition" not found',
        relationship: 'profile',
      },
    ],
    [
      'arguments, with a fix that keeps the field',
      inTable(`
to_remote_schema:
  remote_schema: people
  lhs_fields: []
  remote_field:
    ⟦me⟧:
      field:
        name:
          arguments: {}`),
      {
        code: 'missing-key',
        serverMessage: `${P1}key "arguments" not found`,
        fixed: inTable(`
to_remote_schema:
  remote_schema: people
  lhs_fields: []
  remote_field:
    me:
      arguments: {}
      field:
        name:
          arguments: {}`),
      },
    ],
    [
      'arguments of a field that has nothing below it yet',
      inTable(`
to_remote_schema:
  remote_schema: people
  lhs_fields: []
  remote_field:
    ⟦me⟧:`),
      {
        code: 'missing-key',
        fixed: inTable(`
to_remote_schema:
  remote_schema: people
  lhs_fields: []
  remote_field:
    me: { arguments: {} }`),
      },
    ],
    [
      'lhs_fields in flow style',
      inTable('⟦to_remote_schema⟧: { remote_schema: people, remote_field: { me: { arguments: {} } } }'),
      {
        code: 'missing-key',
        fixed: inTable(
          'to_remote_schema: { lhs_fields: [], remote_schema: people, remote_field: { me: { arguments: {} } } }',
        ),
      },
    ],
    [
      'every missing key of to_source, each once',
      inTable('⟦to_source⟧: {}'),
      ['relationship_type', 'source', 'table', 'field_mapping'].map((key) => ({
        code: 'missing-key',
        message: `"${key}" is missing in "to_source".`,
      })),
    ],
    [
      'type_name and name of requests',
      `type: delete_remote_schema_remote_relationship
⟦args⟧:
  remote_schema: people
`,
      [
        { code: 'missing-key', message: '"type_name" is missing in "args".' },
        { code: 'missing-key', message: '"name" is missing in "args".' },
      ],
    ],
    [
      'before v2.1.0 the server says it without a prefix',
      inTable('remote_schema: people\nhasura_fields: []\nremote_field: { ⟦me⟧: { } }'),
      { code: 'missing-key', serverMessage: 'key "arguments" not found' },
      { serverVersion: '1.3.3' },
    ],
  ]);

  it.each([
    ['null optional keys', inRequest(`source: null\nremote_schema: null\ndefinition: { ${definition} }`)],
    ['a null field', inTable(definition.replace('arguments: {}', 'arguments: {}, field: null'))],
    [
      'a type without relationships',
      'remote_schemas:\n  - name: people\n    definition: { url: u }\n    remote_relationships:\n      - type_name: Person\nversion: 3\nsources: []\n',
    ],
    [
      'null relationships',
      'remote_schemas:\n  - name: people\n    definition: { url: u }\n    remote_relationships:\n      - type_name: Person\n        relationships: null\nversion: 3\nsources: []\n',
    ],
    [
      'a table without relationships',
      '- table: { schema: public, name: customer }\n  remote_relationships: []\n',
    ],
    [
      'a definition that is included',
      'table: customer\nremote_relationships:\n  - name: profile\n    definition: !include profile.yaml\n',
    ],
  ])('is not reported: %s', (_, text) => expectNothing(text));
});

describe('wrong-kind', () => {
  rows([
    [
      'one name in place of a list',
      inTable(definition.replace('lhs_fields: []', 'lhs_fields: ⟦id⟧')),
      {
        code: 'wrong-kind',
        message: '"lhs_fields" must be a list, not a string.',
        serverMessage: /expected Array, but encountered String/,
        fixed: inTable(definition.replace('lhs_fields: []', 'lhs_fields: [id]')),
      },
    ],
    [
      'an item of the list',
      inTable(definition.replace('lhs_fields: []', 'lhs_fields: [⟦3⟧]')),
      { code: 'wrong-kind', message: 'An item of "lhs_fields" must be a string, not a number.' },
    ],
    [
      'a table that is no name',
      inTable('to_source: { relationship_type: array, source: s, table: ⟦5⟧, field_mapping: { id: id } }'),
      { code: 'wrong-kind', message: '"table" must be a string, an object or a list, not a number.' },
    ],
    [
      'null arguments',
      inTable(definition.replace('arguments: {}', 'arguments: ⟦null⟧')),
      {
        code: 'wrong-kind',
        serverMessage: `${P2}parsing RemoteArguments failed, expected Object, but encountered Null`,
      },
    ],
    [
      'relationships that are no list',
      'table: customer\n⟦remote_relationships⟧:\n  profile:\n    x: 1\n',
      { code: 'wrong-kind', message: '"remote_relationships" must be a list, not an object.' },
      { location: { role: 'table' } },
    ],
    [
      'the same before v2.1.0',
      inTable('remote_schema: people\nhasura_fields: []\nremote_field: { me: { arguments: ⟦[]⟧ } }'),
      { code: 'wrong-kind', serverMessage: 'Remote arguments should be an object of keys.' },
      { serverVersion: '1.3.3' },
    ],
    [
      'a column that is no string',
      inTable('to_source: { relationship_type: array, source: s, table: t, field_mapping: { id: ⟦1⟧ } }'),
      { code: 'wrong-kind', message: '"id" must be a string, not a number.' },
    ],
  ]);
});

describe('empty-string', () => {
  rows([
    [
      'the name of a relationship',
      `table: customer\nremote_relationships:\n  - name: ⟦""⟧\n    definition: { ${definition} }\n`,
      { code: 'empty-string', serverMessage: 'empty string not allowed' },
    ],
    [
      'the name of a remote schema',
      inTable(definition.replace('people', '⟦""⟧')),
      { code: 'empty-string', message: '"remote_schema" of "to_remote_schema" must not be empty.' },
    ],
  ]);
});

describe('flat-definition', () => {
  rows([
    [
      'legacy keys, in block style',
      `table: customer
remote_relationships:
  - name: profile
    ⟦remote_schema⟧: people
    hasura_fields:
      - id # the key
    remote_field:
      me: { arguments: {} }
`,
      {
        code: 'flat-definition',
        serverMessage: 'key "definition" not found',
        fixed: `table: customer
remote_relationships:
  - name: profile
    definition:
      remote_schema: people
      hasura_fields:
        - id # the key
      remote_field:
        me: { arguments: {} }
`,
      },
    ],
    [
      'keys around the name',
      `table: customer
remote_relationships:
  - ⟦hasura_fields⟧: []
    name: profile
    remote_schema: people
    remote_field: { me: { arguments: {} } }
`,
      {
        code: 'flat-definition',
        fixed: `table: customer
remote_relationships:
  - name: profile
    definition:
      hasura_fields: []
      remote_schema: people
      remote_field: { me: { arguments: {} } }
`,
      },
    ],
    [
      'a flow item',
      'table: customer\nremote_relationships:\n  - { name: profile, ⟦to_source⟧: { source: s } }\n',
      {
        code: 'flat-definition',
        fixed:
          'table: customer\nremote_relationships:\n  - { name: profile, definition: { to_source: { source: s } } }\n',
      },
    ],
    [
      'the unified form in a request',
      inRequest('⟦to_source⟧: { source: s }'),
      { code: 'flat-definition', fixed: inRequest('definition:\n  to_source: { source: s }') },
    ],
    [
      'a request for a remote schema, whose owner stays',
      `type: create_remote_schema_remote_relationship
args:
  remote_schema: people
  type_name: Person
  name: orders
  ⟦to_source⟧: { source: s }
`,
      {
        code: 'flat-definition',
        fixed: `type: create_remote_schema_remote_relationship
args:
  remote_schema: people
  type_name: Person
  name: orders
  definition:
    to_source: { source: s }
`,
      },
    ],
  ]);

  it('keeps the layout of JSON', () => {
    expectFindingsIn(
      'json',
      `{
  "table": "customer",
  "remote_relationships": [
    {
      "name": "profile",
      "⟦remote_schema⟧": "people",
      "hasura_fields": [
        "id"
      ]
    }
  ]
}
`,
      [
        {
          code: 'flat-definition',
          fixed: `{
  "table": "customer",
  "remote_relationships": [
    {
      "name": "profile",
      "definition": {
        "remote_schema": "people",
        "hasura_fields": [
          "id"
        ]
      }
    }
  ]
}
`,
        },
      ],
    );
  });

  it('is not reported for a legacy request', () => {
    expectNothing(
      inRequest('remote_schema: people\nhasura_fields: []\nremote_field: { me: { arguments: {} } }'),
    );
  });
});

describe('definition-form', () => {
  const both = 'to_source: {}\nto_remote_schema: {}';
  rows([
    [
      'no form',
      'table: customer\nremote_relationships:\n  - name: profile\n    ⟦definition⟧: {}\n',
      {
        code: 'definition-form',
        serverMessage:
          'remote relationship definition (lenient format) expects exactly one of: remote_schema, to_source, to_remote_schema',
      },
    ],
    [
      'two forms',
      `table: customer\nremote_relationships:\n  - name: profile\n    ⟦definition⟧:\n      ${both.replaceAll('\n', '\n      ')}\n`,
      {
        code: 'definition-form',
        message: 'A definition takes only one of "to_source" and "to_remote_schema".',
      },
    ],
    [
      'legacy keys below the definition of a request',
      inRequest(
        'definition:\n  ⟦remote_schema⟧: people\n  hasura_fields: [id]\n  remote_field: { me: { arguments: {} } }',
      ),
      {
        code: 'definition-form',
        serverMessage:
          'remote relationship definition (strict format) expects exactly one of: to_source, to_remote_schema',
        fixed: inRequest(
          'definition:\n  to_remote_schema:\n    remote_schema: people\n    lhs_fields: [id]\n    remote_field: { me: { arguments: {} } }',
        ),
      },
    ],
    [
      'the text of v2.1',
      'table: customer\nremote_relationships:\n  - name: profile\n    ⟦definition⟧: {}\n',
      {
        code: 'definition-form',
        serverMessage: 'remote relationship definition expects exactly one of: to_source, to_remote_schema',
      },
      { serverVersion: '2.1.1' },
    ],
  ]);

  it.each([
    [
      'legacy keys beside another form in metadata',
      inTable('remote_schema: people\nhasura_fields: []\nremote_field: { me: { arguments: {} } }'),
      {},
    ],
    ['a null form beside another', inTable(`${definition}\nto_source: null`), {}],
    [
      'legacy keys below the definition of a request to v2.1.1',
      inRequest(
        'definition: { remote_schema: people, hasura_fields: [id], remote_field: { me: { arguments: {} } } }',
      ),
      { serverVersion: '2.1.1' },
    ],
  ] satisfies [string, string, Surroundings][])('is not reported: %s', (_, text, surroundings) =>
    expectNothing(text, surroundings),
  );
});

describe('request-form', () => {
  const text = 'create_remote_relationship expects exactly one of: remote_schema, definition';
  rows([
    [
      'neither',
      'type: pg_update_remote_relationship\n⟦args⟧: { table: customer, name: profile }\n',
      { code: 'request-form', serverMessage: text },
    ],
    [
      'both',
      inRequest(`definition: { ${definition} }\n⟦remote_schema⟧: people`),
      { code: 'request-form', serverMessage: text },
    ],
    [
      'the text came with v2.1.1',
      'type: pg_create_remote_relationship\n⟦args⟧: { table: customer, name: profile }\n',
      { code: 'request-form', severity: 'error', serverMessage: undefined },
      { serverVersion: '2.0.9' },
    ],
    [
      'both were taken before v2.1.1',
      inRequest(`definition: { ${definition} }\n⟦remote_schema⟧: people`),
      { code: 'request-form', severity: 'warning', serverMessage: undefined },
      { serverVersion: '2.1.0' },
    ],
  ]);
});

describe('unknown-key and unknown-table-key', () => {
  rows([
    [
      'a key of to_remote_schema',
      inTable(`${definition.slice(0, -2)}, ⟦lhs_field⟧: [] }`),
      { code: 'unknown-key', severity: 'warning', serverMessage: undefined },
    ],
    [
      'the key that was meant is not written yet',
      inTable('to_source: { relationship_typ: array, source: s, table: t, field_maping: { id: id } }'),
      [
        { code: 'missing-key' },
        { code: 'missing-key' },
        { code: 'unknown-key', text: 'relationship_typ', message: /Did you mean "relationship_type"\?$/ },
        { code: 'unknown-key', text: 'field_maping', message: /Did you mean "field_mapping"\?$/ },
      ],
    ],
    [
      'the key of the other form',
      inTable(
        'to_remote_schema: { remote_schema: people, ⟦hasura_fields⟧: [], lhs_fields: [], remote_field: { me: { arguments: {} } } }',
      ),
      { code: 'unknown-key', message: 'The server ignores "hasura_fields" in "to_remote_schema".' },
    ],
    [
      'the key of the other form in place of its own',
      inTable('remote_schema: people\nlhs_fields: []\nremote_field: { me: { arguments: {} } }'),
      [
        { code: 'missing-key', message: '"hasura_fields" is missing in "definition".' },
        { code: 'unknown-key', text: 'lhs_fields', message: /Did you mean "hasura_fields"\?$/ },
      ],
    ],
    [
      'a key of a table entry',
      'table: customer\n⟦remote_relationship⟧: []\nx_note: 1\n',
      [
        {
          code: 'unknown-table-key',
          severity: 'error',
          serverMessage: 'unexpected keys when parsing TableMetadata: ["remote_relationship","x_note"]',
          fixed: 'table: customer\nremote_relationships: []\nx_note: 1\n',
        },
        { code: 'unknown-table-key', text: 'x_note' },
      ],
      { location: { role: 'table' } },
    ],
  ]);

  it('is not reported for the keys a table entry has', () => {
    expectNothing(
      'table: customer\nis_enum: false\nconfiguration: {}\napollo_federation_config: { enable: v1 }\nlogical_model: x\nremote_relationships: []\n',
    );
  });
});

describe('relationship-type', () => {
  const toSource = (type: string) =>
    inTable(`to_source: { relationship_type: ${type}, source: s, table: t, field_mapping: { id: id } }`);
  rows([
    [
      'a word that means one of the two',
      toSource('⟦many⟧'),
      {
        code: 'relationship-type',
        serverMessage: "expecting either 'object' or 'array' for rel_type",
        fixed: toSource('array'),
      },
    ],
    [
      'a misspelling',
      toSource('⟦"objct"⟧'.replace('⟦"', '"⟦').replace('"⟧', '⟧"')),
      { code: 'relationship-type', fixed: toSource('"object"') },
    ],
    ['no string', toSource('⟦true⟧'), { code: 'relationship-type' }],
  ]);
});
