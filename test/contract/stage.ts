import type { Json, RemoteSchemaServer, RemoteSchemaSetup } from '../endpoint/endpoint.ts';
import { serveRemoteSchema } from '../endpoint/remoteSchemas/serve.ts';
import { isObject } from './difference.ts';
import type { Exchange, Request, Step } from './exchange.ts';
import { type Answer, command, send, type Target } from './target.ts';
import { worlds } from './worlds/index.ts';
import type { World } from './worlds/world.ts';

/** What is not the server's own goes; the same on every server. */
const resetSql = `
  DROP SCHEMA IF EXISTS custom, hasura, main, sales, sys CASCADE;
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    LOOP EXECUTE 'DROP TABLE ' || name || ' CASCADE'; END LOOP;
  END $$;`;

const setupSource = 'contract_setup';

/** Puts a server into worlds, and runs exchanges in them. */
export class Stage {
  readonly target: Target;
  readonly #initialSettings: string;
  readonly #servers = new Map<RemoteSchemaSetup, Promise<RemoteSchemaServer>>();
  #tables: World | undefined;
  #before: Json | undefined;

  constructor(target: Target) {
    this.target = target;
    this.#initialSettings = JSON.stringify(target.embedded?.settings ?? {});
  }

  /** Keeps the server's metadata, to put it back at the end. */
  async open(): Promise<void> {
    const exported = await command(this.target, 'export_metadata', {}, { version: 2 });
    this.#before = isObject(exported) ? (exported['metadata'] ?? null) : null;
  }

  async close(): Promise<void> {
    const args = { allow_inconsistent_metadata: true, metadata: this.#before ?? null };
    await command(this.target, 'replace_metadata', args, { version: 2 });
    for (const server of this.#servers.values()) await (await server).stop();
    await this.target.close();
  }

  /** Carries out an exchange: its world, what comes before, the request itself. */
  async play(exchange: Exchange): Promise<{ answer: Answer; fill: (value: Json) => Json }> {
    const { world: name, before = [], settings, server, secret, request } = exchange;
    const world = worlds.get(name);
    if (!world) throw new Error(`There is no world "${name}".`);
    this.#restoreSettings();
    const urls = await this.enter(world);
    const embedded = this.target.embedded?.settings;
    if (embedded && server !== undefined) embedded.serverVersion = server;
    for (const step of before) await this.#take(step, world, urls);
    const exported = await command(this.target, 'export_metadata', {}, { version: 2 });
    if (embedded) Object.assign(embedded, settings);
    const fill = (value: Json) => filled(value, urls, this.target.database, exported);
    const answer = await this.send(request, fill, secret);
    return { answer, fill };
  }

  async send(request: Request, fill: (value: Json) => Json, secret?: 'none' | 'wrong'): Promise<Answer> {
    const { body, ...rest } = request;
    if (/run_sql|concurrent/.test(JSON.stringify(body))) this.#tables = undefined;
    return send(this.target, { ...rest, ...(body === undefined ? {} : { body: fill(body) }) }, secret);
  }

  #restoreSettings(): void {
    const { embedded } = this.target;
    if (!embedded) return;
    const { environment: _, ...settings } = JSON.parse(this.#initialSettings) as typeof embedded.settings;
    Object.assign(embedded.settings, settings);
  }

  /** Puts the server into a world. Gives the addresses of the world's GraphQL servers by their names. */
  async enter(world: World): Promise<ReadonlyMap<string, string>> {
    // Nothing learned from the world before is left.
    await command(this.target, 'clear_metadata', {});
    if (this.#tables !== world) {
      const connection = { connection_info: { database_url: this.target.database } };
      await command(this.target, 'pg_add_source', { name: setupSource, configuration: connection });
      const args = {
        source: setupSource,
        sql: resetSql + (world.sql ?? ''),
        check_metadata_consistency: false,
      };
      await command(this.target, 'run_sql', args);
      this.#tables = world;
    }
    const urls = new Map<string, string>();
    for (const [name, setup] of Object.entries(world.servers ?? {})) {
      urls.set(name, (await this.#serverOf(setup)).url);
    }
    const metadata = { version: 3, sources: world.sources ?? [], remote_schemas: world.remoteSchemas ?? [] };
    const args = filled({ allow_inconsistent_metadata: true, metadata }, urls, this.target.database);
    await command(this.target, 'replace_metadata', args, { version: 2 });
    return urls;
  }

  async #serverOf(setup: RemoteSchemaSetup): Promise<RemoteSchemaServer> {
    let server = this.#servers.get(setup);
    if (!server) {
      server = serveRemoteSchema(setup);
      this.#servers.set(setup, server);
    }
    const started = await server;
    await started.start();
    return started;
  }

  async #take(step: Step, world: World, urls: ReadonlyMap<string, string>): Promise<void> {
    if ('sql' in step) {
      this.#tables = undefined;
      const { sources = [] } = world;
      const source = sources[0]?.['name'] ?? setupSource;
      await command(this.target, 'run_sql', { source, sql: step.sql, check_metadata_consistency: false });
    } else if ('stop' in step) {
      const setup = world.servers?.[step.stop];
      if (setup) await (await this.#serverOf(setup)).stop();
    } else {
      const fill = (value: Json) => filled(value, urls, this.target.database);
      const { status, body } = await this.send(step, fill);
      if (status !== 200)
        throw new Error(`A step before was answered with ${status}: ${JSON.stringify(body)}`);
    }
  }
}

/**
 * The value with its placeholders filled: `<database>`, `<url:name>` of a world's server, and `{"$ref": "metadata"}` or
 * `{"$ref": "resource_version", "plus": -1}` of the export made right before the request.
 */
function filled(value: Json, urls: ReadonlyMap<string, string>, database: Json, exported: Json = null): Json {
  if (value === '<database>') return database;
  if (typeof value === 'string')
    return value.replace(/<url:([^>]+)>/, (_, name: string) => urls.get(name) ?? name);
  if (Array.isArray(value)) return value.map((item: Json) => filled(item, urls, database, exported));
  if (!isObject(value)) return value;
  const { $ref: reference, plus } = value;
  if (typeof reference === 'string' && isObject(exported)) {
    const found = exported[reference] ?? null;
    return typeof found === 'number' && typeof plus === 'number' ? found + plus : found;
  }
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    filled(item ?? null, urls, database, exported),
  ]);
  return Object.fromEntries(entries) as Json;
}
