import { describe, it } from 'vitest';
import { expectFindingsIn } from '../support/checkText.ts';
import { definition, inTable, P1, P2 } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('remote-field-shape', () => {
  it('counts a key of JSON that is written twice once, and reads the last', () => {
    const text = (field: string) =>
      `{"table": "customer", "remote_relationships": [{"name": "a", "definition": {"to_remote_schema": {"remote_schema": "people", "lhs_fields": [], "remote_field": ${field}}}}]}`;
    expectFindingsIn(
      'json',
      text('{"me": {"arguments": {"id": null}}, "⟦me⟧": {"arguments": {}}}'),
      [{ code: 'duplicate-key' }],
      { location: { role: 'table' } },
    );
    expectFindingsIn(
      'json',
      text('{"me": {"arguments": {"id": "$", "⟦id⟧": 1}}}'),
      [{ code: 'duplicate-key' }],
      { location: { role: 'table' } },
    );
  });

  const path = (field: string) => inTable(definition.replace('{ me: { arguments: {} } }', field));
  const tooMany = `${P1}Expecting one single mapping, received too many.`;
  rows([
    [
      'two fields at one level',
      path('{ me: { arguments: {} }, ⟦you⟧: { arguments: {} } }'),
      {
        code: 'remote-field-shape',
        message: 'Each level of the path can have only one remote field.',
        serverMessage: tooMany,
      },
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
      {
        code: 'remote-field-shape',
        message: /^"my-self" can't be the name of a remote field: /,
        serverMessage: `${P1}my-self is not valid GraphQL name`,
      },
    ],
    [
      'an argument name in another script, at any depth',
      path('{ me: { arguments: { where: { "⟦größe⟧": 1 } } } }'),
      {
        code: 'remote-field-shape',
        message: /^"größe" can't be the name of an argument: /,
        serverMessage: `${P2}größe is an invalid key name`,
      },
    ],
  ]);
});
