import type {
  CompositeTypeStmt,
  CreateDomainStmt,
  CreateEnumStmt,
  CreateExtensionStmt,
  CreateRangeStmt,
  DefineStmt,
} from 'libpg-query';
import { addSchema, creationSchema, findSchema, putType, type UserType } from './catalogue.ts';
import { declaredColumn } from './createTable.ts';
import { dropType } from './drop.ts';
import { makeRelation } from './relations.ts';
import { type Session, StatementFails } from './session.ts';
import { nodesOf } from './syntaxTree.ts';
import { qualifiedName, resolveType, words } from './types.ts';

export function createEnum(session: Session, node: CreateEnumStmt): void {
  makeType(session, words(node.typeName), { kind: 'enum', base: undefined });
}

export function createRange(session: Session, node: CreateRangeStmt): void {
  makeType(session, words(node.typeName), { kind: 'range', base: undefined });
}

export function createDomain(session: Session, node: CreateDomainStmt): void {
  const base = resolveType(session.catalogue, node.typeName);
  makeType(session, words(node.domainname), { kind: 'domain', base });
}

/** A base type; an aggregate, an operator and the like are no types. */
export function defineType(session: Session, node: DefineStmt): void {
  if (node.kind === 'OBJECT_TYPE') {
    makeType(session, words(node.defnames), { kind: 'other', base: undefined });
  }
}

export function createCompositeType(session: Session, node: CompositeTypeStmt): void {
  makeRelation(session, node.typevar, false, {
    kind: 'composite type',
    columns: nodesOf(node.coldeflist, 'ColumnDef').map((each) => declaredColumn(session, undefined, each)),
    origin: session.origin(node.typevar?.location),
  });
}

function makeType(session: Session, names: readonly string[], made: Pick<UserType, 'kind' | 'base'>): void {
  const { catalogue } = session;
  const { schema: schemaName, name } = qualifiedName(names);
  const schema = creationSchema(catalogue, { schema: schemaName, name });
  if (!schema) return;
  const existing = catalogue.types.get(schema.types.get(name) ?? -1);
  if (existing && session.attempting && !existing.maybe) throw new StatementFails();
  if (existing && (catalogue.uncertain || sameShape(existing, made))) return;
  if (existing) dropType(catalogue, existing);
  putType(catalogue, schema, name, made);
}

/** That it is made once more changes nothing for the columns that have it. */
function sameShape(existing: UserType, made: Pick<UserType, 'kind' | 'base'>): boolean {
  return existing.kind === made.kind && existing.base?.base === made.base?.base;
}

/** The types that widely used extensions bring. */
const extensionTypes: Readonly<Record<string, string>> = {
  citext: 'citext',
  cube: 'cube',
  earthdistance: '',
  hstore: 'hstore ghstore',
  intarray: 'query_int',
  isn: 'ean13 isbn isbn13 ismn ismn13 issn issn13 upc',
  ltree: 'ltree lquery ltxtquery ltree_gist',
  pg_trgm: 'gtrgm',
  pgcrypto: '',
  postgis: 'geometry geography box2d box3d spheroid geometry_dump',
  postgis_raster: 'raster rastbandarg geomval',
  postgis_topology: 'topogeometry',
  seg: 'seg',
  'uuid-ossp': '',
  vector: 'vector halfvec sparsevec',
};

export function createExtension(session: Session, node: CreateExtensionStmt): void {
  const { catalogue } = session;
  const name = node.extname ?? '';
  if (catalogue.extensions.has(name)) return;
  const option = nodesOf(node.options, 'DefElem').find(({ defname }) => defname === 'schema')?.arg;
  const schemaName = option && 'String' in option ? option.String.sval : undefined;
  const schema =
    schemaName === undefined
      ? creationSchema(catalogue, { schema: undefined, name })
      : addSchema(catalogue, schemaName);
  if (!schema) return;
  if (!catalogue.uncertain) catalogue.extensions.set(name, schema.name);
  for (const type of (extensionTypes[name] ?? '').split(' ')) {
    if (type !== '' && !schema.types.has(type)) {
      putType(catalogue, schema, type, { kind: 'other', base: undefined, extension: name });
    }
  }
}

/** Its types go along. */
export function moveExtension(session: Session, name: string, to: string): void {
  const { catalogue } = session;
  if (catalogue.uncertain) return;
  const target = findSchema(catalogue, to) ?? addSchema(catalogue, to);
  for (const type of catalogue.types.values()) {
    if (type.extension !== name) continue;
    catalogue.schemas.get(type.schema)?.types.delete(type.name);
    type.schema = target.id;
    target.types.set(type.name, type.id);
  }
  catalogue.extensions.set(name, to);
}
