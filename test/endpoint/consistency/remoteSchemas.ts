import { isObject } from '../json.ts';
import type { RemoteSchemaEntry } from '../metadata/metadata.ts';
import type { Introspection } from '../remoteSchemas/introspect.ts';
import { customizationViolation } from './customization.ts';
import { type Inconsistency, inconsistent } from './inconsistency.ts';
import { remoteSchemaObject } from './objects.ts';
import type { RemoteSchemaState } from './state.ts';

/** Which remote schemas can be used: reached and rightly customised. */
export function checkRemoteSchemas(
  entries: readonly RemoteSchemaEntry[],
  introspectionOf: (entry: RemoteSchemaEntry) => Introspection | undefined,
): { states: ReadonlyMap<string, RemoteSchemaState>; inconsistencies: readonly Inconsistency[] } {
  const inconsistencies: Inconsistency[] = [];
  const states = new Map<string, RemoteSchemaState>();
  const published = new Set<string>();
  // Of two that publish the same root field the one whose name sorts later keeps it: the server's order is its own.
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? 1 : -1))) {
    const introspection = introspectionOf(entry);
    const fail = (text: string) => inconsistencies.push(inconsistent(remoteSchemaObject(entry), text));
    if (!introspection || 'failure' in introspection) {
      const text = introspection?.failure ?? 'not introspected';
      inconsistencies.push(inconsistent(remoteSchemaObject(entry), text, introspection?.details));
      continue;
    }
    const wrong = customizationViolation(entry, introspection.schema);
    if (wrong !== undefined) {
      fail(wrong);
      continue;
    }
    // It stays in use all the same (spec 6.6).
    states.set(entry.name, introspection);
    for (const field of publishedFields(entry, introspection.schema)) {
      if (published.has(field)) fail(`Duplicate remote field '${field}'`);
      published.add(field);
    }
  }
  return { states, inconsistencies };
}

function customizationOf({ definition }: RemoteSchemaEntry) {
  const { customization } = definition;
  return isObject(customization) ? customization : {};
}

/** The root fields as they appear in Hasura's own schema; `field_names` of the query root is heeded. */
function publishedFields(entry: RemoteSchemaEntry, schema: RemoteSchemaState['schema']): readonly string[] {
  const { root_fields_namespace: namespace, field_names: fieldNames } = customizationOf(entry);
  if (typeof namespace === 'string') return [namespace];
  const query = schema.getQueryType();
  const own = Array.isArray(fieldNames)
    ? fieldNames.find((item) => isObject(item) && item['parent_type'] === query?.name)
    : undefined;
  const { prefix, suffix, mapping } = isObject(own) ? own : {};
  return Object.keys(query?.getFields() ?? {}).map((name) => {
    const mapped = isObject(mapping) ? mapping[name] : undefined;
    return typeof mapped === 'string' ? mapped : `${prefix ?? ''}${name}${suffix ?? ''}`;
  });
}
