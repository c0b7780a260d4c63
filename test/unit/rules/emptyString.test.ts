import { describe } from 'vitest';
import { definition, inTable } from './support/definitions.ts';
import { rows } from './support/rows.ts';

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
