import { cutText } from '../../boundedText.ts';
import { isJsonArray, type Json, member, textMember } from '../document/json.ts';
import { type MetadataObject, objectKey, objectName } from '../document/metadataObject.ts';
import type { KindOf, RelationshipIdentity } from '../document/relationshipIdentity.ts';
import { type InconsistentSubject, objectOfSubject } from './inconsistentSubject.ts';

/** An entry of `inconsistent_objects`, whichever of its shapes it has (spec section 8). */
export interface InconsistentObject {
  /** The server's text. */
  readonly reason: string;
  /** What else it says: the words of a driver that could not connect. */
  readonly detail: string | undefined;
  /** One, or several that are in each other's way. */
  readonly subjects: readonly InconsistentSubject[];
}

/** A server may have a megabyte to say of each. */
const longestWords = 1000;

/** Reads the list in `inconsistent_objects`, in `internal`, or those themselves. What is no entry is left out. */
export function readInconsistentObjects(value: Json | undefined): readonly InconsistentObject[] {
  const list = isJsonArray(value) ? value : member(value, 'inconsistent_objects');
  if (!isJsonArray(list)) return [];
  return list.flatMap((entry) => {
    // `bulk_atomic` gives a list of lists.
    if (isJsonArray(entry)) return readInconsistentObjects(entry);
    const reason = textMember(entry, 'reason');
    if (reason === undefined) return [];
    return { reason: cutText(reason, longestWords), detail: detailOf(entry), subjects: subjectsOf(entry) };
  });
}

function detailOf(entry: Json): string | undefined {
  const message = member(entry, 'message');
  if (message === undefined) return undefined;
  return cutText(typeof message === 'string' ? message.trim() : JSON.stringify(message), longestWords);
}

function subjectsOf(entry: Json): readonly InconsistentSubject[] {
  const objects = member(entry, 'objects');
  if (isJsonArray(objects)) return objects.map(subjectOf);
  const conflicts = member(entry, 'conflicts');
  if (isJsonArray(conflicts)) return conflicts.map(restEndpointOf);
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

/** Of REST endpoints whose paths clash only the definitions are given. */
function restEndpointOf(entry: Json): InconsistentSubject {
  const name = textMember(entry, 'name');
  if (textMember(entry, 'type') !== undefined || name === undefined) return subjectOf(entry);
  return { type: 'rest_endpoint', name: `rest_endpoint ${name}`, definition: entry };
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
  const relationship: MetadataObject = { what: 'relationship', identity };
  const own = [objectKey(relationship, kindOf), nameKey(objectName(relationship, kindOf))];
  const reasons = own.flatMap((key) => [...(index.get(key) ?? [])]);
  if (reasons.length > 0) return { state: 'inconsistent', reasons: [...new Set(reasons)] };
  const ofOwner = ownersOf(identity).flatMap((owner) => [...(index.get(objectKey(owner, kindOf)) ?? [])]);
  return ofOwner.length > 0
    ? { state: 'not-checked', reasons: [...new Set(ofOwner)] }
    : { state: 'consistent' };
}

/** Why a remote schema is inconsistent; none when it is not. */
export function reasonsOfRemoteSchema(
  remoteSchema: string,
  objects: readonly InconsistentObject[],
  kindOf: KindOf,
): readonly string[] {
  return [
    ...(indexOf(objects, kindOf).get(objectKey({ what: 'remote-schema', remoteSchema }, kindOf)) ?? []),
  ];
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
  const object = objectOfSubject(subject);
  if (object !== undefined) return objectKey(object, kindOf);
  return subject.name === undefined ? undefined : nameKey(subject.name);
}

function nameKey(name: string): string {
  return `name ${name}`;
}

function ownersOf(identity: RelationshipIdentity): readonly MetadataObject[] {
  if (identity.owner === 'remote-schema') {
    return [{ what: 'remote-schema', remoteSchema: identity.remoteSchema }];
  }
  const { source, table } = identity;
  return [
    { what: 'source', source },
    { what: 'table', source, table },
  ];
}
