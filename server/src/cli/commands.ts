/** The commands with their options, as they are read and as `--help` shows them. */

interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: true;
  /** What stands for its value. */
  readonly value?: string;
}

/** Every option by its name: one name has one form, whichever commands take it. */
export const options = {
  config: { type: 'string', value: 'FILE' },
  'require-schemas': { type: 'boolean' },
  output: { type: 'string', multiple: true, value: 'FORMAT=FILE' },
  rule: { type: 'string', multiple: true, value: 'CODE=SEVERITY' },
  quiet: { type: 'boolean' },
  'max-warnings': { type: 'string', value: 'N' },
  min: { type: 'string', value: 'PERCENT' },
  'no-cache': { type: 'boolean' },
  fix: { type: 'boolean' },
  'fix-dry-run': { type: 'boolean' },
  baseline: { type: 'string', value: 'FILE' },
  'update-baseline': { type: 'boolean' },
  'changed-since': { type: 'string', value: 'REVISION' },
  check: { type: 'boolean' },
  'against-revision': { type: 'string', value: 'REVISION' },
  'against-file': { type: 'string', value: 'FILE' },
  'against-endpoint': { type: 'boolean' },
  'fail-on': { type: 'string', value: 'VERDICT' },
  stdin: { type: 'boolean' },
  'stdin-filename': { type: 'string', value: 'FILE' },
  name: { type: 'string', multiple: true, value: 'NAME' },
  table: { type: 'string', value: 'NAME' },
  type: { type: 'string', value: 'NAME' },
  yes: { type: 'boolean', short: 'y' },
  protected: { type: 'string', value: 'HOST' },
  format: { type: 'string', value: 'NAME' },
  project: { type: 'string', value: 'DIR' },
  endpoint: { type: 'string', value: 'URL' },
  'only-endpoint': { type: 'string', value: 'HOST' },
  source: { type: 'string', multiple: true, value: 'NAME' },
  'remote-schema': { type: 'string', multiple: true, value: 'NAME' },
  introspect: { type: 'string', multiple: true, value: 'HOST' },
  'dry-run': { type: 'boolean' },
  force: { type: 'boolean' },
  timeout: { type: 'string', value: 'SECONDS' },
  'insecure-skip-tls-verify': { type: 'boolean' },
  'certificate-authority': { type: 'string', value: 'FILE' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Readonly<Record<string, Option>>;

type OptionName = keyof typeof options;
/** What an option does for a command. */
type OptionTexts = { readonly [name in OptionName]?: string };

interface CommandHelp {
  /** What follows the name of the command. */
  readonly usage: readonly string[];
  readonly summary: string;
  /** In the order in which they are shown; no other is taken. */
  readonly options: OptionTexts;
  /** Commands with what they do. */
  readonly examples: readonly (readonly [string, string])[];
  /** What each exit code means. */
  readonly exit: Readonly<Record<string, string>>;
  /** Whether it takes files and directories in place of `--project`. */
  readonly takesPaths: boolean;
}

const project = { project: 'directory of the project, or one inside it (the working directory by default)' };
const textOrJson = { format: '"text" (default) or "json"' };
const certificates = {
  'certificate-authority': 'file with a PEM certificate to trust as well (Node 24)',
  'insecure-skip-tls-verify': 'trusts every certificate',
};
const endpoint = {
  endpoint: 'of the Hasura server; else that of the environment, .env or config.yaml',
  'only-endpoint': 'contacts no other host',
  timeout: 'to wait for an answer (30 by default)',
  ...certificates,
};
const configuration = { config: "configuration file to use instead of the projects' own" };
const cache = { 'no-cache': 'reads all SQL migrations again, and keeps nothing of them for the next time' };
const change = {
  'dry-run': 'says what would be done, and sends nothing',
  yes: 'confirms the change, unless something is wrong with it',
  protected: 'with --yes, confirms it on that host, which is another machine or set to be protected',
};
const owner = {
  source: 'the source of its table',
  table: 'its table',
  'remote-schema': 'the remote schema of its type',
  type: 'its type in a remote schema',
};
/** Of commands that show something of each relationship. */
const showsRelationships = {
  usage: ['[paths… | --project DIR] [--name NAME…] [--config FILE] [--format text|json] [--no-cache]'],
  options: {
    name: 'only these; can be given more than once',
    ...project,
    ...configuration,
    ...textOrJson,
    ...cache,
  },
  exit: { 0: 'shown', 2: 'could not run, or there is no such relationship' },
  takesPaths: true,
} as const;
const changed = {
  0: 'done, or nothing to do',
  1: 'nothing was changed',
  2: 'could not be tried',
  3: 'partly done, or not known',
};

export const commands = {
  lint: {
    usage: ['[paths… | --project DIR | --stdin --stdin-filename FILE] [options]'],
    summary: 'checks files and directories (the working directory by default)',
    options: {
      ...project,
      ...configuration,
      format: '"text" (default), "json", "sarif", "github", "gitlab", "junit", "checkstyle" or "markdown"',
      output: 'also writes a report to a file; can be repeated',
      rule: '"error", "warning", "information", "hint" or "off", overrides the configuration; can be repeated',
      quiet: 'reports errors only',
      'max-warnings': 'exits with 1 when there are more warnings',
      'require-schemas': "exits with 1 when something can't be checked because a schema is not known",
      fix: 'applies the preferred fixes to the files',
      'fix-dry-run': 'prints what --fix would change, as a unified diff',
      baseline: 'leaves out what the file holds',
      'update-baseline': 'writes the baseline',
      'changed-since':
        'reports only what may depend on a file that changed, came or went since a Git revision',
      'no-cache': 'checks all again, and keeps nothing for the next time',
      stdin: 'checks a text from standard input, in place of that file:',
      'stdin-filename': 'which need not exist',
      ...certificates,
    },
    examples: [
      ['lint', 'checks the working directory'],
      ['lint --project .', 'checks the project around it'],
      [
        'lint --format github --output sarif=lint.sarif',
        'annotates a pull request, with a report for code scanning',
      ],
      ['lint --changed-since origin/main', 'reports what a branch can have caused'],
      ['lint --baseline known.json --update-baseline', 'begins with what is wrong today'],
    ],
    exit: {
      0: 'no errors',
      1: 'errors, more warnings than --max-warnings, or, with --require-schemas, a schema not known',
      2: 'could not run',
    },
    takesPaths: true,
  },
  coverage: {
    usage: ['[paths… | --project DIR] [--config FILE] [--format text|json] [--min PERCENT] [--no-cache]'],
    summary: 'shows what tables, columns, remote fields and arguments of relationships are checked against',
    options: {
      ...project,
      ...configuration,
      ...textOrJson,
      min: 'exits with 1 when less than that is checked against anything',
      ...cache,
    },
    examples: [['coverage --min 100', 'fails where something is checked against nothing']],
    exit: { 0: 'enough is checked', 1: 'less than --min', 2: 'could not run' },
    takesPaths: true,
  },
  preview: {
    ...showsRelationships,
    summary:
      'shows the GraphQL SDL that relationships add to the schema of Hasura, by role, and what they ask',
    examples: [['preview --name profile', 'what that relationship publishes']],
  },
  roles: {
    ...showsRelationships,
    summary: "shows which roles can follow relationships, and why others can't",
    examples: [['roles --format json', 'for a script']],
  },
  graph: {
    usage: ['[paths… | --project DIR] [--config FILE] [--format mermaid|svg|json] [--no-cache]'],
    summary: 'draws the relationships between sources, tables, remote schemas and types',
    options: {
      ...project,
      ...configuration,
      format: '"mermaid" (default), "svg" or "json"',
      ...cache,
    },
    examples: [
      ['graph', 'a Mermaid flowchart, for a page of Markdown'],
      ['graph --format svg > relationships.svg', 'a picture'],
    ],
    exit: { 0: 'drawn, or there are no relationships', 2: 'could not run, or found no metadata' },
    takesPaths: true,
  },
  check: {
    usage: [
      '[paths… | --project DIR] --against-revision REVISION',
      '[paths… | --project DIR] --against-file FILE --remote-schema NAME',
      '[paths… | --project DIR] --against-endpoint [--remote-schema NAME…] [--endpoint URL]',
    ],
    summary: 'says which relationships a change breaks or weakens, and why',
    options: {
      'against-revision': 'the change from a revision of Git to the files as they are',
      'against-file': 'the change from the files to another schema of --remote-schema',
      'against-endpoint': 'the change from the files to the tables and remote schemas that the endpoint has',
      'remote-schema': 'which one the file is of, or which ones the endpoint is asked for',
      'fail-on': 'exits with 1 where a relationship "breaks" (default), or also where one "weakens"',
      ...project,
      ...configuration,
      format: '"text" (default), "markdown" or "json"',
      ...cache,
      ...endpoint,
    },
    examples: [
      ['check --against-revision origin/main', 'what a branch breaks'],
      ['check --against-revision origin/main --fail-on weakens', 'fails where queries could notice'],
      ['check --against-file new.graphql --remote-schema payments', 'what a new schema would break'],
      ['check --against-endpoint --endpoint https://staging.example', 'what the server has otherwise by now'],
    ],
    exit: {
      0: 'nothing breaks',
      1: 'something breaks, or weakens with --fail-on weakens',
      2: 'could not run, or not see everything',
    },
    takesPaths: true,
  },
  lock: {
    usage: ['[--project DIR]', '--check [--project DIR] [--against-endpoint]'],
    summary: 'writes the part of tables and remote schemas that relationships rely on',
    options: {
      check: 'says what differs from it, and which relationships that hits',
      'against-endpoint': 'with --check: compares with what the endpoint has',
      ...project,
      ...configuration,
      ...textOrJson,
      ...cache,
      ...endpoint,
    },
    examples: [
      ['lock', 'writes remote-relationships.lock.yaml'],
      ['lock --check', 'fails where the schema files say something else'],
      ['lock --check --against-endpoint', 'fails where the server does'],
    ],
    exit: { 0: 'written, or nothing differs', 1: 'something differs', 2: 'could not run' },
    takesPaths: false,
  },
  pull: {
    usage: [
      '[--project DIR] [--endpoint URL] [--source NAME…] [--remote-schema NAME…] [--dry-run] [--force]',
      '[--project DIR] --introspect HOST… [--remote-schema NAME…] [--dry-run] [--force]',
    ],
    summary: 'writes the table snapshots and remote schemas of a project from its endpoint',
    options: {
      ...project,
      source: 'pulls only these sources and remote schemas; can be given more than once',
      'remote-schema': 'the same',
      introspect: "asks remote schemas at that host themselves where Hasura can't tell",
      'dry-run': 'says what would be written',
      force: "replaces files that can't be read as a schema or snapshot",
      ...endpoint,
    },
    examples: [
      ['pull', 'writes what the endpoint of the project has'],
      ['pull --remote-schema payments --dry-run', 'says whether one schema has changed'],
      ['pull --introspect payments.example', "asks a remote schema itself, where Hasura can't tell"],
    ],
    exit: { 0: 'all pulled', 1: 'some of it failed', 2: 'nothing pulled' },
    takesPaths: false,
  },
  diff: {
    usage: ['[paths… | --project DIR] [--endpoint URL] [--only-endpoint HOST] [--format text|json]'],
    summary: 'compares the relationships of a project with those of its endpoint',
    options: { ...project, ...textOrJson, ...endpoint },
    examples: [['diff --only-endpoint staging.example', 'compares, and sends the secret nowhere else']],
    exit: { 0: 'no difference', 1: 'differences or inconsistent relationships', 2: 'could not run' },
    takesPaths: true,
  },
  apply: {
    usage: ['[paths… | --project DIR] [--name NAME…] [--dry-run] [--yes] [--protected HOST]'],
    summary: 'sends the relationships in files to the server as they are written, all or none',
    options: {
      name: 'only these; can be given more than once',
      ...change,
      ...project,
      ...textOrJson,
      ...endpoint,
    },
    examples: [
      ['apply --dry-run', 'says what would change'],
      ['apply --yes --protected hasura.example', 'applies without a question, on that host alone'],
    ],
    exit: changed,
    takesPaths: true,
  },
  delete: {
    usage: ['NAME [--source NAME] [--table NAME] [--remote-schema NAME] [--type NAME] [options]'],
    summary: 'deletes one relationship of the server',
    options: { ...owner, ...change, ...project, ...textOrJson, ...endpoint },
    examples: [['delete profile --table customer', 'the one of that table']],
    exit: changed,
    takesPaths: false,
  },
  rename: {
    usage: ['NAME NEW-NAME [--source NAME] [--table NAME] [--remote-schema NAME] [--type NAME] [options]'],
    summary: 'renames one relationship of the server',
    options: { ...owner, ...change, ...project, ...textOrJson, ...endpoint },
    examples: [['rename profile person', 'the only one of that name']],
    exit: changed,
    takesPaths: false,
  },
  undo: {
    usage: ['[options]'],
    summary: 'restores what the server had before the last change from this command line',
    options: { ...change, ...project, ...textOrJson, ...endpoint },
    examples: [['undo --dry-run', 'says what would be undone']],
    exit: changed,
    takesPaths: false,
  },
  reload: {
    usage: ['[--remote-schema NAME] [options]'],
    summary: 'has the server reload its metadata, or one remote schema',
    options: {
      'remote-schema': 'reads this one only',
      ...change,
      ...project,
      ...textOrJson,
      ...endpoint,
    },
    examples: [['reload --remote-schema payments', 'after its server has a new schema']],
    exit: changed,
    takesPaths: false,
  },
  status: {
    usage: ['[options]'],
    summary: 'shows what is inconsistent on the server',
    options: { ...project, ...textOrJson, ...endpoint },
    examples: [['status --format json', 'for a script']],
    exit: { 0: 'nothing is inconsistent', 1: 'something is', 2: 'could not run' },
    takesPaths: false,
  },
  mcp: {
    usage: ['[--project DIR]'],
    summary: 'answers agents over standard input and output, by the Model Context Protocol',
    options: {
      project: 'the folder that is read, and nothing outside of it (the working directory by default)',
    },
    examples: [['mcp --project hasura', 'for the configuration of an agent']],
    exit: { 0: 'the agent has gone', 2: 'could not run' },
    takesPaths: false,
  },
} as const satisfies Readonly<Record<string, CommandHelp>>;

export type Command = keyof typeof commands;

export function isCommand(name: string | undefined): name is Command {
  return name !== undefined && Object.hasOwn(commands, name);
}

const secretNote =
  'The admin secret is read from HASURA_GRAPHQL_ADMIN_SECRET, .env or config.yaml, never from an argument.';

/** The options that a command takes. */
export function optionsOf(command: Command): readonly string[] {
  return Object.keys(commands[command].options);
}

/** What all commands do. */
export function helpLines(): readonly string[] {
  return [
    'Checks remote relationships in Hasura metadata and API requests.',
    '',
    'Usage',
    ...Object.entries(commands).flatMap(([name, { usage }]: [string, CommandHelp]) =>
      usage.map((each) => `  remote-relationships ${name} ${each}`),
    ),
    '  remote-relationships --stdio',
    '',
    'Commands',
    ...columns(Object.entries(commands).map(([name, { summary }]) => [name, summary])),
    '',
    ...columns([
      ['COMMAND --help', 'the options of a command, with examples'],
      ['--stdio', 'runs the language server over standard input and output'],
      ['--version', 'prints the version'],
    ]),
    '',
    secretNote,
  ];
}

/** What one command does, with its options, examples and exit codes. */
export function commandHelpLines(name: Command): readonly string[] {
  const { usage, summary, options: texts, examples, exit }: CommandHelp = commands[name];
  const listed = Object.entries(texts).map(([option, text]) => [written(option), text] as const);
  return [
    `remote-relationships ${name}: ${summary}`,
    '',
    'Usage',
    ...usage.map((each) => `  remote-relationships ${name} ${each}`),
    '',
    'Options',
    ...columns(listed),
    ...('endpoint' in texts ? ['', secretNote] : []),
    '',
    'Examples',
    ...examples.flatMap(([command, does]) => [`  remote-relationships ${command}`, `      ${does}`]),
    '',
    'Exit codes',
    ...columns(Object.entries(exit)),
  ];
}

/** `-y, --yes`, `--min PERCENT` */
function written(name: string): string {
  const option: Option | undefined = Object.entries(options).find(([each]) => each === name)?.[1];
  const short = option?.short === undefined ? '' : `-${option.short}, `;
  return `${short}--${name}${option?.value === undefined ? '' : ` ${option.value}`}`;
}

/** What is longer than a column has its text on a line of its own. */
const widest = 22;

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.min(widest, Math.max(...rows.map(([first]) => first.length)));
  return rows.flatMap(([first, second]) =>
    first.length > width
      ? [`  ${first}`, `  ${' '.repeat(width)}  ${second}`]
      : [`  ${first.padEnd(width)}  ${second}`],
  );
}
