import { tableRelationshipCommand } from '../../../common/src/metadataApi/document/commands.ts';
import { backendOf, commandPrefix } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import { tableText } from '../catalogue/tableNames.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { relationshipName } from './support/messages.ts';
import { renameFixes } from './support/suggestion.ts';
import { relatedPlace } from './support/tableNames.ts';

export const wrongDialect: Rule = {
  code: 'wrong-dialect',
  specification: ['R37', '6.2'],
  title: 'The prefix of a command does not fit the kind of the source.',
  severity: 'error',
  check: (context, report) => {
    for (const relationship of context.model.relationships) {
      const { request, owner } = relationship;
      if (request?.prefix === undefined || owner.kind !== 'table') continue;
      const lhs = context.lhs(relationship);
      if (lhs.kind !== 'table' || lhs.source.state !== 'present') continue;
      const { name, kind, location } = lhs.source.value;
      if (kind === undefined) continue;
      if (backendOf(request.prefix) === backendOf(kind)) continue;
      const command = tableRelationshipCommand(request.verb, commandPrefix(kind));
      const table = owner.table.state === 'present' ? tableText(kind, owner.table.value) : undefined;
      const written =
        request.prefix === '' ? 'A command without a prefix is' : `"${request.prefix}_…" commands are`;
      const wanted =
        backendOf(request.prefix) === 'data-connector' ? 'data connectors' : backendOf(request.prefix);
      report({
        message: `${written} for ${wanted}; source "${name}" is of kind "${kind}", so this must be "${command}".`,
        serverMessage: table === undefined ? undefined : `table "${table}" does not exist in source: ${name}`,
        ...contentRange(request.type),
        relationship: relationshipName(relationship),
        related: relatedPlace('The source is defined here.', location),
        fixes: renameFixes(request.type, command),
      });
    }
  },
};
