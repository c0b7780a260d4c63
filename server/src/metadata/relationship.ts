import type { RelationshipVerb } from '../../../common/src/metadataApi/document/commands.ts';
import type { TableName } from '../schema/tableName.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/**
 * Remote relationships as read from a document, whatever the shape they were written in.
 * Rules and features read these types, never raw keys.
 */

/** A value and the node it was read from. */
export interface Located<T> {
  readonly value: T;
  readonly node: SyntaxNode;
}

/**
 * A key of a shape. `missing`: not written, or `null` where the key is optional (`owner` is the object it would stand in).
 * `malformed`: written with a value of the wrong kind (the shape problem is in `MetadataModel.shapeProblems`).
 * `unknown`: an unresolved alias or an `!include` that nobody resolves: nothing may be said of it.
 */
export type Property<T> =
  | { readonly state: 'present'; readonly value: T; readonly node: SyntaxNode }
  | { readonly state: 'missing'; readonly owner: SyntaxNode }
  | { readonly state: 'malformed'; readonly node: SyntaxNode }
  | { readonly state: 'unknown'; readonly node: SyntaxNode };

// ---- remote field tree ---------------------------------------------------------------------------------------

export type ArgumentValue =
  | { readonly kind: 'variable'; readonly name: string; readonly node: SyntaxNode }
  /** `"$"` (name empty) or `"$a-b"`: a parse error of the server. */
  | { readonly kind: 'invalid-variable'; readonly name: string; readonly node: SyntaxNode }
  | {
      readonly kind: 'literal';
      readonly type: 'Int' | 'Float' | 'Boolean' | 'String';
      /** The type is that of what the Hasura CLI makes of it, which is not what is written. */
      readonly byCli?: true;
      readonly node: SyntaxNode;
    }
  | { readonly kind: 'null'; readonly node: SyntaxNode }
  | { readonly kind: 'list'; readonly items: readonly ArgumentValue[]; readonly node: SyntaxNode }
  | { readonly kind: 'object'; readonly fields: readonly Argument[]; readonly node: SyntaxNode }
  | { readonly kind: 'unknown'; readonly node: SyntaxNode };

/** An argument of a remote field, or a field of an input object. */
export interface Argument {
  readonly name: Located<string>;
  readonly value: ArgumentValue;
}

/** One key of a remote field object with what stands below it. */
export interface RemoteFieldStep {
  /** The field name; `node` is the key. */
  readonly name: Located<string>;
  /** The value below the name (should be an object). */
  readonly node: SyntaxNode;
  readonly arguments: Property<readonly Argument[]>;
  /** The nested `field`; `undefined` when there is none. */
  readonly child: RemoteFieldObject | undefined;
}

/** `{ <name>: {arguments, field?} }`: exactly one step is right; none, or more than one, is R6. */
export interface RemoteFieldObject {
  readonly node: SyntaxNode;
  readonly steps: readonly RemoteFieldStep[];
}

// ---- definitions ---------------------------------------------------------------------------------------------

export type DefinitionMode = 'lenient' | 'strict' | 'legacy';

export interface ToRemoteSchemaDefinition {
  readonly kind: 'to-remote-schema';
  /** `legacy`: `remote_schema` + `hasura_fields` + `remote_field`. */
  readonly form: 'unified' | 'legacy';
  /** The object that holds the three keys (`args` itself in a flat request). */
  readonly node: SyntaxNode;
  readonly remoteSchema: Property<string>;
  /** `lhs_fields` or `hasura_fields`. */
  readonly lhsFields: Property<readonly Located<string>[]>;
  readonly remoteField: Property<RemoteFieldObject>;
}

export interface FieldMappingEntry {
  /** LHS field: the key. */
  readonly lhs: Located<string>;
  /** RHS column; `undefined` when the value is no string. */
  readonly column: Located<string> | undefined;
}

export interface ToSourceDefinition {
  readonly kind: 'to-source';
  readonly node: SyntaxNode;
  readonly relationshipType: Property<string>;
  readonly source: Property<string>;
  readonly table: Property<TableName>;
  readonly fieldMapping: Property<readonly FieldMappingEntry[]>;
}

/** No form, or more than one where the server refuses that (R1, R2), or a definition that is no object. */
export interface UnreadableDefinition {
  readonly kind: 'unreadable';
  /** The definition or the item it is missing from. */
  readonly node: SyntaxNode;
  /** Forms present side by side, read for completion and hover all the same. */
  readonly candidates: readonly (ToRemoteSchemaDefinition | ToSourceDefinition)[];
}

export type Definition = ToRemoteSchemaDefinition | ToSourceDefinition | UnreadableDefinition;

// ---- who owns a relationship ---------------------------------------------------------------------------------

export interface TableOwner {
  readonly kind: 'table';
  /**
   * Name of the source: written (`node`), implied by the file's place (`default` in version 2 documents and
   * requests, the including source in a metadata directory; no `node`), or `undefined`: not known.
   */
  readonly source: { readonly name: string; readonly node: SyntaxNode | undefined } | undefined;
  readonly table: Property<TableName>;
  /** Its name as the file writes it that includes this one. */
  readonly written?: SyntaxNode;
  /** The table entry of a metadata document; `undefined` in requests. */
  readonly entry: TableEntry | undefined;
}

export interface RemoteSchemaTypeOwner {
  readonly kind: 'remote-schema-type';
  /** Name of the remote schema; `undefined`: not known (a file of its own that nothing includes). */
  readonly remoteSchema: { readonly name: string; readonly node: SyntaxNode } | undefined;
  /** `type_name` (or `type` written in its place: see shape problem `type-for-type-name`). */
  readonly typeName: Property<string>;
}

/** An object type of actions (spec 4.13). */
export interface ActionTypeOwner {
  readonly kind: 'action-type';
  readonly typeName: Property<string>;
  /** Fields written beside the relationships; `undefined` where they stand as SDL in a file of their own. */
  readonly fields: readonly ActionTypeField[] | undefined;
}

export interface ActionTypeField {
  readonly name: Located<string>;
  /** As GraphQL writes it; `undefined` when it can't be read. */
  readonly type: string | undefined;
}

export interface RelationshipRequest {
  readonly verb: RelationshipVerb;
  /** `pg`, `mssql`, ...; `''` for the unprefixed `/v1/query` commands; `undefined` for remote schema commands. */
  readonly prefix: string | undefined;
  /** The node of `type`. */
  readonly type: SyntaxNode;
  readonly args: SyntaxNode | undefined;
}

export interface Relationship {
  /** The item `{name, definition}`, or `args` of a request. */
  readonly node: SyntaxNode;
  readonly name: Property<string>;
  /** The name where the file that includes the definition has it. */
  readonly nameOutside?: string;
  readonly owner: TableOwner | RemoteSchemaTypeOwner | ActionTypeOwner;
  /** `undefined` for delete requests. */
  readonly definition: Definition | undefined;
  readonly mode: DefinitionMode;
  /** Present when it was read from an API request. */
  readonly request: RelationshipRequest | undefined;
}

// ---- what else a document says -------------------------------------------------------------------------------

export interface ComputedFieldEntry {
  readonly name: Located<string>;
  /** SQL function's name as text, for messages. */
  readonly functionName: string | undefined;
  /** Whether `definition` names a `session_argument`, which does not count in 4.3. */
  readonly hasSessionArgument: boolean;
  readonly node: SyntaxNode;
}

export interface LocalRelationshipEntry {
  readonly kind: 'object' | 'array';
  readonly name: Located<string>;
  readonly node: SyntaxNode;
}

/** That a role may read a table; which columns does not matter to relationships (R45). */
export interface SelectPermission {
  readonly role: string;
  /** It may also count and add up. */
  readonly aggregates: boolean;
}

export interface TableEntry {
  readonly node: SyntaxNode;
  readonly table: Property<TableName>;
  /** As in `TableOwner.source`. */
  readonly source: { readonly name: string; readonly node: SyntaxNode | undefined } | undefined;
  readonly isEnum: boolean;
  /** DB column name to custom GraphQL name, from `configuration.column_config` and `custom_column_names`. */
  readonly customNames: ReadonlyMap<string, Located<string>>;
  readonly configuration: TableConfiguration;
  readonly computedFields: readonly ComputedFieldEntry[];
  /** Whether all of `computed_fields` can be read where it stands: nothing of it is included. */
  readonly computedFieldsWhole: boolean;
  readonly localRelationships: readonly LocalRelationshipEntry[];
  /** `undefined` where they can't be read whole. */
  readonly selectPermissions: readonly SelectPermission[] | undefined;
  /** Lists of permissions and event triggers that have a role or a name twice. */
  readonly repeated: readonly { readonly kind: string; readonly names: readonly Located<string>[] }[];
  readonly relationships: readonly Relationship[];
  /** Whether all of `remote_relationships` can be read where it stands: nothing of it is included. */
  readonly relationshipsWhole: boolean;
  /** Name of the logical model the columns come from (data connectors). */
  readonly logicalModel: string | undefined;
  /** Keys the server refuses (R4). */
  readonly unknownKeys: readonly SyntaxNode[];
}

/** What the `configuration` of a table entry says of its names. */
export interface TableConfiguration {
  /** False where a part of it can't be read: a column or a name may be configured that is not listed. */
  readonly readable: boolean;
  /** `custom_name`: the name of the table in GraphQL. */
  readonly customName: Located<string> | undefined;
  /** Every column that has a configuration, by its DB name; `node` is the key. */
  readonly columns: readonly Located<string>[];
}

export interface LogicalModelEntry {
  readonly name: string;
  readonly fields: readonly {
    readonly name: string;
    readonly type: string | undefined;
    readonly nullable: boolean | undefined;
    readonly scalar: boolean;
  }[];
}

/** What stands around names. */
export interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
}

export interface SourceEntry {
  readonly node: SyntaxNode;
  readonly name: Property<string>;
  /** As written, normalised: `pg` is `postgres`, missing or null is `postgres`. `undefined` when malformed. */
  readonly kind: string | undefined;
  /** `customization.naming_convention`, as written. */
  readonly namingConvention: string | undefined;
  /** What `customization.type_names` puts around the names of its types. */
  readonly typeNames: Affixes;
  /** `includes`: tables or parts of them come from other files. */
  readonly tables: readonly TableEntry[];
  readonly logicalModels: readonly LogicalModelEntry[];
  /** False when `tables` could not be read whole here (an include, an unresolved alias, a wrong kind of value). */
  readonly tablesComplete: boolean;
}

export interface RemoteSchemaTypeEntry {
  readonly node: SyntaxNode;
  readonly typeName: Property<string>;
  readonly relationships: readonly Relationship[];
}

/** Other names by prefix, suffix and one by one. */
export interface Renaming {
  readonly prefix: string;
  readonly suffix: string;
  /** New name by old one; `node` is the value. */
  readonly mapping: ReadonlyMap<string, Located<string>>;
  readonly node: SyntaxNode;
}

/** The `customization` of a remote schema. */
export interface RemoteSchemaCustomization {
  readonly node: SyntaxNode;
  readonly namespace: Located<string> | undefined;
  readonly typeNames: Renaming | undefined;
  /** By parent type; of several for one type the last. */
  readonly fieldNames: ReadonlyMap<string, Renaming>;
  /** Keys of mappings that no server lets be customized (`__typename`). */
  readonly reservedNames: readonly Located<string>[];
  /** False when a part of it can't be read: what it does is not known. */
  readonly complete: boolean;
}

export interface RemoteSchemaPermission {
  readonly node: SyntaxNode;
  readonly role: Property<string>;
  /** SDL. */
  readonly schema: Property<string>;
}

export interface RequestedPermission {
  readonly remoteSchema: Property<string>;
  readonly permission: RemoteSchemaPermission;
}

export interface RemoteSchemaEntry {
  readonly node: SyntaxNode;
  readonly name: Property<string>;
  readonly types: readonly RemoteSchemaTypeEntry[];
  /** Why the definition alone makes it unusable: no URL, or two. */
  readonly urlProblem: 'none' | 'two' | undefined;
  readonly customization: RemoteSchemaCustomization | undefined;
  readonly permissions: readonly RemoteSchemaPermission[];
  /** There are no others, and none is of a role that can't be read. */
  readonly permissionsKnown: boolean;
}

/** A role that may do what others may. */
export interface InheritedRole {
  readonly name: string;
  readonly roles: readonly string[];
}

export interface ActionTypeEntry {
  readonly node: SyntaxNode;
  readonly name: Property<string>;
  readonly fields: ActionTypeOwner['fields'];
  /** All of them lead to a source. */
  readonly relationships: readonly Relationship[];
}

/** An `!include` in either spelling. */
export interface Include {
  readonly node: SyntaxNode;
  /** The path as the CLI would read it; not joined to anything. */
  readonly path: string;
  /** Where the path itself stands in the file. */
  readonly offset: number;
  readonly length: number;
  /** The source item of `databases.yaml` whose `tables`/`functions` this include is in; `undefined` in other files. */
  readonly source: SourceEntry | undefined;
  /** Key of the source item the include is below: `tables` or `functions`; `undefined` in other files. */
  readonly section: string | undefined;
}

/** A metadata API command other than a relationship command, as far as it changes what is known. */
export interface OtherRequest {
  /** As written, e.g. `pg_track_table`, `add_remote_schema`. */
  readonly type: Located<string>;
  readonly args: SyntaxNode | undefined;
}

interface ShapeProblemPlace {
  readonly node: SyntaxNode;
  /** The shape this is about, in the field's words: `remote_relationships item`, `to_source`, `arguments`, `args`, ... */
  readonly shape: string;
  /** The server's own text where it would refuse the document; `undefined` where it stays silent. */
  readonly serverMessage: string | undefined;
  /** Name of the relationship it belongs to. */
  readonly relationship: string | undefined;
}

/** Something wrong with the shape itself; rules turn these into findings. */
export type ShapeProblem = ShapeProblemPlace &
  (
    | {
        /**
         * `key-not-found`, `flat-definition`: `node` lacks the key. `duplicate-key`, `field-name`, `argument-name`,
         * `type-for-type-name`: `node` is the key. `invalid-variable`: the key is the variable's name.
         */
        readonly kind:
          | 'key-not-found'
          | 'empty-string'
          | 'duplicate-key'
          | 'type-for-type-name'
          | 'flat-definition'
          | 'relationship-type'
          | 'field-name'
          | 'argument-name'
          | 'type-name'
          | 'custom-name'
          | 'cli-scalar'
          | 'invalid-variable'
          | 'metadata-version'
          | 'customization-name'
          | 'request-version'
          | 'bulk-item';
        readonly key: string;
      }
    /** `allowed`: what may stand there instead. */
    | {
        readonly kind: 'unknown-key' | 'unknown-command';
        readonly key: string;
        readonly allowed: readonly string[];
      }
    | { readonly kind: 'definition-form'; readonly allowed: readonly string[] }
    /** `key`: below which `node` stands. */
    | { readonly kind: 'wrong-kind'; readonly key: string | undefined; readonly expected: string }
    | {
        readonly kind:
          | 'request-form'
          | 'remote-field-count'
          | 'remote-schema-url'
          | 'header-value'
          | 'cli-stop';
      }
  );

/** The problems of a kind. */
export type ShapeProblemOf<Kind extends ShapeProblem['kind']> = ShapeProblem & { readonly kind: Kind };

/** What a document is, by what it says. */
export type DocumentRole =
  | 'metadata' // 1.1, also below `metadata` (consolidated export)
  | 'sources' // databases.yaml: a list of sources
  | 'tables' // a list of table entries (v2 tables.yaml) or of includes
  | 'table' // one table entry
  | 'remote-schemas'
  | 'remote-schema-types' // a list of, or one, `{type_name, relationships}`
  | 'actions' // actions.yaml: actions, and relationships of their types
  | 'inherited-roles' // inherited_roles.yaml
  | 'relationships' // a list of `{name, definition}`, or one, included on its own
  | 'definition' // a definition included on its own
  | 'request' // an API request, a list of them, bulk
  | 'none'; // not Hasura's

export interface MetadataModel {
  /** One for each root of the tree. */
  readonly roles: readonly DocumentRole[];
  readonly sources: readonly SourceEntry[];
  /** Every table entry of the file, those of `sources` included. */
  readonly tables: readonly TableEntry[];
  readonly remoteSchemas: readonly RemoteSchemaEntry[];
  /** Permissions on remote schemas that requests add. */
  readonly requestedPermissions: readonly RequestedPermission[];
  /** Object types of actions, with their relationships. */
  readonly actionTypes: readonly ActionTypeEntry[];
  readonly inheritedRoles: readonly InheritedRole[];
  /** Every remote relationship of the file, wherever it stands; those of action types are none. */
  readonly relationships: readonly Relationship[];
  readonly includes: readonly Include[];
  readonly otherRequests: readonly OtherRequest[];
  readonly shapeProblems: readonly ShapeProblem[];
}

/**
 * What the place of a file says about it, e.g. that `databases.yaml` includes it below source `shop`.
 * Everything is optional: a file that nothing includes is read by what it says.
 */
export interface ReadingContext {
  /** Role forced by the place (`databases/databases.yaml` is `sources` even when empty). */
  readonly role?: DocumentRole;
  /** Source the table entries belong to. */
  readonly source?: string;
  /** Table the relationships belong to. */
  readonly table?: Located<TableName>;
  /** Of several documents in the file only the first counts. */
  readonly firstOnly?: boolean;
  /** Relationship the definition belongs to. */
  readonly relationship?: string;
}
