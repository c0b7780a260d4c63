import { parseArgs } from 'node:util';
import { version } from '../../package.json';

const help = `Checks remote relationships in Hasura metadata and API requests.

Usage
  remote-relationships lint [paths…] [--config FILE] [--format text|json]
  remote-relationships pull [--project DIR] [--endpoint URL] [--source NAME…] [--remote-schema NAME…] [--dry-run] [--force]
  remote-relationships diff [paths…] [--endpoint URL] [--format text|json]
  remote-relationships --stdio

  lint        checks files and directories (the working directory by default)
  --config    configuration file to use instead of the projects' own
  --format    "text" (default), or "json"

  pull        writes the table snapshots and remote schemas of a project from its endpoint
  diff        compares the relationships of a project with those of its endpoint
  --project   directory of the project (the working directory by default)
  --endpoint  URL of the Hasura server; else that of the environment, .env or config.yaml
  --source, --remote-schema
              pulls only these; can be given more than once
  --dry-run   says what would be written
  --force     replaces files that can't be read as a schema or snapshot
  --timeout   seconds to wait for an answer (30 by default)
              The admin secret is read from HASURA_GRAPHQL_ADMIN_SECRET, .env or config.yaml, never from an argument.

  --stdio     runs the language server over standard input and output
  --version   prints the version
  --help      prints this

Exit codes
  lint        0 no errors, 1 errors found, 2 could not run
  pull        0 all pulled, 1 some of it failed, 2 nothing pulled
  diff        0 no difference, 1 differences or inconsistent relationships, 2 could not run
`;

const options = {
  config: { type: 'string' },
  format: { type: 'string' },
  project: { type: 'string' },
  endpoint: { type: 'string' },
  source: { type: 'string', multiple: true },
  'remote-schema': { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  force: { type: 'boolean' },
  timeout: { type: 'string' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const;

const optionsOf: Readonly<Record<'lint' | 'pull' | 'diff', readonly string[]>> = {
  lint: ['config', 'format'],
  pull: ['project', 'endpoint', 'source', 'remote-schema', 'dry-run', 'force', 'timeout'],
  diff: ['endpoint', 'format', 'timeout'],
};

/** Runs the command line; the exit code, or `undefined` while the language server runs. */
async function run(args: string[]): Promise<number | undefined> {
  // The server's transport is chosen by its own reading of the arguments.
  if (args.includes('--stdio')) {
    await import('./main.ts');
    return undefined;
  }
  if (args.some((arg) => /^--(?:admin-?secret|access-?key)\b/.test(arg))) {
    // Arguments are seen by every user of the machine, and kept in histories.
    complain('The admin secret is not taken from an argument: set HASURA_GRAPHQL_ADMIN_SECRET.\n');
    return 2;
  }
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (values.version === true) return print(`${version}\n`);
  const [command, ...paths] = positionals;
  if (values.help === true) return print(help);
  if (command !== 'lint' && command !== 'pull' && command !== 'diff') {
    complain(command === undefined ? help : `There is no command "${command}".\n\n${help}`);
    return 2;
  }
  const foreign = Object.keys(values).find((name) => !optionsOf[command].includes(name));
  if (foreign !== undefined) {
    complain(`${command} has no option --${foreign}.\n`);
    return 2;
  }
  const format = values.format ?? 'text';
  if (format !== 'text' && format !== 'json') {
    complain(`There is no format "${format}": it is "text" or "json".\n`);
    return 2;
  }
  const common = {
    workingDirectory: process.cwd(),
    note: (message: string) => complain(`${message}\n`),
  };
  if (command === 'lint') {
    const { lint } = await import('./cli/lint.ts');
    const findings = await lint({
      ...common,
      paths: paths.length > 0 ? paths : ['.'],
      configuration: values.config,
    });
    const { asJson, asText } = await import('./cli/format.ts');
    await print(format === 'json' ? asJson(findings) : asText(findings));
    return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
  }
  const { runDiff, runPull } = await import('./cli/endpointCommands.ts');
  const { endpoint, timeout } = values;
  if (command === 'diff') return runDiff({ ...common, endpoint, timeout, paths, format, print });
  if (paths.length > 0) {
    complain(`pull takes no paths: name the project with --project ${paths[0]}.\n`);
    return 2;
  }
  return runPull({
    ...common,
    endpoint,
    timeout,
    project: values.project ?? '.',
    sources: values.source ?? [],
    remoteSchemas: values['remote-schema'] ?? [],
    dryRun: values['dry-run'] ?? false,
    force: values.force ?? false,
    print,
  });
}

/** Resolves with 0 when all of the text has gone out: a pipe may take it in parts. */
function print(text: string): Promise<number> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve(0)));
}

function complain(text: string): void {
  process.stderr.write(text);
}

run(process.argv.slice(2)).then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    complain(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
