import { describe } from 'vitest';
import { rows } from './support/rows.ts';

describe('invalid-type-name', () => {
  rows([
    [
      'a type name that is none',
      '- name: people\n  definition: { url: u }\n  remote_relationships:\n    - type_name: "⟦My Person⟧"\n      relationships: []\n',
      { code: 'invalid-type-name' },
    ],
    [
      'a type name that is none is not called unknown, too',
      '- name: people\n  definition: { url: u }\n  remote_relationships:\n    - type_name: "⟦My Person⟧"\n      relationships:\n        - name: tickets\n          definition: { to_source: { relationship_type: object, source: s, table: t, field_mapping: { id: id } } }\n',
      { code: 'invalid-type-name' },
      { remoteSchemas: { people: 'type Query { me: Person }\ntype Person { id: ID }' } },
    ],
  ]);
});
