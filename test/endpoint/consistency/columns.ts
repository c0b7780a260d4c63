import type { DatabaseTable } from '../databases/catalogue.ts';
import { isGraphqlName, isObject } from '../json.ts';
import { nameInDatabase } from '../kinds.ts';
import type { SourceEntry, TableEntry } from '../metadata/metadata.ts';

/** What is wrong with the columns of a table as they are configured (R46, R47): then the whole table is left out. */
export function columnViolation(
  { configuration }: TableEntry,
  table: DatabaseTable,
  { kind, tables }: SourceEntry,
): string | undefined {
  const { column_config: config, custom_column_names: names } = configuration;
  const configured = [config, names].flatMap((given) => (isObject(given) ? Object.keys(given) : []));
  const stranger = configured.find((name) => !table.columns.some((column) => column.name === name));
  if (stranger !== undefined) {
    return `configuration was given for the column "${stranger}", but no such column exists`;
  }
  const fields = new Map<string, string>();
  for (const { name } of table.columns) {
    const own = isObject(config) ? config[name] : undefined;
    const given =
      (isObject(own) ? own['custom_name'] : undefined) ?? (isObject(names) ? names[name] : undefined);
    const field = typeof given === 'string' ? given : name;
    if (!isGraphqlName(field)) return `the column "${name}" is not a valid GraphQL name`;
    const other = fields.get(field);
    if (other !== undefined) {
      return `the definitions of columns "${other}" and "${name}" are in conflict: they are mapped to the same field name, "${field}"`;
    }
    fields.set(field, name);
  }
  const enums = new Set(tables.filter(({ isEnum }) => isEnum).map((entry) => entry.table.key));
  for (const { name } of table.columns) {
    const toEnums = table.foreignKeys.filter(
      ({ columns, schema, table: target }) =>
        columns.length === 1 &&
        columns[0]?.[0] === name &&
        enums.has(nameInDatabase(schema, target, kind).key),
    );
    if (new Set(toEnums.map(({ schema, table: target }) => `${schema}.${target}`)).size > 1) {
      return `the column "${name}" refers to several enum tables`;
    }
  }
  return undefined;
}
