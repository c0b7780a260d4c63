import { knownValue } from '../catalogue/catalogue.ts';
import { tableText } from '../catalogue/tableNames.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { suggest } from '../schema/suggest.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule, RuleFinding } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { relationshipName } from './support/messages.ts';
import { didYouMean, renameFixes, suggestName } from './support/suggestion.ts';
import { relatedPlace } from './support/tableNames.ts';

export const untrackedTable: Rule = {
  code: 'untracked-table',
  specification: ['R37', 'R46', 'R47', 'R48', '6.3'],
  title:
    'A request is about a table, source or remote schema that does not exist, or about an inconsistent table.',
  severity: 'error',
  check: (context, report) => {
    for (const relationship of context.model.relationships) {
      if (relationship.request === undefined) continue;
      const finding =
        relationship.owner.kind === 'table'
          ? tableFinding(context, relationship)
          : remoteSchemaFinding(context, relationship);
      if (finding !== undefined) report({ ...finding, relationship: relationshipName(relationship) });
    }
  },
};

function tableFinding(context: DocumentContext, relationship: Relationship): RuleFinding | undefined {
  const { owner, request } = relationship;
  if (owner.kind !== 'table' || owner.source === undefined || request === undefined) return undefined;
  const lhs = context.lhs(relationship);
  if (lhs.kind !== 'table') return undefined;
  const { source, table } = lhs;
  const kind = knownValue(source)?.kind;
  const text = owner.table.state === 'present' ? tableText(kind, owner.table.value) : undefined;
  const serverMessage =
    text === undefined ? undefined : `table "${text}" does not exist in source: ${owner.source.name}`;
  if (source.state === 'absent') {
    const node = owner.source.node;
    const { hint, fixes } =
      node === undefined
        ? { hint: '', fixes: [] }
        : suggestName(
            node,
            context.catalogue.sources.map(({ name }) => name),
          );
    const implied = node === undefined ? ' The request names none, so it is about this one.' : '';
    return {
      message: `There is no source "${owner.source.name}".${implied}${hint}`,
      serverMessage,
      ...contentRange(node ?? request.type),
      fixes,
    };
  }
  if (owner.table.state !== 'present' || text === undefined) return undefined;
  const consistency = knownValue(table)?.consistency;
  if (consistency?.state === 'inconsistent') {
    return {
      message: `Table "${text}" of source "${owner.source.name}" can't have a relationship. The server considers it inconsistent: ${consistency.reason}.`,
      serverMessage,
      ...valueRange(context, owner.table.node),
      related: relatedPlace('This makes it inconsistent.', consistency.location),
    };
  }
  if (table.state !== 'absent') return undefined;
  const names = knownValue(source)?.tables.map((other) => other.text) ?? [];
  const suggestion = suggest(text, names);
  const { node } = owner.table;
  return {
    message: `Table "${text}" is not tracked in source "${owner.source.name}".${didYouMean(suggestion)}`,
    serverMessage,
    ...valueRange(context, node),
    fixes: suggestion?.includes('.') ? [] : renameFixes(node, suggestion),
  };
}

function remoteSchemaFinding(context: DocumentContext, relationship: Relationship): RuleFinding | undefined {
  const { owner, request } = relationship;
  if (owner.kind !== 'remote-schema-type' || owner.remoteSchema === undefined) return undefined;
  const lhs = context.lhs(relationship);
  if (lhs.kind !== 'remote-schema-type' || lhs.remoteSchema.state !== 'absent') return undefined;
  const { name, node } = owner.remoteSchema;
  const { hint, fixes } = suggestName(
    node,
    context.catalogue.remoteSchemas.map((schema) => schema.name),
  );
  const update = request?.verb === 'update';
  const relationshipText = relationshipName(relationship) ?? '';
  return {
    severity: update ? 'error' : 'warning',
    message: update
      ? `There is no remote schema "${name}".${hint}`
      : `There is no remote schema "${name}": the server reports success and does nothing.${hint}`,
    serverMessage: update
      ? `no relationship defined on remote schema ""${name}" with name "${relationshipText}""`
      : undefined,
    ...contentRange(node),
    fixes,
  };
}
