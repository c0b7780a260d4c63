import path from 'node:path';
import type { Endpoint, EndpointOptions } from '../endpoint.ts';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import { readProject } from './project.ts';
import { samples } from './setup.ts';
import { startSamples } from './start.ts';

/** An endpoint to practise on: it has the project in `samples/`, but not quite as the files say. */
export async function startPractice(options: EndpointOptions): Promise<Endpoint> {
  const metadata = withDifferences(await readProject(path.join(samples, 'metadata')));
  return startSamples({ ...options, metadata });
}

/** What stands in the place of some relationships, by their names. */
const instead: Readonly<Record<string, (item: JsonObject) => readonly JsonObject[]>> = {
  // Only in the files: two to apply, and one that is refused.
  tickets: () => [],
  wallet_by_person: () => [],
  receipts: () => [],
  // Written otherwise in the files.
  contacts: ({ name }) => [
    {
      name,
      definition: {
        to_remote_schema: {
          remote_schema: 'people',
          lhs_fields: ['person_id'],
          remote_field: {
            person: { arguments: { id: '$person_id' }, field: { contacts: { arguments: { limit: 3 } } } },
          },
        },
      },
    },
  ],
  // One more, which only the endpoint has.
  reviews: (item) => [
    item,
    {
      name: 'latest_review',
      definition: {
        to_remote_schema: {
          remote_schema: 'people',
          lhs_fields: ['sku'],
          remote_field: { reviewsOf: { arguments: { subject: '$sku', limit: 1 } } },
        },
      },
    },
  ],
};

/** The metadata as the endpoint has it at first. */
export function withDifferences(value: Json): Json {
  if (isList(value)) {
    return value.flatMap((item): readonly Json[] => replacementFor(item) ?? [withDifferences(item)]);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withDifferences(item ?? null)]));
}

function replacementFor(item: Json): readonly JsonObject[] | undefined {
  if (!isObject(item)) return undefined;
  const { name } = item;
  return typeof name === 'string' && Object.hasOwn(instead, name) ? instead[name]?.(item) : undefined;
}
