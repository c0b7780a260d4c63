import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { provideTasks } from '../../../client/src/tasks.ts';
import { type DiffEntry, diffLines } from '../../../server/src/cli/diff.ts';
import type { ReportedFinding } from '../../../server/src/cli/report/finding.ts';
import { textReport } from '../../../server/src/cli/report/text.ts';
import { linesText } from '../../../server/src/cli/terminal.ts';

interface Provider {
  provideTasks(): readonly unknown[];
  resolveTask(task: { readonly definition: object; readonly scope: unknown }): unknown;
}

const registered = vi.hoisted(() => new Map<string, unknown>());
const folders = vi.hoisted(() => ({ workspaceFolders: [{ uri: { fsPath: '/app' } }], isTrusted: true }));

vi.mock('vscode', () => ({
  ProcessExecution: class {
    readonly parts: unknown[];
    constructor(...parts: unknown[]) {
      this.parts = parts;
    }
  },
  Task: class {
    readonly parts: unknown[];
    constructor(...parts: unknown[]) {
      this.parts = parts;
    }
  },
  TaskGroup: { Test: 'test' },
  TaskScope: { Workspace: 2 },
  tasks: {
    registerTaskProvider: (type: string, provider: unknown) => {
      registered.set(type, provider);
      return { dispose: () => undefined };
    },
  },
  workspace: folders,
}));

const manifest = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), 'utf8'),
) as {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly taskDefinitions: readonly { readonly type: string }[];
    readonly problemMatchers: readonly { readonly name: string; readonly pattern: string }[];
    readonly problemPatterns: readonly (Readonly<Record<string, string | number>> & {
      readonly name: string;
      readonly regexp: string;
    })[];
  };
};
const { taskDefinitions, problemMatchers, problemPatterns } = manifest.contributes;

provideTasks('/extension/dist/cli.cjs');
const [definition] = taskDefinitions;
const provider = registered.get(definition?.type ?? '') as Provider;
const folder = { uri: { fsPath: '/app' } };
const execution = (args: readonly string[]) => ({
  parts: [
    process.execPath,
    ['/extension/dist/cli.cjs', ...args],
    { cwd: '/app', env: { ELECTRON_RUN_AS_NODE: '1' } },
  ],
});

describe('tasks', () => {
  it('are offered for each folder, with a matcher that the manifest has', () => {
    expect(provider.provideTasks()).toMatchObject(
      ['lint', 'diff'].map((command) => ({
        group: 'test',
        parts: [
          { type: 'remote-relationships', command },
          { uri: { fsPath: '/app' } },
          command,
          'Remote Relationships',
          execution([command]),
          `$remote-relationships-${command}`,
        ],
      })),
    );
    expect(problemMatchers.map(({ name }) => name)).toEqual([
      'remote-relationships-lint',
      'remote-relationships-diff',
    ]);
    expect(manifest.activationEvents).toContain('onTaskType:remote-relationships');
  });

  it('of tasks.json take arguments, as arguments of a process and no shell', () => {
    const own = { type: 'remote-relationships', command: 'lint', arguments: ['--fix', 'a b; $(x)'] };
    expect(provider.resolveTask({ definition: own, scope: folder })).toMatchObject({
      parts: [
        own,
        folder,
        'lint',
        'Remote Relationships',
        execution(['lint', '--fix', 'a b; $(x)']),
        '$remote-relationships-lint',
      ],
    });
  });

  it('are none in a workspace that is not trusted', () => {
    folders.isTrusted = false;
    const definition = { type: 'remote-relationships', command: 'lint' };
    expect(provider.provideTasks()).toEqual([]);
    expect(provider.resolveTask({ definition, scope: folder })).toBeUndefined();
    folders.isTrusted = true;
  });

  it.each([
    [{ command: 'apply' }],
    [{}],
    [{ command: 'lint', arguments: '--fix' }],
    [{ command: 'lint', arguments: [1] }],
  ])('are nothing else: %j', (own) => {
    expect(provider.resolveTask({ definition: own, scope: folder })).toBeUndefined();
  });
});

/** What a matcher makes of printed text. */
function problemsIn(name: string, text: string): unknown[] {
  const matcher = problemMatchers.find((each) => each.name === name);
  const pattern = problemPatterns.find((each) => `$${each.name}` === matcher?.pattern);
  if (pattern === undefined) throw new Error('There is no such matcher.');
  const { name: _, regexp, ...groups } = pattern;
  return text.split('\n').flatMap((line) => {
    const found = new RegExp(regexp).exec(line);
    if (found === null) return [];
    return [Object.fromEntries(Object.entries(groups).map(([key, group]) => [key, found[Number(group)]]))];
  });
}

describe('problem matchers', () => {
  it('take each finding that lint prints, and no other line', () => {
    const finding: ReportedFinding = {
      ...{ file: 'a b/c.yaml', line: 3, column: 5, endLine: 3, endColumn: 9, code: 'unknown-argument' },
      ...{
        severity: 'error',
        message: 'No argument "x" (of y): z.',
        relationship: null,
        related: [],
        fixes: [],
      },
      ...{ sourceLine: 'a.yaml:1:1: error: not a finding (code)', serverMessage: 'a.yaml:1:1: error: b (c)' },
    };
    const report = {
      findings: [finding, { ...finding, severity: 'information' as const }],
      files: [],
      unchecked: 'x',
    };
    const place = { file: 'a b/c.yaml', line: '3', column: '5', message: 'No argument "x" (of y): z.' };
    expect(problemsIn('remote-relationships-lint', linesText(textReport(report), false))).toEqual([
      { ...place, code: 'unknown-argument', severity: 'error' },
      { ...place, code: 'unknown-argument', severity: 'information' },
    ]);
  });

  it('take what diff says of files, but not what is the same', () => {
    const entry: DiffEntry = {
      ...{
        state: 'changed',
        consistency: 'consistent',
        reasons: [],
        name: 'profile',
        owner: 'table "customer" of source "shop"',
      },
      ...{
        source: 'shop',
        table: 'customer',
        remoteSchema: null,
        type: null,
        file: 'a.yaml',
        line: 4,
        differences: [],
      },
    };
    const relationships: DiffEntry[] = [
      entry,
      { ...entry, state: 'same' },
      { ...entry, state: 'same', consistency: 'inconsistent', reasons: ['changed: x (b.yaml:1)'] },
      { ...entry, state: 'only-here', consistency: null },
      { ...entry, state: 'only-there', file: null, line: null },
    ];
    const compared = { endpoint: 'http://a', serverVersion: 'v2', relationships };
    const text = linesText(
      diffLines(compared, () => 'postgres'),
      false,
    );
    const owner = '"profile", table "customer" of source "shop"';
    expect(problemsIn('remote-relationships-diff', text)).toEqual(
      [`changed: ${owner}`, `same, inconsistent: ${owner}`, `only here: ${owner}`].map((message) => ({
        ...{ file: 'a.yaml', line: '4', message },
      })),
    );
  });
});
