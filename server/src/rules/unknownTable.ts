import { tableText } from '../catalogue/tableNames.ts';
import type { Rule } from './rule.ts';
import { inconsistentTarget } from './support/inconsistentTarget.ts';
import { sourceJoins } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { didYouMean } from './support/suggestion.ts';
import { relatedPlace } from './support/tableNames.ts';
import { nearestTable, tableNameFixes, tableNameRange } from './support/tableSuggestion.ts';

/** A target table that the source does not track, or that the server leaves out as inconsistent (R32). */
export const unknownTable: Rule = {
  code: 'unknown-table',
  specification: ['R32', 'R46', 'R47', 'R48'],
  title: 'A target table is not tracked, or is inconsistent.',
  severity: 'error',
  check(context, report) {
    for (const join of sourceJoins(context)) {
      const { table } = join.definition;
      if (table.state !== 'present' || join.source.state !== 'present') continue;
      const source = join.source.value;
      const text = tableText(source.kind, table.value);
      const inconsistent = inconsistentTarget(join, text);
      if (join.table.state !== 'absent' && inconsistent === undefined) continue;
      const meant = inconsistent === undefined ? nearestTable(source, table.value) : undefined;
      report({
        message: `Source "${source.name}" tracks no table "${text}".${didYouMean(meant?.text)}`,
        serverMessage: inconsistentObject(
          context,
          join.relationship,
          `table "${text}" does not exist in source: ${source.name}`,
        ),
        ...tableNameRange(table.node, table.value, meant),
        related: relatedPlace(`Source "${source.name}" is declared here.`, source.location),
        relationship: relationshipName(join.relationship),
        fixes: tableNameFixes(context.tree, table.node, source.kind, meant),
        ...inconsistent,
      });
    }
  },
};
