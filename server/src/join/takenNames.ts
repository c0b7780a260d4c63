import { type Catalogue, knownValue } from '../catalogue/catalogue.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { leftHandSide } from './leftHandSide.ts';
import { thingKey } from './namedThing.ts';
import { ownerThing } from './uses.ts';

type Owner = Relationship['owner'];

/**
 * Tells of a name whether a new relationship of an owner can't have it (R8 to R10): a field of the owner's GraphQL type is
 * called so, one of the relationships that are `written` around it, or for a `request` one of the metadata. What is not known takes no name.
 */
export function takenNames(
  catalogue: Catalogue,
  { owner, request }: Pick<Relationship, 'owner' | 'request'>,
  written: readonly Relationship[],
): (name: string) => boolean {
  const lhs = leftHandSide({ owner, definition: undefined }, catalogue);
  const table = lhs.kind === 'table' ? knownValue(lhs.table) : undefined;
  const type = lhs.kind === 'table' ? undefined : knownValue(lhs.type);
  const entry = owner.kind === 'table' ? owner.entry : undefined;
  const key = ownerKey(catalogue, owner);
  const beside = written.filter((each) => ownerKey(catalogue, each.owner) === key);
  const names = new Set([
    ...((table && knownValue(table.columns)) ?? []).flatMap(({ name, customName }) => [name, customName]),
    ...[...(entry?.customNames.values() ?? [])].map(({ value }) => value),
    ...[...(table?.computedFields ?? []), ...(table?.localRelationships ?? [])].map(({ name }) => name),
    ...[...(entry?.computedFields ?? []), ...(entry?.localRelationships ?? [])].map(({ name }) => name.value),
    ...(type?.fields ?? []).map(({ name }) => name),
    ...beside.map(({ name }) => knownValue(name)),
  ]);
  // A request adds to what the metadata has; a file of the metadata says itself what its owners have.
  const isApart = request !== undefined || (owner.kind === 'table' && entry === undefined);
  return (name) => names.has(name) || (isApart && catalogue.relationship(owner, name).state === 'present');
}

/** Owners of which nothing is known count as one. */
function ownerKey(catalogue: Catalogue, owner: Owner): string {
  const thing = ownerThing({ catalogue }, { owner });
  return thing === undefined ? owner.kind : thingKey(thing);
}
