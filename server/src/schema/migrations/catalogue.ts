import type { GoneName, GoneTable, SqlOrigin } from './replayedDatabase.ts';

/**
 * What the statements so far have left behind. Objects refer to each other by number, never by name, so that a rename reaches all who
 * use what is renamed; and all of it is plain data, of which `copyCatalogue` keeps a state to go on from.
 */
export interface Catalogue {
  nextId: ObjectId;
  readonly schemas: Map<ObjectId, Schema>;
  readonly relations: Map<ObjectId, Relation>;
  readonly types: Map<ObjectId, UserType>;
  readonly routines: Map<ObjectId, Routine>;
  /** Relations that are no more, though one of the same name may be; by schema and name. */
  readonly gone: Map<string, GoneTable>;
  /** Something may be gone: a relation, or a column of one. */
  hasGone: boolean;
  /** Where the statement that is interpreted begins. */
  at: SqlOrigin | undefined;
  /** Those that were created, by name, and the schema they were put in. */
  readonly extensions: Map<string, string>;
  readonly searchPath: string[];
  /** Which schemas `$user` on the path may stand for: any when a statement says it, else those that look like the user's. */
  userOnPath: 'any' | 'likely' | 'none';
  /** What a name without a schema means is not known. */
  pathUnknown: boolean;
  /** The path that comes back at the end of the transaction. */
  pathAfter: { readonly names: readonly string[]; readonly user: Catalogue['userOnPath'] } | undefined;
  /** The path a session begins with was changed. */
  pathAlwaysUnknown: boolean;
  /** An earlier file set a path, which may still hold in later ones. */
  pathLeft: boolean;
  /** It may hold now, as this file has set none. */
  pathMayBeLeft: boolean;
  /** Names of functions that may change tables, in lower case: by themselves, or by others they call. */
  readonly ddlRoutines: Set<string>;
  /** What the bodies of functions call, by the names of the functions. */
  readonly routineCalls: Map<string, Set<string>>;
  /** Functions that other statements run later: of triggers, defaults, views. */
  readonly calledLater: Set<string>;
  /** Which functions that may do anything those of migrations call, by the names of the functions. */
  readonly unknownCalls: Map<string, Set<string>>;
  /** Other statements run such functions later. */
  unknownLater: boolean;
  /** Roles that may run the migrations: those that schemas are made for. One that a migration makes runs none before. */
  readonly roles: Set<string>;
  /** A statement ran that may have created, changed or dropped anything. */
  wild: boolean;
  /** An event trigger changes what each statement leaves behind. */
  alwaysWild: boolean;
  /** What is being interpreted may not have run: what it adds is not counted on, nor what it takes away. */
  uncertain: boolean;
  /** What the statements so far have cost: see `spend`. */
  effort: number;
}

export type ObjectId = number;

export interface Schema {
  readonly id: ObjectId;
  name: string;
  /** A statement certainly made it, so that all that is in it is known. */
  made: boolean;
  readonly relations: Map<string, ObjectId>;
  readonly types: Map<string, ObjectId>;
  readonly routines: Map<string, ObjectId[]>;
}

export interface SqlType {
  /** The internal name of a built-in type, the object of another, or the spelling of one that no statement made. */
  readonly base: string | ObjectId;
  readonly unseen?: true;
  readonly modifiers?: string;
  readonly array?: true;
}

export interface Column {
  readonly id: ObjectId;
  name: string;
  type: SqlType | undefined;
  nullable: boolean | undefined;
  description: string | undefined;
  readonly origin: SqlOrigin;
  /** It is not certain that it is there. */
  maybe: boolean;
  /** The table has it of its own, not from its parents alone. */
  local: boolean;
  /** From how many parents it comes. */
  inherited: number;
  /** What a generated column is computed from. */
  generatedFrom: ReadonlySet<ObjectId> | undefined;
}

export interface Constraint {
  name: string;
  readonly kind: 'primary key' | 'unique' | 'foreign key' | 'other';
  readonly columns: readonly ObjectId[];
  readonly references: { readonly relation: ObjectId; readonly columns: readonly ObjectId[] } | undefined;
  /** A partition has it because its parent has. */
  readonly inherited: boolean;
}

export type RelationKind = 'table' | 'view' | 'materialized view' | 'foreign table' | 'composite type';

export interface Relation {
  readonly id: ObjectId;
  schema: ObjectId;
  name: string;
  readonly kind: RelationKind;
  columns: Column[];
  closed: boolean;
  /** Columns that are no more, though one of the same name may be. */
  readonly goneColumns: Map<string, GoneName>;
  /** `outside`: a statement used it that none has made. */
  existence: 'certain' | 'maybe' | 'outside';
  readonly temporary: boolean;
  parents: ObjectId[];
  isPartition: boolean;
  /** The columns a table is divided by: it goes with them. */
  partitionKey: readonly ObjectId[];
  /** It has a PARTITION BY. */
  readonly divided: boolean;
  /** A temporary table that goes at the end of the transaction. */
  readonly untilCommit: boolean;
  ofType: ObjectId | undefined;
  readonly server: string | undefined;
  constraints: Constraint[];
  foreignKeysKnown: boolean;
  /** What the query of a view uses: relations, columns, types, routines. */
  dependencies: ReadonlySet<ObjectId>;
  dependenciesKnown: boolean;
  /** The query of a view has a GROUP BY. */
  readonly groups: boolean;
  description: string | undefined;
  readonly origin: SqlOrigin;
}

export interface UserType {
  readonly id: ObjectId;
  schema: ObjectId;
  name: string;
  readonly kind: 'enum' | 'domain' | 'range' | 'other';
  readonly base: SqlType | undefined;
  readonly extension: string | undefined;
  maybe: boolean;
}

export interface RoutineArgument {
  readonly name: string | undefined;
  readonly type: SqlType | undefined;
  readonly isInput: boolean;
  readonly isOutput: boolean;
  readonly isOptional: boolean;
}

export interface Routine {
  readonly id: ObjectId;
  schema: ObjectId;
  name: string;
  readonly kind: 'function' | 'procedure' | 'aggregate';
  readonly arguments: readonly RoutineArgument[];
  readonly returnType: SqlType | undefined;
  readonly returnsSet: boolean;
  /** Its body has words that change tables. */
  readonly runsDdl: boolean;
  readonly dependencies: ReadonlySet<ObjectId>;
  readonly origin: SqlOrigin;
  maybe: boolean;
}

export function newCatalogue(): Catalogue {
  const catalogue: Catalogue = {
    nextId: 1,
    schemas: new Map(),
    relations: new Map(),
    types: new Map(),
    routines: new Map(),
    gone: new Map(),
    hasGone: false,
    at: undefined,
    extensions: new Map(),
    searchPath: ['public'],
    userOnPath: 'likely',
    pathUnknown: false,
    pathAfter: undefined,
    pathAlwaysUnknown: false,
    pathLeft: false,
    pathMayBeLeft: false,
    ddlRoutines: new Set(),
    routineCalls: new Map(),
    calledLater: new Set(),
    unknownCalls: new Map(),
    unknownLater: false,
    // The one of a new installation.
    roles: new Set(['postgres']),
    wild: false,
    alwaysWild: false,
    uncertain: false,
    effort: 0,
  };
  addSchema(catalogue, 'public');
  return catalogue;
}

/** Objects that are looked at. What goes past it would take minutes, or all memory; the largest projects take a hundredth. */
const mostEffort = 100_000_000;
/** What keeping an object costs, beside looking at one. */
const effortOfObject = 200;

class TooMuch extends Error {}

/** Counts objects that are looked at, or kept, and ends what is being interpreted when they are too many. */
export function spend(catalogue: Catalogue, effort: number): void {
  catalogue.effort += effort;
  if (isExhausted(catalogue)) throw new TooMuch();
}

export function isExhausted({ effort }: Catalogue): boolean {
  return effort > mostEffort;
}

export function newId(catalogue: Catalogue): ObjectId {
  spend(catalogue, effortOfObject);
  return catalogue.nextId++;
}

export function findSchema(catalogue: Catalogue, name: string): Schema | undefined {
  catalogue.effort += catalogue.schemas.size;
  for (const schema of catalogue.schemas.values()) if (schema.name === name) return schema;
  return undefined;
}

/** The schema of that name; one that no statement made is taken to be there. */
export function addSchema(catalogue: Catalogue, name: string): Schema {
  const existing = findSchema(catalogue, name);
  if (existing) return existing;
  const schema: Schema = {
    id: newId(catalogue),
    name,
    made: false,
    relations: new Map(),
    types: new Map(),
    routines: new Map(),
  };
  catalogue.schemas.set(schema.id, schema);
  return schema;
}

/** A name as it is written: with its schema or without. */
export interface QualifiedName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** The schemas in which a name without one is looked for, in order. */
function path(catalogue: Catalogue, name: QualifiedName): Schema[] {
  const names = name.schema === undefined ? ['pg_temp', ...catalogue.searchPath] : [name.schema];
  return names.flatMap((schema) => findSchema(catalogue, schema) ?? []);
}

export function findRelation(catalogue: Catalogue, name: QualifiedName): Relation | undefined {
  for (const schema of path(catalogue, name)) {
    const id = schema.relations.get(name.name);
    const relation = id === undefined ? undefined : catalogue.relations.get(id);
    if (relation) return relation;
  }
  return undefined;
}

export function findType(catalogue: Catalogue, name: QualifiedName): UserType | Relation | undefined {
  for (const schema of path(catalogue, name)) {
    const id = schema.types.get(name.name) ?? schema.relations.get(name.name);
    if (id === undefined) continue;
    const found = catalogue.types.get(id) ?? catalogue.relations.get(id);
    if (found) return found;
  }
  return undefined;
}

/** All of that name, those of the first schema first. */
export function findRoutines(catalogue: Catalogue, name: QualifiedName): Routine[] {
  const ids = path(catalogue, name).flatMap((schema) => schema.routines.get(name.name) ?? []);
  return ids.flatMap((id) => catalogue.routines.get(id) ?? []);
}

/** Where something without a schema is made. `undefined` when there is no such place. */
export function creationSchema(catalogue: Catalogue, name: QualifiedName): Schema | undefined {
  if (name.schema !== undefined) return addSchema(catalogue, name.schema);
  const names = catalogue.searchPath;
  const existing = names.find((schema) => findSchema(catalogue, schema) !== undefined) ?? names[0];
  return existing === undefined ? undefined : addSchema(catalogue, existing);
}

export function schemaName(catalogue: Catalogue, id: ObjectId): string {
  return catalogue.schemas.get(id)?.name ?? '';
}

export function findColumn(relation: Relation, name: string): Column | undefined {
  return relation.columns.find((column) => column.name === name);
}

/** Tables that inherit from it directly, partitions among them. */
export function childrenOf(catalogue: Catalogue, relation: Relation): Relation[] {
  const found: Relation[] = [];
  spend(catalogue, catalogue.relations.size);
  for (const each of catalogue.relations.values()) {
    if (each.parents.length > 0 && each.parents.includes(relation.id)) found.push(each);
  }
  return found;
}

/** Something may be different from what is known of it. */
export function open(relation: Relation): void {
  relation.closed = false;
  relation.foreignKeysKnown = false;
}

/** Anything may have happened. */
export function markWild(catalogue: Catalogue): void {
  catalogue.wild = true;
  forgetGone(catalogue);
  for (const schema of catalogue.schemas.values()) schema.made = false;
  catalogue.effort += catalogue.relations.size;
  for (const relation of catalogue.relations.values()) open(relation);
}

/** Whatever was taken away may be there again. */
export function forgetGone(catalogue: Catalogue): void {
  if (!catalogue.hasGone) return;
  catalogue.hasGone = false;
  catalogue.gone.clear();
  for (const relation of catalogue.relations.values()) relation.goneColumns.clear();
}

/** The same of relations of this name, in all schemas when none is given. */
export function forgetGoneName({ gone }: Catalogue, name: string, schema?: string): void {
  for (const [key, each] of gone) {
    if (each.name === name && (schema === undefined || each.schema === schema)) gone.delete(key);
  }
}

/** The same of all relations of a schema. */
export function forgetGoneIn({ gone }: Catalogue, schema: string): void {
  for (const [key, each] of gone) if (each.schema === schema) gone.delete(key);
}

/** A relation is no longer found by its name. */
export function tellGone(catalogue: Catalogue, relation: Relation, how: GoneName['how']): void {
  const { at: origin, uncertain } = catalogue;
  const { kind, existence, temporary, name } = relation;
  if (origin === undefined || uncertain || kind === 'composite type' || existence !== 'certain' || temporary)
    return;
  const schema = schemaName(catalogue, relation.schema);
  catalogue.hasGone = true;
  catalogue.gone.set(JSON.stringify([schema, name]), { schema, name, how, origin });
}

/** The same of a column. */
export function tellGoneColumn(
  catalogue: Catalogue,
  relation: Relation,
  { name, maybe }: Column,
  how: GoneName['how'],
): void {
  const { at: origin, uncertain } = catalogue;
  if (origin === undefined || uncertain || maybe) return;
  catalogue.hasGone = true;
  relation.goneColumns.set(name, { name, how, origin });
}

/** What is needed to make a relation; what is left out is as in an empty table. */
export type NewRelation = Pick<Relation, 'kind' | 'columns' | 'origin'> & Partial<Relation>;

/** A relation that is nowhere yet. */
export function draftRelation(name: string, made: NewRelation): Relation {
  return {
    closed: true,
    goneColumns: new Map(),
    existence: 'certain',
    temporary: false,
    parents: [],
    isPartition: false,
    partitionKey: [],
    divided: false,
    untilCommit: false,
    ofType: undefined,
    server: undefined,
    constraints: [],
    foreignKeysKnown: true,
    dependencies: new Set(),
    dependenciesKnown: true,
    groups: false,
    description: undefined,
    ...made,
    id: nowhere,
    schema: nowhere,
    name,
  };
}

const nowhere = -1;

/** Puts a relation where none of its name is. */
export function putRelation(catalogue: Catalogue, schema: Schema, name: string, made: NewRelation): Relation {
  const relation: Relation = { ...draftRelation(name, made), id: newId(catalogue), schema: schema.id };
  catalogue.relations.set(relation.id, relation);
  schema.relations.set(name, relation.id);
  forgetGoneName(catalogue, name, schema.name);
  return relation;
}

/** A new column. */
export function newColumn(
  catalogue: Catalogue,
  made: Pick<Column, 'name' | 'type' | 'nullable' | 'origin'> & Partial<Column>,
): Column {
  return {
    description: undefined,
    maybe: false,
    local: true,
    inherited: 0,
    generatedFrom: undefined,
    ...made,
    id: newId(catalogue),
  };
}

/** The relation a statement uses, though none made it: what is known of it is not all. */
export function relationOutside(
  catalogue: Catalogue,
  name: QualifiedName,
  kind: RelationKind,
  origin: SqlOrigin,
): Relation | undefined {
  const schema = creationSchema(catalogue, name);
  if (!schema) return undefined;
  return putRelation(catalogue, schema, name.name, {
    kind,
    columns: [],
    origin,
    closed: false,
    existence: 'outside',
    foreignKeysKnown: false,
  });
}

/** Takes it out of its schema's list of names, or puts it into another one's. */
export function moveRelation(
  catalogue: Catalogue,
  relation: Relation,
  to: { schema: Schema; name: string },
): void {
  const from = catalogue.schemas.get(relation.schema);
  tellGone(catalogue, relation, 'renamed');
  if (from?.relations.get(relation.name) === relation.id) from.relations.delete(relation.name);
  relation.schema = to.schema.id;
  relation.name = to.name;
  to.schema.relations.set(to.name, relation.id);
}

export function putType(
  catalogue: Catalogue,
  schema: Schema,
  name: string,
  made: Pick<UserType, 'kind' | 'base'> & Partial<UserType>,
): UserType {
  const type: UserType = {
    extension: undefined,
    maybe: catalogue.uncertain,
    ...made,
    id: newId(catalogue),
    schema: schema.id,
    name,
  };
  catalogue.types.set(type.id, type);
  schema.types.set(name, type.id);
  return type;
}
