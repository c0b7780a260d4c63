import { describe, expect, it } from 'vitest';
import { findingsIn } from '../support/checkText.ts';
import { toRemoteSchema, toSource } from './joinFixtures.ts';
import { location, pairs } from './support/joins.ts';

describe('half-written and unreadable definitions', () => {
  it.each([
    ['no target', toSource(pairs).replace('source: helpdesk', 'source:')],
    ['no table', toSource(pairs).replace('table: ticket', 'table:')],
    ['an alias without an anchor', toSource(pairs).replace('table: ticket', 'table: *nothing')],
    ['no remote field', toRemoteSchema('[id]', '')],
    ['no lhs fields', toRemoteSchema('', 'person: { arguments: { id: $id } }')],
    ['lhs fields of the wrong kind', toRemoteSchema('id', 'person: { arguments: { id: $id } }')],
  ])('%s: no rule about joins says anything', (_, text) => {
    const shape = ['missing-key', 'wrong-kind', 'yaml-syntax', 'unresolved-alias'];
    const found = findingsIn(text, location).map(({ code }) => code);
    expect(found.filter((code) => !shape.some((other) => code.startsWith(other)))).toEqual([]);
  });

  it('a text cut off anywhere makes nothing throw', () => {
    const whole = toRemoteSchema(
      '[id, persn]',
      'people:\n  arguments: { ids: [$id, $x], where: { _or: { a: null } } }',
    );
    for (let length = 0; length <= whole.length; length++) {
      expect(Array.isArray(findingsIn(whole.slice(0, length), location))).toBe(true);
    }
  });
});
