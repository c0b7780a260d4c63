import type { Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { ownerTables } from './support/ownerTables.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A table the server leaves out: the relationships on it vanish without a word of their own (R46, R47, R48). */
export const inconsistentTable: Rule = {
  code: 'inconsistent-table',
  specification: ['R46', 'R47', 'R48'],
  title: 'A table with remote relationships is inconsistent, so the server drops them.',
  severity: 'warning',
  check: (context, report) => {
    for (const { table, node, relationships, relationship, requested } of ownerTables(context)) {
      // A request is refused: that is another finding.
      if (requested || table.consistency.state !== 'inconsistent') continue;
      const { reason, location } = table.consistency;
      const dropped =
        relationships === 1 ? 'the remote relationship' : `all ${relationships} remote relationships`;
      report({
        message: `The server considers table "${table.text}" inconsistent and drops ${dropped} on it: ${reason}.`,
        ...valueRange(context, node),
        relationship,
        related: relatedPlace('This makes it inconsistent.', location),
      });
    }
  },
};
