import { isList, isObject } from '../contract/difference.ts';
import type { JsonObject } from '../endpoint/endpoint.ts';
import type { Case } from './case.ts';
import { namesIn, objects, type WorldFacts } from './facts.ts';
import { everywhere, type Mutation, type Mutator, withKey } from './mutations/everywhere.ts';
import { requestsIn } from './mutations/generated.ts';
import { nameChanges } from './mutations/names.ts';
import { sampleOf, someOf } from './mutations/sample.ts';
import { shapeChanges } from './mutations/shapes.ts';

/** How many cases are made of what; enough for every rule, few enough for a minute. */
export interface Amounts {
  readonly shapesPerRequest: number;
  readonly namesPerRequest: number;
  readonly generated: number;
  readonly metadataPerList: number;
}

/** Requests as they stand, each with one thing changed, and generated ones. */
export function requestCases(
  requests: readonly JsonObject[],
  facts: WorldFacts,
  amounts: Amounts,
): readonly Case[] {
  const names = namesIn(facts);
  const asTheyStand = requests.map((document) => requestCase('as it stands', document));
  const mutated = requests.flatMap((request) => [
    ...mutations(request, shapeChanges, amounts.shapesPerRequest),
    ...mutations(request, nameChanges(names), amounts.namesPerRequest),
  ]);
  const generated =
    facts.tables.length + facts.remoteSchemas.length === 0
      ? []
      : sampleOf(requestsIn(facts), amounts.generated).map((document) => requestCase('generated', document));
  return [...asTheyStand, ...mutated, ...generated];
}

function mutations(request: JsonObject, mutate: Mutator, count: number): readonly Case[] {
  const { args, ...rest } = request;
  return someOf([...everywhere(args ?? null, mutate)], count).map(({ what, value }) =>
    requestCase(what, { ...rest, args: value }),
  );
}

function requestCase(title: string, document: JsonObject): Case {
  return { title: `${String(document['type'])} ${title}`, form: 'request', document };
}

/** The metadata as it stands, with one thing changed at its top, and in or around a list of remote relationships. */
export function metadataCases(metadata: JsonObject, { metadataPerList }: Amounts): readonly Case[] {
  const listOf = (entry: JsonObject): readonly Mutation[] => listMutations(entry, metadataPerList);
  const changed = [
    ...below(metadata, 'sources', (source) => below(source, 'tables', listOf)),
    ...below(metadata, 'remote_schemas', listOf),
  ];
  return [{ what: 'as it stands', value: metadata }, ...documentMutations(metadata), ...changed].flatMap(
    ({ what, value }) =>
      isObject(value) ? [{ title: `metadata ${what}`, form: 'metadata' as const, document: value }] : [],
  );
}

function documentMutations(metadata: JsonObject): readonly Mutation[] {
  const { version: _, ...unversioned } = metadata;
  const { sources: __, ...unsourced } = metadata;
  const versions = [1, 2, 4, '3', null].map((version) => ({
    what: `version now ${JSON.stringify(version)}`,
    value: { ...metadata, version },
  }));
  const doubled = (owner: JsonObject, key: string): readonly Mutation[] =>
    objects(owner[key]).map((item, index, list) => ({
      what: `${key}[${index}] doubled`,
      value: { ...owner, [key]: [...list, item] },
    }));
  return [
    { what: 'version left out', value: unversioned },
    { what: 'sources left out', value: unsourced },
    ...versions,
    ...doubled(metadata, 'sources'),
    ...doubled(metadata, 'remote_schemas'),
    ...below(metadata, 'sources', (source) => doubled(source, 'tables').slice(0, 1)),
  ];
}

/** The object with one object of a list below it changed. */
function below(
  owner: JsonObject,
  key: string,
  change: (item: JsonObject) => readonly Mutation[],
): readonly Mutation[] {
  const list = owner[key];
  if (!isList(list)) return [];
  return list.flatMap((item, index) =>
    (isObject(item) ? change(item) : []).map(({ what, value }) => ({
      what: `${key}[${index}] ${what}`,
      value: { ...owner, [key]: list.with(index, value) },
    })),
  );
}

const listKey = 'remote_relationships';

/** Of an entry with remote relationships. */
function listMutations(entry: JsonObject, count: number): readonly Mutation[] {
  const list = entry[listKey];
  if (list === undefined) return [];
  const changes = [...everywhere(list, shapeChanges)].map(({ what, value }) => ({
    what,
    value: { ...entry, [listKey]: value },
  }));
  const flat = below(entry, listKey, (item) => {
    const { definition, ...rest } = item;
    return isObject(definition) ? [{ what: 'flat', value: { ...rest, ...definition } }] : [];
  });
  const [first] = objects(list);
  const doubled = {
    what: `${listKey} with one doubled`,
    value: { ...entry, [listKey]: [first ?? {}, ...objects(list)] },
  };
  const misspelt = { what: `${listKey} misspelt`, value: withKey(entry, listKey, 'remote_relationship') };
  return [misspelt, doubled, ...flat, ...someOf(changes, count)];
}
