import { isList, isObject } from '../contract/difference.ts';
import type { Json, JsonObject } from '../endpoint/endpoint.ts';
import type { Case } from './case.ts';
import { namesIn, objects, type WorldFacts } from './facts.ts';
import { everywhere, type Mutation, type Mutator } from './mutations/everywhere.ts';
import { requestsIn } from './mutations/generated.ts';
import { nameChanges } from './mutations/names.ts';
import { sampleOf, someOf } from './mutations/sample.ts';
import { shapeChanges } from './mutations/shapes.ts';

/** How many cases are made of what; enough for every rule, few enough for a minute. */
export interface Amounts {
  readonly shapesPerRequest: number;
  readonly namesPerRequest: number;
  readonly generated: number;
  readonly metadataPerItem: number;
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

/** The metadata as it stands, and with one thing changed in an entry that has remote relationships. */
export function metadataCases(metadata: JsonObject, { metadataPerItem }: Amounts): readonly Case[] {
  const changed = [
    ...below(metadata, 'sources', (source) =>
      below(source, 'tables', (entry) =>
        entry['remote_relationships'] === undefined ? [] : entryMutations(entry, metadataPerItem),
      ),
    ),
    ...below(metadata, 'remote_schemas', (schema) =>
      schema['remote_relationships'] === undefined ? [] : entryMutations(schema, metadataPerItem),
    ),
  ];
  return [{ what: 'as it stands', value: metadata }, ...changed].flatMap(({ what, value }) =>
    isObject(value) ? [{ title: `metadata ${what}`, form: 'metadata' as const, document: value }] : [],
  );
}

/** The object with one object of a list below it changed. */
function below(
  owner: JsonObject,
  key: string,
  change: (item: JsonObject) => readonly Mutation[],
): readonly Mutation[] {
  const list = owner[key];
  return objects(list).flatMap((item, index) =>
    change(item).map(({ what, value }) => ({
      what: `${key}[${index}] ${what}`,
      value: { ...owner, [key]: isList(list) ? list.with(index, value) : value },
    })),
  );
}

function entryMutations(entry: JsonObject, count: number): readonly Mutation[] {
  return someOf([...everywhere(entry satisfies Json, shapeChanges)], count);
}
