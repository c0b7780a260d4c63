import { knownValue, type Table } from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Relationship } from '../../metadata/relationship.ts';
import type { Location } from '../../syntax/location.ts';
import { nodeLocation } from '../../syntax/location.ts';

/** Something of a table that has a name in its GraphQL type. */
export interface TakenName {
  /** In words: `object relationship`. */
  readonly what: string;
  readonly name: string;
  readonly location: Location | undefined;
}

/** The table a relationship belongs to, when it is known. */
export function owningTable(context: DocumentContext, relationship: Relationship): Table | undefined {
  const lhs = context.lhs(relationship);
  return lhs.kind === 'table' ? knownValue(lhs.table) : undefined;
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
          location: nodeLocation(context.uri, local.name.node),
        });
      }
    }
    for (const field of entry.computedFields) {
      if (field.name.value === name) {
        taken.push({ what: 'computed field', name, location: nodeLocation(context.uri, field.name.node) });
      }
    }
    return taken;
  }
  const table = owningTable(context, relationship);
  for (const local of table?.localRelationships ?? []) {
    if (local.name === name)
      taken.push({ what: `${local.kind} relationship`, name, location: local.location });
  }
  const field = table?.computedField(name);
  if (field !== undefined) taken.push({ what: 'computed field', name, location: field.location });
  return taken;
}

/** Related information that leads to a place, where it is known. */
export function relatedPlace(
  message: string,
  location: Location | undefined,
): { message: string; location: Location }[] {
  return location === undefined ? [] : [{ message, location }];
}
