import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { knownValue, type Source } from '../catalogue/catalogue.ts';
import { tableText } from '../catalogue/tableNames.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { SourceJoin } from '../join/joinPath.ts';
import type { ActionTypeEntry, Relationship } from '../metadata/relationship.ts';
import { suggest } from '../schema/suggest.ts';
import type { TableName } from '../schema/tableName.ts';
import { nodeLocation } from '../syntax/location.ts';
import { contentRange, headRange } from '../syntax/textRange.ts';
import type { Rule, RuleFinding } from './rule.ts';
import { inconsistentTarget } from './support/inconsistentTarget.ts';
import { lhsFieldAbsence } from './support/lhsFieldAbsence.ts';
import { relationshipName } from './support/messages.ts';
import { missingColumn } from './support/missingColumn.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';
import { relatedPlace } from './support/tableNames.ts';
import { nearestTable, tableNameFixes, tableNameRange } from './support/tableSuggestion.ts';

/** What is wrong, and the server's reason; two mistakes may have one. */
interface Mistake extends RuleFinding {
  readonly reason: string | undefined;
}

/** Relationships from the types of actions to tables (R66 to R71). */
export const actionRelationship: Rule = {
  code: 'action-relationship',
  specification: ['R66', 'R67', 'R68', 'R69', 'R70', 'R71'],
  title:
    'A relationship of an action type names a table, field or column that does not exist, or clashes with another.',
  severity: 'error',
  check(context, report) {
    const mistakes = [
      ...context.model.actionTypes.flatMap((type) => [...typeMistakes(context, type)]),
      ...context.actionJoins.flatMap((join) => [...joinMistakes(context, join)]),
    ];
    const reasons = new Set(mistakes.flatMap(({ reason }) => reason ?? []));
    for (const { reason, ...finding } of mistakes) {
      report({
        ...finding,
        serverMessage: reason === undefined ? undefined : serverText(reason, reasons.size),
      });
    }
  },
};

/** One reason stands in the sentence, several are listed below it. */
function serverText(reason: string, reasons: number): string {
  return reasons === 1 ? `validation for the given custom types failed because ${reason}` : reason;
}

// ---- the type ------------------------------------------------------------------------------------------------

function* typeMistakes(context: DocumentContext, type: ActionTypeEntry): Generator<Mistake> {
  const [first] = type.relationships;
  if (first === undefined || type.name.state !== 'present') return;
  const typeName = type.name.value;
  const lhs = context.lhs(first);
  const known = lhs.kind === 'action-type' ? lhs.type : undefined;
  if (known?.state === 'absent') {
    const names = knownValue(context.catalogue.actionTypes)?.typeNames ?? [];
    const suggestion = suggest(typeName, names);
    yield {
      message: `"actions.graphql" has no type "${typeName}": the Hasura CLI stops here.${didYouMean(suggestion)}`,
      reason: undefined,
      ...contentRange(type.name.node),
      fixes: renameFixes(type.name.node, suggestion),
    };
  }
  yield* nameMistakes(context, type, typeName, (name) =>
    known?.state === 'present' ? known.value.field(name) !== undefined : false,
  );
  yield* sourceMistakes(context, type, typeName);
}

function* nameMistakes(
  { uri }: DocumentContext,
  { relationships }: ActionTypeEntry,
  typeName: string,
  isField: (name: string) => boolean,
): Generator<Mistake> {
  const seen = new Map<string, Relationship>();
  for (const relationship of relationships) {
    const { name } = relationship;
    if (name.state !== 'present') continue;
    const about = { ...contentRange(name.node), relationship: name.value };
    const reason = `the object "${typeName}" has duplicate fields: "${name.value}"`;
    const before = seen.get(name.value)?.name;
    if (!isGraphqlName(name.value)) {
      yield {
        message: `"${name.value}" is not a valid GraphQL name and can't be the name of a relationship.`,
        reason: undefined,
        ...about,
      };
    } else if (isField(name.value)) {
      yield { message: `Type "${typeName}" already has a field "${name.value}".`, reason, ...about };
    } else if (before?.state === 'present') {
      const related = [{ message: 'First defined here.', location: nodeLocation(uri, before.node) }];
      yield {
        message: `Type "${typeName}" already has a relationship "${name.value}".`,
        reason,
        ...about,
        related,
      };
    }
    if (before === undefined) seen.set(name.value, relationship);
  }
}

/** R70: all relationships of a type lead to one source. */
function* sourceMistakes(
  { uri }: DocumentContext,
  { relationships }: ActionTypeEntry,
  typeName: string,
): Generator<Mistake> {
  let first: { readonly name: string; readonly relationship: Relationship } | undefined;
  for (const relationship of relationships) {
    const { definition } = relationship;
    if (definition?.kind !== 'to-source') continue;
    const { source } = definition;
    const name = source.state === 'missing' ? 'default' : knownValue(source);
    if (name === undefined) continue;
    first ??= { name, relationship };
    if (name === first.name) continue;
    yield {
      message: `All relationships of an action type must target the same source; those of "${typeName}" target "${first.name}" and "${name}".`,
      reason: `the object "${typeName}" has relationships refers to tables in multiple sources`,
      ...(source.state === 'present' ? contentRange(source.node) : headRange(relationship.node)),
      related: [
        {
          message: `This one targets "${first.name}".`,
          location: nodeLocation(uri, first.relationship.node),
        },
      ],
      relationship: relationshipName(relationship),
    };
  }
}

// ---- the join ------------------------------------------------------------------------------------------------

function* joinMistakes(context: DocumentContext, join: SourceJoin): Generator<Mistake> {
  const relationship = relationshipName(join.relationship);
  const typeName = join.lhs.text ?? '';
  const about = `for relationship "${relationship ?? ''}"`;
  for (const mistake of tableMistakes(context, join, `${about} of object type "${typeName}"`)) {
    yield { ...mistake, relationship };
  }
  for (const mistake of fieldMistakes(join, `${about} in object type "${typeName}"`)) {
    yield { ...mistake, relationship };
  }
  if (join.table.state !== 'present') return;
  const table = join.table.value;
  for (const { entry, column } of join.pairs) {
    if (entry.column === undefined || column.state !== 'absent') continue;
    const { value: name, node } = entry.column;
    const names = (knownValue(table.columns) ?? []).map((each) => each.name);
    const suggestion = suggest(name, names);
    const mistake: Mistake = {
      message: `Table "${table.text}" has no column "${name}".${didYouMean(suggestion)}`,
      reason: `the column "${name}" of remote table "${table.text}" ${about} of object type "${typeName}" does not exist`,
      ...contentRange(node),
      related: relatedPlace(`Table "${table.text}" is declared here.`, table.location),
      relationship,
      fixes: renameFixes(node, suggestion),
    };
    const words = { column: name, table: table.text, suggestion };
    const found = missingColumn(context, column, mistake, words);
    yield found.severity === 'warning' ? { ...found, reason: undefined } : found;
  }
}

/** R66. Where the source is mistyped, the table is looked up in the one that was meant. */
function* tableMistakes(context: DocumentContext, join: SourceJoin, about: string): Generator<Mistake> {
  const { source: written, table } = join.definition;
  const name = table.state === 'present' ? table.value : undefined;
  const reason = name && `the remote table "${tableText('postgres', name)}" ${about} does not exist`;
  let source = knownValue(join.source);
  if (join.source.state === 'absent') {
    const sourceName = knownValue(written) ?? 'default';
    const { sources } = context.catalogue;
    const suggestion = suggest(
      sourceName,
      sources.map((each) => each.name),
    );
    yield {
      message: `There is no source "${sourceName}".${didYouMean(suggestion)}`,
      reason,
      ...(written.state === 'present' ? contentRange(written.node) : headRange(join.definition.node)),
      fixes: written.state === 'present' ? renameFixes(written.node, suggestion) : [],
    };
    source = sources.find((each) => each.name === suggestion);
  }
  if (source === undefined || name === undefined || table.state !== 'present') return;
  if (source.kind !== undefined && source.kind !== 'postgres') {
    yield {
      message: `Action types can only be joined to Postgres tables; source "${source.name}" is of kind "${source.kind}".`,
      reason,
      ...(written.state === 'present' ? contentRange(written.node) : headRange(join.definition.node)),
    };
    return;
  }
  const inconsistent = inconsistentTarget(join, tableText(source.kind, name));
  if (inconsistent !== undefined) {
    yield { ...inconsistent, reason, ...contentRange(table.node) };
  } else if (source.table(name).state === 'absent') {
    yield { ...unknownTable(context, source, name, table.node), reason };
  }
}

function unknownTable(
  context: DocumentContext,
  source: Source,
  name: TableName,
  node: Parameters<typeof contentRange>[0],
): RuleFinding {
  const meant = nearestTable(source, name);
  return {
    message: `Source "${source.name}" tracks no table "${tableText(source.kind, name)}".${didYouMean(meant?.text)}`,
    ...tableNameRange(node, name, meant),
    related: relatedPlace(`Source "${source.name}" is declared here.`, source.location),
    fixes: tableNameFixes(context.tree, node, source.kind, meant),
  };
}

/** R67 and R68. */
function* fieldMistakes(join: SourceJoin, about: string): Generator<Mistake> {
  for (const { entry, lhs } of join.pairs) {
    const { value: name, node } = entry.lhs;
    if (lhs.state === 'absent') {
      const { message, suggestion, related } = lhsFieldAbsence(join, name);
      yield {
        message: `${message}${didYouMean(suggestion)}`,
        reason: `the field "${name}" ${about} does not exist`,
        ...contentRange(node),
        related,
        fixes: renameFixes(node, suggestion),
      };
    } else if (lhs.state === 'present' && lhs.value.graphqlType?.kind === 'list') {
      yield {
        message: `Field "${name}" is a list, and can't equal the value of a column.`,
        reason: `the type of the field "${name}" ${about} is a list type`,
        ...contentRange(node),
        related: relatedPlace(`Field "${name}" is declared here.`, lhs.value.location),
      };
    }
  }
}
