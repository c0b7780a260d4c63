import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { definition, inRequest, inTable, P1 } from './support/definitions.ts';
import { type Row, rows } from './support/rows.ts';

describe('missing-key', () => {
  it.each([
    ['version 1', 'version: 1\n', '{ version: 3, sources: [] }'],
    ['no version', '', '{ version: 3, sources: [] }'],
    ['no version, the document below "metadata"', '', '{ metadata: { version: 3, sources: [] } }'],
  ])('says nothing of replace_metadata with %s', (_, version, args) =>
    expectNothing(`type: replace_metadata\n${version}args: ${args}\n`),
  );

  rows([
    [
      'the document of version 2 of replace_metadata, a level too high',
      'type: replace_metadata\nversion: 2\n⟦args⟧:\n  version: 3\n  sources: []\n',
      {
        code: 'missing-key',
        message: '"metadata" is missing in "args".',
        serverMessage: 'key "metadata" not found',
      },
    ],
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
      ['relationship_type', 'source', 'table', 'field_mapping'].map((key, index) => ({
        code: 'missing-key',
        message: `"${key}" is missing in "to_source".`,
        fixes: index === 0 ? ['Add "relationship_type": "object"?', 'Add "relationship_type": "array"?'] : [],
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
      'what a source needs',
      '- ⟦name⟧: shop\n  kind: postgres\n',
      [
        { code: 'missing-key', serverMessage: 'key "tables" not found' },
        { code: 'missing-key', serverMessage: 'key "configuration" not found' },
      ],
      { location: { role: 'sources' } },
    ],
    [
      'what is misspelt in an object that is merged',
      `table: customer
remote_relationships:
  - name: profile
    definition:
      ⟦to_remote_schema⟧:
        <<: { remote_schema: people, ⟦lhs_field⟧: [] }
        remote_field: { me: { arguments: {} } }
`,
      [
        { code: 'missing-key', fixes: ['Add "lhs_fields": []?'] },
        { code: 'unknown-key', message: /Did you mean "lhs_fields"\?$/ },
      ],
    ],
    [
      'the arguments of a request',
      '⟦type⟧: pg_delete_remote_relationship\n',
      { code: 'missing-key', message: '"args" is missing in this request.' },
    ],
    [
      'the name of a source',
      '- ⟦kind⟧: postgres\n  configuration: {}\n  tables: []\n',
      { code: 'missing-key', message: '"name" is missing in this source.' },
      { location: { role: 'sources' } },
    ],
    [
      'the name of a table in a request',
      'type: pg_delete_remote_relationship\nargs: { table: {}, name: profile }\n',
      { code: 'missing-key', text: 'table', serverMessage: 'key "name" not found' },
    ],
    [
      'the name of a target table',
      inTable('to_source: { relationship_type: array, source: shop, table: {}, field_mapping: { id: id } }'),
      {
        code: 'missing-key',
        serverMessage:
          'Inconsistent object: in table "customer": in remote relationship "profile": key "name" not found',
      },
      { sources: { shop: { kind: 'mssql' } } },
    ],
    ...(['bigquery', 'sqlite'] as const).map(
      (kind): Row => [
        `the name of a target table of ${kind}, whose text is not known`,
        inTable(
          'to_source: { relationship_type: array, source: shop, table: {}, field_mapping: { id: id } }',
        ),
        { code: 'missing-key', serverMessage: undefined },
        { sources: { shop: { kind } } },
      ],
    ),
    [
      'the names of two tables, of sources of two kinds',
      `- type: mssql_delete_remote_relationship
  args: { table: {}, name: profile }
- type: bigquery_delete_remote_relationship
  args: { table: {}, name: profile }
`,
      [
        { code: 'missing-key', serverMessage: 'key "name" not found' },
        { code: 'missing-key', serverMessage: undefined },
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
