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
    ['no string', toSource('⟦true⟧'), { code: 'relationship-type' }],
  ]);
});
