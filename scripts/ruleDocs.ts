import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { rules } from '../server/src/rules/list.ts';
import { projectCodes } from '../server/src/rules/projectCodes.ts';
import { serverDocs } from './serverDocs.ts';

/**
 * Writes from the list of rules `docs/rules/README.md`, the table of all codes, and what an editor completes below `rules` in
 * settings and configuration files: `node scripts/ruleDocs.ts`. With `--check` it only says whether they are up to date.
 */

export const overviewPath = 'docs/rules/README.md';

/** The text of the overview. */
export function ruleOverview(): string {
  return `# Rules

Every finding has a code, and every code a page here. Severities can be changed with the setting \`remoteRelationships.rules\` or below
\`rules\` of the configuration file; comments hide single findings ([how](unused-suppression.md#suppressions)).
The column *server* names the rules of the Hasura server that a code follows, or the section about it: [docs/server](../server/README.md)
describes what the server does and says. The pages here quote it.

Where the syntax of a relationship is broken, its syntax and shape alone are reported: names may be cut off there. What a
\`{{variable}}\` of an \`.http\` file stands for is not known, so nothing is said of it.

## Relationships

${table(rules)}

## Files

${table(projectCodes)}
`;
}

interface Row {
  readonly code: string;
  readonly title: string;
  readonly severity: string;
  readonly specification: readonly string[];
}

function table(rows: readonly Row[]): string {
  const places = serverDocs();
  /** A rule or a section, as a link into `docs/server`. */
  const link = (number: string) => {
    const place = places.get(number)?.[0];
    if (place === undefined) throw new Error(`docs/server has no heading for ${number}`);
    const title = number.startsWith('R') ? number : `section ${number}`;
    return `[${title}](../server/${place.page}#${place.anchor})`;
  };
  const lines = rows
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(
      ({ code, title, severity, specification }) =>
        `| [${code}](${code}.md) | ${severity} | ${specification.map(link).join(', ') || '–'} | ${title.replaceAll('|', '\\|')} |`,
    );
  return ['| code | severity | server | what it says |', '|---|---|---|---|', ...lines].join('\n');
}

/** Of a rule's severity, as settings and the configuration file have it. */
const severities = {
  error: 'What the server refuses, or leaves out.',
  warning: 'What is accepted and most likely not meant.',
  information: 'Worth knowing.',
  hint: 'Dots below the first letters; not among the problems.',
  off: 'Not reported.',
};

/** The value of a rule below `rules`. */
export const severitySchema = {
  type: 'string',
  enum: Object.keys(severities),
  enumDescriptions: Object.values(severities),
};

/** Every rule that can be configured, as a property in a JSON Schema. */
export function ruleProperties(): Readonly<Record<string, object>> {
  const all: readonly Row[] = [...rules, ...projectCodes];
  return Object.fromEntries(
    all
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
      .map(({ code, title, severity }) => [
        code,
        { ...severitySchema, description: `${title.replaceAll('`', '')} (${severity})` },
      ]),
  );
}

/** Files with a JSON Schema of `rules`, and where in them it stands. */
const schemas: readonly { readonly file: string; readonly keys: readonly (string | number)[] }[] = [
  {
    file: 'package.json',
    keys: ['contributes', 'configuration', 1, 'properties', 'remoteRelationships.rules'],
  },
  { file: 'schemas/configuration.schema.json', keys: ['properties', 'rules'] },
];

/** The files whose schemas have other rules than there are; with `write`, they are written. */
export function outdatedSchemas({ write }: { readonly write: boolean }): readonly string[] {
  return schemas.flatMap(({ file, keys }) => {
    const content = JSON.parse(readFileSync(file, 'utf8'));
    const schema = keys.reduce((inner, key) => inner[key], content);
    const before = JSON.stringify(schema);
    Object.assign(schema, { properties: ruleProperties(), additionalProperties: false });
    if (JSON.stringify(schema) === before) return [];
    if (write) writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
    return [file];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const check = process.argv.includes('--check');
  const outdated = [
    ...outdatedSchemas({ write: !check }),
    ...(readFileSync(overviewPath, 'utf8') === ruleOverview() ? [] : [overviewPath]),
  ];
  if (!check) {
    writeFileSync(overviewPath, ruleOverview());
    if (outdated.length > 0) execFileSync('biome', ['format', '--write', ...outdated.filter(isJson)]);
  } else if (outdated.length > 0) {
    process.stderr.write(`${outdated.join(', ')}: out of date, run "npx node scripts/ruleDocs.ts".\n`);
    process.exitCode = 1;
  }
}

function isJson(file: string): boolean {
  return file.endsWith('.json');
}
