import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BuildFailure, build } from 'esbuild';
import { parse } from 'jsonc-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemLine, watch } from '../../scripts/bundle.ts';
import { root } from '../../scripts/run.ts';

interface Launch {
  readonly name: string;
  readonly preLaunchTask?: string;
  readonly args?: readonly string[];
  readonly program?: string;
  readonly outFiles?: readonly string[];
  readonly runtimeExecutable?: string;
}

interface Task {
  readonly label: string;
  readonly script?: string;
  readonly problemMatcher?: {
    readonly pattern: { readonly regexp: string } & Readonly<
      Record<'file' | 'line' | 'column' | 'severity' | 'message', number>
    >;
    readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
  };
}

/** What VS Code reads when F5 is pressed in this repository. */
const { configurations } = readJsonc<{ configurations: readonly Launch[] }>('.vscode/launch.json');
const { tasks } = readJsonc<{ tasks: readonly Task[] }>('.vscode/tasks.json');
const watchTask = tasks.find(({ label }) => label === 'watch');
const matcher = watchTask?.problemMatcher;

describe('the launch configurations', () => {
  it.each(configurations)(
    '$name names what exists',
    ({ preLaunchTask, args = [], program, runtimeExecutable }) => {
      const labels = tasks.map(({ label }) => label);
      if (preLaunchTask !== undefined) expect(labels).toContain(preLaunchTask);
      const named = [...args, program, runtimeExecutable].flatMap(
        (text) => /\$\{workspaceFolder\}(?:\/(.*))?$/.exec(text ?? '')?.[1] ?? [],
      );
      // Node's program has an extension on Windows, where the configuration says so.
      const exists = (file: string) =>
        existsSync(path.join(root, file)) || existsSync(path.join(root, `${file}.exe`));
      expect(
        named.filter((file) => !file.includes('*') && !file.startsWith('dist/') && !exists(file)),
      ).toEqual([]);
    },
  );

  it('tasks run scripts that exist', () => {
    const { scripts } = readJsonc<{ scripts: Record<string, string> }>('package.json');
    const named = tasks.flatMap(({ script }) => script ?? []);
    expect(named).toContain('watch');
    for (const script of named) expect(scripts).toHaveProperty(script);
  });
});

describe('the watch build', () => {
  let folder: string;
  let stop: (() => Promise<void>) | undefined;
  const lines: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'remote-relationships-watch-'));
    await new Promise<void>((resolve, reject) => {
      const tell = (line: string) => {
        lines.push(line);
        if (new RegExp(matcher?.background.endsPattern ?? '$^').test(line)) resolve();
      };
      watch(folder, tell).then((end) => {
        stop = end;
      }, reject);
    });
  }, 120_000);

  afterAll(async () => {
    await stop?.();
    await rm(folder, { recursive: true, force: true });
  });

  it('says when it begins and ends, in the words the task waits for', () => {
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(new RegExp(matcher?.background.beginsPattern ?? '$^'));
    expect(lines[1]).toBe('Bundled. Watching for changes.');
  });

  it('writes every bundle, each with its source map, and the parser of SQL beside them', async () => {
    const bundles = ['api', 'cli', 'client', 'commandLine', 'dagre', 'endpoint', 'graph', 'mcp', 'server'];
    const expected = bundles.flatMap((name) => [`${name}.cjs`, `${name}.cjs.map`]);
    expect((await readdir(folder)).sort()).toEqual([...expected, 'libpg-query.wasm'].sort());
  });

  it.each(['api', 'client', 'commandLine', 'endpoint', 'graph', 'mcp', 'server'])(
    'breakpoints in the sources bind in %s',
    (name) => {
      const bundle = readFileSync(path.join(folder, `${name}.cjs`), 'utf8');
      expect(bundle).toMatch(new RegExp(`\\n//# sourceMappingURL=${name}\\.cjs\\.map\\n$`));
      const payload = JSON.parse(
        readFileSync(path.join(folder, `${name}.cjs.map`), 'utf8'),
      ) as SourceMapPayload;
      const map = new SourceMap(payload);
      const [own, same] = [[], []] as [string[], string[]];
      for (const [index, line] of bundle.split('\n').entries()) {
        const place = map.findEntry(index, Math.max(0, line.search(/\S/)));
        if (!isPlace(place)) continue;
        const source = path.resolve(folder, place.originalSource);
        if (!isOwn(source)) continue;
        const original = sourceLines(source)[place.originalLine]?.slice(place.originalColumn);
        own.push(source);
        if (original !== undefined && plain(original) === plain(line)) same.push(source);
      }
      // Types are gone and long lines are broken elsewhere, so not every line reads the same.
      expect(same.length / own.length).toBeGreaterThan(1 / 3);
      expect(new Set(same).size).toBeGreaterThan(5);
    },
  );
});

it('an error of the build is understood by the problem matcher', async () => {
  const contents = 'export const one = 1;\n  const two = ;\n';
  const failure = (await build({
    stdin: { contents, sourcefile: 'server/src/some file.ts' },
    logLevel: 'silent',
    write: false,
  }).catch((error: unknown) => error)) as BuildFailure;
  const [message] = failure.errors;
  if (!message || !matcher) return expect.fail('no error, or no matcher');
  const { regexp, file, line, column, severity, message: text } = matcher.pattern;
  const match = new RegExp(regexp).exec(problemLine('error', message)) ?? [];
  expect([file, line, column, severity, text].map((group) => match[group])).toEqual([
    'server/src/some file.ts',
    '2',
    '15',
    'error',
    'Unexpected ";"',
  ]);
});

function readJsonc<T>(file: string): T {
  return parse(readFileSync(path.join(root, file), 'utf8')) as T;
}

const read = new Map<string, readonly string[]>();

function sourceLines(file: string): readonly string[] {
  const lines = read.get(file) ?? readFileSync(file, 'utf8').split('\n');
  read.set(file, lines);
  return lines;
}

/** The position in a source that stands for one in a bundle. */
interface Place {
  readonly originalSource: string;
  readonly originalLine: number;
  readonly originalColumn: number;
}

function isPlace(found: object): found is Place {
  return 'originalSource' in found;
}

function isOwn(source: string): boolean {
  return ['client', 'server', 'common'].some((side) => source.startsWith(path.join(root, side) + path.sep));
}

/** Without what esbuild writes in its own way. */
function plain(line: string): string {
  return line.replaceAll(/['"`]/g, "'").trim();
}
