import { parseArgs } from 'node:util';
import { version } from '../../package.json';

const help = `Checks remote relationships in Hasura metadata and API requests.

Usage
  remote-relationships lint [paths…] [--config FILE] [--format text|json]
  remote-relationships --stdio

  lint        checks files and directories (the working directory by default)
  --config    configuration file to use instead of the projects' own
  --format    "text" (default), or "json": an array of findings
  --stdio     runs the language server over standard input and output
  --version   prints the version
  --help      prints this

Exit codes of lint: 0 no errors, 1 errors found, 2 could not run.
`;

/** Runs the command line; the exit code, or `undefined` while the language server runs. */
async function run(args: string[]): Promise<number | undefined> {
  // The server's transport is chosen by its own reading of the arguments.
  if (args.includes('--stdio')) {
    await import('./main.ts');
    return undefined;
  }
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      format: { type: 'string', default: 'text' },
      version: { type: 'boolean', short: 'v' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.version === true) return print(`${version}\n`);
  const [command, ...paths] = positionals;
  if (values.help === true) return print(help);
  if (command !== 'lint') {
    complain(command === undefined ? help : `There is no command "${command}".\n\n${help}`);
    return 2;
  }
  const { format } = values;
  if (format !== 'text' && format !== 'json') {
    complain(`There is no format "${format}": it is "text" or "json".\n`);
    return 2;
  }
  const { lint } = await import('./cli/lint.ts');
  const findings = await lint({
    paths: paths.length > 0 ? paths : ['.'],
    configuration: values.config,
    workingDirectory: process.cwd(),
    note: (message) => complain(`${message}\n`),
  });
  const { asJson, asText } = await import('./cli/format.ts');
  await print(format === 'json' ? asJson(findings) : asText(findings));
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
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
