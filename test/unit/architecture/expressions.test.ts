import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { checker } from './prover.ts';

/**
 * Texts of repositories and servers meet regular expressions everywhere, so none may take more than linear time. Those the
 * checker does not call safe are listed with what bounds them.
 */
const bounded: Readonly<Record<string, string>> = {
  '/\\s*\\[\\d*\\]$/': 'readSqlType takes no type longer than 1,000 characters',
  '/\\(.*\\)/': 'readSqlType takes no type longer than 1,000 characters',
  '/<(style|script|head)\\b.*?<\\/\\1>/gis': 'excerptOf cuts a page at 4,000 characters before',
  '/<[^>]*>/g': 'excerptOf cuts a page at 4,000 characters before',
  // The checker has no proof for what looks ahead. These begin at one place, and no part can take what the next one takes.
  '/^(?:[\\w$]+\\.)+(?=[\\w$])/': 'readSqlType takes no type longer than 1,000 characters',
  '/((?<!`)(?:`[^`]+`|``[^`]+``|```[^`]+```)(?!`))/':
    'a try begins at a row of backticks and ends at the next',
  '/^[ \\t]*(?=\\r?\\n|$)/': 'one run of blanks',
  '/^[ \\t]*[&!][^\\r\\n]*?(?=\\s)/': 'blanks, then all up to the next white space',
  '/^(?:\\.([^.[\\]]+)|\\[(\\d+)\\]|\\[\'(.*?)\'\\](?=$|[.[])|\\["(.*?)"\\](?=$|[.[]))/s':
    'readErrorPath takes no path longer than 10,000 characters',
  '/^\\\\(?:\\.|[?!HaltxzCTfsopw]|echo|qecho|warn|set|unset|pset|restrict|unrestrict|timing|encoding|out|copy|copyright|conninfo|print|password|prompt|setenv|cd|g|gx|gset|gdesc|errverbose|crosstabview|bind|html|d[a-zS+]{0,20})(?![a-z])[^\\\\]*$/':
    'begins at one place, with a word of at most 21 letters; then one run',
};

/** Files that make an expression of a text, and why that takes linear time. */
const made: Readonly<Record<string, string>> = {
  'server/src/syntax/placeholders.ts':
    'its own literals joined, and patterns of a configuration: words around a name of at most 200 characters',
  'server/src/schema/migrations/ddlRoutines.ts': 'names of functions, each as it is, nothing repeated',
  'common/src/metadataApi/http/secretPattern.ts':
    'the characters of the secret in a row, in one of a few ways each, nothing repeated without a bound',
};

interface Expression {
  /** As it is written: `/a+/g`. */
  readonly text: string;
  readonly pattern: string;
  readonly flags: string;
  /** The first file it stands in. */
  readonly file: string;
}

interface Sources {
  readonly expressions: readonly Expression[];
  /** Files that make expressions of other texts. */
  readonly makers: readonly string[];
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

function readSources(): Sources {
  const expressions = new Map<string, Expression>();
  const makers: string[] = [];
  for (const folder of ['client/src', 'server/src', 'common/src']) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const file = path.posix.join(folder, name.replaceAll('\\', '/'));
      const found = expressionsOf(readFileSync(path.join(root, file), 'utf8'), file);
      for (const expression of found.expressions) {
        if (!expressions.has(expression.text)) expressions.set(expression.text, expression);
      }
      makers.push(...found.makers);
    }
  }
  return { expressions: [...expressions.values()], makers };
}

function expressionsOf(source: string, file: string): Sources {
  const expressions: Expression[] = [];
  const makers: string[] = [];
  parse(stripTypeScriptTypes(source), {
    ecmaVersion: 'latest',
    sourceType: 'module',
    allowHashBang: true,
    onToken: (token) => {
      const { label } = token.type;
      const value = 'value' in token ? token.value : undefined;
      if (label === 'name' && value === 'RegExp') makers.push(file);
      if (label !== 'regexp' || typeof value !== 'object' || value === null) return;
      const { pattern, flags } = value as { pattern: string; flags: string };
      expressions.push({ text: `/${pattern}/${flags}`, pattern, flags, file });
    },
  });
  return { expressions, makers };
}

/** A proof takes up to ten seconds, and is the same as long as expression and checker are: those of this machine are kept. */
class Proofs {
  readonly #file: string;
  readonly #known = new Map<string, string>();
  readonly #asked = new Map<string, string>();

  constructor() {
    const { version } = createRequire(import.meta.url)('recheck/package.json') as { version: string };
    this.#file = path.join(root, '.cache', 'expressions', `recheck-${version}.json`);
    try {
      this.#known = new Map(JSON.parse(readFileSync(this.#file, 'utf8')) as [string, string][]);
    } catch {
      // None are kept yet.
    }
  }

  /** By text. What is not known yet is proved on all processors. */
  async verdicts(expressions: readonly Expression[]): Promise<ReadonlyMap<string, string>> {
    const unknown = expressions.filter(({ text }) => !this.#known.has(text));
    const threads = Math.min(availableParallelism(), unknown.length);
    const proved = await Promise.all(
      Array.from({ length: threads }, (_, thread) =>
        provedInThread(unknown.filter((_each, index) => index % threads === thread)),
      ),
    );
    const all = new Map([...this.#known, ...proved.flat()]);
    for (const { text } of expressions) this.#asked.set(text, all.get(text) ?? 'not proved');
    return this.#asked;
  }

  keep(): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, JSON.stringify([...this.#asked]));
  }
}

function provedInThread(expressions: readonly Expression[]): Promise<[text: string, verdict: string][]> {
  const verdicts: [string, string][] = [];
  const worker = new Worker(new URL('./prover.ts', import.meta.url), { workerData: { expressions } });
  worker.on('message', (verdict: [string, string]) => verdicts.push(verdict));
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve(verdicts));
  });
}

const sources = readSources();
const timeout = 600_000;

describe('regular expressions', () => {
  it('are found wherever they stand', () => {
    const text = 'export const a: RegExpExecArray = /x+$/u.exec(b as string) ?? c(/y/); // /no/';
    expect(expressionsOf(text, 'a.ts').expressions.map((each) => each.text)).toEqual(['/x+$/u', '/y/']);
    expect(expressionsOf('new RegExp(a);', 'a.ts').makers).toEqual(['a.ts']);
    expect(sources.expressions.length).toBeGreaterThan(150);
  });

  it('are written out, so that each can be checked, but for a few', () => {
    expect([...new Set(sources.makers)]).toEqual(Object.keys(made));
  });

  it('are told apart by the checker', { timeout }, async () => {
    const check = await checker();
    expect(check('^(?:a+)+$', '')).toMatch(/exponential/);
    expect(check('\\s+$', '')).toMatch(/polynomial/);
    expect(check('(\\b[a-z][a-z0-9+.-]*:\\/\\/)[^\\s/@?#]*@', 'gi')).toMatch(/polynomial/);
    expect(check('^[a-z]+$', '')).toBe('safe');
  });

  it('take linear time, or stand where what they meet is bounded', { timeout }, async () => {
    const proofs = new Proofs();
    const verdicts = await proofs.verdicts(sources.expressions);
    const slow: Record<string, string> = {};
    for (const { text, file } of sources.expressions) {
      const verdict = verdicts.get(text);
      if (verdict !== 'safe') slow[text] = `${file}: ${verdict}`;
    }
    proofs.keep();
    const unlisted = Object.entries(slow).filter(([text]) => bounded[text] === undefined);
    expect(unlisted).toEqual([]);
    expect(Object.keys(bounded).filter((text) => slow[text] === undefined)).toEqual([]);
  });
});
