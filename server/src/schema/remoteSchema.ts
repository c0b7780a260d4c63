/**
 * A remote schema, read-only and shared, indexed lazily by type.
 * Names are the upstream server's own, before any customization (spec 6.7).
 */
import type { Location } from '../syntax/location.ts';

/** `[String!]!` as a tree. */
export type TypeReference =
  | { readonly kind: 'named'; readonly name: string; readonly nonNull: boolean }
  | { readonly kind: 'list'; readonly of: TypeReference; readonly nonNull: boolean };

export interface InputValue {
  readonly name: string;
  readonly type: TypeReference;
  readonly description: string | undefined;
  readonly hasDefault: boolean;
  /** The default as GraphQL text, for hover. */
  readonly defaultText: string | undefined;
  readonly deprecationReason: string | undefined;
  readonly location: Location | undefined;
}

export interface FieldDefinition {
  readonly name: string;
  readonly type: TypeReference;
  readonly arguments: readonly InputValue[];
  readonly description: string | undefined;
  /** `undefined` when not deprecated. */
  readonly deprecationReason: string | undefined;
  readonly location: Location | undefined;
  argument(name: string): InputValue | undefined;
}

export type NamedTypeKind = 'object' | 'interface' | 'union' | 'scalar' | 'enum' | 'input-object';

export interface NamedType {
  readonly kind: NamedTypeKind;
  readonly name: string;
  readonly description: string | undefined;
  /** Fields of objects and interfaces; empty for the others. Built on first use. */
  readonly fields: readonly FieldDefinition[];
  /** Fields of an input object; empty for the others. */
  readonly inputFields: readonly InputValue[];
  /** Names of enum values; empty for the others. */
  readonly enumValues: readonly string[];
  /** Names of the interfaces an object or interface implements; empty for the others. */
  readonly interfaces: readonly string[];
  /** Names of the types of a union; empty for the others. */
  readonly memberTypes: readonly string[];
  readonly location: Location | undefined;
  field(name: string): FieldDefinition | undefined;
  inputField(name: string): InputValue | undefined;
}

export interface RemoteSchema {
  /** `Query` unless the schema says otherwise. */
  readonly queryTypeName: string;
  /** `undefined` when the schema has no such type (then R15's "query root missing"). Includes the built-in scalars. */
  type(name: string): NamedType | undefined;
  readonly typeNames: readonly string[];
  /** There may be more: what it does not have is not known to be missing. */
  readonly isPartial?: boolean;
}
