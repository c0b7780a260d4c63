import { describe, expect, it } from 'vitest';
import { firstProblems } from '../../../server/src/syntax/firstProblems.ts';
import { property } from '../../../server/src/syntax/nodes.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { patch } from '../../../server/src/syntax/patch.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { plainValue, show } from './show.ts';

const conflict = (one: string, other: string, base = '') =>
  `<<<<<<< HEAD\n${one}${base === '' ? '' : `||||||| base\n${base}`}=======\n${other}>>>>>>> feature\n`;

/** Line, from 1, and the beginning of the message of each problem that is told. */
function told(text: string, language: SyntaxLanguage): string[] {
  return firstProblems(parse(text, language)).map(
    ({ offset, message }) => `${text.slice(0, offset).split('\n').length} ${message.slice(0, 20)}`,
  );
}

const git = 'Git conflict markers';
const template = 'This is a template d';

describe('lines that are none of the language make one error', () => {
  it.each<[string, SyntaxLanguage, string, string[], unknown]>([
    ['a conflict', 'yaml', `a: 1\n${conflict('b: 2\n', 'b: 3\n')}c: 4\n`, [`2 ${git}`], { a: 1, b: 2, c: 4 }],
    [
      'with its base',
      'yaml',
      `a: 1\n${conflict('b: 2\n', 'b: 3\n', 'b: 0\n')}`,
      [`2 ${git}`],
      { a: 1, b: 2 },
    ],
    ['in a list', 'yaml', `l:\n- 1\n${conflict('- 2\n', '- 3\n')}- 4\n`, [`3 ${git}`], { l: [1, 2, 4] }],
    ['at the beginning', 'yaml', `${conflict('- 2\n', '- 3\n')}- 4\n`, [`1 ${git}`], [2, 4]],
    [
      'two of them',
      'yaml',
      `${conflict('a: 1\n', 'a: 2\n')}b: 1\n${conflict('c: 1\n', 'd: 1\n')}`,
      [`1 ${git}`],
      { a: 1, b: 1, c: 1 },
    ],
    [
      'with line breaks of Windows',
      'yaml',
      conflict('a: 1\n', 'a: 2\n').replaceAll('\n', '\r\n'),
      [`1 ${git}`],
      { a: 1 },
    ],
    ['one marker that was left over', 'yaml', 'a: 1\n>>>>>>> feature\nb: 2\n', [`2 ${git}`], { a: 1, b: 2 }],
    ['in JSON', 'json', `{"a": [\n${conflict('1\n', '2\n')}]}`, [`2 ${git}`], { a: [1] }],
    ['a line of Helm', 'yaml', 'a: 1\n{{- if .Values.x }}\nb: 2\n', [`2 ${template}`], { a: 1, b: 2 }],
    ['a loop of Jinja', 'yaml', 'l:\n{% for x in y %}\n- 1\n{% endfor %}\n', [`2 ${template}`], { l: [1] }],
    [
      'alternatives',
      'yaml',
      'a:\n{{- if x }}\n  b: 1\n{{- else }}\n  b: 2\n{{- end }}\nc: 3\n',
      [`2 ${template}`],
      { a: { b: 1 }, c: 3 },
    ],
    ['a comment over several lines', 'yaml', '{{- /*\nwords: [\n*/ -}}\na: 1\n', [`1 ${template}`], { a: 1 }],
    ['ERB', 'yaml', '<% if x %>\na: 1\n<% end %>\n', [`1 ${template}`], { a: 1 }],
    ['a section of Mustache in JSON', 'json', '[\n{{#each}}\n1\n{{/each}}\n]', [`2 ${template}`], [1]],
    ['a stray line', 'yaml', 'a:\n  b: 1\noops\nc: 3\n', ['3 Implicit map keys ne'], undefined],
    [
      'a stray line in a list, above deeper ones',
      'yaml',
      '- a: 1\n  b: 2\noops\n  c: 3\n  d: 4\n',
      ['3 Sequence item withou'],
      undefined,
    ],
  ])('%s', (_, language, text, expected, value) => {
    expect(told(text, language)).toEqual(expected.map((one) => one.slice(0, one.indexOf(' ') + 21)));
    const [root] = parse(text, language).roots;
    if (value !== undefined) expect(root && plainValue(root)).toEqual(value);
  });

  it('what stands between the markers is known to be undecided', () => {
    const text = `a: 1\n${conflict('b: 2\n', 'b: 3\n')}`;
    const [range] = parse(text, 'yaml').foreign?.conflicts ?? [];
    expect(range && text.slice(range.offset, range.offset + range.length)).toMatch(
      /^<{7} HEAD[\s\S]*>{7} feature$/,
    );
  });

  it.each<[string, SyntaxLanguage, string]>([
    ['a template in a block scalar', 'yaml', 'a: |-\n  {\n  {{ if $body.x }}\n  "b": 1\n  {{ end }}\n  }\n'],
    ['a row of equal signs in a block scalar', 'yaml', 'a: |\n  Title\n  =======\n'],
    ['a template in a comment', 'yaml', '# {{- if x }}\na: 1\n'],
    ['a value on a line of its own', 'yaml', 'a:\n  {{ X }}\n'],
  ])('no error is %s', (_, language, text) => {
    expect(parse(text, language).problems).toEqual([]);
  });

  it('another error is told, where a row of equal signs only underlines', () => {
    expect(told('# x\n=======\na: [\n', 'yaml')[0]).not.toContain(git);
  });

  it.each(['{{- if x }}\n', 'oops\n', '    oops\n', 'x: [\n', '"\n', '<<<<<<< HEAD\n', '}\n', '\tx\n'])(
    'in a file of 1.5 MB: %j',
    (line) => {
      const item = '    - name: r\n      definition: { to_source: { source: a, table: b } }\n';
      const half = item.repeat(10_500);
      expect(
        told(`sources:\n- name: a\n  tables:\n  - relationships:\n${half}${line}${half}`, 'yaml'),
      ).toHaveLength(1);
    },
    60_000,
  );

  it('a text that is edited is read as it would be anew', () => {
    const base = 'a: 1\nb:\n  c: 2\nd: 3\n';
    const texts = [
      base,
      `<<<<<<< HEAD\n${base}`,
      `${base}>>>>>>> x\n`,
      `{{- if x }}\n${base}`,
      base.replace('2', '{{X}}'),
      base.replace('2', '{{X'),
    ];
    for (const from of texts) {
      for (const to of texts) {
        const patched = patch(parse(from, 'yaml'), to);
        const fresh = parse(to, 'yaml');
        expect(show(patched), `${from} → ${to}`).toBe(show(fresh));
        expect(patched.problems).toEqual(fresh.problems);
      }
    }
  });
});

describe('placeholders are not known', () => {
  it.each([
    '$' + '{NAME}',
    'pre_$' + '{NAME}_post',
    '{{NAME}}',
    '{{ .Values.x | quote }}',
    '{{{raw}}}',
    '<%= name %>',
    '$(NAME)',
    '__ENV__NAME__',
    '%%NAME%%',
    '#{NAME}#',
    'ENC[AES256_GCM,data:abc,iv:x,tag:y,type:str]',
    '{% raw %}',
  ])('%s', (written) => {
    for (const text of [`a: "${written}"\nb: 1\n`, `a: '${written}'\nb: 1\n`, `{a: "${written}", b: 1}`]) {
      const tree = parse(text, 'yaml');
      const [root] = tree.roots;
      expect(tree.problems, text).toEqual([]);
      expect(root && property(root, 'a')).toMatchObject({ value: written, unresolved: true });
      expect(root && property(root, 'b')).toMatchObject({ value: 1, unresolved: false });
    }
    const [json] = parse(JSON.stringify({ a: written }), 'json').roots;
    expect(json && property(json, 'a')).toMatchObject({ value: written, unresolved: true });
    const [keyed] = parse(JSON.stringify({ [written]: 1 }), 'json').roots;
    expect(keyed).toMatchObject({ unresolved: true });
  });

  it.each([
    '$' + '{NAME}',
    '{{NAME}}',
    '{{ include "x" . }}-suffix',
    '<%= a %>',
    '__ENV__NAME__',
    '%%NAME%%',
    'ENC[AES,data:x]',
  ])('without quotes in YAML: %s', (written) => {
    for (const text of [`a: ${written}\nb: 1\n`, `- a: ${written}\n  b: 1\n`]) {
      const tree = parse(text, 'yaml');
      expect(tree.problems, text).toEqual([]);
      const root = tree.roots[0]?.kind === 'array' ? tree.roots[0].children[0] : tree.roots[0];
      expect(root && property(root, 'a')).toMatchObject({ kind: 'string', value: written, unresolved: true });
      expect(root && property(root, 'b')).toMatchObject({ value: 1 });
    }
  });

  it('without quotes in flow collections and in JSON', () => {
    const dollar = '$' + '{X}';
    expect(parse(`a: {b: ${dollar}, c: {{Y}}}\n`, 'yaml').problems).toEqual([]);
    expect(parse(`{"a": ${dollar}, "b": {{Y}}, "c": "x"}`, 'json').problems).toEqual([]);
  });

  it('also through an alias', () => {
    const [root] = parse('a: &a {{X}}\nb: *a\n', 'yaml').roots;
    expect(root && property(root, 'b')).toMatchObject({ unresolved: true });
  });

  it.each([
    '$id',
    'name',
    '__typename',
    '__EFMigrationsHistory',
    '100%',
    'a{b}',
    '{"a":{"b":1}}',
    '$.path',
    'ENCODED',
  ])('a name is what it is: %s', (written) => {
    const [root] = parse(JSON.stringify({ a: written }), 'json').roots;
    expect(root && property(root, 'a')).toMatchObject({ unresolved: false });
  });
});
