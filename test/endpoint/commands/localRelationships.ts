import type { At } from '../at.ts';
import { change } from '../changes.ts';
import type { MetadataObject } from '../consistency/inconsistency.ts';
import { computedFieldObject, localRelationshipObject } from '../consistency/objects.ts';
import type { State } from '../consistency/state.ts';
import { type Kind, readTableName, type TableName } from '../kinds.ts';
import { changeTable, type Metadata, type TableEntry, without } from '../metadata/metadata.ts';
import { readComputedField, readLocalRelationship } from '../metadata/tableEntry.ts';
import { Refusal } from '../refusal.ts';
import { type Prefixed, success, type Version } from './command.ts';
import { trackedTable } from './lookup.ts';

/** Since when `bulk_atomic` takes these. */
const since: Version = [2, 30, 0];

interface Place {
  readonly source: string;
  readonly table: TableName;
}

function readPlace(args: At, kind: Kind): Place {
  return {
    source: args.optional('source')?.nonEmptyString() ?? 'default',
    table: readTableName(args.required('table'), kind),
  };
}

/** A command that adds one thing to a table: refused when the name is a column's or taken. */
function adding<Item extends { readonly name: string }>(
  read: (args: At) => Item,
  add: (entry: TableEntry, item: Item) => TableEntry,
  objectOf: (source: string, entry: TableEntry, item: Item) => MetadataObject,
): Prefixed {
  return {
    read: (args, kind) => {
      const { source, table } = readPlace(args, kind);
      const item = read(args);
      const apply = (metadata: Metadata): Metadata =>
        changeTable(metadata, source, table.key, (found) => add(found, item));
      return {
        modifies: true,
        atomic: {
          since,
          apply: (metadata, state) => {
            trackedTable(state, source, kind, table);
            return apply(metadata);
          },
        },
        run: async (state, context) => {
          const { entry, fields } = trackedTable(state, source, kind, table);
          if (fields.has(item.name)) {
            const text = `field with name "${item.name}" already exists in table "${table.text}"`;
            throw new Refusal('already-exists', text);
          }
          const object = objectOf(source, entry, item).name;
          return {
            answer: success,
            state: await change(state, apply(state.metadata), context, { object }),
          };
        },
      };
    },
  };
}

/** A command that takes one thing off a table by its name. */
function dropping(key: string, drop: (entry: TableEntry, name: string) => TableEntry): Prefixed {
  return {
    read: (args, kind) => {
      const { source, table } = readPlace(args, kind);
      const name = args.required(key).nonEmptyString();
      const apply = (metadata: Metadata, state: State): Metadata => {
        trackedTable(state, source, kind, table);
        return changeTable(metadata, source, table.key, (entry) => {
          const dropped = drop(entry, name);
          if (JSON.stringify(dropped) !== JSON.stringify(entry)) return dropped;
          throw new Refusal('not-exists', `"${name}" does not exist`);
        });
      };
      return {
        modifies: true,
        atomic: { since, apply },
        run: async (state, context) => ({
          answer: success,
          state: await change(state, apply(state.metadata, state), context),
        }),
      };
    },
  };
}

/** What shares the names of a table with its remote relationships. */
export const localRelationshipCommands: Readonly<Record<string, Prefixed>> = {
  create_object_relationship: adding(
    readLocalRelationship,
    (entry, item) => ({ ...entry, objectRelationships: [...entry.objectRelationships, item] }),
    (source, entry, item) => localRelationshipObject('object_relation', source, entry, item),
  ),
  create_array_relationship: adding(
    readLocalRelationship,
    (entry, item) => ({ ...entry, arrayRelationships: [...entry.arrayRelationships, item] }),
    (source, entry, item) => localRelationshipObject('array_relation', source, entry, item),
  ),
  drop_relationship: dropping('relationship', (entry, name) => ({
    ...entry,
    objectRelationships: without(entry.objectRelationships, name),
    arrayRelationships: without(entry.arrayRelationships, name),
  })),
  add_computed_field: adding(
    readComputedField,
    (entry, item) => ({ ...entry, computedFields: [...entry.computedFields, item] }),
    computedFieldObject,
  ),
  drop_computed_field: dropping('name', (entry, name) => ({
    ...entry,
    computedFields: without(entry.computedFields, name),
  })),
};
