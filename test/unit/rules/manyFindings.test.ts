import { describe, expect, it } from 'vitest';
import { readServerVersion } from '../../../common/src/serverVersion.ts';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import { documentContext } from '../../../server/src/join/documentContext.ts';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type { MetadataModel, ReadingContext } from '../../../server/src/metadata/relationship.ts';
import { checkDocument } from '../../../server/src/rules/check.ts';
import type { Finding } from '../../../server/src/rules/rule.ts';
import { defaultRuleSettings } from '../../../server/src/rules/settings.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage, SyntaxNode } from '../../../server/src/syntax/tree.ts';
import { contextOf, findingsIn } from '../support/checkText.ts';

interface Work {
  /** How often an item of a list in the tree or the model was looked at. */
  readonly looks: number;
  /** Characters in the messages and fixes of all findings. */
  readonly written: number;
  readonly findings: readonly Finding[];
}

/** Checks a text and counts what that takes, in steps rather than in seconds. */
function workOn(text: string, language: SyntaxLanguage, location: ReadingContext): Work {
  let looks = 0;
  const counted = <T extends object>(list: T): T =>
    new Proxy(list, {
      get: (target, key) => {
        if (typeof key === 'string' && key >= '0' && key < ':') looks++;
        return Reflect.get(target, key);
      },
    });
  const watch = (node: SyntaxNode): void => {
    // What an alias stands for is watched where it is written.
    if (node.aliasOf !== undefined || node.merged) return;
    node.children.forEach(watch);
    if (node.children.length > 0) node.children = counted(node.children);
  };
  const parsed = parse(text, language);
  parsed.roots.forEach(watch);
  const tree = { ...parsed, problems: counted([...parsed.problems]) };
  const model = Object.fromEntries(
    Object.entries(readModel(tree, location)).map(([key, value]) => [
      key,
      Array.isArray(value) ? counted(value) : value,
    ]),
  ) as unknown as MetadataModel;
  const uri = 'file:///file';
  const catalogue = buildCatalogue({
    serverVersion: readServerVersion(undefined),
    metadata: {
      documents: [{ uri, model }],
      sourcesComplete: true,
      remoteSchemasComplete: true,
      tablesComplete: new Map(),
    },
    configured: { sources: [], sourcesDeclared: false, remoteSchemas: [], remoteSchemasDeclared: false },
  });
  const findings = checkDocument(documentContext(uri, tree, model, catalogue), defaultRuleSettings, {
    onError: (rule, error) => {
      throw new Error(`rule ${rule} threw`, { cause: error });
    },
    projectFindings: [],
  });
  const texts = findings.flatMap(({ message, serverMessage = '', related, fixes }) => [
    message,
    serverMessage,
    ...related.map((each) => each.message),
    ...fixes.flatMap(({ title, edits }) => [title, ...edits.map((edit) => edit.text)]),
  ]);
  return { looks, written: texts.join('').length, findings };
}

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('');
const table = 'table: { schema: public, name: users }\nremote_relationships:\n';
const relationship = (name: string): string => `  - name: ${name}
    definition:
      to_remote_schema:
        remote_schema: countries
        lhs_fields: [id]
        remote_field: { country: { arguments: { code: $id } } }
`;
const ignore = '  # remote-relationships-ignore-next-line unknown-key\n';
const half = (index: number): number => Math.floor(index / 2);

const inTable: ReadingContext = { role: 'table', source: 'default' };
const inSources: ReadingContext = { role: 'sources' };
const inRemoteSchemas: ReadingContext = { role: 'remote-schemas' };

/** Files with so many of one thing, and the finding they are full of. */
const kinds: readonly [string, string | undefined, (count: number) => string, ReadingContext][] = [
  [
    'unknown keys',
    'unknown-key',
    (n) => table + relationship('a') + times(n, (i) => `        zz${i}: 1\n`),
    inTable,
  ],
  ['unknown keys of a table', 'unknown-table-key', (n) => table + times(n, (i) => `zz${i}: 1\n`), inTable],
  ['an unknown key of a table', 'unknown-table-key', (n) => table + 'zz: 1\n'.repeat(n), inTable],
  ['the same key', 'yaml-syntax', (n) => table + relationship('a') + '        zz: 1\n'.repeat(n), inTable],
  ['relationships', 'unknown-remote-schema', (n) => table + times(n, (i) => relationship(`r${i}`)), inTable],
  [
    'relationships of one name',
    'duplicate-relationship',
    (n) => table + relationship('a').repeat(n),
    inTable,
  ],
  [
    'pairs of relationships',
    'duplicate-relationship',
    (n) => table + times(n, (i) => relationship(`r${half(i)}`)),
    inTable,
  ],
  ['broken lines', 'yaml-syntax', (n) => table + '  - a: b: c\n'.repeat(n), inTable],
  [
    'tables of one name',
    'overridden-duplicate',
    (n) => `- name: default\n  kind: postgres\n  tables:\n${'    - table: t\n'.repeat(n)}`,
    inSources,
  ],
  [
    'pairs of tables',
    'overridden-duplicate',
    (n) => `- name: default\n  kind: postgres\n  tables:\n${times(n, (i) => `    - table: t${half(i)}\n`)}`,
    inSources,
  ],
  [
    'sources of one name',
    'overridden-duplicate',
    (n) => '- name: default\n  kind: postgres\n  tables: []\n'.repeat(n),
    inSources,
  ],
  [
    'pairs of sources',
    'overridden-duplicate',
    (n) => times(n, (i) => `- name: s${half(i)}\n  kind: postgres\n  tables: []\n`),
    inSources,
  ],
  [
    'remote schemas of one name',
    'duplicate-remote-schema',
    (n) => '- name: a\n  definition: { url: http://a }\n'.repeat(n),
    inRemoteSchemas,
  ],
  [
    'pairs of remote schemas',
    'duplicate-remote-schema',
    (n) => times(n, (i) => `- name: s${half(i)}\n  definition: { url: http://a }\n`),
    inRemoteSchemas,
  ],
  [
    'types of one name',
    'overridden-duplicate',
    (n) =>
      `- name: a\n  definition: { url: http://a }\n  remote_relationships:\n${'    - type_name: T\n      relationships: []\n'.repeat(n)}`,
    inRemoteSchemas,
  ],
  [
    'join fields of one name',
    'duplicate-lhs-field',
    (n) => table + relationship('a').replace('[id]', `[${'id, '.repeat(n)}]`),
    inTable,
  ],
  [
    'variables',
    'unlisted-variable',
    (n) =>
      table +
      relationship('a').replace(
        'code: $id',
        times(n, (i) => `a${i}: $b${i}, `),
      ),
    inTable,
  ],
  [
    'suppressions in a row',
    'unused-suppression',
    (n) => table + ignore.repeat(n) + relationship('a'),
    inTable,
  ],
  [
    'suppressions',
    'unused-suppression',
    (n) => table + times(n, (i) => ignore + relationship(`r${i}`)),
    inTable,
  ],
  [
    'codes that do not exist',
    'unused-suppression',
    (n) =>
      `# remote-relationships-ignore-file ${times(n, (i) => `code-${i}, `)}\n${table}${relationship('a')}`,
    inTable,
  ],
  [
    'codes that hide nothing',
    'unused-suppression',
    (n) =>
      `# remote-relationships-ignore-file unknown-remote-schema, ${'unknown-key, '.repeat(n)}\n${table}${relationship('a')}`,
    inTable,
  ],
  [
    'documents',
    'unknown-key',
    (n) =>
      times(
        n,
        (i) =>
          `---\n- table: t${i}\n  remote_relationships: [{ name: a, definition: { to_remote_schema: { zz: 1 } } }]\n`,
      ),
    { role: 'tables', source: 'default' },
  ],
  [
    'aliases',
    'unknown-key',
    (n) =>
      `${table}  - &a\n    name: x\n    definition: { to_remote_schema: { zz: 1 } }\n${'  - *a\n'.repeat(n)}`,
    inTable,
  ],
  [
    'merge keys',
    'duplicate-relationship',
    (n) =>
      `${table}  - &a\n    name: x\n    definition: { to_remote_schema: { zz: 1 } }\n${times(n, (i) => `  - { <<: *a, name: y${half(i)} }\n`)}`,
    inTable,
  ],
];

/** Twice as much takes twice the work; four times would be a square. */
const mostPerDoubling = 2.7;

describe('a file full of mistakes takes work and gives text in proportion', () => {
  it.each(kinds)('%s', (_, code, text, location) => {
    const [small, large] = [workOn(text(150), 'yaml', location), workOn(text(300), 'yaml', location)];
    expect(large.findings.map((finding) => finding.code)).toContain(code);
    expect(large.looks / small.looks).toBeLessThan(mostPerDoubling);
    expect(large.written / Math.max(small.written, 1)).toBeLessThan(mostPerDoubling);
  });

  it.each([
    ['unknown keys', 'unknown-key', (n: number) => times(n, (i) => `"zz${i}":1,`)],
    ['the same key', 'duplicate-key', (n: number) => '"remote_schema":"a",'.repeat(n)],
  ])('%s in JSON', (_, code, keys) => {
    const text = (n: number) =>
      `{"table":"t","remote_relationships":[{"name":"a","definition":{"to_remote_schema":{${keys(n)}"lhs_fields":[]}}}]}`;
    const [small, large] = [workOn(text(150), 'json', inTable), workOn(text(300), 'json', inTable)];
    expect(large.findings.map((finding) => finding.code)).toContain(code);
    expect(large.looks / small.looks).toBeLessThan(mostPerDoubling);
    expect(large.written / small.written).toBeLessThan(mostPerDoubling);
  });
});

/** In milliseconds: far more than it takes, far less than the square of it would. */
const limit = 30_000;

it('20,000 join fields that a table of 20,000 columns has not', { timeout: limit }, () => {
  const count = 20_000;
  const columns = Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, 'integer!']));
  const missing = Array.from({ length: count }, (_, index) => `d${index}`);
  const text = table + relationship('a').replace('[id]', `[${missing.join(', ')}]`);
  const findings = findingsIn(text, {
    sources: { default: { tables: [{ table: 'users', columns }] } },
    location: { source: 'default' },
  });
  expect(findings.filter(({ code }) => code === 'unknown-lhs-field')).toHaveLength(count);
});

describe('more findings than a call takes arguments', () => {
  const count = 300_000;
  it('of the project', () => {
    const finding: Finding = {
      ...{ code: 'configuration', severity: 'error', message: 'found', serverMessage: undefined, length: 1 },
      ...{ related: [], relationship: undefined, fixes: [], tags: [], offset: 0 },
    };
    const projectFindings = Array.from({ length: count }, (_, offset) => ({ ...finding, offset }));
    const found = checkDocument(contextOf('a: 1\n'), defaultRuleSettings, { projectFindings });
    expect(found.filter(({ code }) => code === 'configuration')).toHaveLength(count);
  });

  it('of the body of one request', () => {
    const tree = parse(`POST http://a/v1/metadata\n\n{"a":[${'1,,'.repeat(count)}1]}\n`, 'http');
    expect(tree.problems.length).toBeGreaterThan(count / 2);
  });
});

describe('a message', () => {
  it.each(kinds)('is bounded, and lists no more than a few of: %s', (_, _code, text, location) => {
    for (const { message, serverMessage = '', related } of workOn(text(300), 'yaml', location).findings) {
      expect(message.length).toBeLessThan(500);
      expect(serverMessage.length).toBeLessThan(500);
      expect(related.length).toBeLessThanOrEqual(10);
    }
  });

  it.each(['remote_schema: countries', 'lhs_fields: [id]', 'country', 'name: a'])(
    'is bounded where "%s" is 100,000 characters long',
    (part) => {
      const long = part.replace(/\w+(?=\]?$)/, 'n'.repeat(100_000));
      const text = table + relationship('a').replace(part, long);
      for (const { message, serverMessage = '', relationship: name = '' } of workOn(text, 'yaml', inTable)
        .findings) {
        expect(message.length + serverMessage.length).toBeLessThan(2000);
        expect(name.length).toBeLessThanOrEqual(10_001);
      }
    },
  );
});
