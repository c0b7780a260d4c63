import type { DatabaseTable } from '../databases/catalogue.ts';
import { isObject, type JsonObject } from '../json.ts';
import { conflicting, type Inconsistency, inconsistent, type MetadataObject } from './inconsistency.ts';
import type { FieldKind } from './state.ts';

/** Something on a table beside its columns that passed its own checks. */
export interface NamedObject {
  readonly name: string;
  readonly kind: Exclude<FieldKind, 'column'>;
  readonly object: MetadataObject;
}

/**
 * R8 to R10: who keeps its name, and what to say of those who do not. A column always keeps its own. `camelCase`: the
 * source's naming convention gives columns without a custom name another one (R52).
 */
export function resolveNames(
  table: DatabaseTable,
  configuration: JsonObject,
  objects: readonly NamedObject[],
  camelCase: boolean,
): { fields: ReadonlyMap<string, FieldKind>; inconsistencies: readonly Inconsistency[] } {
  const inconsistencies: Inconsistency[] = [];
  const fields = new Map<string, FieldKind>();
  const customNames = customColumnNames(table, configuration, camelCase);
  const columns = new Set(table.columns.map(({ name }) => name));

  for (const name of new Set(objects.map((named) => named.name))) {
    const rivals = objects.filter((named) => named.name === name);
    const [only, ...others] = rivals;
    const column = customNames.get(name);
    if (!only) continue;
    if (others.length > 0) {
      const rivalObjects = rivals.map(({ object }) => object);
      inconsistencies.push(conflicting(rivalObjects, name));
    } else if (column !== undefined && column !== name) {
      const text = `field definition conflicts with custom field name for postgres column "${column}"`;
      inconsistencies.push(inconsistent(only.object, text));
    } else if (columns.has(name)) {
      inconsistencies.push(inconsistent(only.object, 'field definition conflicts with postgres column'));
    } else {
      fields.set(name, only.kind);
    }
  }
  for (const name of columns) fields.set(name, 'column');
  return { fields, inconsistencies };
}

/** Database names of columns by the GraphQL names that the configuration or the naming convention gives them. */
function customColumnNames(
  table: DatabaseTable,
  configuration: JsonObject,
  camelCase: boolean,
): ReadonlyMap<string, string> {
  const { column_config: config, custom_column_names: names } = configuration;
  const custom = new Map<string, string>();
  for (const { name } of table.columns) {
    const entry = isObject(config) ? config[name] : undefined;
    const fromConfig = isObject(entry) ? entry['custom_name'] : undefined;
    const given = fromConfig ?? (isObject(names) ? names[name] : undefined);
    if (typeof given === 'string') custom.set(given, name);
    else if (camelCase) custom.set(inCamelCase(name), name);
  }
  return custom;
}

function inCamelCase(name: string): string {
  const [first = '', ...others] = name.split('_').filter((word) => word !== '');
  return first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
