import { describe, expect, it } from 'vitest';
import { withoutDamaged } from '../../../server/src/rules/damage.ts';
import { rules } from '../../../server/src/rules/list.ts';
import type { Finding } from '../../../server/src/rules/rule.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf, findingsIn } from '../support/checkText.ts';

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

describe('a line that cuts an object in two', () => {
  const entry = (more: string, table = 'a') => `- table: ${table}
  remote_relationships:
    - name: profile
      definition:
        to_remote_schema:
          remote_schema: people
${more}`;
  const field = '          remote_field: { me: { arguments: {} } }\n';
  const tab = `\t  lhs_fields: []\n${field}`;
  const nested = `          lhs_fields: x: []\n${field}          foo: 1\n`;
  const opened = (more: string) =>
    `[{"tabel": 1},\n{"table": "a",\n "remote_relationships": [{"name": "p",\n "definition": {"to_source": {"source": "s"${more}}}}]},\n {"tabel": "x"}]`;

  it.each<[string, string, string[]]>([
    ['a tab: what it ends, and what it begins', entry(tab), ['yaml-syntax \t  ']],
    [
      'a tab, and an entry behind it',
      `${entry(tab)}- tabel: b\n`,
      ['yaml-syntax \t  ', 'missing-key tabel', 'unknown-table-key tabel'],
    ],
    [
      'a tab, and an entry before it',
      `- tabel: b\n${entry(tab)}`,
      ['missing-key tabel', 'unknown-table-key tabel', 'yaml-syntax \t  '],
    ],
    [
      'a tab, an entry before it, and one behind it',
      `- tabel: b\n${entry(tab)}- tabel: c\n`,
      ['missing-key', 'unknown-table-key', 'yaml-syntax', 'missing-key', 'unknown-table-key'].map(
        (code, index) => `${code} ${index === 2 ? '\t  ' : 'tabel'}`,
      ),
    ],
    [
      'a tab, and a key before it in the same entry',
      entry(tab).replace('  remote', '  objectt: []\n  remote'),
      ['unknown-table-key objectt', 'yaml-syntax \t  '],
    ],
    [
      'a tab, and an item before it in the same entry',
      entry(tab).replace('    - name: profile', '    - name: before\n    - name: profile'),
      ['missing-key name', 'yaml-syntax \t  '],
    ],
    [
      'a tab, and an unknown key, the first of the object that it cuts',
      entry(tab).replace('          remote_schema', '          foo: 1\n          remote_schema'),
      ['unknown-key foo', 'yaml-syntax \t  '],
    ],
    [
      'two tabs in a row',
      `${entry('\t\tlhs_fields: []\n\t\tremote_field: {}\n')}- tabel: b\n`,
      ['yaml-syntax \t\t', 'yaml-syntax \t\t', 'missing-key tabel', 'unknown-table-key tabel'],
    ],
    [
      'a mapping in a line with another',
      `${entry(nested)}- table: b\n  bar: 1\n`,
      ['yaml-syntax x', 'unknown-table-key bar'],
    ],
    [
      'the same in a file that is no list, up to its end',
      `${entry(nested).slice(2).replaceAll(/^ {2}/gm, '')}x-bar: 1\n`,
      ['yaml-syntax x'],
    ],
    [
      'an object in the middle of one',
      opened(',\n {"table": "t"}'),
      ['missing-key tabel', 'unknown-table-key tabel'],
    ],
    ['a list in the middle of one', opened(',\n ["t"]'), ['missing-key tabel', 'unknown-table-key tabel']],
    [
      'colons without a key',
      entry(`          lhs_fields: []\n${field}`)
        .replace('  remote_rel', '  :\n  remote_rel')
        .replace('      definition', '      :\n      definition'),
      ['yaml-syntax :', 'yaml-syntax :'],
    ],
    [
      'an object in the middle of one, all in one line, with a dash in it',
      opened(',\n {"table": "t"}').replaceAll('\n', '').replace('"a"', '"a-b"').replace('{"tabel": 1},', ''),
      [],
    ],
    [
      'a tab, between the lines of a merge',
      `<<<<<<< mine\n${entry(tab)}=======\n>>>>>>> theirs\n- tabel: b\n`,
      ['yaml-syntax <<<<<<< mine', 'yaml-syntax \t  ', 'missing-key tabel', 'unknown-table-key tabel'],
    ],
    [
      'a list that is not closed',
      opened(', "field_mapping": [1,\n'),
      ['missing-key tabel', 'unknown-table-key tabel'],
    ],
  ])('%s', (_, text, expected) => {
    const found = findingsIn(text, {}, text.startsWith('[') ? 'json' : 'yaml');
    const shown = found.map(({ code, offset, length }) => `${code} ${text.slice(offset, offset + length)}`);
    expect(shown).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    [
      'a value that is not written yet',
      opened(', "table": '),
      [
        'missing-key',
        'unknown-table-key',
        'missing-key',
        'missing-key',
        'wrong-kind',
        'missing-key',
        'unknown-table-key',
      ],
    ],
    [
      'a key that is no text',
      opened(', 5: 1'),
      [
        'missing-key',
        'unknown-table-key',
        ...Array.from({ length: 3 }, () => 'missing-key'),
        'missing-key',
        'unknown-table-key',
      ],
    ],
    [
      'a comma at the end of a list',
      opened(', "field_mapping": [1, ]'),
      [
        'missing-key',
        'unknown-table-key',
        'missing-key',
        'missing-key',
        'wrong-kind',
        'missing-key',
        'unknown-table-key',
      ],
    ],
  ])('not %s', (_, text, expected) => {
    expect(findingsIn(text, {}, 'json').map(({ code }) => code)).toEqual(expected);
  });

  it('leaves what is said of names, behind it too', () => {
    const text = entry(nested.replace('me:', 'mee:')).replace(/ {10}foo[\s\S]*/, '');
    expect(
      findingsIn(`${text}    - name: other\n      definition: { to_source: { source: gone } }\n`, {
        sources: {},
      }).map(({ code }) => code),
    ).toEqual(['yaml-syntax', 'unknown-source']);
  });
});
