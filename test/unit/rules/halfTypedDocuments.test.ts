import { describe, expect, it } from 'vitest';
import { findingsIn } from '../support/checkText.ts';
import { definition, inTable } from './support/definitions.ts';

const inRequest = (args: string) => `type: pg_create_remote_relationship
args:
  table: customer
  name: profile
  ${args.trim().replaceAll('\n', '\n  ')}
`;

describe('half-typed documents', () => {
  it.each([inTable(definition), inRequest(`definition: { ${definition} }`)])('never throw: %s', (text) => {
    for (let end = 0; end <= text.length; end++) {
      expect(() => findingsIn(text.slice(0, end)), text.slice(0, end)).not.toThrow();
    }
  });
});
