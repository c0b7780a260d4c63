import { boundedName, boundedText } from '../../../../common/src/boundedText.ts';
import { code, literal, paragraphs, tableRow } from '../hover/markdown.ts';
import type { RolesOfRelationship } from './relationshipRoles.ts';

const words = { reachable: 'yes', unreachable: 'no', unknown: 'not known' } as const;

/** Which roles can follow each relationship, and why others can't: a table in Markdown for each. */
export function rolesTable(relationships: readonly RolesOfRelationship[]): string {
  const parts = relationships.map(({ name, roles }) =>
    paragraphs(
      `## ${code(boundedName(name))}`,
      roles.length === 0
        ? 'The metadata speaks of no role but `admin`, which can follow it.'
        : [
            '| role | can follow it | why |',
            '|---|---|---|',
            ...roles.map(({ role, state, reasons }) =>
              tableRow([
                code(boundedName(role)),
                words[state],
                reasons.map((reason) => literal(boundedText(reason))).join(' '),
              ]),
            ),
          ].join('\n'),
    ),
  );
  return `${paragraphs('# Roles', ...(parts.length === 0 ? ['There is no relationship here that can be read.'] : parts))}\n`;
}
