import { describe, expect, it } from 'vitest';
import { withoutDamaged } from '../../../server/src/rules/damage.ts';
import { rules } from '../../../server/src/rules/list.ts';
import type { Finding } from '../../../server/src/rules/rule.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf } from '../support/checkText.ts';

/** Two relationships, of which the first is broken. */
const broken = `table: customer
remote_relationships:
  - name: first
    definition: { to_source: { source: "a } }
  - name: second
    definition: { to_source: { source: b } }
`;
const json = `{"table": "customer", "remote_relationships": [
  {"name": "first", "definition": {"to_source": {"source": 'a'}}},
  {"name": "second", "definition": {"to_source": {"source": "b"}}}
]}`;

const finding = (code: string, offset: number): Finding => ({
  code,
  severity: 'error',
  message: 'm',
  serverMessage: undefined,
  offset,
  length: 1,
  related: [],
  tags: [],
  relationship: undefined,
  fixes: [],
});

/** The codes that are left of one finding of every rule at a place. */
function leftAt(place: string, text: string, language: SyntaxLanguage = 'yaml'): ReadonlySet<string> {
  const context = contextOf(text, {}, language);
  const offset = text.indexOf(place);
  expect(offset).toBeGreaterThan(0);
  const findings = rules.map(({ code }) => finding(code, offset));
  return new Set(withoutDamaged(context, findings, rules).map(({ code }) => code));
}

/** Rules that say something of names and values, though they need no catalogue. */
const comparing = [
  'unlisted-variable',
  'unused-lhs-field',
  'duplicate-lhs-field',
  'lhs-field-name',
  'multiple-list-elements',
  'duplicate-relationship',
  'relationship-name',
];

describe('in a relationship whose text is broken', () => {
  it.each(rules.map(({ code, needs }) => [code, needs] as const))('%s (%s)', (code, needs) => {
    const silent = needs !== 'document' || comparing.includes(code);
    expect(leftAt('first', broken).has(code)).toBe(!silent);
    expect(leftAt('first', json, 'json').has(code)).toBe(!silent);
  });

  it('all of these are rules', () => {
    expect(comparing.filter((code) => !rules.some((rule) => rule.code === code))).toEqual([]);
  });
});

describe('everything is said', () => {
  const all = new Set(rules.map(({ code }) => code));
  it('of a relationship that is whole, beside a broken one', () => {
    expect(leftAt('second', json, 'json')).toEqual(all);
  });

  it('outside of relationships', () => expect(leftAt('customer', broken)).toEqual(all));

  it('where nothing is broken', () => {
    expect(leftAt('first', broken.replace('"a', 'a'))).toEqual(all);
    expect(leftAt('first', json.replaceAll("'", '"'), 'json')).toEqual(all);
  });

  it('where a key stands twice: that breaks no text', () => {
    expect(leftAt('first', broken.replace('"a', 'a, source: b'))).not.toEqual(new Set());
  });
});

it('both ends of a relationship belong to it', () => {
  const context = contextOf(json, {}, 'json');
  const [node] = context.model.relationships.map((relationship) => relationship.node);
  if (node === undefined) throw new Error('no relationship');
  const left = (offset: number) => withoutDamaged(context, [finding('unknown-source', offset)], rules).length;
  const { offset, length } = node;
  expect([offset - 1, offset, offset + length, offset + length + 1].map(left)).toEqual([1, 0, 0, 1]);
});
