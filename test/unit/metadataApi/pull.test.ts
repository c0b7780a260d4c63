import { describe, expect, it } from 'vitest';
import type { Command } from '../../../common/src/metadataApi/document/commands.ts';
import { isJsonArray, type Json, type JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import type { HttpClient } from '../../../common/src/metadataApi/http/http.ts';
import { describeFailure, type HttpResult } from '../../../common/src/metadataApi/http/httpResult.ts';
import { readServerState, readVersion } from '../../../common/src/metadataApi/plan/serverState.ts';
import { introspectUrl } from '../../../common/src/metadataApi/pull/introspectUrl.ts';
import { planPull, pullRemoteSchema, pullSource } from '../../../common/src/metadataApi/pull/pull.ts';
import { metadata, stateOf } from './fixtures.ts';

const refused: HttpResult = {
  outcome: 'unauthorized',
  status: 401,
  error: undefined,
};

/** A client whose server answers by the type of the request; what it does not know it refuses. */
function clientOf(answers: (type: string, args: Json) => Json | undefined | HttpResult) {
  const sent: Command[] = [];
  const client: HttpClient = {
    host: 'h',
    send: async (command) => {
      sent.push(command);
      const type = command.body === undefined ? command.api : String(command.body['type']);
      const answer = answers(type, command.body?.['args'] ?? null);
      if (answer === undefined) return refused;
      if (typeof answer === 'object' && answer !== null && 'outcome' in answer) return answer as HttpResult;
      return { outcome: 'answered', status: 200, json: answer as Json, requestId: undefined };
    },
  };
  return { client, types: () => sent.map(({ api, body }) => String(body?.['type'] ?? api)), sent };
}

const tuples = (...rows: string[][]): Json => ({ result_type: 'TuplesOk', result: [['header'], ...rows] });

function planOf(source: string, version = 'v2.48.0', document: JsonObject = metadata) {
  const state = stateOf({ version, document });
  const pull = planPull(state.document, state.version).find((each) => each.source === source);
  if (pull === undefined) throw new Error('no source');
  return pull;
}

describe('the ways to ask', () => {
  it.each<[string, string, string[][]]>([
    [
      'shop',
      'v2.48.0',
      [
        ['run_sql', 'run_sql', 'run_sql'],
        ['pg_get_source_tables', 'bulk_keep_going'],
      ],
    ],
    ['shop', 'v2.26.0', [['run_sql', 'run_sql', 'run_sql']]],
    ['helpdesk', 'v2.10.0', [['run_sql', 'run_sql']]],
    ['cluster', 'v2.10.0', [['citus_run_sql', 'citus_run_sql']]],
    ['roach', 'v2.26.0', [['cockroach_run_sql']]],
    ['erp', 'v2.48.0', [['mssql_run_sql'], ['mssql_get_source_tables']]],
    ['erp', 'v2.20.0', [['mssql_run_sql']]],
    ['lake', 'v2.48.0', [['bigquery_database_inspection'], ['bigquery_get_source_tables']]],
    ['lite', 'v2.48.0', [['sqlite_get_source_tables', 'bulk_keep_going']]],
    ['lite', 'v2.25.0', []],
  ])('for %s on %s', (source, version, expected) => {
    const { ways } = planOf(source, version);
    expect(ways.map((steps) => steps.map(({ command }) => command.body?.['type']))).toEqual(expected);
    for (const { command } of ways.flat()) expect(command.effect).toBe('read');
  });

  it('are all the sources', () => {
    const state = stateOf();
    expect(planPull(state.document, state.version).map(({ source }) => source)).toEqual([
      'shop',
      'helpdesk',
      'cluster',
      'roach',
      'erp',
      'lake',
      'lite',
    ]);
  });

  it('ask for many tables in several requests', () => {
    const tables = Array.from({ length: 450 }, (_, index) => ({ table: ['main', `t${index}`] }));
    const document = { version: 3, sources: [{ name: 's', kind: 'sqlite', tables, configuration: {} }] };
    const [steps] = planOf('s', 'v2.48.0', document).ways;
    const sizes = steps?.map(({ command }) => {
      const args = command.body?.['args'];
      return isJsonArray(args) ? args.length : 0;
    });
    expect(sizes).toEqual([0, 200, 200, 50]);
  });
});

describe('pullSource', () => {
  const full = (type: string, args: Json): Json | undefined => {
    if (type !== 'run_sql') return undefined;
    const sql = JSON.stringify(args);
    if (sql.includes('pg_constraint'))
      return tuples(['public', 'customer', 'k', 'region', 'public', 'region']);
    if (sql.includes('pg_proc')) {
      return tuples(['public', 'full_name', 'text', 'b', 'false', '2', '["c","sep"]']);
    }
    return tuples(['public', 'customer', 'id', 'integer', 'false']);
  };

  it('gathers columns, foreign keys and computed fields', async () => {
    const { client } = clientOf(full);
    expect(await pullSource(client, planOf('shop'))).toEqual({
      outcome: 'pulled',
      notes: [],
      tables: [
        {
          schema: 'public',
          name: 'customer',
          columns: [{ name: 'id', type: 'integer', nullable: false }],
          computedFields: [{ name: 'full_name', type: 'text', scalar: true, arguments: ['sep'] }],
          foreignKeys: [{ columns: ['region'], table: { schema: 'public', name: 'region' } }],
        },
      ],
    });
  });

  it.each([
    [
      'a session argument',
      { function: 'f', session_argument: 's' },
      ['b', '3', '["row","s","x"]', 'false'],
      ['x'],
      true,
    ],
    [
      'a row that is not the first',
      { function: 'f', table_argument: 'row' },
      ['b', '2', '["x","row"]', 'false'],
      ['x'],
      true,
    ],
    [
      'unnamed arguments',
      { function: { schema: 'public', name: 'f' } },
      ['b', '2', '[]', 'false'],
      ['$2'],
      true,
    ],
    ['a function without a schema', { function: { name: 'f' } }, ['b', '1', '["row"]', 'false'], [], true],
    ['rows', { function: 'f' }, ['c', '1', '["row"]', 'true'], [], false],
    ['several values', { function: 'f' }, ['b', '1', '["row"]', 'true'], [], false],
    ['a record', { function: 'f' }, ['p', '1', '["row"]', 'false'], [], false],
    ['a composite value', { function: 'f' }, ['c', '1', '["row"]', 'false'], [], false],
  ] as const)(
    'knows of a computed field with %s',
    async (_what, definition, [kind, count, names, set], left, scalar) => {
      const tables = [{ table: 't', computed_fields: [{ name: 'cf', definition }] }];
      const document = {
        version: 3,
        sources: [{ name: 's', tables, configuration: {} }],
      } as unknown as JsonObject;
      const { client } = clientOf((_type, args) =>
        JSON.stringify(args).includes('pg_proc')
          ? tuples(['public', 'f', 'text', kind, set, count, names])
          : tuples(),
      );
      expect(await pullSource(client, planOf('s', 'v2.20.0', document))).toMatchObject({
        tables: [{ name: 't', computedFields: [{ name: 'cf', scalar, arguments: left }] }],
      });
    },
  );

  it.each([
    ['a function that the database does not have', { name: 'cf', definition: { function: 'gone' } }],
    ['no name', { definition: { function: 'f' } }],
    ['no function', { name: 'cf', definition: {} }],
    ['more arguments than a function can have', { name: 'cf', definition: { function: 'many' } }],
    ['a number of arguments that is none', { name: 'cf', definition: { function: 'odd' } }],
  ])('says nothing of a computed field with %s', async (_what, field) => {
    const tables = [{ table: 't', computed_fields: [field] }, { computed_fields: [field] }];
    const document = {
      version: 3,
      sources: [{ name: 's', tables, configuration: {} }],
    } as unknown as JsonObject;
    const { client } = clientOf((_type, args) =>
      JSON.stringify(args).includes('pg_proc')
        ? tuples(
            ['public', 'f', 'text', 'b', 'false', '1', '["row"]'],
            ['public', 'many', 'text', 'b', 'false', '1001', '[]'],
            ['public', 'odd', 'text', 'b', 'false', 'x', '[]'],
          )
        : tuples(['public', 't', 'id', 'integer', 'false']),
    );
    expect(await pullSource(client, planOf('s', 'v2.20.0', document))).toEqual({
      outcome: 'pulled',
      notes: [],
      tables: [{ schema: 'public', name: 't', columns: [{ name: 'id', type: 'integer', nullable: false }] }],
    });
  });

  it('says nothing of an overloaded function', async () => {
    const row = ['public', 'full_name', 'text', 'b', 'false', '1', '["c"]'];
    const { client } = clientOf((type, args) =>
      JSON.stringify(args).includes('pg_proc') ? tuples(row, row) : full(type, args),
    );
    const result = await pullSource(client, planOf('shop'));
    expect(result.outcome === 'pulled' && result.tables[0]).not.toHaveProperty('computedFields');
  });

  it('keeps what it has when foreign keys can not be read, and says so', async () => {
    const { client } = clientOf((type, args) =>
      JSON.stringify(args).includes('pg_constraint') ? undefined : full(type, args),
    );
    const result = await pullSource(client, planOf('shop'));
    expect(result).toMatchObject({ outcome: 'pulled', tables: [{ name: 'customer', columns: [{}] }] });
    expect(result.outcome === 'pulled' && result.notes).toEqual([expect.stringContaining('foreign keys')]);
  });

  it('asks table by table when there is no SQL', async () => {
    const { client, types } = clientOf((type) => {
      if (type === 'pg_get_source_tables') return [{ schema: 'public', name: 'untracked' }];
      if (type !== 'bulk_keep_going') return undefined;
      const columns = [{ name: 'id', type: 'integer', nullable: false }];
      return [
        { name: { schema: 'public', name: 'customer' }, columns },
        { error: 'no', code: 'x', path: '$' },
      ];
    });
    const result = await pullSource(client, planOf('shop'));
    expect(types()).toEqual(['run_sql', 'pg_get_source_tables', 'bulk_keep_going']);
    expect(result).toMatchObject({
      outcome: 'pulled',
      tables: [{ name: 'customer', columns: [{ name: 'id' }] }, { name: 'untracked' }],
      notes: [expect.stringContaining('columns')],
    });
  });

  it.each<[string, Json]>([
    ['an answer of another shape', { message: 'success' }],
    ['no tables where there should be some', [null, null]],
  ])('fails with %s', async (_what, answer) => {
    const { client } = clientOf(() => answer);
    expect(await pullSource(client, planOf('shop'))).toMatchObject({ outcome: 'failed', cancelled: false });
  });

  it.each<[string, string, readonly string[], string]>([
    ['erp', 'refuses', [], 'The columns could not be read: WHY The table names could not be read: WHY'],
    ['lake', 'names only', ['bigquery_get_source_tables'], 'The columns could not be read: WHY'],
    ['lite', 'names only', ['sqlite_get_source_tables'], 'The columns could not be read: WHY'],
  ])('says in these words what could not be read: %s that %s', async (source, _, known, text) => {
    const { client } = clientOf((type) => (known.includes(type) ? [] : undefined));
    const result = await pullSource(client, planOf(source));
    const said = result.outcome === 'pulled' ? result.notes.join(' ') : result.message;
    const why = describeFailure({ outcome: 'unauthorized', status: 401, error: undefined }, 'h');
    expect(said).toBe(text.replaceAll('WHY', why));
  });

  it('has nothing to ask where no table is tracked', () => {
    const document = { version: 3, sources: [{ name: 's', kind: 'sqlite', tables: [], configuration: {} }] };
    const types = planOf('s', 'v2.48.0', document).ways.map((steps) =>
      steps.map(({ command }) => command.body?.['type']),
    );
    expect(types).toEqual([]);
  });

  it('fails where the server has no way to tell', async () => {
    const { client, sent } = clientOf(() => undefined);
    const result = await pullSource(client, planOf('lite', 'v2.20.0'));
    expect(result).toMatchObject({
      outcome: 'failed',
      message: "This server can't list the tables of a source of kind sqlite.",
    });
    expect(sent).toEqual([]);
  });

  it('ends when it is cancelled', async () => {
    const { client, sent } = clientOf(() => ({ outcome: 'cancelled' }) satisfies HttpResult);
    expect(await pullSource(client, planOf('shop'))).toMatchObject({ outcome: 'failed', cancelled: true });
    expect(sent).toHaveLength(1);
  });
});

describe('pullRemoteSchema', () => {
  const introspection = { __schema: { queryType: { name: 'Query' }, types: [] } };
  it.each<[string, Json]>([
    ['in data', { data: introspection }],
    ['bare', introspection],
  ])('gives the introspection %s', async (_how, answer) => {
    const { client } = clientOf(() => answer);
    expect(await pullRemoteSchema(client, 'people')).toEqual({ outcome: 'pulled', introspection });
  });

  it('says of another answer what it is not', async () => {
    const { client } = clientOf(() => ({ data: {} }));
    expect(await pullRemoteSchema(client, 'people')).toMatchObject({
      message: 'What h returns for remote schema "people" is not an introspection result.',
    });
  });

  it.each<[string, Json | undefined | HttpResult, boolean]>([
    ['a refusal', undefined, false],
    ['another answer', { data: {} }, false],
    ['a cancellation', { outcome: 'cancelled' }, true],
  ])('fails with %s', async (_what, answer, cancelled) => {
    const { client } = clientOf(() => answer);
    expect(await pullRemoteSchema(client, 'people')).toMatchObject({ outcome: 'failed', cancelled });
  });
});

describe('introspectUrl', () => {
  it.each<[string, Json | HttpResult, boolean, string]>([
    ['a cancellation', { outcome: 'cancelled' }, true, 'Cancelled.'],
    ['another answer', { data: { people: [] } }, false, 'What h answers is no introspection result.'],
    ['errors', { errors: [{ message: 'no' }] }, false, 'What h answers is an error: no.'],
  ])('fails with %s', async (_, answer, cancelled, message) => {
    const { client } = clientOf(() => answer);
    expect(await introspectUrl(client)).toEqual({ outcome: 'failed', message, cancelled });
  });
});

describe('readServerState', () => {
  const answers = (type: string): Json | undefined => {
    if (type === 'version') return { version: 'v2.45.0' };
    if (type === 'export_metadata') return { resource_version: 4, metadata };
    return {
      is_consistent: false,
      inconsistent_objects: [{ reason: 'r', type: 'source', definition: 'shop' }],
    };
  };

  it('reads version, metadata and inconsistent objects', async () => {
    const { client, types } = clientOf(answers);
    const result = await readServerState(client);
    expect(types()).toEqual(['version', 'export_metadata', 'get_inconsistent_metadata']);
    expect(result).toMatchObject({
      outcome: 'read',
      state: {
        document: { resourceVersion: 4 },
        inconsistent: [{ reason: 'r' }],
        version: { text: 'v2.45.0' },
      },
    });
  });

  it('asks for a known version no more', async () => {
    const { client, types } = clientOf(answers);
    await readServerState(client, undefined, stateOf().version);
    expect(types()).not.toContain('version');
  });

  it.each(['version', 'export_metadata', 'get_inconsistent_metadata'])(
    'fails when %s fails',
    async (failing) => {
      const { client } = clientOf((type) => (type === failing ? undefined : answers(type)));
      expect(await readServerState(client)).toEqual({ outcome: 'failed', failure: refused });
    },
  );

  it('fails when the answers are no answers', async () => {
    const { client } = clientOf(() => ({}));
    expect(await readServerState(client)).toMatchObject({ failure: { outcome: 'unexpected-answer' } });
    expect(await readVersion(client)).toMatchObject({ outcome: 'unexpected-answer' });
  });
});

it.each([
  ['v2.8.4', [2, 8, 4], true],
  ['v2.8.4', [2, 8, 5], false],
  ['v2.36.0-ce', [2, 36], true],
  ['v2.9', [2, 10], false],
  ['v2.10.0', [2, 9, 9], true],
  ['v1.3.3', [2, 0], false],
  ['3.0.0', [2, 99], true],
  ['12345', [2, 99], true],
  ['dev-a1b2c3d', [2, 99], true],
] as const)('version %s is at least %j: %s', (text, [major, minor, patch], expected) => {
  expect(stateOf({ version: text }).version.atLeast(major, minor, patch)).toBe(expected);
});
