import type { At } from '../at.ts';
import { isGraphqlName } from '../json.ts';
import { type Kind, kindOfName } from '../kinds.ts';
import { Refusal } from '../refusal.ts';
import type { Release } from '../release.ts';
import { releaseOf, type Settings } from '../settings.ts';
import { bulkCommands, queryBulkCommands } from './bulk.ts';
import type { Body, Command, Plain, Prefixed, ReadContext } from './command.ts';
import { localRelationshipCommands } from './localRelationships.ts';
import { metadataCommands } from './metadata.ts';
import { remoteRelationshipCommands } from './remoteRelationships.ts';
import { remoteSchemaCommands } from './remoteSchemas.ts';
import { sourceCommands } from './sources.ts';
import { sqlCommands } from './sql.ts';
import { plainTableCommands, tableCommands } from './tables.ts';
import { typeRelationshipCommands } from './typeRelationships.ts';

/** The three endpoints that take commands. */
export type Api = '/v1/metadata' | '/v1/query' | '/v2/query';

const prefixed: Readonly<Record<string, Prefixed>> = {
  ...remoteRelationshipCommands,
  ...localRelationshipCommands,
  ...tableCommands,
  ...sourceCommands,
};

const shared: Readonly<Record<string, Plain>> = {
  ...bulkCommands,
  ...metadataCommands,
  ...remoteSchemaCommands,
};

const plain: Readonly<Record<Api, Readonly<Record<string, Plain>>>> = {
  '/v1/metadata': { ...shared, ...typeRelationshipCommands, ...plainTableCommands },
  '/v1/query': shared,
  '/v2/query': queryBulkCommands,
};

/** Understands a request, or refuses it as `parse-failed`. */
export function readCommand(at: At, api: Api, settings: Settings): Command {
  const release = releaseOf(settings);
  const type = at.required('type').string();
  const version = at.optional('version');
  const number = version?.value ?? 1;
  if (number !== 1 && number !== 2) {
    return (version ?? at).fail(`expected 1 or 2, encountered ${JSON.stringify(number)}`);
  }
  const context: ReadContext = {
    release,
    settings,
    version: api === '/v1/query' && type === 'export_metadata' ? 1 : number,
    prefixed: api === '/v1/metadata',
    versionGiven: version !== undefined,
    readItem: (item) => readCommand(item, api, settings),
  };
  const body = readBody(at, type, api, context);
  return {
    type,
    // `/v2/query` adds no level for the args.
    path: api === '/v2/query' ? at.path : `${at.path}.args`,
    modifies: body.modifies ?? false,
    readOnly: body.readOnly ?? false,
    atomic: body.atomic,
    run: body.run,
  };
}

function readBody(at: At, type: string, api: Api, context: ReadContext): Body {
  const { release } = context;
  const found = own(plain[api], type);
  if (found && exists(found, release)) return found.read(at.required('args'), context);
  if (api === '/v1/query') return readLegacy(at, type, context);
  const { kind, rest, prefix } = split(type, release);
  if (api === '/v2/query') return readSql(at, type, kind, rest, context);

  if (!isGraphqlName(prefix)) {
    const text = `"${prefix}" was not recognized as a valid backend name`;
    return at.fail(`unknown metadata command "${type}"; ${text}`);
  }
  const command = own(prefixed, rest);
  if (!command || !exists(command, release) || command.supports?.(kind, release) === false) {
    return at.fail(`unknown metadata command "${rest}" for backend ${kind.name}`);
  }
  return wrapped(rest, release, () => command.read(at.required('args'), kind, context));
}

/** The combined API: Postgres, without prefixes, its texts without the wrapper. */
function readLegacy(at: At, type: string, context: ReadContext): Body {
  const command = own({ ...prefixed, ...sqlCommands }, type);
  if (!command) return at.fail(`unknown query type "${type}"`);
  return command.read(at.required('args'), kindOfName('postgres', false), context);
}

function readSql(at: At, type: string, kind: Kind, rest: string, context: ReadContext): Body {
  const isPrefixed = rest === 'run_sql' && (kind.name !== 'postgres' || context.release.since(2, 19, 0));
  const { run_sql: command } = sqlCommands;
  if (!command || (type !== 'run_sql' && !isPrefixed)) return at.fail(`unknown query type "${type}"`);
  const own = type === 'run_sql' ? kindOfName('postgres', false) : kind;
  return command.read(at.required('args'), own, context);
}

function own<T>(commands: Readonly<Record<string, T>>, type: string): T | undefined {
  return Object.hasOwn(commands, type) ? commands[type] : undefined;
}

function exists({ since }: Plain | Prefixed, release: Release): boolean {
  return !since || release.since(...since);
}

/** A command's prefix is what stands before its first `_`: nearly anything counts as a data connector's name. */
function split(type: string, release: Release): { kind: Kind; rest: string; prefix: string } {
  const at = type.indexOf('_');
  const prefix = at < 0 ? type : type.slice(0, at);
  const rest = at < 0 ? '' : type.slice(at + 1);
  return { prefix, rest, kind: kindOfName(prefix, release.before(2, 26, 0)) };
}

const documentation =
  'https://hasura.io/docs/latest/graphql/core/api-reference/metadata-api/index.html#metadata-apis';

/** Shape errors of prefixed commands come in three lines since 2.1.0 (spec 4.0). */
function wrapped(command: string, release: Release, read: () => Body): Body {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal) || release.before(2, 1, 0)) throw error;
    const { code, message, path } = error;
    const text = [
      `Error when parsing command ${command}.`,
      `See our documentation at ${documentation}.`,
      `Internal error message: ${message}`,
    ].join('\n');
    throw new Refusal(code, text, path === undefined ? {} : { path });
  }
}
