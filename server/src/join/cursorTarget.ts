import type { Column, ConfiguredRemoteSchema, Knowledge, Source, Table } from '../catalogue/catalogue.ts';
import type { ObjectSchema } from '../metadata/metadataSchema.ts';
import type { Relationship } from '../metadata/relationship.ts';
import type { FieldDefinition, InputValue, NamedType, RemoteSchema } from '../schema/remoteSchema.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type {
  ArgumentStep,
  Join,
  LeftHandSide,
  LhsField,
  PathStep,
  RemoteSchemaJoin,
  SourceJoin,
  ValueStep,
} from './joinPath.ts';

/**
 * What a node of a document is, by where it stands: the name of a column, a remote field, an argument, …, with what is
 * known of it and what else could stand there. Completion, hover and definition all ask for it, so they agree.
 * A name is `undefined` while it can't be read.
 */
export type CursorTarget = CursorTargetBase & CursorTargetKind;

interface CursorTargetBase {
  /** The value or key it stands on; of a part of a table name the whole name. */
  readonly node: SyntaxNode;
  /** The relationship it is part of. */
  readonly relationship: Relationship | undefined;
  /** The walk of that relationship; of several forms side by side, of the one it stands in. */
  readonly join: Join | undefined;
  /** The place expects a list, and the node stands where the list itself would: its dash is not typed. */
  readonly opensList: boolean;
  /** The place expects an object, and the node stands where the object itself would. */
  readonly opensObject: boolean;
}

export type CursorTargetKind =
  /** A key of a shape; `object` is what it stands in. */
  | { readonly kind: 'key'; readonly shape: ObjectSchema; readonly object: SyntaxNode }
  | { readonly kind: 'command' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'source-kind' }
  /** `declares`: it is this name that makes it a source of the metadata. */
  | {
      readonly kind: 'source';
      readonly name: string | undefined;
      readonly source: Knowledge<Source>;
      readonly declares: boolean;
    }
  | {
      readonly kind: 'remote-schema';
      readonly name: string | undefined;
      readonly remoteSchema: Knowledge<ConfiguredRemoteSchema>;
      readonly declares: boolean;
    }
  /** A type of a remote schema that has relationships. */
  | {
      readonly kind: 'type';
      readonly name: string | undefined;
      readonly type: Knowledge<NamedType>;
      readonly schema: Knowledge<RemoteSchema>;
    }
  /** A table name, whole (`part` is `undefined`), or a part of it. */
  | {
      readonly kind: 'table';
      readonly source: Knowledge<Source>;
      readonly table: Knowledge<Table>;
      readonly part: TableNamePart | undefined;
    }
  | {
      readonly kind: 'relationship-name';
      readonly name: string | undefined;
      readonly relationship: Relationship;
    }
  | { readonly kind: 'relationship-type' }
  /** An entry of `lhs_fields`/`hasura_fields` (in `list`), or the left side of `field_mapping` (in `mapping`). */
  | {
      readonly kind: 'lhs-field';
      readonly name: string | undefined;
      readonly lhs: LeftHandSide;
      readonly field: Knowledge<LhsField>;
      readonly list: SyntaxNode | undefined;
      readonly mapping: SyntaxNode | undefined;
    }
  /** The right side of `field_mapping`; `lhsField` is the left one. */
  | {
      readonly kind: 'column';
      readonly name: string | undefined;
      readonly column: Knowledge<Column>;
      readonly join: SourceJoin;
      readonly lhsField: string | undefined;
    }
  | {
      readonly kind: 'remote-field';
      readonly join: RemoteSchemaJoin;
      readonly parentType: NamedType | undefined;
      /** `undefined` for the first key of an object that is not written. */
      readonly step: PathStep | undefined;
      readonly object: SyntaxNode;
    }
  | {
      readonly kind: 'argument';
      readonly join: RemoteSchemaJoin;
      /** What may be given here: arguments of a field, or fields of an input object; empty when not known. */
      readonly inputs: readonly InputValue[];
      /** The field or input type they belong to; `undefined` when not known. */
      readonly owner: FieldDefinition | NamedType | undefined;
      /** `undefined` for the first key of an object that is not written. */
      readonly argument: ArgumentStep | undefined;
      readonly object: SyntaxNode;
    }
  /** A variable, a literal, `null`, a list or an object. */
  | {
      readonly kind: 'value';
      readonly join: RemoteSchemaJoin;
      readonly value: ValueStep;
      /** The argument or input field it is the value of. */
      readonly argument: ArgumentStep;
      /** Name of the remote field or input type that has it. */
      readonly owner: string | undefined;
    };

export interface TableNamePart {
  /** `key`: one of the keys, or the place where the first would stand. */
  readonly of: 'key' | 'schema' | 'dataset' | 'name';
  readonly object: SyntaxNode;
}
