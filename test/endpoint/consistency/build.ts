import type { DatabaseTable } from '../databases/catalogue.ts';
import { isObject } from '../json.ts';
import { isPostgresLike } from '../kinds.ts';
import type { Metadata, SourceEntry, TableEntry } from '../metadata/metadata.ts';
import type { Introspection } from '../remoteSchemas/introspect.ts';
import { releaseOf, type Settings } from '../settings.ts';
import { type NamedObject, resolveNames } from './collisions.ts';
import { columnViolation } from './columns.ts';
import { type Inconsistency, inconsistent, violationOf } from './inconsistency.ts';
import { remoteRelationshipObject, sourceObject, tableObject } from './objects.ts';
import { checkRelationship, type RelationshipContext } from './relationships.ts';
import { checkRemoteSchemas } from './remoteSchemas.ts';
import { checkSchemaGeneration } from './schemaGeneration.ts';
import type { Cache, CatalogueFact, Reference, RemoteSchemaState, SourceState, TableState } from './state.ts';
import { type CheckedTable, checkTable } from './tables.ts';
import { checkTypeRelationships } from './typeRelationships.ts';

export interface BuildInput {
  readonly metadata: Metadata;
  readonly settings: Settings;
  catalogueOf(source: SourceEntry): CatalogueFact | undefined;
  introspectionOf(entry: Metadata['remoteSchemas'][number]): Introspection | undefined;
}

interface TrackedTable {
  readonly entry: TableEntry;
  readonly table: DatabaseTable;
}

/** Checks the whole metadata against what is known of its databases and remote servers. */
export function buildCache({ metadata, settings, catalogueOf, introspectionOf }: BuildInput): Cache {
  const release = releaseOf(settings);
  const remoteSchemas = checkRemoteSchemas(metadata.remoteSchemas, introspectionOf);
  const inconsistencies: Inconsistency[] = [...remoteSchemas.inconsistencies];
  const references: Reference[] = [];

  const sources = new Map<string, SourceState>();
  const checked = new Map<string, CheckedTable>();
  for (const source of metadata.sources) {
    const catalogue = catalogueOf(source);
    if (!catalogue || 'failure' in catalogue) {
      const { failure, message } = catalogue ?? { failure: 'connection error', message: undefined };
      inconsistencies.push(inconsistent(sourceObject(source), failure, message));
      continue;
    }
    const tracked = new Map<string, TrackedTable>();
    for (const entry of source.tables) {
      const table = catalogue.table(entry.table.schema, entry.table.name);
      const text = table
        ? columnViolation(entry, table, source)
        : `no such table/view exists in source: "${entry.table.text}"`;
      if (table && text === undefined) tracked.set(entry.table.key, { entry, table });
      else inconsistencies.push(inconsistent(tableObject(source.name, entry), text ?? ''));
    }
    const tables = new Map<string, TableState>();
    for (const [key, { entry, table }] of tracked) {
      const result = checkTable(source, entry, table, catalogue, tracked, release);
      inconsistencies.push(...result.inconsistencies);
      references.push(...result.references);
      checked.set(`${source.name} ${key}`, result);
      const { enumReferences, left } = result;
      tables.set(key, { entry, table, enumReferences, joinFields: left.joinFields, fields: new Map() });
    }
    sources.set(source.name, { kind: source.kind, catalogue, tables });
  }

  const context: RelationshipContext = {
    sources,
    remoteSchemas: remoteSchemas.states,
    dataConnectors: settings.dataConnectors,
    release,
  };
  for (const [name, source] of sources) {
    const tables = new Map<string, TableState>();
    const camelCase = settings.namingConvention && isCamelCase(metadata, name);
    for (const [key, table] of source.tables) {
      const result = checked.get(`${name} ${key}`);
      if (!result) continue;
      const state = withRemoteRelationships(
        name,
        table,
        result,
        camelCase,
        context,
        inconsistencies,
        references,
      );
      tables.set(key, state);
    }
    sources.set(name, { ...source, tables });
  }

  const types = checkTypeRelationships(metadata.remoteSchemas, context);
  inconsistencies.push(...types.inconsistencies);
  references.push(...types.references);
  const cache: Cache = {
    inconsistencies,
    sources,
    remoteSchemas: remoteSchemas.states as ReadonlyMap<string, RemoteSchemaState>,
    typeRelationships: types.consistent,
    references,
  };
  checkSchemaGeneration(metadata, cache);
  return cache;
}

/** Whether the source has the naming convention that writes columns in camel case; only Postgres' kin can. */
function isCamelCase({ sources }: Metadata, name: string): boolean {
  const source = sources.find((one) => one.name === name);
  const customization = source?.others['customization'];
  if (!source || !isPostgresLike(source.kind) || !isObject(customization)) return false;
  return customization['naming_convention'] === 'graphql-default';
}

/** Adds the table's remote relationships that are right to its fields, and says what is wrong with the others. */
function withRemoteRelationships(
  source: string,
  table: TableState,
  { left, objects }: CheckedTable,
  camelCase: boolean,
  context: RelationshipContext,
  inconsistencies: Inconsistency[],
  references: Reference[],
): TableState {
  const { entry } = table;
  const passed: NamedObject[] = [];
  const needed: Reference[] = [];
  for (const relationship of entry.remoteRelationships) {
    const object = remoteRelationshipObject(source, entry, relationship);
    const { name } = relationship;
    const text = violationOf(() => {
      needed.push({
        text: `remote relationship ${entry.table.text}.${name} in source "${source}"`,
        owner: { source, table: entry.table.key },
        needs: checkRelationship(relationship, left, context),
        drop: object.drop,
      });
    });
    if (text === undefined) {
      passed.push({ name, kind: 'remote relationship', object });
      continue;
    }
    const blank = context.release.since(2, 21, 0) ? ' ' : '';
    const place = `in table "${entry.table.text}": in remote relationship${blank}"${name}": `;
    inconsistencies.push(inconsistent(object, place + text));
  }
  const names = resolveNames(table.table, entry.configuration, [...objects, ...passed], camelCase);
  inconsistencies.push(...names.inconsistencies);
  const lost = new Set(names.inconsistencies.flatMap((item) => item.objects.map((object) => object.name)));
  for (const [index, reference] of needed.entries()) {
    const name = passed[index]?.object.name;
    if (name !== undefined && !lost.has(name)) references.push(reference);
  }
  return { ...table, fields: names.fields };
}
