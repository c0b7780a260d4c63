import type { Relationship } from '../model/relationship.ts';
import type { Place, Table } from '../schema/catalogue.ts';
import { nodePlace } from '../schema/place.ts';
import type { DocumentContext } from './rule.ts';

/** Something of a table that has a name in its GraphQL type. */
export interface TakenName {
  /** In words: `object relationship`. */
  readonly what: string;
  readonly name: string;
  readonly place: Place | undefined;
}

/** The table a relationship belongs to, when it is known. */
export function owningTable(context: DocumentContext, relationship: Relationship): Table | undefined {
  if (relationship.owner.kind !== 'table') return undefined;
  const { table } = context.lhs(relationship);
  return table?.state === 'present' ? table.value : undefined;
}

/**
 * The local relationships and computed fields of that name of the table a relationship belongs to: of its own metadata
 * entry, or, for a request, what the project knows.
 */
export function relationshipsAndComputedFields(
  context: DocumentContext,
  relationship: Relationship,
  name: string,
): TakenName[] {
  const { owner } = relationship;
  if (owner.kind !== 'table') return [];
  const taken: TakenName[] = [];
  const { entry } = owner;
  if (entry !== undefined) {
    for (const local of entry.localRelationships) {
      if (local.name.value === name) {
        taken.push({
          what: `${local.kind} relationship`,
          name,
          place: nodePlace(context.uri, local.name.node),
        });
      }
    }
    for (const field of entry.computedFields) {
      if (field.name.value === name) {
        taken.push({ what: 'computed field', name, place: nodePlace(context.uri, field.name.node) });
      }
    }
    return taken;
  }
  const table = owningTable(context, relationship);
  for (const local of table?.localRelationships ?? []) {
    if (local.name === name) taken.push({ what: `${local.kind} relationship`, name, place: local.place });
  }
  const field = table?.computedField(name);
  if (field !== undefined) taken.push({ what: 'computed field', name, place: field.place });
  return taken;
}

/** Related information that leads to a place, where it is known. */
export function relatedPlace(message: string, place: Place | undefined): { message: string; place: Place }[] {
  return place === undefined ? [] : [{ message, place }];
}
