import { describe, it } from 'vitest';
import { expectNothing, type Surroundings } from '../support/checkText.ts';
import { definition, inRequest, inTable } from './support/definitions.ts';
import { rows } from './support/rows.ts';

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
      'legacy keys beside another form in a request',
      inRequest('definition:\n  to_source: {}\n  ⟦remote_schema⟧: people\n  hasura_fields: []'),
      { code: 'definition-form', message: /^In a request, "definition" takes only/, fixes: [] },
    ],
    [
      'the same to v2.1.1, which takes legacy keys alone',
      inRequest('definition:\n  to_source: {}\n  ⟦remote_schema⟧: people\n  hasura_fields: []'),
      { code: 'definition-form', fixes: [] },
      { serverVersion: '2.1.1' },
    ],
    [
      'legacy keys to v2.0, which knows no such definition',
      inRequest('definition:\n  ⟦remote_schema⟧: people\n  hasura_fields: [id]'),
      { code: 'definition-form', serverMessage: undefined },
      { serverVersion: '2.0.10' },
    ],
    [
      'a remote schema without its fields, which alone is no form',
      inRequest('definition:\n  ⟦remote_schema⟧: people\n  remote_field: { me: { arguments: {} } }'),
      { code: 'definition-form', fixes: [] },
    ],
    [
      'forms that are null, in a request',
      inRequest('⟦definition⟧: { to_source: null, remote_schema: null }'),
      {
        code: 'definition-form',
        message: 'A definition needs one of "to_source", "to_remote_schema".',
      },
    ],
    [
      'legacy keys that are merged',
      inRequest(
        'comment: &l { remote_schema: people, hasura_fields: [] }\ndefinition:\n  <<: *l\n  remote_field: {}',
      ),
      [{ code: 'unknown-key' }, { code: 'definition-form', text: 'definition' }],
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
