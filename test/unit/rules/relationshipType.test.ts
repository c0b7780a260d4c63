import { describe } from 'vitest';
import { inTable } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('relationship-type', () => {
  const toSource = (type: string) =>
    inTable(`to_source: { relationship_type: ${type}, source: s, table: t, field_mapping: { id: id } }`);
  rows([
    [
      'a word that means one of the two',
      toSource('⟦many⟧'),
      {
        code: 'relationship-type',
        serverMessage: "expecting either 'object' or 'array' for rel_type",
        fixed: toSource('array'),
      },
    ],
    [
      'a misspelling',
      toSource('⟦"objct"⟧'.replace('⟦"', '"⟦').replace('"⟧', '⟧"')),
      { code: 'relationship-type', fixed: toSource('"object"') },
    ],
    [
      'a word that has another in it',
      toSource('⟦anyone⟧'),
      {
        code: 'relationship-type',
        message: '"relationship_type" is "object" or "array".',
        fixes: ['Change to "object"?', 'Change to "array"?'],
      },
    ],
    [
      'a beginning',
      toSource('⟦one-to-many⟧'),
      { code: 'relationship-type', fixes: ['Change to "object"', 'Change to "array"?'] },
    ],
    ['no string', toSource('⟦true⟧'), { code: 'relationship-type', fixes: [] }],
    ['nothing', toSource('⟦""⟧'.replace('⟦""⟧', '""')), { code: 'relationship-type', fixes: [] }],
  ]);
});
