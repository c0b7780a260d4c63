import { isJsonArray, type Json, member, textMember } from './json.ts';
import { identityKey, type KindOf, type RelationshipIdentity } from './relationshipIdentity.ts';
import { tableKey, tableText } from './tableName.ts';

/** One thing of the metadata that an inconsistency is about. */
export interface InconsistentSubject {
  /** `remote_relationship`, `table`, `source`, `remote_schema`, … */
  readonly type: string | undefined;
  /** `remote_relationship profile in table customer in source shop` */
  readonly name: string | undefined;
  readonly definition: Json | undefined;
}

/** An entry of `inconsistent_objects`, whichever of its shapes it has (spec section 8). */
export interface InconsistentObject {
  /** The server's text. */
  readonly reason: string;
  /** One, or several that are in each other's way. */
  readonly subjects: readonly InconsistentSubject[];
}

/** Reads the list in `inconsistent_objects`, in `internal`, or those themselves. What is no entry is left out. */
export function readInconsistentObjects(value: Json | undefined): readonly InconsistentObject[] {
  const list = isJsonArray(value) ? value : member(value, 'inconsistent_objects');
  if (!isJsonArray(list)) return [];
  return list.flatMap((entry) => {
    // `bulk_atomic` gives a list of lists.
    if (isJsonArray(entry)) return readInconsistentObjects(entry);
    const reason = textMember(entry, 'reason');
    return reason === undefined ? [] : [{ reason, subjects: subjectsOf(entry) }];
  });
}

function subjectsOf(entry: Json): readonly InconsistentSubject[] {
  for (const key of ['objects', 'conflicts']) {
    const several = member(entry, key);
    if (isJsonArray(several)) return several.map(subjectOf);
  }
  const definitions = member(entry, 'definitions');
  if (isJsonArray(definitions)) {
    return definitions.map((definition) => ({ ...subjectOf(entry), definition }));
  }
  return [subjectOf(entry)];
}

function subjectOf(entry: Json): InconsistentSubject {
  return {
    type: textMember(entry, 'type'),
    name: textMember(entry, 'name'),
    definition: member(entry, 'definition') ?? member(entry, 'entity'),
  };
}

/** The relationship a subject is; `undefined` when it is something else, or its definition does not say which. */
export function relationshipOfSubject(subject: InconsistentSubject): RelationshipIdentity | undefined {
  const { type, definition } = subject;
  const name = textMember(definition, 'name');
  if (name === undefined) return undefined;
  if (type === 'remote_schema_remote_relationship') {
    const remoteSchema = textMember(definition, 'remote_schema');
    const typeName = textMember(definition, 'type') ?? textMember(definition, 'type_name');
    if (remoteSchema === undefined || typeName === undefined) return undefined;
    return { owner: 'remote-schema', remoteSchema, typeName, name };
  }
  if (type !== 'remote_relationship') return undefined;
  const table = member(definition, 'table');
  return table === undefined
    ? undefined
    : { owner: 'table', source: textMember(definition, 'source') ?? 'default', table, name };
}

/** What a server's list of inconsistent objects says about one relationship. */
export type Consistency =
  | { readonly state: 'consistent' }
  | { readonly state: 'inconsistent'; readonly reasons: readonly string[] }
  /** The owner itself is inconsistent: the server does not look at its relationships. */
  | { readonly state: 'not-checked'; readonly reasons: readonly string[] };

export function consistencyOf(
  identity: RelationshipIdentity,
  objects: readonly InconsistentObject[],
  kindOf: KindOf,
): Consistency {
  const index = indexOf(objects, kindOf);
  const own = [relationshipKey(identity, kindOf), nameKey(subjectName(identity, kindOf))];
  const reasons = own.flatMap((key) => [...(index.get(key) ?? [])]);
  if (reasons.length > 0) return { state: 'inconsistent', reasons: [...new Set(reasons)] };
  const ofOwner = ownerKeys(identity, kindOf).flatMap((key) => [...(index.get(key) ?? [])]);
  return ofOwner.length > 0
    ? { state: 'not-checked', reasons: [...new Set(ofOwner)] }
    : { state: 'consistent' };
}

/** Reasons by what they are about. */
type Index = ReadonlyMap<string, ReadonlySet<string>>;

/** Of one list for as long as it is in use: comparing a whole project looks into it for every relationship. */
const indexes = new WeakMap<
  readonly InconsistentObject[],
  { readonly kindOf: KindOf; readonly index: Index }
>();

function indexOf(objects: readonly InconsistentObject[], kindOf: KindOf): Index {
  const known = indexes.get(objects);
  if (known?.kindOf === kindOf) return known.index;
  const index = new Map<string, Set<string>>();
  for (const { reason, subjects } of objects) {
    for (const subject of subjects) {
      const key = subjectKey(subject, kindOf);
      if (key === undefined) continue;
      const reasons = index.get(key) ?? new Set();
      index.set(key, reasons.add(plainReason(reason)));
    }
  }
  indexes.set(objects, { kindOf, index });
  return index;
}

/** Without the `Inconsistent object: ` that every reason of a version 2 server begins with. */
export function plainReason(reason: string): string {
  return reason.replace(/^Inconsistent object: /, '');
}

function subjectKey(subject: InconsistentSubject, kindOf: KindOf): string | undefined {
  const { type, name, definition } = subject;
  const relationship = relationshipOfSubject(subject);
  if (relationship !== undefined) return relationshipKey(relationship, kindOf);
  if (type === 'source') {
    const source = typeof definition === 'string' ? definition : name?.replace(/^source /, '');
    return source === undefined ? undefined : sourceKey(source);
  }
  if (type === 'remote_schema') {
    const said = typeof definition === 'string' ? definition : textMember(definition, 'name');
    const remoteSchema = said ?? name?.replace(/^remote_schema /, '');
    return remoteSchema === undefined ? undefined : remoteSchemaKey(remoteSchema);
  }
  if (type === 'table' && definition !== undefined) {
    // The definition is the table's name alone: which source it is in, only the text tells.
    const source = /^.* in source (.*)$/s.exec(name ?? '')?.[1];
    return source === undefined ? undefined : tableOfSourceKey(source, definition, kindOf);
  }
  return name === undefined ? undefined : nameKey(name);
}

function relationshipKey(identity: RelationshipIdentity, kindOf: KindOf): string {
  return `relationship ${identityKey(identity, kindOf)}`;
}

function nameKey(name: string): string {
  return `name ${name}`;
}

function sourceKey(source: string): string {
  return `source ${source}`;
}

function remoteSchemaKey(remoteSchema: string): string {
  return `remote schema ${remoteSchema}`;
}

function tableOfSourceKey(source: string, table: Json, kindOf: KindOf): string {
  return `table ${tableKey(kindOf(source), table)} ${source}`;
}

function ownerKeys(identity: RelationshipIdentity, kindOf: KindOf): readonly string[] {
  if (identity.owner === 'remote-schema') return [remoteSchemaKey(identity.remoteSchema)];
  const { source, table } = identity;
  return [sourceKey(source), tableOfSourceKey(source, table, kindOf)];
}

/** The name of a relationship among inconsistent objects. */
function subjectName(identity: RelationshipIdentity, kindOf: KindOf): string {
  if (identity.owner === 'remote-schema') {
    const { name, typeName, remoteSchema } = identity;
    return `remote_schema_remote_relationship remote_relationship ${name} on type ${typeName} in remote schema ${remoteSchema}`;
  }
  const table = tableText(kindOf(identity.source), identity.table);
  return `remote_relationship ${identity.name} in table ${table} in source ${identity.source}`;
}
