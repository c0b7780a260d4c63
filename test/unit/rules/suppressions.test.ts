import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../server/src/rules/check.ts';
import { defaultRuleSettings } from '../../../server/src/rules/settings.ts';
import { contextOf, expectFindingsIn, findingsIn, type Surroundings } from '../support/checkText.ts';

/** One finding, `unknown-key` at `hasura_field`, with lines around it. */
const text = (before: string, behind = '', first = '') => `${first}table: customer
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: []
${before === '' ? '' : `        ${before}\n`}        hasura_field: []${behind}
        remote_field: { me: { arguments: {} } }
`;

const codes = (yaml: string, surroundings: Surroundings = {}) =>
  findingsIn(yaml, surroundings).map(({ code }) => code);

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
      'a comment of JSON',
      text('note: // remote-relationships-ignore-file unknown-key'),
      ['unknown-key', 'unknown-key'],
    ],
  ])('hides nothing: %s', (_, yaml, expected) => expect(codes(yaml)).toEqual(expected));
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

describe('unused-suppression', () => {
  const clean = text('').replace('        hasura_field: []\n', '');
  const fix = (source: string, expected: string) =>
    expectFindingsIn('yaml', source, [{ code: 'unused-suppression', severity: 'warning', fixed: expected }]);

  it('removes a comment with its line', () =>
    fix(`⟦# remote-relationships-ignore-file unknown-key⟧\n${clean}`, clean));
  it('removes a comment behind a value', () =>
    fix(clean.replace('customer\n', 'customer # remote-relationships-ignore-line unknown-key\n'), clean));
  it('removes one code of several', () =>
    fix(
      text('# remote-relationships-ignore-next-line ⟦missing-key⟧, unknown-key -- why'),
      text('# remote-relationships-ignore-next-line unknown-key -- why'),
    ));
  it('removes the last code', () =>
    fix(
      text('# remote-relationships-ignore-next-line unknown-key, ⟦missing-key⟧'),
      text('# remote-relationships-ignore-next-line unknown-key'),
    ));
  it('says all codes of a comment at once', () => {
    const found = findingsIn(`# remote-relationships-ignore-file unknown-key, missing-key\n${clean}`);
    expect(found.map(({ message }) => message)).toEqual([
      'This suppression hides nothing: no finding of "unknown-key", "missing-key" here.',
    ]);
  });
  it('is told of a code that does not exist', () =>
    fix(
      text('# remote-relationships-ignore-next-line ⟦unknown-kye⟧, unknown-key'),
      text('# remote-relationships-ignore-next-line unknown-key, unknown-key'),
    ));
  it('is told of a comment without codes', () =>
    fix(`⟦# remote-relationships-ignore-file⟧\n${clean}`, clean));
  it('is told of a misspelt word', () =>
    fix(`⟦# remote-relationships-ignore-nextline unknown-key⟧\n${clean}`, clean));
  it('can be suppressed itself', () => {
    expect(
      codes(
        `# remote-relationships-ignore-file unused-suppression\n# remote-relationships-ignore-file unknown-key\n${clean}`,
      ),
    ).toEqual([]);
  });
  it('can be turned off', () => {
    expect(
      codes(`# remote-relationships-ignore-file unknown-key\n${clean}`, {
        settings: { severities: { 'unused-suppression': 'off' } },
      }),
    ).toEqual([]);
  });

  describe('is not reported', () => {
    const field = clean
      .replace('lhs_fields: []', 'lhs_fields: [id]')
      .replace('arguments: {}', 'arguments: { id: $id }');
    const suppressed = field.replace(
      '        remote_schema',
      '        # remote-relationships-ignore-next-line unknown-remote-schema\n        remote_schema',
    );
    const schema = { people: 'type Query { me(id: Int): Int }' };
    const sources = { default: { tables: [{ table: 'customer', columns: { id: 'int4!' } }] } };

    it('when the rule is off', () => {
      expect(
        codes(`# remote-relationships-ignore-file unknown-key\n${clean}`, {
          settings: { severities: { 'unknown-key': 'off' } },
        }),
      ).toEqual([]);
    });
    it('when the rule lacks knowledge', () => expect(codes(suppressed)).toEqual([]));
    it('but is when the rule had all it needs', () => {
      expect(
        codes(`version: 2\ntables:\n- ${suppressed.trimEnd().replaceAll('\n', '\n  ')}\n`, {
          files: {},
          remoteSchemas: schema,
          sources,
        }),
      ).toEqual(['unused-suppression']);
    });
    it('for what only the project looks for, unless the project did', () => {
      const source = `# remote-relationships-ignore-file include-not-found\n${clean}`;
      expect(codes(source)).toEqual([]);
      const found = checkDocument(contextOf(source), defaultRuleSettings, { projectFindings: [] });
      expect(found.map(({ code }) => code)).toEqual(['unused-suppression']);
    });
  });
});
