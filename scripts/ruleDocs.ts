import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { rules } from '../server/src/rules/list.ts';
import { projectCodes } from '../server/src/rules/projectCodes.ts';

/**
 * Writes `docs/rules/README.md`, the table of all codes, from the list of rules: `node scripts/ruleDocs.ts`.
 * With `--check` it only says whether the file is up to date.
 */

export const overviewPath = 'docs/rules/README.md';

/** The text of the overview. */
export function ruleOverview(): string {
  return `# Rules

Every finding has a code, and every code a page here. Severities can be changed with the setting \`remoteRelationships.rules\` or below
\`rules\` of the configuration file; comments hide single findings ([how](unused-suppression.md#suppressions)).
Numbers such as R11 are those of the rules of the Hasura server that the project follows; the pages quote what the server says.

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
  const lines = rows
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(
      ({ code, title, severity, specification }) =>
        `| [${code}](${code}.md) | ${severity} | ${numbers(specification)} | ${title.replaceAll('|', '\\|')} |`,
    );
  return ['| code | severity | rules | what it says |', '|---|---|---|---|', ...lines].join('\n');
}

/** Sections of the specification are no rule numbers. */
function numbers(specification: readonly string[]): string {
  return specification.filter((entry) => entry.startsWith('R')).join(', ') || '–';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!process.argv.includes('--check')) writeFileSync(overviewPath, ruleOverview());
  else if (readFileSync(overviewPath, 'utf8') !== ruleOverview()) {
    process.stderr.write(`${overviewPath} is out of date: run "node scripts/ruleDocs.ts".\n`);
    process.exitCode = 1;
  }
}
