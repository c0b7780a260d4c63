import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { definition, inTable, P2 } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('invalid-variable', () => {
  const value = (text: string) => inTable(definition.replace('arguments: {}', `arguments: { id: ${text} }`));
  rows([
    [
      'no name',
      value('⟦$⟧'),
      { code: 'invalid-variable', message: /^"\$" /, serverMessage: `${P2}Empty variable name` },
    ],
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
