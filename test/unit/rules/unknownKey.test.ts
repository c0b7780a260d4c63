import { describe } from 'vitest';
import { definition, inTable } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('unknown-key', () => {
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
      'two keys, of which either may be the one that is missing',
      inTable(
        '⟦to_remote_schema⟧: { remote_schema: people, ⟦lhs_field⟧: [], ⟦lhs_fieldss⟧: [], remote_field: { me: { arguments: {} } } }',
      ),
      [
        { code: 'missing-key', fixes: ['Add "lhs_fields": []?'] },
        { code: 'unknown-key', fixes: ['Change to "lhs_fields"'] },
        { code: 'unknown-key', fixes: ['Change to "lhs_fields"?'] },
      ],
    ],
    [
      'keys that mean nothing, and are nothing like one',
      inTable(`${definition.slice(0, -2)}, ⟦x⟧: null, ⟦1⟧: 2 }`),
      [
        { code: 'unknown-key', message: 'The server ignores "x" in "to_remote_schema".', fixes: [] },
        { code: 'unknown-key', message: 'The server ignores "1" in "to_remote_schema".', fixes: [] },
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
  ]);
});
