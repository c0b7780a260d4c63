import { type Catalogue, knownValue, type Table } from '../../catalogue/catalogue.ts';
import { nameOfReplayed } from '../../catalogue/migrations.ts';
import { snapshotTableKey } from '../../catalogue/tableNames.ts';
import type { NamedThing } from '../../join/namedThing.ts';
import type { Project } from '../../project/project.ts';
import type { RemoteSchema } from '../../schema/remoteSchema.ts';
import type { TableName } from '../../schema/tableName.ts';
import type { Location } from '../../syntax/location.ts';
import type { TextRange } from '../../syntax/textRange.ts';

/** A place of a schema file, a snapshot or a migration. */
interface SchemaPlace {
  readonly uri: string;
  readonly offset: number;
  readonly text: string;
}

/** A thing that a schema file, a snapshot or a migration names, and where. */
export interface SchemaThing {
  readonly thing: NamedThing;
  readonly range: TextRange;
}

/** What stands at a place that is none of the metadata. A file may serve several sources or remote schemas. */
export function schemaThingsAt(project: Project, place: SchemaPlace): readonly SchemaThing[] {
  return [...remoteSchemaThings(project.sharedCatalogue, place), ...tableThings(project, place)];
}

// ---- remote schemas ------------------------------------------------------------------------------------------

/** What SDL or introspection names, without the remote schema it belongs to. */
type SchemaName =
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'field'; readonly type: string; readonly name: string }
  | { readonly kind: 'argument'; readonly type: string; readonly field: string; readonly name: string };

interface SchemaNames {
  readonly files: ReadonlySet<string>;
  /** By file and offset. */
  readonly declared: ReadonlyMap<string, SchemaName>;
}

const namesOfSchemas = new WeakMap<RemoteSchema, SchemaNames>();

function namesOf(schema: RemoteSchema): SchemaNames {
  const known = namesOfSchemas.get(schema);
  if (known !== undefined) return known;
  const files = new Set<string>();
  const declared = new Map<string, SchemaName>();
  const add = (location: Location | undefined, name: SchemaName): void => {
    if (location === undefined) return;
    files.add(location.uri);
    declared.set(placeKey(location.uri, location.offset), name);
  };
  for (const typeName of schema.typeNames) {
    const type = schema.type(typeName);
    add(type?.location, { kind: 'type', type: typeName });
    for (const field of type?.fields ?? []) {
      add(field.location, { kind: 'field', type: typeName, name: field.name });
      for (const argument of field.arguments) {
        const { name } = argument;
        add(argument.location, { kind: 'argument', type: typeName, field: field.name, name });
      }
    }
    for (const { name, location } of type?.inputFields ?? []) {
      add(location, { kind: 'field', type: typeName, name });
    }
  }
  const names = { files, declared };
  namesOfSchemas.set(schema, names);
  return names;
}

function placeKey(uri: string, offset: number): string {
  return `${offset} ${uri}`;
}

function remoteSchemaThings({ remoteSchemas }: Catalogue, { uri, offset, text }: SchemaPlace): SchemaThing[] {
  const range = wordAt(text, offset);
  return remoteSchemas.flatMap(({ name: remoteSchema, schema }): SchemaThing[] => {
    const known = knownValue(schema);
    if (known === undefined) return [];
    const { files, declared } = namesOf(known);
    const name = declared.get(placeKey(uri, range.offset));
    if (name !== undefined) return [{ thing: { ...name, remoteSchema }, range }];
    const type = text.slice(range.offset, range.offset + range.length);
    // A type is named wherever it is used.
    return files.has(uri) && known.type(type)?.location !== undefined
      ? [{ thing: { kind: 'type', remoteSchema, type }, range }]
      : [];
  });
}

function wordAt(text: string, offset: number): TextRange {
  let start = offset;
  while (start > 0 && isWord(text[start - 1])) start--;
  let end = offset;
  while (isWord(text[end])) end++;
  return { offset: start, length: end - start };
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}

// ---- tables --------------------------------------------------------------------------------------------------

function tableThings(project: Project, { uri, offset }: SchemaPlace): SchemaThing[] {
  const things: SchemaThing[] = [];
  for (const { name: source, tables, replayed } of project.schemas.facts.sources) {
    const kind = knownValue(project.sharedCatalogue.source(source))?.kind;
    const add = (
      tableName: TableName,
      table: Location,
      columns: readonly { readonly name: string; readonly location: Location }[],
    ): void => {
      const key = snapshotTableKey(kind, tableName);
      const of = { source, table: key, tableName };
      if (isAt(table, uri, offset)) things.push({ thing: { kind: 'table', ...of }, range: table });
      for (const { name, location } of columns) {
        if (isAt(location, uri, offset))
          things.push({ thing: { kind: 'column', ...of, name }, range: location });
      }
    };
    for (const { name, location, columns, computedFields } of tables ?? []) {
      if (location.uri === uri) add(name, location, [...(columns ?? []), ...computedFields]);
    }
    for (const table of replayed?.database.tables ?? []) {
      const columns = table.columns.map(({ name, origin }) => ({ name, location: origin.location }));
      if ([table.origin.location, ...columns.map(({ location }) => location)].some((at) => at.uri === uri)) {
        add(nameOfReplayed(table), table.origin.location, columns);
      }
    }
  }
  return things;
}

function isAt(location: Location, uri: string, offset: number): boolean {
  return location.uri === uri && location.offset <= offset && offset <= location.offset + location.length;
}

// ---- the other way round -------------------------------------------------------------------------------------

/** Where schema files, snapshots and migrations declare a thing. */
export function schemaLocations(catalogue: Catalogue, thing: NamedThing): readonly Location[] {
  return locationsOf(catalogue, thing).filter((location) => location !== undefined);
}

function locationsOf(catalogue: Catalogue, thing: NamedThing): readonly (Location | undefined)[] {
  switch (thing.kind) {
    case 'table': {
      const table = tableOf(catalogue, thing);
      return [table?.snapshot, table?.creation?.location];
    }
    case 'column': {
      const table = tableOf(catalogue, thing);
      const column = table === undefined ? undefined : knownValue(table.column(thing.name));
      return [column?.location, table?.computedField(thing.name)?.location];
    }
    case 'type':
    case 'field':
    case 'argument': {
      const { remoteSchema, type: typeName } = thing;
      const known = remoteSchema === undefined ? undefined : knownValue(catalogue.remoteSchema(remoteSchema));
      const type = known && knownValue(known.schema)?.type(typeName);
      if (thing.kind === 'type') return [type?.location];
      if (thing.kind === 'argument') return [type?.field(thing.field)?.argument(thing.name)?.location];
      return [(type?.field(thing.name) ?? type?.inputField(thing.name))?.location];
    }
    case 'action-type':
    case 'action-field': {
      const type = knownValue(catalogue.actionTypes)?.type(thing.type);
      return [thing.kind === 'action-type' ? type?.location : type?.field(thing.name)?.location];
    }
    case 'source':
    case 'remote-schema':
    case 'relationship':
      return [];
  }
}

function tableOf(
  catalogue: Catalogue,
  { source, tableName }: { readonly source: string | undefined; readonly tableName: TableName },
): Table | undefined {
  const known = source === undefined ? undefined : knownValue(catalogue.source(source));
  return known && knownValue(known.table(tableName));
}
