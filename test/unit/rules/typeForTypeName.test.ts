import { describe } from 'vitest';
import { rows } from './support/rows.ts';

describe('type-for-type-name', () => {
  rows([
    [
      'in a request, as the API reference has it',
      'type: delete_remote_schema_remote_relationship\nargs:\n  remote_schema: people\n  ⟦type⟧: Person\n  name: orders\n',
      {
        code: 'type-for-type-name',
        severity: 'error',
        fixed:
          'type: delete_remote_schema_remote_relationship\nargs:\n  remote_schema: people\n  type_name: Person\n  name: orders\n',
      },
    ],
    [
      'in metadata',
      '- name: people\n  definition: { url: u }\n  remote_relationships:\n    - ⟦type⟧: Person\n      relationships: []\n',
      { code: 'type-for-type-name', serverMessage: 'key "type_name" not found' },
    ],
  ]);
});
