import type { Column, ConfiguredRemoteSchema, Knowledge, Source, Table } from '../catalogue/catalogue.ts';
import type { Relationship } from '../metadata/relationship.ts';
import type { NamedType } from '../schema/remoteSchema.ts';
import type { TableName } from '../schema/tableName.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type {
  ArgumentStep,
  Join,
  LhsField,
  PathStep,
  RemoteSchemaJoin,
  SourceJoin,
  ValueStep,
} from './joinPath.ts';

/** What an offset stands on, with what is known of it: for hover and definition. */
export type CursorTarget = {
  /** The value or key it stands on. */
  readonly node: SyntaxNode;
  /** The relationship it is part of. */
  readonly relationship: Relationship | undefined;
} & (
  | { readonly kind: 'relationship-name'; readonly name: string }
  | { readonly kind: 'relationship-type'; readonly join: SourceJoin }
  | { readonly kind: 'source'; readonly name: string; readonly source: Knowledge<Source> }
  | {
      readonly kind: 'table';
      readonly name: TableName;
      readonly source: Knowledge<Source>;
      readonly table: Knowledge<Table>;
    }
  | {
      readonly kind: 'remote-schema';
      readonly name: string;
      readonly remoteSchema: Knowledge<ConfiguredRemoteSchema>;
    }
  | { readonly kind: 'type'; readonly name: string; readonly type: Knowledge<NamedType> }
  /** In `lhs_fields`/`hasura_fields`, or the left side of `field_mapping`. */
  | {
      readonly kind: 'lhs-field';
      readonly name: string;
      readonly field: Knowledge<LhsField>;
      readonly join: Join;
    }
  /** The right side of `field_mapping`. */
  | {
      readonly kind: 'column';
      readonly name: string;
      readonly column: Knowledge<Column>;
      readonly join: SourceJoin;
    }
  | { readonly kind: 'remote-field'; readonly step: PathStep; readonly join: RemoteSchemaJoin }
  | {
      readonly kind: 'argument';
      readonly argument: ArgumentStep;
      readonly step: PathStep;
      readonly join: RemoteSchemaJoin;
    }
  /** A variable, a literal or `null`. */
  | {
      readonly kind: 'value';
      readonly value: ValueStep;
      readonly argument: ArgumentStep;
      readonly step: PathStep;
      readonly join: RemoteSchemaJoin;
    }
  /** A key of one of the shapes; `shape` is the key of the object it stands in (`to_source`, `definition`, ...). */
  | { readonly kind: 'key'; readonly name: string; readonly shape: string | undefined }
);
