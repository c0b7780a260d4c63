import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../common/src/metadataApi/document/json.ts';
import { readServerError } from '../../../common/src/metadataApi/http/serverError.ts';
import {
  commandsIn,
  dangersIn,
  errorsInAnswer,
  placeBelowRequest,
  relationshipChanges,
} from '../../../common/src/metadataApi/plan/writtenRequest.ts';
import { legacyProfile, ofTable, ofType, profile, stateOf, tickets } from './fixtures.ts';

const owner = { source: 'shop', table: 'customer' };
const create = (name: string, definition: JsonObject = { definition: profile }) => ({
  type: 'pg_create_remote_relationship',
  args: { ...owner, name, ...definition },
});
const remove = (name: string) => ({ type: 'pg_delete_remote_relationship', args: { ...owner, name } });
const reading = { type: 'get_inconsistent_metadata', args: {} };
const bulk = (...args: Json[]) => ({ type: 'bulk', args });

it.each<[Json, string[]]>([
  [create('a'), ['pg_create_remote_relationship']],
  [
    bulk(create('a'), bulk(create('b'), remove('c')), reading),
    ['pg_create_remote_relationship (2 times)', 'pg_delete_remote_relationship', 'get_inconsistent_metadata'],
  ],
  [bulk(), []],
  [{}, ['a request without a type']],
])('%j: the commands are %j', (request, commands) => {
  expect(commandsIn(request)).toEqual(commands);
});

it.each<[JsonObject, RegExp[]]>([
  [create('a'), []],
  [remove('a'), []],
  [{ type: 'reload_metadata', args: {} }, []],
  [{ type: 'pg_track_table', args: {} }, []],
  [{ type: 'replace_metadata', args: {} }, [/replaces all metadata/]],
  [{ type: 'import_metadata', args: {} }, [/import_metadata replaces all metadata/]],
  [{ type: 'clear_metadata', args: {} }, [/removes all metadata/]],
  [{ type: 'drop_inconsistent_metadata', args: {} }, [/everything that is inconsistent/]],
  [{ type: 'remove_remote_schema', args: { name: 'people' } }, [/remove_remote_schema removes/]],
  [{ type: 'update_remote_schema', args: { name: 'people' } }, [/drops the relationships .*"people"/]],
  [{ type: 'pg_untrack_table', args: { cascade: true } }, [/removes something/, /depends on it/]],
  [{ type: 'pg_drop_source', args: {} }, [/removes something/]],
  [{ type: 'delete_action', args: {} }, [/removes something/]],
  [{ type: 'run_sql', args: { sql: 'drop table x' } }, [/runs SQL/]],
  [{ type: 'mssql_run_sql', args: { sql: 'x' } }, [/mssql_run_sql runs SQL/]],
  [{ type: 'run_sql', args: { sql: 'select 1', read_only: true } }, []],
  [bulk({ type: 'clear_metadata', args: {} }, bulk({ type: 'clear_metadata', args: {} })), [/removes all/]],
])('%j: what it takes away is said', (request, expected) => {
  expect(dangersIn(request)).toEqual(expected.map((text) => expect.stringMatching(text)));
});

describe('what a request does to relationships', () => {
  const added = (name: string, after: Json = profile) => ({
    identity: ofTable(name),
    before: undefined,
    after,
  });

  it.each<[string, JsonObject, object[], boolean]>([
    ['one that is new', create('new'), [added('new')], true],
    ['a flat one', create('new', legacyProfile), [added('new', legacyProfile)], true],
    [
      'one that the server has',
      { ...create('tickets'), type: 'pg_update_remote_relationship' },
      [{ identity: ofTable('tickets'), before: tickets, after: profile }],
      true,
    ],
    [
      'a deletion',
      remove('tickets'),
      [{ identity: ofTable('tickets'), before: tickets, after: undefined }],
      true,
    ],
    [
      'a deletion that has a definition, too',
      { type: 'pg_delete_remote_relationship', args: { ...owner, name: 'tickets', definition: profile } },
      [{ identity: ofTable('tickets'), before: tickets, after: undefined }],
      true,
    ],
    ['one without a definition', create('tickets', {}), [], true],
    ['a flat one that is half written', create('tickets', { remote_schema: 'people' }), [], true],
    [
      'one without a name',
      { type: 'pg_create_remote_relationship', args: { ...owner, definition: profile } },
      [],
      true,
    ],
    [
      'one of a type without its name',
      {
        type: 'create_remote_schema_remote_relationship',
        args: { remote_schema: 'people', name: 'a', definition: profile },
      },
      [],
      true,
    ],
    ['the deletion of none', remove('nope'), [], true],
    [
      'without a prefix, of the default source',
      { type: 'create_remote_relationship', args: { table: 'customer', name: 'a', definition: profile } },
      [{ identity: ofTable('a', 'default'), before: undefined, after: profile }],
      true,
    ],
    [
      'of a type',
      {
        type: 'delete_remote_schema_remote_relationship',
        args: { remote_schema: 'people', type_name: 'Person', name: 'posts' },
      },
      [{ identity: ofType('posts'), before: profile, after: undefined }],
      true,
    ],
    [
      'several, one of them twice',
      bulk(remove('tickets'), create('new'), bulk(create('tickets')), reading),
      [{ identity: ofTable('tickets'), before: tickets, after: profile }, added('new')],
      true,
    ],
    [
      'one beside another command',
      bulk(create('new'), { type: 'reload_metadata', args: {} }),
      [added('new')],
      false,
    ],
    ['another command', { type: 'clear_metadata', args: {} }, [], false],
    ['one that can’t be read', { type: 'pg_create_remote_relationship', args: { name: 'a' } }, [], true],
  ])('%s', (_, request, changes, complete) => {
    expect(relationshipChanges(request, stateOf())).toEqual({ changes, complete });
  });
});

describe('the place of an error', () => {
  it.each<[string, (string | number)[]]>([
    ['$.args[0].args.definition', ['args', 0, 'args', 'definition']],
    ['$.args', ['args']],
    ['$', []],
    ['$[1].args', ['args', 1, 'args']],
    ['no path', []],
  ])('%s', (path, keys) => {
    const error = readServerError({ path, error: 'no', code: 'not-exists' });
    expect(error && placeBelowRequest(error)).toEqual(keys);
  });

  const refusal = (error: string, path = '$.args') => ({ path, error, code: 'not-exists' });
  const success = { message: 'success' };

  it.each<[string, Json, Json, [string, (string | number)[]][]]>([
    [
      'each of a bulk that goes on',
      { type: 'bulk_keep_going', args: [create('a'), create('b'), create('c')] },
      [refusal('first'), success, refusal('third', '$.args.table')],
      [
        ['first', ['args', 0, 'args']],
        ['third', ['args', 2, 'args', 'table']],
      ],
    ],
    [
      'of a bulk in a bulk',
      bulk(create('a'), { type: 'bulk_keep_going', args: [create('b'), create('c')] }),
      [success, [success, refusal('inner')]],
      [['inner', ['args', 1, 'args', 1, 'args']]],
    ],
    ['none', bulk(create('a')), [success], []],
    ['none of what only looks like it', reading, [refusal('a row of a table')], []],
  ])('in an answer that says yes: %s', (_, request, answer, expected) => {
    expect(errorsInAnswer(request, answer).map(({ error, keys }) => [error.reason, keys])).toEqual(expected);
  });
});
