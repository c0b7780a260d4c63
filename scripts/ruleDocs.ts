import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { rules } from '../server/src/rules/list.ts';
import { projectCodes } from '../server/src/rules/projectCodes.ts';
import { serverDocs } from './serverDocs.ts';

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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!process.argv.includes('--check')) writeFileSync(overviewPath, ruleOverview());
  else if (readFileSync(overviewPath, 'utf8') !== ruleOverview()) {
    process.stderr.write(`${overviewPath} is out of date: run "node scripts/ruleDocs.ts".\n`);
    process.exitCode = 1;
  }
}
