import type { Catalogue, ConfiguredRemoteSchema, Knowledge, Source, Table } from '../catalogue/catalogue.ts';
import type {
  Argument,
  ArgumentValue,
  FieldMappingEntry,
  Located,
  Relationship,
  RemoteFieldStep,
  ToRemoteSchemaDefinition,
  ToSourceDefinition,
} from '../metadata/relationship.ts';
import type {
  FieldDefinition,
  InputValue,
  NamedType,
  RemoteSchema,
  TypeReference,
} from '../schema/remoteSchema.ts';
import type { Location } from '../syntax/location.ts';

/**
 * The one walk along a relationship: both sides of the join, each step of the remote field path, each argument with
 * the type it is expected to have, each `$column` with the field it names. Rules and features are readers of it.
 */

/** A field the left-hand side offers for joining (spec 4.3). */
export interface LhsField {
  readonly name: string;
  readonly origin: 'column' | 'computed-field' | 'remote-field';
  /** SQL type of a column or computed field; GraphQL type (as text) of a remote field. */
  readonly type: string | undefined;
  /** `type` as a GraphQL type reference when it is known: scalar name by spec 5.3/5.4 for columns. */
  readonly graphqlType: TypeReference | undefined;
  readonly nullable: boolean | undefined;
  readonly description: string | undefined;
  readonly location: Location | undefined;
  /** The line of SQL that makes it, where it is known by SQL. */
  readonly line?: number | undefined;
}

/** The left-hand side of a relationship, as far as it is known. */
export type LeftHandSide = TableSide | RemoteSchemaTypeSide | ActionTypeSide;

export interface TableSide extends JoinableFields {
  readonly kind: 'table';
  readonly source: Knowledge<Source>;
  readonly table: Knowledge<Table>;
}

export interface RemoteSchemaTypeSide extends JoinableFields {
  readonly kind: 'remote-schema-type';
  readonly remoteSchema: Knowledge<ConfiguredRemoteSchema>;
  readonly type: Knowledge<NamedType>;
}

export interface ActionTypeSide extends JoinableFields {
  readonly kind: 'action-type';
  readonly type: Knowledge<NamedType>;
}

interface JoinableFields {
  /** Everything that can be joined on; `unknown` when columns or types are not loaded. */
  readonly fields: Knowledge<readonly LhsField[]>;
  /** The field of that name. `absent` only when all are known. Known computed fields that can't be joined on are absent. */
  field(name: string): Knowledge<LhsField>;
  /** `<lhs>` of R11 and R40: text form of the table, or name of the remote schema; `undefined` when not known. */
  readonly text: string | undefined;
}

export interface ArgumentStep {
  readonly argument: Argument;
  /** The argument or input field this names. `unknown` when the field it belongs to is not known. */
  readonly definition: Knowledge<InputValue>;
  readonly value: ValueStep;
}

export interface ValueStep {
  readonly value: ArgumentValue;
  /** What the place expects; `undefined` when not known. */
  readonly expected: TypeReference | undefined;
  /** The named type below all list and non-null wrappers of `expected`. */
  readonly expectedType: NamedType | undefined;
  /** Of a variable: is it listed in `lhs_fields`? `undefined` when the list can't be read. */
  readonly listed: boolean | undefined;
  /** The LHS field a variable names; `unknown` for any other value. */
  readonly lhsField: Knowledge<LhsField>;
  /** Of a list. */
  readonly items: readonly ValueStep[];
  /** Of an object. */
  readonly fields: readonly ArgumentStep[];
}

export interface PathStep {
  readonly step: RemoteFieldStep;
  /** The object type the field is looked up in; `undefined` when not known. */
  readonly parentType: NamedType | undefined;
  /** `absent`: R15. `unknown`: the remote schema or an earlier step is not known. */
  readonly field: Knowledge<FieldDefinition>;
  /** The named type the field returns; `undefined` when not known. */
  readonly returns: NamedType | undefined;
  readonly arguments: readonly ArgumentStep[];
  /** True for the step nothing follows. */
  readonly last: boolean;
  /** True when a step follows though this one returns no object type (R15's quirk, R42). */
  readonly belowNonObject: boolean;
}

export interface RemoteSchemaJoin {
  readonly kind: 'to-remote-schema';
  readonly relationship: Relationship;
  readonly definition: ToRemoteSchemaDefinition;
  readonly lhs: LeftHandSide;
  /** The remote schema joined to. */
  readonly target: Knowledge<ConfiguredRemoteSchema>;
  readonly schema: Knowledge<RemoteSchema>;
  readonly lhsFields: readonly { readonly name: Located<string>; readonly field: Knowledge<LhsField> }[];
  /**
   * Every step in the order of the path. Where one level has several keys (R6) each is walked, in document order,
   * so that all of them can be checked.
   */
  readonly path: readonly PathStep[];
  /** Names of variables used anywhere in the path. */
  readonly usedVariables: ReadonlySet<string>;
}

export interface SourceJoin {
  readonly kind: 'to-source';
  readonly relationship: Relationship;
  readonly definition: ToSourceDefinition;
  readonly lhs: LeftHandSide;
  readonly source: Knowledge<Source>;
  readonly table: Knowledge<Table>;
  readonly pairs: readonly {
    readonly entry: FieldMappingEntry;
    readonly lhs: Knowledge<LhsField>;
    readonly column: Knowledge<import('../catalogue/catalogue.ts').Column>;
  }[];
}

export type Join = RemoteSchemaJoin | SourceJoin;

export type { Catalogue };
