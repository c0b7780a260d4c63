import { parseArgs } from 'node:util';
import { errorMessage } from '../../common/src/errorMessage.ts';
import { quoted } from '../../common/src/foreignText.ts';
import { version } from '../../package.json';
import { hintFor } from './cli/foreignCommands.ts';
import { Terminal } from './cli/terminal.ts';

const help = `Checks remote relationships in Hasura metadata and API requests.

Usage
  remote-relationships lint [paths… | --project DIR | --stdin --stdin-filename FILE] [options]
  remote-relationships pull [--project DIR] [--endpoint URL] [--only-endpoint HOST]
                            [--source NAME…] [--remote-schema NAME…] [--dry-run] [--force]
  remote-relationships diff [paths… | --project DIR] [--endpoint URL] [--only-endpoint HOST] [--format text|json]
  remote-relationships coverage [paths… | --project DIR] [--config FILE] [--format text|json] [--min PERCENT] [--no-cache]
  remote-relationships check [paths… | --project DIR] --against-revision REVISION | --against-endpoint |
                             --against-file FILE --remote-schema NAME
  remote-relationships lock [--project DIR] [--check [--against-endpoint]]
  remote-relationships apply [paths… | --project DIR] [--name NAME…] [--dry-run] [--yes] [--protected HOST]
  remote-relationships delete NAME | rename NAME NEW-NAME [--source NAME] [--table NAME] [--remote-schema NAME] [--type NAME]
  remote-relationships undo | reload [--remote-schema NAME] | status
  remote-relationships --stdio

  lint        checks files and directories (the working directory by default)
  --config    configuration file to use instead of the projects' own
  --format    "text" (default), "json", "sarif", "github", "gitlab", "junit", "checkstyle" or "markdown"
  --output FORMAT=FILE
              also writes a report to a file; can be repeated
  --rule CODE=SEVERITY
              "error", "warning", "information", "hint" or "off", overrides the configuration; can be repeated
  --quiet     reports errors only
  --max-warnings N
              exits with 1 when there are more warnings
  --require-schemas
              exits with 1 when something can't be checked because a schema is not known
  --fix       applies the preferred fixes to the files
  --fix-dry-run
              prints what --fix would change, as a unified diff
  --baseline FILE
              leaves out the findings that the file lists; --update-baseline writes it
  --changed-since REVISION
              reports only what changes since a Git revision can have caused
  --no-cache  reads all SQL migrations again, and caches nothing (coverage, too)
  --stdin     checks standard input in place of the file that --stdin-filename names

  coverage    shows what tables, columns, remote fields and arguments of relationships are checked against
  --min PERCENT
              exits with 1 when less than that is checked against anything

  check       says which relationships a change breaks or weakens, and why
  --against-revision REVISION
              the change from a revision of Git to the files as they are
  --against-file FILE
              the change from the files to another schema of --remote-schema
  --against-endpoint
              the change from the files to the tables and remote schemas that the endpoint has (lock, too)
  lock        writes the part of tables and remote schemas that relationships rely on
  --check     says what differs from it, and which relationships that hits

  pull        writes the table snapshots and remote schemas of a project from its endpoint
  diff        compares the relationships of a project with those of its endpoint
  apply       sends the relationships in files to the server as they are written, all or none
  delete, rename
              deletes or renames a relationship on the server, by its name and, if several have it, its owner
  undo        restores what the server had before the last change from this command line
  reload      has the server reload its metadata, or one remote schema
  status      shows what is inconsistent on the server
  --name      applies only these; can be repeated
  --yes       confirms the change, unless something is wrong with it
  --protected HOST
              with --yes, confirms it on that host, which is another machine or set to be protected
  --project   directory of the project, or one inside it (the working directory by default)
  --endpoint  URL of the Hasura server (by default from the environment, .env or config.yaml)
  --only-endpoint
              contacts no other host
  --source, --remote-schema
              pulls only these; can be repeated
  --dry-run   shows what would be written or sent
  --force     replaces files that can't be read as a schema or snapshot
  --timeout   seconds to wait for an answer (30 by default)
  --certificate-authority
              file with a PEM certificate to trust as well (Node 24)
  --insecure-skip-tls-verify
              trusts every certificate
              The admin secret is read from HASURA_GRAPHQL_ADMIN_SECRET, .env or config.yaml, never from an argument.

  --stdio     runs the language server over standard input and output
  --version   prints the version
  --help      prints this

Exit codes
  lint        0 no errors, 1 errors found (or, with --require-schemas, a schema not known), 2 could not run
  coverage    0 enough is checked, 1 less than --min, 2 could not run
  check       0 nothing breaks, 1 something breaks, 2 could not run
  lock        0 written, or nothing differs, 1 with --check: something differs, 2 could not run
  pull        0 all pulled, 1 some of it failed, 2 nothing pulled
  diff        0 no difference, 1 differences or inconsistent relationships, 2 could not run
  apply, delete, rename, undo, reload
              0 done or nothing to do, 1 nothing was changed, 2 could not run, 3 partly done or not known
  status      0 nothing is inconsistent, 1 something is, 2 could not run
`;

const helpLines = help.trimEnd().split('\n');

const terminal = new Terminal(process.stdout, process.stderr, process.env);

const options = {
  config: { type: 'string' },
  'require-schemas': { type: 'boolean' },
  output: { type: 'string', multiple: true },
  rule: { type: 'string', multiple: true },
  quiet: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  min: { type: 'string' },
  'no-cache': { type: 'boolean' },
  fix: { type: 'boolean' },
  'fix-dry-run': { type: 'boolean' },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean' },
  'changed-since': { type: 'string' },
  check: { type: 'boolean' },
  'against-revision': { type: 'string' },
  'against-file': { type: 'string' },
  'against-endpoint': { type: 'boolean' },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  name: { type: 'string', multiple: true },
  table: { type: 'string' },
  type: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  protected: { type: 'string' },
  format: { type: 'string' },
  project: { type: 'string' },
  endpoint: { type: 'string' },
  'only-endpoint': { type: 'string' },
  source: { type: 'string', multiple: true },
  'remote-schema': { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  force: { type: 'boolean' },
  timeout: { type: 'string' },
  'insecure-skip-tls-verify': { type: 'boolean' },
  'certificate-authority': { type: 'string' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const;

const certificateOptions = ['insecure-skip-tls-verify', 'certificate-authority'];
const endpointOptions = ['project', 'endpoint', 'only-endpoint', 'timeout', ...certificateOptions];

const changeOptions = [...endpointOptions, 'format', 'dry-run', 'yes', 'protected'];
const ownerOptions = ['source', 'table', 'remote-schema', 'type'];

const checkOptions = [...endpointOptions, 'config', 'format', 'no-cache', 'against-endpoint'];

const optionsOf = {
  apply: [...changeOptions, 'name'],
  delete: [...changeOptions, ...ownerOptions],
  rename: [...changeOptions, ...ownerOptions],
  undo: changeOptions,
  reload: [...changeOptions, 'remote-schema'],
  status: [...endpointOptions, 'format'],
  coverage: ['project', 'config', 'format', 'min', 'no-cache'],
  check: [...checkOptions, 'against-revision', 'against-file', 'remote-schema'],
  lock: [...checkOptions, 'check'],
  lint: [
    'project',
    'config',
    'require-schemas',
    'format',
    'output',
    'rule',
    'quiet',
    'max-warnings',
    'fix',
    'fix-dry-run',
    'baseline',
    'update-baseline',
    'changed-since',
    'no-cache',
    'stdin',
    'stdin-filename',
    ...certificateOptions,
  ],
  pull: [...endpointOptions, 'source', 'remote-schema', 'dry-run', 'force'],
  diff: [...endpointOptions, 'format'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Command = keyof typeof optionsOf;

const takesPaths: ReadonlySet<Command> = new Set(['lint', 'coverage', 'check', 'diff', 'apply']);

function isCommand(name: string | undefined): name is Command {
  return name !== undefined && Object.hasOwn(optionsOf, name);
}

/** Runs the command line; the exit code, or `undefined` while the language server runs. */
async function run(args: string[]): Promise<number | undefined> {
  // The server's transport is chosen by its own reading of the arguments.
  if (args.includes('--stdio')) {
    await import('./main.ts');
    return undefined;
  }
  if (args.some((arg) => /^--(?:admin-?secret|access-?key)\b/.test(arg))) {
    // Arguments are seen by every user of the machine, and kept in histories.
    terminal.note('The admin secret is not taken from an argument: set HASURA_GRAPHQL_ADMIN_SECRET.');
    return 2;
  }
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (values.version === true) return print(version);
  const [command, ...paths] = positionals;
  if (values.help === true) return print(...helpLines);
  if (!isCommand(command)) {
    const hint = command === undefined ? undefined : hintFor(command, paths);
    if (command !== undefined) terminal.note(`There is no command ${quoted(command)}.`);
    if (hint !== undefined) terminal.note(hint);
    if (command === undefined) terminal.note(...helpLines);
    else if (hint === undefined) {
      const { nearOne } = await import('./cli/nearOne.ts');
      const names = Object.keys(optionsOf);
      terminal.note(`It is ${names.join(', ')}: --help shows all.${nearOne(command, names)}`);
    }
    return 2;
  }
  const taken: readonly string[] = optionsOf[command];
  const foreign = Object.keys(values).find((name) => !taken.includes(name));
  if (foreign !== undefined) {
    terminal.note(`${command} has no option --${foreign}.`);
    return 2;
  }
  if (values.project !== undefined && paths.length > 0 && takesPaths.has(command)) {
    terminal.note(`Name the project with --project, or paths, not both.`);
    return 2;
  }
  const common = { workingDirectory: process.cwd(), terminal };
  const cacheFolder = async (): Promise<string | undefined> => {
    if (values['no-cache'] === true) return undefined;
    const { ownFolders } = await import('./cli/ownFolders.ts');
    return (await ownFolders()).cache;
  };
  if (command === 'lint') {
    const idle = Object.keys(values).find((name) => certificateOptions.includes(name));
    if (idle !== undefined) terminal.note(`--${idle} changes nothing: lint asks no server.`);
    const { runLint } = await import('./cli/lintCommand.ts');
    return runLint({
      ...common,
      environment: process.env,
      input: process.stdin,
      paths: paths.length > 0 || values.stdin === true ? paths : [values.project ?? '.'],
      configuration: values.config,
      format: values.format,
      outputs: values.output ?? [],
      rules: values.rule ?? [],
      quiet: values.quiet ?? false,
      maxWarnings: values['max-warnings'],
      requireSchemas: values['require-schemas'] ?? false,
      fix: values.fix ?? false,
      fixDryRun: values['fix-dry-run'] ?? false,
      baseline: values.baseline,
      updateBaseline: values['update-baseline'] ?? false,
      changedSince: values['changed-since'],
      stdin: values.stdin ?? false,
      stdinFilename: values['stdin-filename'],
      cacheFolder: await cacheFolder(),
    });
  }
  if (command === 'coverage') {
    const { runCoverage } = await import('./cli/coverageCommand.ts');
    return runCoverage({
      ...common,
      environment: process.env,
      paths: paths.length > 0 ? paths : [values.project ?? '.'],
      configuration: values.config,
      format: values.format,
      minimum: values.min,
      cacheFolder: await cacheFolder(),
    });
  }
  const format = values.format ?? 'text';
  if (format !== 'text' && format !== 'json') {
    terminal.note(`There is no format ${quoted(format)}: it is "text" or "json".`);
    return 2;
  }
  const asked = {
    ...common,
    endpoint: values.endpoint,
    onlyEndpoint: values['only-endpoint'],
    timeout: values.timeout,
    certificateAuthority: values['certificate-authority'],
    skipVerification: values['insecure-skip-tls-verify'] ?? false,
  };
  if (command === 'check' || command === 'lock') {
    const against = {
      ...common,
      environment: process.env,
      configuration: values.config,
      againstEndpoint: values['against-endpoint'] ?? false,
      format,
      cacheFolder: await cacheFolder(),
      askEndpoint: async () => {
        const { surroundings } = await import('./cli/endpointCommands.ts');
        return { ...asked, ...(await surroundings(asked)) };
      },
    } as const;
    if (command === 'lock') {
      const { runLock } = await import('./cli/check/lockCommand.ts');
      return runLock({
        ...against,
        project: values.project ?? paths[0] ?? '.',
        check: values.check ?? false,
      });
    }
    const { runCheck } = await import('./cli/check/checkCommand.ts');
    return runCheck({
      ...against,
      paths: paths.length > 0 ? paths : [values.project ?? '.'],
      againstRevision: values['against-revision'],
      againstFile: values['against-file'],
      remoteSchemas: values['remote-schema'] ?? [],
    });
  }
  const { runChange, runDiff, runPull } = await import('./cli/endpointCommands.ts');
  if (command === 'diff') return runDiff({ ...asked, project: values.project, paths, format });
  if (command !== 'pull') {
    return runChange({
      ...asked,
      command,
      positionals: paths,
      project: values.project,
      names: values.name ?? [],
      sources: values.source ?? [],
      table: values.table,
      remoteSchemas: values['remote-schema'] ?? [],
      type: values.type,
      dryRun: values['dry-run'] ?? false,
      yes: values.yes ?? false,
      protectedHost: values.protected,
      format,
    });
  }
  if (paths.length > 0) {
    terminal.note(`pull takes no paths: name the project with --project ${paths[0]}.`);
    return 2;
  }
  return runPull({
    ...asked,
    project: values.project ?? '.',
    sources: values.source ?? [],
    remoteSchemas: values['remote-schema'] ?? [],
    dryRun: values['dry-run'] ?? false,
    force: values.force ?? false,
  });
}

/** What is said of an option without its value, or with one it does not take; `undefined` for any other error. */
function wrongValue(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')) {
    return undefined;
  }
  const [, name] = /'(?:-\w, )?--([\w-]+)/.exec(error.message) ?? [];
  if (name === undefined) return undefined;
  const type = Object.entries(options).find(([option]) => option === name)?.[1].type;
  return type === 'string'
    ? `--${name} needs a value; one that begins with a dash is written --${name}=-…`
    : `--${name} takes no value.`;
}

/** What is said of an option there is none of; `undefined` for any other error. */
async function unknownOption(error: unknown): Promise<string | undefined> {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')) return;
  const [, option] = /'(-[^']*)'/.exec(error.message) ?? [];
  if (option === undefined) return undefined;
  const { nearOne } = await import('./cli/nearOne.ts');
  const near = nearOne(
    option,
    Object.keys(options).map((name) => `--${name}`),
  );
  return `There is no option ${option}.${near === '' ? ' --help shows all there are.' : near}`;
}

async function print(...lines: readonly string[]): Promise<number> {
  await terminal.print(...lines);
  return 0;
}

run(process.argv.slice(2)).then(
  async (code) => {
    const problem = code === undefined ? undefined : await terminal.problem();
    if (problem !== undefined) terminal.note(`Not all of it could be written: ${problem.message}`);
    if (code !== undefined) process.exitCode = problem === undefined ? code : 2;
  },
  async (error: unknown) => {
    terminal.note((await unknownOption(error)) ?? wrongValue(error) ?? errorMessage(error));
    process.exitCode = 2;
  },
);
