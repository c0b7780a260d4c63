import { readServerVersion } from '../../../common/src/serverVersion.ts';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import { present, unknown } from '../../../server/src/catalogue/catalogue.ts';
import type { ConfiguredSource, RemoteSchemaSetting } from '../../../server/src/catalogue/catalogueInput.ts';
import type { DocumentContext } from '../../../server/src/join/documentContext.ts';
import { documentContext } from '../../../server/src/join/documentContext.ts';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type { ReadingContext } from '../../../server/src/metadata/relationship.ts';
import type { RuleSettings } from '../../../server/src/rules/settings.ts';
import type { ReplayedDatabase } from '../../../server/src/schema/migrations/replayedDatabase.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';
import type { TableName } from '../../../server/src/schema/tableName.ts';
import type { SnapshotTableEntry } from '../../../server/src/schema/tableSnapshot.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';

/** A table of a snapshot, written short. */
export interface TableFixture {
  readonly table:
    | string
    | { readonly schema?: string; readonly dataset?: string; readonly name: string }
    | readonly string[];
  /** Type by column; `!` behind it: not nullable; `object`: a nested column. Left out: columns are not known. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly computedFields?: readonly {
    readonly name: string;
    readonly type?: string;
    readonly scalar?: boolean;
    readonly arguments?: number;
    readonly functionName?: string;
  }[];
  readonly foreignKeys?: readonly { readonly columns: readonly string[]; readonly table: string }[];
  readonly isEnum?: boolean;
}

export interface Surroundings {
  readonly serverVersion?: string;
  /** Sources with their kind and snapshot. `tables` left out: nothing is known of them. */
  readonly sources?: Readonly<
    Record<
      string,
      {
        readonly kind?: string;
        readonly tables?: readonly TableFixture[];
        /** What its SQL migrations make. */
        readonly migrations?: ReplayedDatabase;
      }
    >
  >;
  /** SDL by name of the remote schema; `null`: it exists, its schema is not known. */
  readonly remoteSchemas?: Readonly<Record<string, string | null>>;
  /** SDL of the types of actions; left out: it is not known. */
  readonly actionTypes?: string;
  /**
   * Other metadata files of the project by name (YAML or JSON by extension). With `{}` the text itself is all the
   * metadata there is; left out: the project has no metadata, and the configuration above is all that is known.
   */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether the files are all the metadata: what is in none of them is absent. True by default. */
  readonly complete?: boolean;
  /** The server reads the checked file before the others, not behind them. */
  readonly first?: boolean;
  /** Name of the checked file among `files`, for related places. */
  readonly name?: string;
  /** What the place of the file says about it. */
  readonly location?: ReadingContext;
  readonly settings?: Partial<RuleSettings>;
}

const uriOf = (name: string) => `file:///project/metadata/${name}`;

/** Where sources and remote schemas are declared. */
const configuration = { uri: uriOf('configuration.json'), offset: 0, length: 0 };

/** Everything the rules need for one text, made of what `surroundings` says. */
export function contextOf(
  text: string,
  surroundings: Surroundings = {},
  language: SyntaxLanguage = 'yaml',
): DocumentContext {
  const { files, complete = true, location } = surroundings;
  const name =
    surroundings.name ??
    (language === 'yaml' ? 'file.yaml' : language === 'json' ? 'file.json' : 'file.http');
  const tree = parse(text, language);
  const model = readModel(tree, location);
  const uri = uriOf(name);
  const others = Object.entries(files ?? {}).map(([other, content]) => ({
    uri: uriOf(other),
    model: readModel(parse(content, other.endsWith('.json') ? 'json' : 'yaml')),
  }));
  const isRequest = model.roles.includes('request');
  const own = isRequest ? [] : [{ uri, model }];
  const documents = surroundings.first === true ? [...own, ...others] : [...others, ...own];
  const catalogue = buildCatalogue({
    serverVersion: readServerVersion(surroundings.serverVersion),
    metadata:
      files === undefined
        ? undefined
        : {
            documents,
            sourcesComplete: complete,
            remoteSchemasComplete: complete,
            tablesComplete: new Map(),
          },
    configured: {
      sources: Object.entries(surroundings.sources ?? {}).map(([source, facts]) => sourceOf(source, facts)),
      sourcesDeclared: surroundings.sources !== undefined,
      remoteSchemas: Object.entries(surroundings.remoteSchemas ?? {}).map(([schema, sdl]) =>
        schemaOf(schema, sdl),
      ),
      remoteSchemasDeclared: surroundings.remoteSchemas !== undefined,
      ...(surroundings.actionTypes === undefined
        ? {}
        : { actionTypes: schemaOf('actions', surroundings.actionTypes).schema }),
    },
    extraRequests: [{ uri, requests: model.otherRequests }],
  });
  return documentContext(uri, tree, model, catalogue);
}

function sourceOf(
  name: string,
  { kind = 'postgres', tables, migrations }: NonNullable<Surroundings['sources']>[string],
): ConfiguredSource {
  return {
    name,
    kind,
    tables: tables?.map(snapshotTable),
    complete: tables !== undefined,
    replayed: migrations && { database: migrations, files: 1, isHistory: true },
    location: configuration,
  };
}

function snapshotTable({
  table,
  columns,
  computedFields,
  foreignKeys,
  isEnum,
}: TableFixture): SnapshotTableEntry {
  const location = { uri: uriOf('schema/tables.json'), offset: 0, length: 0 };
  return {
    name: tableNameOf(table),
    columns:
      columns &&
      Object.entries(columns).map(([name, type]) => ({
        name,
        type: type.replace(/!$/, ''),
        nullable: !type.endsWith('!'),
        scalar: type !== 'object',
        enumReference: undefined,
        description: undefined,
        location,
      })),
    columnsComplete: columns !== undefined,
    computedFields: (computedFields ?? []).map((field) => ({
      name: field.name,
      type: field.type,
      scalar: field.scalar,
      arguments: field.arguments,
      functionName: field.functionName,
      location,
    })),
    foreignKeys: foreignKeys?.map((key) => ({ columns: key.columns, table: tableNameOf(key.table) })),
    isEnum,
    description: undefined,
    location: location,
  };
}

function tableNameOf(table: TableFixture['table']): TableName {
  if (typeof table === 'string') return { form: 'string', name: table, schema: undefined, parts: [table] };
  if ('name' in table) {
    const schema = table.schema ?? table.dataset;
    const form = table.dataset === undefined ? 'schema' : 'dataset';
    return {
      form,
      name: table.name,
      schema,
      parts: schema === undefined ? [table.name] : [schema, table.name],
    };
  }
  return { form: 'list', name: table.at(-1) ?? '', schema: undefined, parts: table };
}

function schemaOf(name: string, sdl: string | null): RemoteSchemaSetting {
  const uri = uriOf(`schema/${name}.graphql`);
  const loaded = sdl === null ? undefined : loadSdl([{ uri, text: sdl }]);
  if (loaded !== undefined && loaded.schema === undefined) throw new Error(loaded.problems[0]?.message);
  return {
    name,
    schema: loaded?.schema === undefined ? unknown : present(loaded.schema),
    location: configuration,
    origin: uri,
  };
}
