import type { Table } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Join } from '../join/joinPath.ts';
import type { Located, Relationship } from '../metadata/relationship.ts';
import { nodeLocation } from '../syntax/location.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { RelatedLocation, Rule } from './rule.ts';
import { relationshipName } from './support/messages.ts';
import { owningTable, relatedPlace, relationshipsAndComputedFields } from './support/tableNames.ts';

/** A join on a computed field that the server drops, because a relationship of the table has its name (R53). */
export const droppedComputedField: Rule = {
  code: 'dropped-computed-field',
  specification: ['R53'],
  title: 'A join field is a computed field that the server drops because a relationship has the same name.',
  severity: 'error',
  check: (context, report) => {
    for (const join of context.joins) {
      const { relationship } = join;
      const table = owningTable(context, relationship);
      if (table === undefined) continue;
      for (const name of joinedComputedFields(table, join)) {
        const rival = relationshipNamed(context, relationship, name.value);
        if (rival === undefined) continue;
        report({
          message: `The server drops the computed field "${name.value}", and this relationship with it, because ${rival.what} of table "${table.text}" has the same name.`,
          serverMessage: `Inconsistent object: table "${table.text}" has no field named "${name.value}"`,
          ...contentRange(name.node),
          relationship: relationshipName(relationship),
          related: rival.related,
        });
      }
    }
  },
};

/** The join fields that are computed fields, as far as is known; what can't be joined on at all is reported as that. */
function joinedComputedFields(table: Table, join: Join): Located<string>[] {
  const fields =
    join.kind === 'to-remote-schema'
      ? join.lhsFields
      : join.pairs.map(({ entry, lhs }) => ({ name: entry.lhs, field: lhs }));
  return fields
    .filter(
      ({ name, field }) =>
        field.state !== 'absent' &&
        table.column(name.value).state !== 'present' &&
        table.computedField(name.value) !== undefined,
    )
    .map(({ name }) => name);
}

/** Another relationship of the table, in words; the one that joins on the field conflicts with it itself. */
function relationshipNamed(
  context: DocumentContext,
  relationship: Relationship,
  name: string,
): { readonly what: string; readonly related: readonly RelatedLocation[] } | undefined {
  const { owner } = relationship;
  if (owner.kind !== 'table' || relationshipName(relationship) === name) return undefined;
  const local = relationshipsAndComputedFields(context, relationship, name).find(
    ({ what }) => what !== 'computed field',
  );
  if (local !== undefined) {
    return {
      what: `an ${local.what}`,
      related: relatedPlace(`The ${local.what} is defined here.`, local.location),
    };
  }
  const remote = owner.entry?.relationships.find((other) => relationshipName(other) === name);
  if (remote?.name.state !== 'present') return undefined;
  return {
    what: 'a remote relationship',
    related: relatedPlace(
      'The remote relationship is defined here.',
      nodeLocation(context.uri, remote.name.node),
    ),
  };
}
