import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../../scripts/run.ts';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

it('everything GitHub reads is sound YAML', () => {
  const all = readdirSync(path.join(root, '.github'), { recursive: true, encoding: 'utf8' });
  const sound = all.filter((name) => name.endsWith('.yml'));
  expect(sound.length).toBeGreaterThan(5);
  for (const name of sound) {
    expect(() => parse(readFileSync(path.join(root, '.github', name), 'utf8')), name).not.toThrow();
  }
});

const folder = path.join(root, '.github/workflows');
const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));

describe.each(files)('the workflow %s', (file) => {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const { permissions, jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const used = steps.flatMap(({ uses }) => uses ?? []);

  it('uses actions by the commit, with its version beside it', () => {
    expect(used).not.toEqual([]);
    for (const action of used) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`uses: ${action} # v\\d+\\.\\d+\\.\\d+\\n`));
    }
  });

  it('leaves no credentials in the checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts).not.toEqual([]);
    for (const { with: inputs } of checkouts) expect(inputs?.['persist-credentials']).toBe(false);
  });

  it('may read, unless a job says that it may more', () => expect(permissions).toEqual({ contents: 'read' }));

  it('puts nothing that others wrote into a shell', () => {
    expect(text).not.toMatch(/\$\{\{\s*(?:github\.(?:event|head_ref|ref_name)|inputs)\b/);
  });
});

it('all but the window tests run on every system', () => {
  const text = readFileSync(path.join(folder, 'ci.yml'), 'utf8');
  const { jobs } = parse(text) as {
    jobs: { test: { strategy: { matrix: { include: { os: string; steps: string }[] } } } };
  };
  const { include } = jobs.test.strategy.matrix;
  const whole = include.filter(({ steps }) => /^(?:--without window(?: --times \d+)?)?$/.test(steps));
  expect(whole.map(({ os }) => os)).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
});
