import type { At } from '../at.ts';
import { change } from '../changes.ts';
import { tableObject } from '../consistency/objects.ts';
import { type Json, withoutDefaults } from '../json.ts';
import { isPostgresLike, type Kind, nameInDatabase, readTableName, type TableName } from '../kinds.ts';
import { changeSource, changeTable } from '../metadata/metadata.ts';
import { bareTable } from '../metadata/tableEntry.ts';
import { Refusal } from '../refusal.ts';
import { type Body, type Plain, type Prefixed, success } from './command.ts';
import { consistentSource, dependencyError, sourceEntry, trackedTable } from './lookup.ts';
import { tableInfoJson } from './tableInfo.ts';

function readPlace(args: At, kind: Kind): { source: string; table: TableName } {
  return {
    source: args.optional('source')?.nonEmptyString() ?? 'default',
    table: readTableName(args.required('table'), kind),
  };
}

/** Reads `{table, source}`; the legacy API also takes the table's name itself. */
function readTracked(args: At, kind: Kind): { source: string; table: TableName } {
  const bare = typeof args.value === 'string' || !args.optional('table');
  return bare && kind.family === 'postgres'
    ? { source: 'default', table: readTableName(args, kind) }
    : readPlace(args, kind);
}

export const tableCommands: Readonly<Record<string, Prefixed>> = {
  track_table: {
    read: (args, kind) => {
      const { source, table } = readTracked(args, kind);
      const configuration = typeof args.value === 'string' ? undefined : args.optional('configuration');
      const entry = bareTable(table, configuration?.object());
      return {
        modifies: true,
        run: async (state, context) => {
          const existing = sourceEntry(state, source).tables.some((other) => other.table.key === table.key);
          if (existing) throw new Refusal('already-tracked', `view/table already tracked: "${table.text}"`);
          const metadata = changeSource(state.metadata, source, (found) => ({
            ...found,
            tables: [...found.tables, entry],
          }));
          const object = tableObject(source, entry).name;
          return { answer: success, state: await change(state, metadata, context, { object }) };
        },
      };
    },
  },

  untrack_table: {
    read: (args, kind) => {
      const { source, table } = readPlace(args, kind);
      const cascade = args.optional('cascade')?.boolean() ?? false;
      return {
        modifies: true,
        run: async (state, context) => {
          const entry = trackedTable(state, source, kind, table).entry;
          const dependents = state.cache.references.filter(
            ({ owner, needs }) =>
              needs.source === source &&
              needs.table === table.key &&
              !(owner.source === source && owner.table === table.key),
          );
          if (dependents.length > 0 && !cascade) throw dependencyError(dependents.map(({ text }) => text));
          const left = dependents.reduce((rest, reference) => reference.drop(rest), state.metadata);
          const metadata = tableObject(source, entry).drop(left);
          return { answer: success, state: await change(state, metadata, context) };
        },
      };
    },
  },

  set_table_customization: {
    read: (args, kind) => {
      const { source, table } = readPlace(args, kind);
      const configuration = args.optional('configuration')?.object() ?? {};
      return {
        modifies: true,
        run: async (state, context) => {
          const { entry } = trackedTable(state, source, kind, table);
          const metadata = changeTable(state.metadata, source, table.key, (found) => ({
            ...found,
            configuration,
          }));
          const object = tableObject(source, entry).name;
          return { answer: success, state: await change(state, metadata, context, { object }) };
        },
      };
    },
  },

  set_table_is_enum: {
    read: (args, kind) => {
      const { source, table } = readPlace(args, kind);
      const isEnum = args.required('is_enum').boolean();
      return {
        modifies: true,
        run: async (state, context) => {
          const { entry } = trackedTable(state, source, kind, table);
          const metadata = changeTable(state.metadata, source, table.key, (found) => ({ ...found, isEnum }));
          const object = tableObject(source, entry).name;
          return { answer: success, state: await change(state, metadata, context, { object }) };
        },
      };
    },
  },

  get_source_tables: {
    supports: ({ family }, release) => family === 'connector' || release.since(2, 23, 0),
    read: (args, kind) => {
      const source = args.required('source').nonEmptyString();
      return {
        run: async (state) => {
          const { catalogue } = consistentSource(state, source, kind);
          const names = catalogue.tables.map(({ schema, name }) => nameInDatabase(schema, name, kind).json);
          return { answer: names };
        },
      };
    },
  },

  get_table_info: {
    supports: (kind, release) => release.since(2, kind.family === 'connector' ? 26 : 27, 0),
    read: (args, kind) => {
      const source = args.required('source').nonEmptyString();
      const table = readTableName(args.required('table'), kind);
      return tableInfo(source, kind, table);
    },
  },
};

const unsupportedInfo: Readonly<Partial<Record<Kind['family'], string>>> = {
  mssql: 'MSSQL',
  bigquery: 'BigQuery',
};

/** Postgres-like kinds read the database, so untracked tables count; data connectors answer tracked ones only. */
function tableInfo(source: string, kind: Kind, table: TableName): Body {
  return {
    run: async (state) => {
      const unsupported = unsupportedInfo[kind.family];
      if (unsupported) {
        throw new Refusal('unexpected-payload', `get_table_info not yet supported in ${unsupported}!`);
      }
      const { catalogue, tables } = consistentSource(state, source, kind);
      const found = catalogue.table(table.schema, table.name);
      const shown = found && (isPostgresLike(kind) || tables.has(table.key)) ? found : undefined;
      return { answer: shown ? tableInfoJson(shown, kind) : null };
    },
  };
}

/** The form without a prefix, which is for data connectors only. */
export const plainTableCommands: Readonly<Record<string, Plain>> = {
  get_table_info: {
    since: [2, 13, 0],
    read: (args) => {
      const source = args.required('source').nonEmptyString();
      const written = args.required('table');
      return {
        run: async (state, context) => {
          const { kind } = sourceEntry(state, source);
          if (kind.family !== 'connector') {
            throw new Refusal('unexpected', `Schema fetching is not supported for '${kind.name}'`, {
              status: 500,
            });
          }
          return tableInfo(source, kind, readTableName(written, kind)).run(state, context);
        },
      };
    },
  },
  list_source_kinds: {
    read: () => ({
      run: async (_state, { settings }) => {
        const builtIn = ['pg', 'mssql', 'citus', 'cockroach', 'bigquery'].map((kind) =>
          sourceKind(kind, true),
        );
        const agents = Object.keys(settings.dataConnectors).map((kind) => sourceKind(kind, false));
        return { answer: { sources: [...builtIn, ...agents] } };
      },
    }),
  },
  get_source_kind_capabilities: {
    read: (args) => {
      const name = args.required('name').string();
      return {
        run: async (_state, { settings }) => {
          const agent = settings.dataConnectors[name];
          if (!agent) {
            throw new Refusal('data-connector-error', `${name} does not support Capabilities`);
          }
          const queries = withoutDefaults({ foreach: agent.foreach ? {} : undefined });
          return {
            answer: {
              capabilities: { queries },
              config_schema_response: { config_schema: { type: 'object' }, other_schemas: {} },
              options: agent.options ?? { uri: `http://${name}.localhost` },
            },
          };
        },
      };
    },
  },
};

function sourceKind(kind: string, builtin: boolean): Json {
  return { builtin, kind, display_name: kind, available: true };
}
