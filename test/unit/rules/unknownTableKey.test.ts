import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

describe('unknown-table-key', () => {
  rows([
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
    [
      'ten and one',
      `table: customer\nremote_relationships: []\n${Array.from({ length: 11 }, (_, index) => `x_${index}: 1\n`).join('')}`,
      Array.from({ length: 11 }, () => ({
        code: 'unknown-table-key',
        serverMessage:
          'unexpected keys when parsing TableMetadata: ["x_0","x_1","x_2","x_3","x_4","x_5","x_6","x_7","x_8","x_9",…]',
      })),
      { location: { role: 'table' } },
    ],
    [
      'what was meant is written already',
      'table: customer\nremote_relationships: []\n⟦remote_relationship⟧: []\n',
      { code: 'unknown-table-key', message: /has no key "remote_relationship"\.$/ },
      { location: { role: 'table' } },
    ],
  ]);

  it('is not reported for the keys a table entry has', () => {
    expectNothing(
      'table: customer\nis_enum: false\nconfiguration: {}\napollo_federation_config: { enable: v1 }\nlogical_model: x\nremote_relationships: []\n',
    );
  });
});
