import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../server/src/rules/check.ts';
import { defaultRuleSettings } from '../../../server/src/rules/settings.ts';
import {
  applyFix,
  contextOf,
  expectFindingsIn,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';
import { codes, text } from './support/suppressed.ts';

describe('a suppression that is called unused', () => {
  const context = (yaml: string, around: Surroundings = {}) =>
    findingsIn(yaml, around).filter(({ code }) => code === 'unused-suppression');
  const suppressed = (definition: string, code: string) =>
    `version: 3\nsources:\n- name: default\n  kind: postgres\n  tables:\n  - table: customer\n    remote_relationships:\n    - name: r\n      # remote-relationships-ignore-next-line ${code}\n      definition: ${definition}\nremote_schemas: []\n`;
  const toSchema =
    '{ to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { me: { arguments: { id: $id } } } } }';
  const toTable =
    '{ to_source: { relationship_type: object, source: helpdesk, table: ticket, field_mapping: { id: id } } }';
  const customer = { table: 'customer', columns: { id: 'int4!' } };
  const people = { people: 'type Query { me(id: Int): Int }' };
  const helpdesk = { tables: [{ table: 'ticket', columns: { id: 'int4!' } }] };
  it.each<[string, string, string, Surroundings, number]>([
    [
      'both sides known',
      toSchema,
      'unknown-argument',
      { sources: { default: { tables: [customer] } }, remoteSchemas: people },
      1,
    ],
    [
      'the columns not known',
      toSchema,
      'unknown-argument',
      { sources: { default: { tables: [{ table: 'customer' }] } }, remoteSchemas: people },
      0,
    ],
    [
      'the schema not known',
      toSchema,
      'unknown-argument',
      { sources: { default: { tables: [customer] } }, remoteSchemas: { people: null } },
      0,
    ],
    [
      'no such schema',
      toSchema,
      'unknown-argument',
      { sources: { default: { tables: [customer] } }, remoteSchemas: {} },
      1,
    ],
    [
      'to a table that is known',
      toTable,
      'unknown-target-column',
      { sources: { default: { tables: [customer] }, helpdesk } },
      1,
    ],
    [
      'to a table whose columns are not',
      toTable,
      'unknown-target-column',
      { sources: { default: { tables: [customer] }, helpdesk: { tables: [{ table: 'ticket' }] } } },
      0,
    ],
    [
      'to a source of which nothing is known',
      toTable,
      'unknown-target-column',
      { sources: { default: { tables: [customer] }, helpdesk: {} } },
      0,
    ],
    [
      'to no such table',
      toTable,
      'unknown-target-column',
      { sources: { default: { tables: [customer] }, helpdesk: { tables: [] } } },
      1,
    ],
    [
      'to no such source',
      toTable,
      'unknown-target-column',
      { sources: { default: { tables: [customer] } } },
      1,
    ],
    ['nothing known, and a rule that needs nothing', toSchema, 'unknown-key', {}, 1],
    ['nothing known', toSchema, 'unknown-argument', {}, 0],
  ])('with %s', (_, definition, code, around, count) => {
    expect(context(suppressed(definition, code), around)).toHaveLength(count);
  });

  it('is asked about its own relationship alone', () => {
    const two = suppressed(toSchema, 'unknown-argument').replace(
      'remote_schemas: []',
      `  - table: guest\n    remote_relationships:\n    - name: other\n      definition: ${toSchema}\nremote_schemas: []`,
    );
    const known = { sources: { default: { tables: [customer, { table: 'guest' }] } }, remoteSchemas: people };
    expect(context(two, known)).toHaveLength(1);
    expect(context(two.replace('next-line', 'file'), known)).toHaveLength(0);
  });

  it('is not when its rule failed', () => {
    const rule = (code: string, check: () => void) => ({
      code,
      specification: [],
      title: '',
      severity: 'error' as const,
      needs: 'document' as const,
      check,
    });
    const found = (check: () => void) =>
      checkDocument(contextOf('a: 1 # remote-relationships-ignore-file x\n'), defaultRuleSettings, {
        rules: [rule('x', check)],
      });
    expect(found(() => {}).map(({ code }) => code)).toEqual(['unused-suppression']);
    expect(
      found(() => {
        throw new Error('broken');
      }),
    ).toEqual([]);
  });
});

describe('removing a suppression', () => {
  const fixed = (yaml: string, which = 0) => {
    const finding = findingsIn(yaml).filter(({ code }) => code === 'unused-suppression')[which];
    const fix = finding?.fixes.find(({ preferred }) => preferred);
    return fix && applyFix(yaml, fix);
  };
  const clean = 'table: { schema: a, name: b }\nselect_permissions: []\n';
  const file = '# remote-relationships-ignore-file unknown-key';
  it.each([
    ['at the end of a file without a line break', `${clean}${file}`, clean],
    ['indented, with its line', `${clean}   ${file}\n`, clean],
    ['with its line of Windows', `${file}\r\n${clean}`, clean],
    ['with blanks behind it', `${file}  \n${clean}`, clean],
    ['behind a value at the end of a file', `${clean.trimEnd()} ${file}`, clean.trimEnd()],
    ['that is all of a file', file, ''],
    ['that names nothing, with a reason', `# remote-relationships-ignore-file -- because\n${clean}`, clean],
    ['that is misspelt', `# remote-relationships-ignore-all unknown-key\n${clean}`, clean],
    ['that has no scope', `# remote-relationships-ignore unknown-key\n${clean}`, clean],
  ])('%s', (_, yaml, expected) => expect(fixed(yaml)).toBe(expected));

  it('keeps what is used: of three codes each can go alone, and two together', () => {
    const key = (code: string) => text(`# remote-relationships-ignore-next-line ${code}`);
    const all = key('missing-key, unknown-key, null-value');
    expect(fixed(all, 0)).toBe(key('unknown-key, null-value'));
    expect(fixed(all, 1)).toBe(key('missing-key, unknown-key'));
    const edits = findingsIn(all)
      .filter(({ code }) => code === 'unused-suppression')
      .flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits));
    expect(applyFix(all, { title: '', edits, preferred: true })).toBe(key('unknown-key'));
  });

  it('of a rule nobody knows, with what was meant first', () => {
    const yaml = text('# remote-relationships-ignore-next-line unknown-kye, unknown-key');
    const [finding] = findingsIn(yaml);
    expect(finding?.fixes.map(({ title, preferred }) => [title, preferred])).toEqual([
      ['Change to "unknown-key"', true],
      ['Remove "unknown-kye"', false],
    ]);
    const first = finding?.fixes[1];
    expect(first && applyFix(yaml, first)).toBe(text('# remote-relationships-ignore-next-line unknown-key'));
    const [none] = findingsIn(`# remote-relationships-ignore-file zzzzzz\n${clean}`);
    expect(none?.fixes.map(({ title, preferred }) => [title, preferred])).toEqual([
      ['Remove the suppression', true],
    ]);
    expect(none?.tags).toEqual([]);
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
  it('is told of a misspelt word', () => {
    fix(`⟦# remote-relationships-ignore-nextline unknown-key⟧\n${clean}`, clean);
    const [finding] = findingsIn(`# remote-relationships-ignore-nextline unknown-key\n${clean}`);
    expect(finding?.message).toBe(
      'Write remote-relationships-ignore-next-line, -ignore-line or -ignore-file.',
    );
  });
  it('is told of a second code that does not exist, which can go alone', () => {
    const yaml = text('# remote-relationships-ignore-next-line unknown-key, zzzzzz');
    const [finding] = findingsIn(yaml);
    const [removal] = finding?.fixes ?? [];
    expect(removal && applyFix(yaml, removal)).toBe(
      text('# remote-relationships-ignore-next-line unknown-key'),
    );
  });
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
    it('beside relationships of which nothing is known', () =>
      expect(codes(`# remote-relationships-ignore-next-line unknown-argument\n${field}`)).toEqual([]));
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
