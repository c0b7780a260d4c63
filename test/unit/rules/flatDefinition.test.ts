import { describe, it } from 'vitest';
import { expectFindingsIn, expectNothing } from '../support/checkText.ts';
import { inRequest } from './support/definitions.ts';
import { rows } from './support/rows.ts';

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
      'legacy keys in a request for a remote schema, which takes none',
      `type: create_remote_schema_remote_relationship
args:
  remote_schema: people
  type_name: Person
  name: orders
  ⟦hasura_fields⟧: []
`,
      { code: 'flat-definition', message: 'The keys of a definition belong below "definition".', fixes: [] },
    ],
    [
      'keys that are merged',
      `table: customer
remote_relationships:
  - &flat
    name: one
    ⟦to_source⟧: { source: s }
  - ⟦name⟧: two
    <<: *flat
`,
      [
        {
          code: 'flat-definition',
          message:
            'In metadata the keys of a definition belong below "definition"; only a request may have them here.',
        },
        { code: 'flat-definition', relationship: 'two' },
      ],
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
