import type { TableName } from '../schema/tableName.ts';

/**
 * What a name stands for, whatever file it is written in. Names that are not known (`undefined`) are equal to each other:
 * they are those of files that say nothing of their source or remote schema.
 */
export type NamedThing =
  | { readonly kind: 'source'; readonly source: string }
  | TableThing
  /** A column or computed field: a table has no two of one name. */
  | {
      readonly kind: 'column';
      readonly source: string | undefined;
      readonly table: string;
      readonly tableName: TableName;
      readonly name: string;
    }
  | { readonly kind: 'remote-schema'; readonly remoteSchema: string }
  | { readonly kind: 'type'; readonly remoteSchema: string | undefined; readonly type: string }
  /** A field of an object, interface or input object. */
  | {
      readonly kind: 'field';
      readonly remoteSchema: string | undefined;
      /** As far as the schema is not known, the way to it. */
      readonly type: string;
      readonly name: string;
    }
  | {
      readonly kind: 'argument';
      readonly remoteSchema: string | undefined;
      readonly type: string;
      readonly field: string;
      readonly name: string;
    }
  | { readonly kind: 'action-type'; readonly type: string }
  | { readonly kind: 'action-field'; readonly type: string; readonly name: string }
  /** `owner`: the key of the table or type that has it. */
  | {
      readonly kind: 'relationship';
      readonly owner: string;
      readonly name: string;
      /** The owner, where it is a table. */
      readonly table: TableThing | undefined;
    };

export interface TableThing {
  readonly kind: 'table';
  readonly source: string | undefined;
  /** Equal for all ways to write the same name. */
  readonly table: string;
  /** One of those ways. */
  readonly tableName: TableName;
}

/** The same text for the same thing, and for nothing else. */
export function thingKey(thing: NamedThing): string {
  switch (thing.kind) {
    case 'source':
      return keyOf(thing.kind, thing.source);
    case 'table':
      return keyOf(thing.kind, thing.source, thing.table);
    case 'column':
      return keyOf(thing.kind, thing.source, thing.table, thing.name);
    case 'remote-schema':
      return keyOf(thing.kind, thing.remoteSchema);
    case 'type':
      return keyOf(thing.kind, thing.remoteSchema, thing.type);
    case 'field':
      return keyOf(thing.kind, thing.remoteSchema, thing.type, thing.name);
    case 'argument':
      return keyOf(thing.kind, thing.remoteSchema, thing.type, thing.field, thing.name);
    case 'action-type':
      return keyOf(thing.kind, thing.type);
    case 'action-field':
      return keyOf(thing.kind, thing.type, thing.name);
    case 'relationship':
      return keyOf(thing.kind, thing.owner, thing.name);
  }
}

function keyOf(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts);
}
