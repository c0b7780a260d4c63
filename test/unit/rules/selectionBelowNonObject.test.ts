import { describe, it } from 'vitest';
import { expectFindings } from '../support/checkText.ts';
import { legacy } from './joinFixtures.ts';
import { checkPath, location } from './support/joins.ts';

describe('selection-below-non-object', () => {
  const code = 'selection-below-non-object';

  it.each([
    [
      'an interface',
      'node: { arguments: { id: $id }, field: { ⟦name⟧: { arguments: {} } } }',
      'an interface',
    ],
    ['a union', 'search: { arguments: { text: $id }, field: { ⟦title⟧: { arguments: {} } } }', 'a union'],
    ['an enum', 'kindOf: { arguments: { id: $id }, field: { ⟦FRIEND⟧: { arguments: {} } } }', 'an enum'],
    ['a scalar', 'nameOf: { arguments: { id: $id }, field: { ⟦length⟧: { arguments: {} } } }', 'a scalar'],
  ])('%s', (_, field, kind) => {
    checkPath(field, [
      {
        code,
        severity: 'error',
        message: new RegExp(`returns ${kind} `),
        serverMessage: /remote field with name "\w+" and type "Query" not found$/,
      },
    ]);
  });

  it('a name that the type before happens to have', () => {
    const field = 'nameOf: { arguments: { id: $id }, field: { ⟦person⟧: { arguments: { wrong: 1 } } } }';
    checkPath(field, [{ code, serverMessage: 'object with name "String" not found' }]);
    expectFindings(legacy('[id]', field), [{ code, serverMessage: undefined }], {
      ...location,
      serverVersion: '2.0.4',
    });
  });

  it('is said once, whatever follows', () => {
    checkPath(
      'nameOf: { arguments: { id: $id }, field: { ⟦a⟧: { arguments: {}, field: { b: { arguments: { c: 1 } } } } } }',
      [{ code }],
    );
  });
});
