import { describe } from 'vitest';
import { definition, inRequest } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('request-form', () => {
  const text = 'create_remote_relationship expects exactly one of: remote_schema, definition';
  rows([
    [
      'neither',
      'type: pg_update_remote_relationship\n⟦args⟧: { table: customer, name: profile }\n',
      { code: 'request-form', message: /^A request needs a "definition"/, serverMessage: text },
    ],
    [
      'both null',
      'type: pg_update_remote_relationship\n⟦args⟧: { table: customer, name: profile, definition: null, remote_schema: null }\n',
      { code: 'request-form', message: /^A request needs a "definition"/ },
    ],
    [
      'both, one of them merged',
      inRequest(`definition: { ${definition} }\n<<: { remote_schema: people }`).replace('args', '⟦args⟧'),
      { code: 'request-form', message: /not both\.$/ },
    ],
    [
      'both',
      inRequest(`definition: { ${definition} }\n⟦remote_schema⟧: people`),
      { code: 'request-form', message: /not both\.$/, serverMessage: text },
    ],
    [
      'the text came with v2.1.1',
      'type: pg_create_remote_relationship\n⟦args⟧: { table: customer, name: profile }\n',
      { code: 'request-form', severity: 'error', serverMessage: undefined },
      { serverVersion: '2.0.9' },
    ],
    [
      'both were taken before v2.1.1',
      inRequest(`definition: { ${definition} }\n⟦remote_schema⟧: people`),
      { code: 'request-form', severity: 'warning', serverMessage: undefined },
      { serverVersion: '2.1.0' },
    ],
  ]);
});
