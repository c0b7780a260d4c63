import type { FileLocations, PositionRange } from '../../protocol.ts';
import { type MetadataObject, objectKey, objectName } from '../document/metadataObject.ts';
import { owns } from '../document/owner.ts';
import type { KindOf } from '../document/relationshipIdentity.ts';
import type { ServerState } from '../plan/serverState.ts';
import { inconsistencyKey, inconsistencyText } from './inconsistencyText.ts';
import type { InconsistentObject } from './inconsistentObjects.ts';
import { type InconsistentSubject, objectOfSubject } from './inconsistentSubject.ts';

/** What a server says of something that is written in a file. */
export interface InconsistentProblem {
  readonly uri: string;
  /** Of the name. */
  readonly range: PositionRange;
  /** Of what is the object's alone: a change in it makes the server's word a thing of the past. */
  readonly item: PositionRange;
  readonly message: string;
  /** What the server calls the object: `remote_relationship`, `table`, … */
  readonly type: string;
  /** The other objects that this one is in conflict with, where they are written. */
  readonly related: readonly {
    readonly uri: string;
    readonly range: PositionRange;
    readonly message: string;
  }[];
  /** Equal for what a server says twice, before and after something. */
  readonly key: string;
}

/** What a server holds for inconsistent, by where it can be shown. */
export interface LocatedInconsistencies {
  readonly problems: readonly InconsistentProblem[];
  /** Those of which no file speaks. */
  readonly unplaced: readonly InconsistentObject[];
}

/** Finds where in the files of a project that stands which its server holds for inconsistent. */
export function locateInconsistencies(
  { inconsistent, document }: ServerState,
  files: readonly FileLocations[],
): LocatedInconsistencies {
  const { kindOf } = document;
  const index = indexOf(files, kindOf);
  const problems: InconsistentProblem[] = [];
  const unplaced: InconsistentObject[] = [];
  for (const object of inconsistent) {
    const places = placesOf(object, index, kindOf);
    if (places.length === 0) unplaced.push(object);
    for (const place of places) {
      const unchecked = uncheckedBelow(place.object, document);
      const others = places.filter((other) => other !== place);
      problems.push({
        uri: place.uri,
        range: place.nameRange,
        item: place.range,
        message: inconsistencyText(object, unchecked),
        type: place.subject.type ?? 'inconsistent',
        related: others.map(({ uri, nameRange: range, object: other }) => ({
          uri,
          range,
          message: objectName(other, kindOf),
        })),
        key: inconsistencyKey(object),
      });
    }
  }
  return { problems, unplaced };
}

interface IndexedLocation {
  readonly uri: string;
  readonly object: MetadataObject;
  readonly range: PositionRange;
  readonly nameRange: PositionRange;
}

type Index = ReadonlyMap<string, readonly IndexedLocation[]>;

/** By the object itself, and by the server's name of it for subjects that have nothing else. */
function indexOf(files: readonly FileLocations[], kindOf: KindOf): Index {
  const index = new Map<string, IndexedLocation[]>();
  for (const { uri, locations: places } of files) {
    for (const place of places) {
      for (const key of [objectKey(place.object, kindOf), nameKey(objectName(place.object, kindOf))]) {
        const known = index.get(key);
        if (known === undefined) index.set(key, [{ uri, ...place }]);
        else known.push({ uri, ...place });
      }
    }
  }
  return index;
}

function nameKey(name: string): string {
  return `name ${name}`;
}

/** Of an object that is written more than once the later place counts, unless the server speaks of several. */
function placesOf(
  { subjects }: InconsistentObject,
  index: Index,
  kindOf: KindOf,
): readonly (IndexedLocation & { readonly subject: InconsistentSubject })[] {
  const bySubject = new Map<string, InconsistentSubject[]>();
  for (const subject of subjects) {
    const object = objectOfSubject(subject);
    const keys = [
      ...(object === undefined ? [] : [objectKey(object, kindOf)]),
      ...(subject.name === undefined ? [] : [nameKey(subject.name)]),
    ];
    const key = keys.find((each) => index.has(each));
    if (key !== undefined) bySubject.set(key, [...(bySubject.get(key) ?? []), subject]);
  }
  return [...bySubject].flatMap(([key, same]) => {
    const [subject = { type: undefined, name: undefined, definition: undefined }] = same;
    return (index.get(key) ?? []).slice(-same.length).map((place) => ({ ...place, subject }));
  });
}

/** How many remote relationships the server does not look at because their owner is inconsistent. */
function uncheckedBelow(object: MetadataObject, document: ServerState['document']): number {
  const { what } = object;
  if (what !== 'source' && what !== 'table' && what !== 'remote-schema') return 0;
  return document.relationships.filter(({ identity }) => owns(object, identity, document.kindOf)).length;
}
