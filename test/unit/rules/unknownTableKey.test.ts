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
