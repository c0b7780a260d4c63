import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

describe('duplicate-remote-schema', () => {
  rows([
    [
      'in one document',
      '- name: people\n  definition: { url: a }\n- name: ⟦people⟧\n  definition: { url: b }\n',
      {
        code: 'duplicate-remote-schema',
        severity: 'error',
        serverMessage: 'multiple declarations exist for the following remote schemas: people',
        related: ['people'],
      },
    ],
    [
      'in the words of v2.1',
      '- name: people\n  definition: { url: a }\n- name: ⟦people⟧\n  definition: { url: b }\n',
      {
        code: 'duplicate-remote-schema',
        serverMessage: 'multiple declarations exist for the following remote schemas : ["people"]',
      },
      { serverVersion: '2.1' },
    ],
  ]);
  it('is not reported for two names', () =>
    expectNothing('- name: people\n  definition: { url: a }\n- name: People\n  definition: { url: b }\n'));
});
