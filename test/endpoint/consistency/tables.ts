import type { DatabaseTable } from '../databases/catalogue.ts';
import { nameInDatabase } from '../kinds.ts';
import type { SourceEntry, TableEntry } from '../metadata/metadata.ts';
import type { Release } from '../release.ts';
import type { NamedObject } from './collisions.ts';
import { type ComputedFieldFunction, resolveComputedField } from './computedFields.ts';
import { type Inconsistency, inconsistent, Violation, violationOf } from './inconsistency.ts';
import { tableJoinFields } from './joinFields.ts';
import { checkLocalRelationship } from './localRelationships.ts';
import { computedFieldObject, localRelationshipObject } from './objects.ts';
import type { LeftSide } from './remoteSchemaTarget.ts';
import type { Reference, SourceState } from './state.ts';

/** A table with what it has beside remote relationships: all that passed its own checks. */
export interface CheckedTable {
  readonly left: LeftSide;
  readonly objects: readonly NamedObject[];
  readonly enumReferences: ReadonlySet<string>;
  readonly references: readonly Reference[];
  readonly inconsistencies: readonly Inconsistency[];
}

export function checkTable(
  source: SourceEntry,
  entry: TableEntry,
  table: DatabaseTable,
  catalogue: SourceState['catalogue'],
  tracked: ReadonlyMap<string, { readonly entry: TableEntry; readonly table: DatabaseTable }>,
  release: Release,
): CheckedTable {
  const inconsistencies: Inconsistency[] = [];
  const objects: NamedObject[] = [];
  const references: Reference[] = [];
  const lists = [
    ['object_relation', entry.objectRelationships],
    ['array_relation', entry.arrayRelationships],
  ] as const;
  for (const [type, relationships] of lists) {
    for (const relationship of relationships) {
      const object = localRelationshipObject(type, source.name, entry, relationship);
      const text = violationOf(() => {
        const target = checkLocalRelationship(relationship, type, table, source.kind, tracked);
        const place = `${entry.table.text}.${relationship.name}`;
        references.push({
          text: `relationship ${place} in source "${source.name}"`,
          owner: { source: source.name, table: entry.table.key },
          needs: { source: source.name, table: target.key },
          drop: object.drop,
        });
      });
      if (text === undefined) objects.push({ name: relationship.name, kind: 'relationship', object });
      else inconsistencies.push(inconsistent(object, text));
    }
  }

  const computedFields: ComputedFieldFunction[] = [];
  for (const field of entry.computedFields) {
    const object = computedFieldObject(source.name, entry, field);
    try {
      computedFields.push(resolveComputedField(field, table, catalogue));
      objects.push({ name: field.name, kind: 'computed field', object });
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      inconsistencies.push(inconsistent(object, error.message));
    }
  }

  const left: LeftSide = {
    text: entry.table.text,
    isTable: true,
    joinFields: tableJoinFields(table, source.kind, release.since(2, 0, 2) ? computedFields : []),
    unusable: unusableTexts(entry, computedFields),
  };
  const enumReferences = columnsOfEnums(source, table, tracked);
  return { left, objects, enumReferences, references, inconsistencies };
}

function columnsOfEnums(
  { kind }: SourceEntry,
  table: DatabaseTable,
  tracked: ReadonlyMap<string, { readonly entry: TableEntry }>,
): ReadonlySet<string> {
  const single = table.foreignKeys.filter(({ columns }) => columns.length === 1);
  const toEnums = single.filter((key) => {
    return tracked.get(nameInDatabase(key.schema, key.table, kind).key)?.entry.isEnum;
  });
  return new Set(toEnums.flatMap(({ columns }) => columns.map(([own]) => own)));
}

/** What servers before 2.2.0 said of fields that exist but cannot be joined on. */
function unusableTexts(
  entry: TableEntry,
  computedFields: readonly ComputedFieldFunction[],
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { name } of [...entry.objectRelationships, ...entry.arrayRelationships]) {
    texts.set(name, `field with name "${name}" not supported; only columns and scalar computed fields`);
  }
  for (const { name, scalar, takesArguments, functionName, returnsTable } of computedFields) {
    if (takesArguments) {
      texts.set(
        name,
        `computed field "${name}" is associated with SQL function "${functionName}" has input arguments other than table row type and hasura session`,
      );
    } else if (scalar === undefined) {
      texts.set(name, `computed field "${name}" returns set of "${returnsTable}", is not supported`);
    }
  }
  return texts;
}
