import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { errorMessage } from '../../common/src/errorMessage.ts';
import { quoted } from '../../common/src/foreignText.ts';
import { version } from '../../package.json';
import { commandHelpLines, commands, helpLines, isCommand, options, optionsOf } from './cli/commands.ts';
import { hintFor } from './cli/foreignCommands.ts';
import type { ReadingArguments } from './cli/readContexts.ts';
import { Terminal } from './cli/terminal.ts';

const terminal = new Terminal(process.stdout, process.stderr, process.env);

const certificateOptions = ['insecure-skip-tls-verify', 'certificate-authority'];

/** Runs the command line; the exit code. */
async function run(args: string[]): Promise<number> {
  if (args.some((arg) => /^--(?:admin-?secret|access-?key)\b/.test(arg))) {
    // Arguments are seen by every user of the machine, and kept in histories.
    terminal.note('The admin secret is not taken from an argument: set HASURA_GRAPHQL_ADMIN_SECRET.');
    return 2;
  }
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (values.version === true) return print(version);
  const [command, ...paths] = positionals;
  if (values.help === true) return print(...(isCommand(command) ? commandHelpLines(command) : helpLines()));
  if (!isCommand(command)) {
    const hint = command === undefined ? undefined : hintFor(command, paths);
    if (command !== undefined) terminal.note(`There is no command ${quoted(command)}.`);
    if (hint !== undefined) terminal.note(hint);
    if (command === undefined) terminal.note(...helpLines());
    else if (hint === undefined) {
      const { nearOne } = await import('./cli/nearOne.ts');
      const names = Object.keys(commands);
      terminal.note(`It is ${names.join(', ')}: --help shows all.${nearOne(command, names)}`);
    }
    return 2;
  }
  const taken = optionsOf(command);
  const foreign = Object.keys(values).find((name) => !taken.includes(name));
  if (foreign !== undefined) {
    terminal.note(`${command} has no option --${foreign}.`);
    return 2;
  }
  if (values.project !== undefined && paths.length > 0 && commands[command].takesPaths) {
    terminal.note(`Name the project with --project, or paths, not both.`);
    return 2;
  }
  if (command === 'mcp') return serveAgentsIn(values.project ?? paths[0] ?? '.');
  const common = { workingDirectory: process.cwd(), terminal };
  const named = {
    paths: paths.length > 0 ? paths : [values.project ?? '.'],
    wholeProjects: values.project !== undefined,
  };
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
      ...named,
      ...(values.stdin === true ? { paths } : {}),
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
  const reading = async (): Promise<ReadingArguments> => ({
    ...common,
    environment: process.env,
    ...named,
    configuration: values.config,
    cacheFolder: await cacheFolder(),
  });
  if (command === 'coverage') {
    const { runCoverage } = await import('./cli/coverageCommand.ts');
    return runCoverage({ ...(await reading()), format: values.format, minimum: values.min });
  }
  if (command === 'graph') {
    const { runGraph } = await import('./cli/graphCommand.ts');
    return runGraph({ ...(await reading()), format: values.format });
  }
  const isTable = command === 'check' && values.format === 'markdown';
  const format = isTable ? 'text' : (values.format ?? 'text');
  if (format !== 'text' && format !== 'json') {
    const table = command === 'check' ? ', "markdown"' : '';
    terminal.note(`There is no format ${quoted(format)}: it is "text"${table} or "json".`);
    return 2;
  }
  if (command === 'preview' || command === 'roles') {
    const { runPreview, runRoles } = await import('./cli/relationshipCommands.ts');
    const run = command === 'preview' ? runPreview : runRoles;
    return run({ ...(await reading()), names: values.name ?? [], format });
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
      format: isTable ? 'markdown' : format,
      ...named,
      againstRevision: values['against-revision'],
      againstFile: values['against-file'],
      remoteSchemas: values['remote-schema'] ?? [],
      failOn: values['fail-on'],
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
    introspect: values.introspect ?? [],
    dryRun: values['dry-run'] ?? false,
    force: values.force ?? false,
  });
}

/** The bundle for agents is in the npm package alone. */
async function serveAgentsIn(folder: string): Promise<number> {
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status?.isDirectory() !== true) {
    terminal.note(`${quoted(folder)} is no directory.`);
    return 2;
  }
  const { serveAgents } = await import('./mcp.ts').catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
    throw isMissing
      ? new Error('mcp is in the npm package hasura-remote-relationships, and not here.')
      : error;
  });
  await serveAgents(resolve(folder), (message) => terminal.note(message));
  return 0;
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
    const problem = await terminal.problem();
    if (problem !== undefined) terminal.note(`Not all of it could be written: ${problem.message}`);
    process.exitCode = problem === undefined ? code : 2;
  },
  async (error: unknown) => {
    terminal.note((await unknownOption(error)) ?? wrongValue(error) ?? errorMessage(error));
    process.exitCode = 2;
  },
);
