import { code, paragraphs, prose } from '../hover/markdown.ts';
import type { RolesOfRelationship } from './relationshipRoles.ts';

const words = { reachable: 'yes', unreachable: 'no', unknown: 'not known' } as const;

/** Which roles can follow each relationship, and why others can't: a table in Markdown for each. */
export function rolesTable(relationships: readonly RolesOfRelationship[]): string {
  const parts = relationships.map(({ name, roles }) =>
    paragraphs(
      `## ${code(name)}`,
      roles.length === 0
        ? 'The metadata speaks of no role but `admin`, which can follow it.'
        : [
            '| role | can follow it | why |',
            '|---|---|---|',
            ...roles.map(({ role, state, reasons }) =>
              row([code(role), words[state], reasons.map(prose).join(' ')]),
            ),
          ].join('\n'),
    ),
  );
  return `${paragraphs('# Roles', ...(parts.length === 0 ? ['There is no relationship here that can be read.'] : parts))}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
}
