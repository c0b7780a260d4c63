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

const allRules: readonly Row[] = [...rules, ...projectCodes].toSorted((a, b) => (a.code < b.code ? -1 : 1));

const descriptionOf = ({ title, severity }: Row): string => `${title.replaceAll('`', '')} (${severity})`;

/** Every rule that can be configured, as a property in a JSON Schema. `localized`: its texts stand in `package.nls.json`. */
function ruleProperties(localized: boolean): Readonly<Record<string, object>> {
  return Object.fromEntries(
    allRules.map((rule) => [
      rule.code,
      {
        type: 'string',
        enum: Object.keys(severities),
        enumDescriptions: Object.entries(severities).map(([severity, text]) =>
          localized ? `%severity.${severity}%` : text,
        ),
        description: localized ? `%rule.${rule.code}%` : descriptionOf(rule),
      },
    ]),
  );
}

/** The texts of `package.nls.json` with those of all rules, in the order they have there. */
function ruleTexts(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const ofRules: Readonly<Record<string, string>> = {
    ...Object.fromEntries(
      Object.entries(severities).map(([severity, text]) => [`severity.${severity}`, text]),
    ),
    ...Object.fromEntries(allRules.map((rule) => [`rule.${rule.code}`, descriptionOf(rule)])),
  };
  const isKept = (key: string): boolean => key in ofRules || !/^(?:rule|severity)\./.test(key);
  return { ...Object.fromEntries(Object.entries(texts).filter(([key]) => isKept(key))), ...ofRules };
}

type Json = Readonly<Record<string, unknown>>;

/** A schema of `rules` below these keys, with all rules. */
function withRules(content: Json, keys: readonly (string | number)[], localized: boolean): Json {
  const changed = JSON.parse(JSON.stringify(content));
  const schema = keys.reduce((inner, key) => inner[key], changed);
  Object.assign(schema, { properties: ruleProperties(localized), additionalProperties: false });
  return changed;
}

/** The files that name all rules. */
const listing: Readonly<Record<string, (content: Json) => Json>> = {
  'package.json': (content) =>
    withRules(content, ['contributes', 'configuration', 1, 'properties', 'remoteRelationships.rules'], true),
  'package.nls.json': (content) => ruleTexts(content as Readonly<Record<string, string>>),
  'schemas/configuration.schema.json': (content) => withRules(content, ['properties', 'rules'], false),
};

/** The files that name other rules than there are; with `write`, they are written. */
export function outdatedSchemas({ write }: { readonly write: boolean }): readonly string[] {
  return Object.entries(listing).flatMap(([file, listed]) => {
    const content = JSON.parse(readFileSync(file, 'utf8')) as Json;
    const text = JSON.stringify(listed(content), null, 2);
    if (text === JSON.stringify(content, null, 2)) return [];
    if (write) writeFileSync(file, `${text}\n`);
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
