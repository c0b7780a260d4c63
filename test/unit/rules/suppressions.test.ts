import { describe, expect, it } from 'vitest';
import { expectFindingsIn, findingsIn } from '../support/checkText.ts';
import { codes, text } from './support/suppressed.ts';

describe('a suppression in YAML', () => {
  it('is needed in these tests', () => expect(codes(text(''))).toEqual(['unknown-key']));

  it.each([
    ['the next line', text('# remote-relationships-ignore-next-line unknown-key')],
    [
      'the next line, comments in between',
      text('# remote-relationships-ignore-next-line unknown-key\n\n        # why'),
    ],
    ['its own line', text('', ' # remote-relationships-ignore-line unknown-key')],
    ['the file', text('', '', '# remote-relationships-ignore-file unknown-key\n')],
    ['the file, from its end', `${text('')}# remote-relationships-ignore-file unknown-key`],
    ['with a reason', text('# remote-relationships-ignore-next-line unknown-key -- the console wrote it')],
    ['behind a tab', text('', '\t# remote-relationships-ignore-line unknown-key')],
    ['with a tab in it', text('', ' #\tremote-relationships-ignore-line unknown-key')],
    [
      'that is said twice',
      text(
        '# remote-relationships-ignore-next-line unknown-key\n        # remote-relationships-ignore-next-line unknown-key',
        '',
        '# remote-relationships-ignore-file unknown-key, unknown-key\n',
      ),
    ],
    ['without a blank', text('#remote-relationships-ignore-next-line unknown-key')],
    [
      'with line breaks of Windows',
      text('# remote-relationships-ignore-next-line unknown-key').replaceAll('\n', '\r\n'),
    ],
  ])('hides findings of %s', (_, yaml) => expect(codes(yaml)).toEqual([]));

  it.each([
    [
      'another line',
      text('# remote-relationships-ignore-line unknown-key'),
      ['unused-suppression', 'unknown-key'],
    ],
    [
      'another code',
      text('# remote-relationships-ignore-next-line missing-key'),
      ['unused-suppression', 'unknown-key'],
    ],
    [
      'a string that looks like one',
      text('note: "# remote-relationships-ignore-file unknown-key"'),
      ['unknown-key', 'unknown-key'],
    ],
    [
      'a block scalar',
      text('note: |\n          # remote-relationships-ignore-file unknown-key'),
      ['unknown-key', 'unknown-key'],
    ],
    [
      'a # inside a word',
      text('note: a#remote-relationships-ignore-file unknown-key'),
      ['unknown-key', 'unknown-key'],
    ],
    [
      'a # that touches what it stands behind',
      text('note: [a,#remote-relationships-ignore-file unknown-key\n          ]'),
      ['unknown-key', 'unknown-key'],
    ],
    [
      'what no # begins',
      text('note: remote-relationships-ignore-file unknown-key'),
      ['unknown-key', 'unknown-key'],
    ],
    ['an address in a comment', text('# //remote-relationships-ignore-file unknown-key'), ['unknown-key']],
    [
      'a misspelt word on the first line',
      '{table: t, select_permissions: [], table: t} # remote-relationships-ignore-nextline yaml-syntax',
      ['yaml-syntax', 'unused-suppression'],
    ],
    [
      'a comment of JSON',
      text('note: // remote-relationships-ignore-file unknown-key'),
      ['unknown-key', 'unknown-key'],
    ],
  ])('hides nothing: %s', (_, yaml, expected) => expect(codes(yaml)).toEqual(expected));
});

describe('what a suppression leaves alone', () => {
  /** Three findings of `unknown-key`, a line each, and one of another rule on the middle line. */
  const lines = (...between: string[]) => {
    const [first = '', second = '', third = '', last = ''] = between;
    return `table: customer
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: []
${first}        key_a: []
${second}        key_b: { c: 1, c: 2 }
${third}        key_d: []
${last}        remote_field: { me: { arguments: {} } }
`;
  };
  const left = (yaml: string) =>
    findingsIn(yaml).map(({ code, offset, length }) =>
      code === 'unused-suppression' ? code : yaml.slice(offset, offset + length),
    );
  const next = (codes = 'unknown-key') => `# remote-relationships-ignore-next-line ${codes}\n`;
  const line = '# remote-relationships-ignore-line unknown-key\n';

  it('there is something to leave alone', () => {
    expect(left(lines())).toEqual(['key_a', 'key_b', 'c', 'key_d']);
  });

  it.each<[string, string, string[]]>([
    ['the lines after the next', lines(next()), ['key_b', 'c', 'key_d']],
    ['the lines before it', lines('', next()), ['key_a', 'c', 'key_d']],
    ['all lines but the last', lines('', '', next()), ['key_a', 'key_b', 'c']],
    ['other rules on the next line', lines('', next('yaml-syntax')), ['key_a', 'key_b', 'key_d']],
    ['nothing of two rules named', lines('', next('yaml-syntax, unknown-key')), ['key_a', 'key_d']],
    ['of two above one line each its own', lines('', next() + next('yaml-syntax')), ['key_a', 'key_d']],
    ['the lines behind blank lines and comments', lines(`${next()}\n  # why\n \n`), ['key_b', 'c', 'key_d']],
    [
      'what follows a line of text that looks like a comment',
      lines(`${next()}        key_z: "#"\n`),
      ['key_a', 'key_b', 'c', 'key_d'],
    ],
    [
      'everything, when no line follows',
      `${lines()}${next().trimEnd()}`,
      ['key_a', 'key_b', 'c', 'key_d', 'unused-suppression'],
    ],
    [
      'everything, when only blank lines follow',
      `${lines()}${next()}\n\n`,
      ['key_a', 'key_b', 'c', 'key_d', 'unused-suppression'],
    ],
    ['a line that is not its own', lines(line), ['unused-suppression', 'key_a', 'key_b', 'c', 'key_d']],
    [
      'the next document',
      `${lines(next())}---\n${lines()}`,
      ['key_b', 'c', 'key_d', 'key_a', 'key_b', 'c', 'key_d'],
    ],
    ['other rules of the file', `# remote-relationships-ignore-file unknown-key\n${lines()}`, ['c']],
    [
      'its own line’s neighbours',
      lines().replace('key_b: { c: 1, c: 2 }', `key_b: { c: 1, c: 2 } ${line.trim()}`),
      ['key_a', 'c', 'key_d'],
    ],
  ])('%s', (_, yaml, expected) => {
    expect(left(yaml)).toEqual(expected);
    const windows = yaml.replaceAll('\n', '\r\n');
    expect(left(windows)).toEqual(expected);
  });

  it('the first line of a file can be the next one', () => {
    expect(
      codes(
        `# remote-relationships-ignore-next-line yaml-syntax\n{table: t, select_permissions: [], table: t}`,
      ),
    ).toEqual([]);
  });

  it.each([
    ['a reason that names a rule', '-- unknown-key', ['unused-suppression', 'unknown-key']],
    ['a reason without blanks', 'missing-key--unknown-key', ['unused-suppression', 'unknown-key']],
    ['codes with commas alone', 'missing-key,unknown-key', ['unused-suppression']],
    ['codes with blanks alone', 'missing-key unknown-key', ['unused-suppression']],
    ['a reason behind a tab', 'unknown-key\t-- missing-key', []],
    ['a reason that is empty', 'unknown-key --', []],
  ])('and reads %s', (_, written, expected) => {
    expect(codes(text(`# remote-relationships-ignore-next-line ${written}`))).toEqual(expected);
  });
});

describe('a suppression in JSON with comments', () => {
  const json = (comment: string, behind = '') =>
    `{"table": "customer", "remote_relationships": [{"name": "p", "definition": {"to_remote_schema": {\n${comment}\n"hasura_field": [],${behind}\n"remote_schema": "people", "lhs_fields": [], "remote_field": {"me": {"arguments": {}}}}}}]}`;
  it.each([
    ['//', json('// remote-relationships-ignore-next-line unknown-key')],
    ['/* */', json('/* remote-relationships-ignore-next-line unknown-key */')],
    ['/* */ with a reason', json('/* remote-relationships-ignore-next-line unknown-key -- because */')],
    ['behind the finding', json('', ' // remote-relationships-ignore-line unknown-key')],
    ['in one line', json('/* remote-relationships-ignore-file unknown-key */ ')],
  ])('may be written with %s', (_, source) => {
    expect(findingsIn(source, {}, 'json').map(({ code }) => code)).toEqual([]);
  });

  it('is no suppression inside a string', () => {
    const source = json('"note": "// remote-relationships-ignore-file unknown-key",');
    expect(findingsIn(source, {}, 'json').map(({ code }) => code)).toEqual(['unknown-key', 'unknown-key']);
  });

  it('is no comment behind a #', () => {
    const source = json('# remote-relationships-ignore-file unknown-key');
    expect(findingsIn(source, {}, 'json').map(({ code }) => code)).toContain('unknown-key');
  });

  it('is removed alone where something follows it in its line', () => {
    expectFindingsIn(
      'json',
      '{"table": "t",\n  ⟦/* remote-relationships-ignore-file missing-key */⟧ "remote_relationships": []}',
      [{ code: 'unused-suppression', fixed: '{"table": "t",\n   "remote_relationships": []}' }],
    );
  });

  it('is removed up to its end', () => {
    expectFindingsIn(
      'json',
      '{"table": "t", ⟦/* remote-relationships-ignore-file missing-key */⟧ "remote_relationships": []}',
      [{ code: 'unused-suppression', fixed: '{"table": "t", "remote_relationships": []}' }],
    );
  });
});

describe('a suppression in a .http file', () => {
  const request = (before: string, inside: string) =>
    `${before}\nPOST http://localhost/v1/metadata\n\n{\n${inside}\n  "type": "pg_delete_remote_relationship", "args": { "table": "customer", "name": "p", "cascade": true } }\n`;
  it.each([
    ['outside the body', request('# remote-relationships-ignore-file unknown-key', '')],
    ['inside the body', request('', '// remote-relationships-ignore-next-line unknown-key')],
  ])('stands %s', (_, source) => {
    expect(findingsIn(source, {}, 'http')).toEqual([]);
  });
  it('is needed in these tests', () => {
    expect(findingsIn(request('', ''), {}, 'http').map(({ code }) => code)).toEqual(['unknown-key']);
  });
});
