import { type Catalogue, knownValue } from '../catalogue/catalogue.ts';
import { tableKey, tableText } from '../catalogue/tableNames.ts';
import type { Relationship } from '../metadata/relationship.ts';

/**
 * What stands behind `<Input>_remote_rel_` in the names of the input types that a relationship strips (R55): of table or remote
 * schema, and relationship. `undefined` where that is not known.
 */
export function strippedTypeSuffix(catalogue: Catalogue, { owner, name }: Relationship): string | undefined {
  if (name.state !== 'present') return undefined;
  // Relationships of action types lead to tables alone.
  if (owner.kind === 'action-type') return undefined;
  const lhs = owner.kind === 'table' ? ownerTable(catalogue, owner)?.text : owner.remoteSchema?.name;
  return lhs === undefined ? undefined : lhs.replaceAll(/[^A-Za-z0-9]/g, '_') + name.value;
}

/** The table of an owner as the server writes it, and as a key; `undefined` where it is not known. */
export function ownerTable(
  catalogue: Catalogue,
  { source, table }: Extract<Relationship['owner'], { kind: 'table' }>,
) {
  if (source === undefined || table.state !== 'present') return undefined;
  const kind = knownValue(catalogue.source(source.name))?.kind;
  return kind === undefined
    ? undefined
    : { text: tableText(kind, table.value), key: JSON.stringify([source.name, tableKey(kind, table.value)]) };
}
