import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lint } from '../../server/src/cli/lint.ts';
import { isObject } from '../contract/difference.ts';
import { Stage } from '../contract/stage.ts';
import { embeddedTarget } from '../contract/target.ts';
import { remoteSchema, source } from '../contract/worlds/world.ts';
import type { Json } from '../endpoint/endpoint.ts';
import { describeOutside } from '../outside.ts';
import { TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { objects } from './facts.ts';

/**
 * Small cases that were decided from the engine's source: what the command line says of them, and what the embedded
 * endpoint answers to those that a server can be asked about as they are.
 */

interface Decided {
  readonly id: string;
  readonly about: string;
  /** `ignored`: taken without effect. */
  readonly engine: 'accept' | 'refuse' | 'ignored';
  readonly files: Readonly<Record<string, string | null>>;
}

/** Where the endpoint answers otherwise, and why that is no fault of it. */
const knownOtherwise: Readonly<Record<string, string>> = {
  'c74-tiny': 'JavaScript reads 1e-400 as 0.',
  'c80-1e400': 'JavaScript reads 1e400 as infinite.',
};

describeOutside('cases decided from the engine’s source', 'fixtures/second-reading', (folder) => {
  const cases = JSON.parse(readFileSync(path.join(folder, 'cases.json'), 'utf8')) as readonly Decided[];
  const read = (file: string) => readFileSync(path.join(folder, 'base/schema', file), 'utf8');

  it('the command line agrees with all of them', async () => {
    const different: string[] = [];
    for (const { id, about, engine, files } of cases) {
      const found = await findings(folder, files);
      const errors = found.filter(({ severity }) => severity === 'error');
      const warnings = found.filter(({ severity }) => severity === 'warning' || severity === 'error');
      const agrees = engine === 'accept' ? errors.length === 0 : warnings.length > 0;
      if (!agrees)
        different.push(`${id} (${engine}): ${about}: ${errors.map(({ message }) => message).join(' | ')}`);
    }
    expect(different).toEqual([]);
  });

  const asked = cases.filter(({ files }) =>
    Object.keys(files).every((file) => ['metadata.json', 'request.json'].includes(file)),
  );

  let stage: Stage;
  let urls: ReadonlyMap<string, string>;
  beforeAll(async () => {
    const target = await embeddedTarget();
    if (target.embedded) target.embedded.settings.namingConvention = true;
    stage = new Stage(target);
    await stage.open();
    urls = await stage.enter({
      sql: statements(read),
      sources: [source('default', [])],
      remoteSchemas: ['people', 'billing'].map((name) => remoteSchema(name)),
      servers: {
        people: { typeDefs: read('people.graphql') },
        billing: { typeDefs: read('billing.graphql') },
      },
    });
  }, 180_000);
  afterAll(() => stage.close());

  it('the embedded endpoint agrees with those it can be asked about', async () => {
    const different: string[] = [];
    for (const { id, about, engine, files } of asked) {
      const answer = await ask(
        files['metadata.json'] ?? '{"version":3,"sources":[]}',
        files['request.json'] ?? undefined,
      );
      // What is taken without effect may be taken as inconsistent.
      const agrees = engine === 'ignored' ? answer.taken : answer.refused === (engine === 'refuse');
      if (agrees === id in knownOtherwise) {
        different.push(`${id} (${engine}): ${about}: ${answer.text}`);
      }
    }
    process.stdout.write(
      `\n${cases.length} decided cases: the endpoint was asked about ${asked.length}, and differs in ${Object.keys(knownOtherwise).length}\n`,
    );
    expect(different).toEqual([]);
  });

  async function ask(metadata: string, request: string | undefined) {
    const { database } = stage.target;
    const here = withAddresses(metadata, JSON.stringify(database), urls);
    const replaced = await post(
      `{"type":"replace_metadata","version":2,"args":{"allow_inconsistent_metadata":true,"metadata":${here}}}`,
    );
    if (request === undefined || replaced.status !== 200) return verdictOf(replaced);
    return verdictOf(await post(withAddresses(request, JSON.stringify(database), urls)));
  }

  async function post(body: string) {
    const older = /"(?:create|update|delete)_remote_relationship"/.test(body);
    const response = await fetch(`${stage.target.url}/${older ? 'v1/query' : 'v1/metadata'}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Hasura-Admin-Secret': stage.target.adminSecret },
      body,
    });
    return { status: response.status, body: (await response.json()) as Json };
  }
});

function verdictOf({ status, body }: { readonly status: number; readonly body: Json }) {
  const answer = isObject(body) ? body : {};
  const inconsistent = objects(answer['inconsistent_objects']);
  const reasons = inconsistent.map(({ reason }) => String(reason));
  return {
    taken: status === 200,
    refused: status !== 200 || inconsistent.length > 0,
    text: [status === 200 ? '' : `${status} ${JSON.stringify(body)}`, ...reasons].join(' | ').slice(0, 400),
  };
}

async function findings(fixtures: string, files: Decided['files']) {
  const folder = new TemporaryFolder();
  cpSync(path.join(fixtures, 'base'), folder.path, { recursive: true });
  for (const [name, text] of Object.entries(files)) if (text !== null) folder.write(name, text);
  return lint({
    paths: [folder.path],
    configuration: undefined,
    workingDirectory: folder.path,
    note: () => {},
  });
}

/** The text of a document with the addresses of this run; it may be one that no parser would give back. */
function withAddresses(text: string, database: string, urls: ReadonlyMap<string, string>): string {
  return text
    .replaceAll('http://localhost:4001/graphql', urls.get('people') ?? '')
    .replaceAll('http://localhost:4002/graphql', urls.get('billing') ?? '')
    .replaceAll(/"database_url":\s*\{\s*"from_env":\s*"MS"\s*\}/g, `"connection_string": ${database}`)
    .replaceAll(/\{\s*"from_env":\s*"(?:PG|CT)"\s*\}/g, database)
    .replaceAll(/"project_id":\s*"p"/g, `"project_id": ${database}`)
    .replaceAll(/"value":\s*\{\}/g, `"value": {"db": ${database}}`);
}

interface SnapshotEntry {
  readonly schema?: string;
  readonly dataset?: string;
  readonly name: string | readonly string[];
  readonly columns: readonly { readonly name: string; readonly type?: string }[];
}

function statements(read: (file: string) => string): string {
  const tables = ['default', 'ms', 'bq', 'dc'].flatMap(
    (name) => JSON.parse(read(`${name}.tables.json`)) as readonly SnapshotEntry[],
  );
  const types: Readonly<Record<string, string>> = {
    INT64: 'bigint',
    number: 'double precision',
    string: 'text',
  };
  const named = tables.map(({ schema, dataset, name, columns }) => {
    const parts = Array.isArray(name) ? name : [schema ?? dataset ?? 'public', name];
    const [own, place = 'public'] = [parts.at(-1), parts.length > 1 ? parts[0] : undefined];
    const list = columns.map((column) => {
      const type = column.type === undefined ? 'nested' : (types[column.type] ?? column.type);
      return `"${column.name}" ${type}${own === 'roles' && column.name === 'value' ? ' PRIMARY KEY' : ''}`;
    });
    return { place, text: `CREATE TABLE "${place}"."${own}" (${list.join(', ')});` };
  });
  const schemas = [...new Set(named.map(({ place }) => place))].filter((place) => place !== 'public');
  return [
    ...schemas.map((schema) => `CREATE SCHEMA "${schema}";`),
    'CREATE TYPE nested AS (a text);',
    ...named.map(({ text }) => text),
    "INSERT INTO roles VALUES ('a', '');",
    'ALTER TABLE users ADD FOREIGN KEY (role) REFERENCES roles (value);',
    'ALTER TABLE orders ADD FOREIGN KEY (status) REFERENCES roles (value);',
    "CREATE FUNCTION full_name_fn(of_row users) RETURNS text LANGUAGE sql STABLE AS 'SELECT NULL::text';",
    "CREATE FUNCTION score_fn(of_row users, x integer) RETURNS integer LANGUAGE sql STABLE AS 'SELECT x';",
    "CREATE FUNCTION posts_fn(of_row users) RETURNS SETOF orders LANGUAGE sql STABLE AS 'SELECT * FROM orders';",
    "CREATE FUNCTION label_fn(of_row orders) RETURNS text LANGUAGE sql STABLE AS 'SELECT NULL::text';",
  ].join('\n');
}
