import { describe, expect, it } from 'vitest';
import { symbols } from '../../../server/src/features/navigation/symbols.ts';
import { codeActions, fixAll } from '../../../server/src/features/refactoring/codeActions.ts';
import type { Finding } from '../../../server/src/rules/rule.ts';
import type { TextReplacement } from '../../../server/src/syntax/textRange.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf, findingsIn, type Surroundings } from '../support/checkText.ts';
import { remoteSchemas, request, surroundings } from './support.ts';

const wrong = `table: customer
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: peple
        lhs_fields: [persn_id]
        remote_field:
          person:
            arguments:
              id: $persn_id
`;

function applied(text: string, edits: readonly TextReplacement[]): string {
  return edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (result, edit) => result.slice(0, edit.offset) + edit.text + result.slice(edit.offset + edit.length),
      text,
    );
}

function actionsOn(
  text: string,
  word: string,
  language: SyntaxLanguage = 'yaml',
  where: Surroundings = surroundings,
  turnOff: Parameters<typeof codeActions>[3] = () => undefined,
) {
  const context = contextOf(text, where, language);
  const findings = findingsIn(text, where, language);
  const offset = text.indexOf(word);
  return {
    findings,
    actions: codeActions(context, findings, { start: offset, end: offset }, turnOff, () => undefined),
  };
}

describe('code actions', () => {
  it('offers the fixes of the findings at the place, and only those', () => {
    const { actions } = actionsOn(wrong, 'peple');
    const fix = actions.find((action) => action.preferred);
    expect(applied(wrong, fix?.edits ?? [])).toBe(wrong.replace('peple', 'people'));
    expect(actions.map((action) => action.finding?.code)).not.toContain('unknown-lhs-field');
    expect(actionsOn(wrong, 'profile').actions).toEqual([]);
  });

  it.each([
    ['YAML', 'yaml', wrong, 'peple', '        '],
    ['YAML with CRLF', 'yaml', wrong.replaceAll('\n', '\r\n'), 'peple', '        '],
    [
      'JSON',
      'json',
      '{\n  "type": "pg_create_remote_relationship",\n  "args": {\n    "table": "customer",\n    "name": "x",\n    "definition": { "to_remote_schema": {\n      "remote_schema": "peple",\n      "lhs_fields": [], "remote_field": { "a": { "arguments": {} } } } }\n  }\n}\n',
      'peple',
      '      ',
    ],
  ] as const)(
    'suppresses a finding in %s with a comment above its line',
    (_, language, text, word, indentation) => {
      const where = language === 'json' ? { ...request, name: 'request.jsonc' } : surroundings;
      const { actions, findings } = actionsOn(text, word, language, where);
      const action = actions.find((candidate) => candidate.title.startsWith('Suppress'));
      const result = applied(text, action?.edits ?? []);
      const sign = language === 'yaml' ? '#' : '//';
      expect(result).toContain(
        `\n${indentation}${sign} remote-relationships-ignore-next-line unknown-remote-schema`,
      );
      const left = findingsIn(result, where, language).map((finding) => finding.code);
      expect(left.toSorted()).toEqual(
        findings
          .map((finding) => finding.code)
          .filter((code) => code !== 'unknown-remote-schema')
          .toSorted(),
      );
    },
  );

  const body =
    '{"type": "pg_create_remote_relationship", "args": {"table": "customer", "name": "x", "definition": {"to_remote_schema": {"remote_schema": "peple", "lhs_fields": [], "remote_field": {"a": {"arguments": {}}}}}}}\n';

  it.each([
    ['plain JSON, which has no comments', 'json', body, undefined],
    [
      'JSON that has comments',
      'json',
      `// mine\n${body}`,
      `// mine\n// remote-relationships-ignore-next-line unknown-remote-schema\n${body}`,
    ],
    [
      'a body that is sent as it is',
      'http',
      `POST http://localhost/v1/metadata\n\n${body}`,
      `# remote-relationships-ignore-file unknown-remote-schema\nPOST http://localhost/v1/metadata\n\n${body}`,
    ],
  ] as const)('in %s', (_, language, text, after) => {
    const { actions } = actionsOn(text, 'peple', language, request);
    const action = actions.find(
      ({ title, finding }) => title.startsWith('Suppress') && finding?.code === 'unknown-remote-schema',
    );
    expect(action && applied(text, action.edits)).toBe(after);
    if (after === undefined) return;
    expect(findingsIn(after, request, language).map(({ code }) => code)).not.toContain(
      'unknown-remote-schema',
    );
  });

  it('ends the rule in the project, where that can be written', () => {
    const change = { uri: 'file:///c.json', exists: true, edits: [] };
    const asked: string[] = [];
    const { actions } = actionsOn(wrong, 'peple', 'yaml', surroundings, (code) => {
      asked.push(code);
      return change;
    });
    expect(asked).toEqual(['unknown-remote-schema']);
    expect(actions.at(-1)).toMatchObject({
      title: 'Disable unknown-remote-schema in this project',
      preferred: false,
      edits: [],
      elsewhere: change,
    });
    expect(
      actionsOn(wrong, 'peple')
        .actions.map(({ title }) => title)
        .join(),
    ).not.toContain('Disable');
  });

  it('fixes everything that can be fixed at once', () => {
    const all = fixAll(findingsIn(wrong, surroundings));
    const result = applied(wrong, all?.edits ?? []);
    expect(result).toContain('remote_schema: people');
    expect(result).toContain('lhs_fields: [person_id]');
    expect(fixAll([])).toBeUndefined();
  });

  it.each([
    ['one that is missing', ['hasura_felds: [id]'], ['hasura_fields: [id]']],
    [
      'one that is missing, by several others',
      ['hasura_felds: [id]', 'hasura_fieds: [email]'],
      ['hasura_fields: [id]', 'hasura_fieds: [email]'],
    ],
    [
      'one that is missing, in what is merged',
      ['<<: &merged { hasura_felds: [id] }'],
      ['<<: &merged { hasura_fields: [id] }'],
    ],
    ['one that nothing is like', ['note: x'], ['note: x', 'hasura_fields: []']],
  ])('writes a key once: %s', (_, keys, expected) => {
    const text = (lines: readonly string[]) => `table: customer
remote_relationships:
  - name: profile
    definition:
${['remote_schema: people', ...lines, 'remote_field: { people: { arguments: {} } }'].map((line) => `      ${line}\n`).join('')}`;
    const result = applied(text(keys), fixAll(findingsIn(text(keys), surroundings))?.edits ?? []);
    expect(
      result
        .split('\n')
        .filter((line) => /hasura|note/.test(line))
        .map((line) => line.trim())
        .sort(),
    ).toEqual([...expected].sort());
  });

  it('leaves out a fix that overlaps another', () => {
    const finding = (offset: number, text: string): Finding => ({
      code: 'x',
      severity: 'error',
      message: '',
      serverMessage: undefined,
      offset,
      length: 3,
      related: [],
      tags: [],
      relationship: undefined,
      fixes: [{ title: '', preferred: true, edits: [{ offset, length: 3, text }] }],
    });
    expect(
      fixAll([finding(0, 'a'), finding(2, 'b'), finding(9, 'c')])?.edits.map((edit) => edit.text),
    ).toEqual(['a', 'c']);
  });
});

describe('symbols', () => {
  it('has tables with their relationships', () => {
    const [table, ...more] = symbols(contextOf(wrong, surroundings));
    expect(more).toEqual([]);
    expect([table?.kind, table?.name, table?.children.map((child) => child.name)]).toEqual([
      'table',
      'customer',
      ['profile'],
    ]);
  });

  it.each([
    ['table:\n  schema: public\n  name: line\nremote_relationships: []\n', 'line'],
    ['table: line\nremote_relationships: []\n', 'line'],
    ['table: {name: line, schema: public}\nremote_relationships: []\n', 'line'],
  ])('selects what names a table: %j', (text, selected) => {
    const [table] = symbols(contextOf(text, surroundings));
    const { offset, length } = table?.selection ?? { offset: 0, length: 0 };
    expect(text.slice(offset, offset + length)).toBe(selected);
  });

  it('has remote schemas with their types, and relationships of requests', () => {
    const schemas =
      '- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: a\n          definition: {}\n';
    const [schema] = symbols(contextOf(schemas, remoteSchemas));
    expect([schema?.name, schema?.children[0]?.name, schema?.children[0]?.children[0]?.name]).toEqual([
      'people',
      'Person',
      'a',
    ]);
    const body = '{"type": "pg_delete_remote_relationship", "args": {"table": "customer", "name": "gone"}}';
    expect(symbols(contextOf(body, request, 'json')).map((symbol) => symbol.name)).toEqual(['gone']);
  });
});
