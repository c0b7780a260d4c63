import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/run.ts';
import { noModes, skipBecause } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { commandLine } from './serverProcess.ts';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };

function yamlOf(file: string): unknown {
  return parse(readFileSync(path.join(root, file), 'utf8'));
}

/** A folder whose `npx` runs the built command line, if it is asked for our package in our version. */
function withNpx(): TemporaryFolder {
  skipBecause(noModes);
  const folder = new TemporaryFolder();
  const file = folder.file('npx');
  const expected = `--yes hasura-remote-relationships@${version}`;
  writeFileSync(
    file,
    `#!/bin/sh\n[ "$1 $2" = "${expected}" ] || { echo "$@" >&2; exit 9; }\nshift 2\nexec "${process.execPath}" "${commandLine}" "$@"\n`,
  );
  chmodSync(file, 0o755);
  return folder;
}

function git(folder: TemporaryFolder, ...args: string[]): string {
  const author = ['user.name=test', 'user.email=test@example.invalid', 'commit.gpgsign=false'];
  return execFileSync('git', [...author.flatMap((each) => ['-c', each]), ...args], {
    cwd: folder.path,
    encoding: 'utf8',
  });
}

/** A repository with a commit of a sound project, in which one field is wrong by now. */
function broken(): TemporaryFolder {
  const folder = new TemporaryFolder(smallProject);
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'all');
  folder.write(customerTable, smallProject[customerTable]?.replace('person:', 'persn:') ?? '');
  return folder;
}

function run(folder: TemporaryFolder, script: string, environment: Readonly<Record<string, string>>) {
  const { PATH = '' } = process.env;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '--noprofile', '-e', '-c', script], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { PATH: `${withNpx().path}:${PATH}`, ...environment },
  });
  return { status, stdout, stderr };
}

describe('the action for GitHub', () => {
  interface Action {
    readonly inputs: Readonly<Record<string, { readonly default: string }>>;
    readonly runs: {
      readonly steps: readonly { readonly run?: string; readonly uses?: string; readonly env?: object }[];
    };
  }
  const action = yamlOf('action.yml') as Action;
  const text = readFileSync(path.join(root, 'action.yml'), 'utf8');
  const script = action.runs.steps.flatMap((step) => step.run ?? []).join('\n');

  function act(folder: TemporaryFolder, inputs: Readonly<Record<string, string>> = {}) {
    const summary = folder.file('summary.md');
    const result = run(folder, script, {
      PATHS: action.inputs['paths']?.default ?? '',
      ARGUMENTS: '',
      AGAINST: '',
      FAIL_ON: action.inputs['fail-on']?.default ?? '',
      SARIF: action.inputs['sarif']?.default ?? '',
      VERSION: action.inputs['version']?.default ?? '',
      GITHUB_STEP_SUMMARY: summary,
      ...inputs,
    });
    return { ...result, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '' };
  }

  it('annotates, reports, and says what the change breaks', () => {
    const folder = broken();
    const { status, stdout, summary } = act(folder, { AGAINST: 'HEAD' });
    expect(status).toBe(1);
    expect(stdout).toContain(`::error file=${customerTable},line=9,`);
    expect(stdout).toContain('::error::The change breaks remote relationships: see the summary.');
    expect(summary).toContain('**Remote relationships: 1 error');
    expect(summary).toContain('**Changes of remote relationships: 1 broken, ');
    expect(summary).toMatch(
      /^\| `profile` \| table "customer" of source "default" \| breaks \| .*persn.* \|$/m,
    );
    const sarif = JSON.parse(readFileSync(folder.file('remote-relationships.sarif'), 'utf8'));
    expect(sarif.runs[0].results).toHaveLength(1);
  });

  it('fails what weakens where it is to', () => {
    const folder = broken();
    folder.write(customerTable, smallProject[customerTable] ?? '');
    const sdl = 'schema/people.graphql';
    folder.write(sdl, smallProject[sdl]?.replace('): Person', '): [Person]') ?? '');
    expect(act(folder, { AGAINST: 'HEAD' })).toMatchObject({ status: 0 });
    const { status, stdout } = act(folder, { AGAINST: 'HEAD', FAIL_ON: 'weakens' });
    expect(status).toBe(1);
    expect(stdout).toContain('::error::The change weakens remote relationships: see the summary.');
  });

  it('passes what is sound, with several paths and options', () => {
    const folder = new TemporaryFolder(smallProject);
    const inputs = { PATHS: 'metadata\nschema\n', ARGUMENTS: '--require-schemas\n--max-warnings=0\n' };
    const { status, stderr, summary } = act(folder, inputs);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(summary).toMatch(/^\*\*Remote relationships: 0 errors/);
    expect(summary).not.toContain('Changes');
  });

  it('says when the revision is not in the checkout, and fails when it can not run', () => {
    const folder = broken();
    const shallow = act(folder, { AGAINST: '0123456789012345678901234567890123456789' });
    expect(shallow.stdout).toContain('::notice::What the change breaks is not said');
    expect(act(new TemporaryFolder(), { PATHS: 'nowhere' })).toMatchObject({ status: 2, summary: '' });
  });

  it('takes inputs for texts, never for shell', () => {
    const folder = new TemporaryFolder(smallProject);
    const evil = `$(touch ran); touch ran; \`touch ran\`\n--fix`;
    act(folder, { PATHS: evil, ARGUMENTS: evil.split('\n')[0] ?? '', AGAINST: '$(touch ran)' });
    expect(existsSync(folder.file('ran'))).toBe(false);
    expect(script).not.toContain('${{');
  });

  it('uses other actions by their commit, with the version beside it', () => {
    const used = action.runs.steps.flatMap(({ uses }) => uses ?? []);
    expect(used).toHaveLength(2);
    for (const each of used) {
      expect(each).toMatch(/^[\w/-]+@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`uses: ${each} # v\\d+\\.\\d+\\.\\d+\\n`));
    }
  });
});

describe('the template for GitLab', () => {
  interface Job {
    readonly script?: readonly string[];
    readonly artifacts?: { readonly reports: Readonly<Record<string, string>> };
  }
  const template = yamlOf('templates/gitlab-ci.yml') as Readonly<Record<string, Job>> & {
    readonly variables: Readonly<Record<string, string>>;
  };

  it('reports what it names, and fails what breaks', () => {
    const folder = broken();
    const job = template['remote-relationships'];
    const { status } = run(folder, job?.script?.join('\n') ?? '', template.variables);
    expect(status).toBe(1);
    for (const file of Object.values(job?.artifacts?.reports ?? {})) {
      expect(existsSync(folder.file(file)), file).toBe(true);
    }
    expect(Object.keys(job?.artifacts?.reports ?? {})).toEqual(['codequality', 'junit']);
    const changes = run(folder, template['remote-relationships-changes']?.script?.join('\n') ?? '', {
      ...template.variables,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: 'HEAD',
    });
    expect(changes).toMatchObject({ status: 1, stderr: '' });
    expect(changes.stdout).toContain('breaks: "profile"');
  });
});

describe('the hooks for pre-commit', () => {
  const hooks = yamlOf('.pre-commit-hooks.yaml') as readonly {
    readonly id: string;
    readonly entry: string;
    readonly files: string;
  }[];

  it.each(hooks)('$id fails what is wrong, and takes files that count', ({ entry, files }) => {
    expect(run(broken(), entry, {})).toMatchObject({ status: 1, stderr: '' });
    const sound = broken();
    git(sound, 'checkout', '-q', '.');
    expect(run(sound, entry, {})).toMatchObject({ status: 0, stderr: '' });
    for (const file of ['a.yaml', 'b/a.yml', 'a.json', 'a.graphql', 'up.sql'])
      expect(file).toMatch(new RegExp(files));
    expect('a.ts').not.toMatch(new RegExp(files));
  });
});

it('all of them, and the page about them, name the version that is shipped', () => {
  for (const file of ['action.yml', 'templates/gitlab-ci.yml', '.pre-commit-hooks.yaml', 'docs/ci.md']) {
    const text = readFileSync(path.join(root, file), 'utf8');
    const ours = text.replaceAll(/# v\d+\.\d+\.\d+/g, '');
    const named = [...ours.matchAll(/\b\d+\.\d+\.\d+\b/g)].map(([each]) => each);
    expect(new Set(named), file).toEqual(new Set([version]));
  }
});
