import { describe, it } from 'vitest';
import { expectNothing, type Surroundings } from '../support/checkText.ts';
import { toPeople } from './support/definitions.ts';
import { rows } from './support/rows.ts';

const customer = { table: 'customer', columns: { id: 'int4!', name: 'text', full_name: 'text' } };

describe('untracked-table', () => {
  const request = (args: string, type = 'pg_delete_remote_relationship') =>
    `type: ${type}\nargs: { ${args}, name: profile }\n`;
  const known: Surroundings = { sources: { shop: { tables: [customer] } } };
  rows([
    [
      'a table',
      request('source: shop, table: ⟦custmer⟧'),
      {
        code: 'untracked-table',
        severity: 'error',
        serverMessage: 'table "custmer" does not exist in source: shop',
        fixed: request('source: shop, table: customer'),
      },
      known,
    ],
    [
      'a table in another schema',
      request('source: shop, table: ⟦{ schema: sales, name: customer }⟧').replaceAll(/⟦|⟧/g, ''),
      { code: 'untracked-table', serverMessage: 'table "sales.customer" does not exist in source: shop' },
      known,
    ],
    [
      'a source',
      request('source: ⟦shp⟧, table: customer'),
      { code: 'untracked-table', fixed: request('source: shop, table: customer') },
      known,
    ],
    [
      'a table like none that is there',
      request('source: shop, table: ⟦invoice⟧'),
      { code: 'untracked-table', message: 'Table "invoice" is not tracked in source "shop".', fixes: [] },
      known,
    ],
    [
      'a table like one of another schema, whose name is no text that could be written here',
      request('source: shop, table: ⟦saleslead⟧'),
      { code: 'untracked-table', message: /Did you mean "sales\.lead"\?$/, fixes: [] },
      { sources: { shop: { tables: [{ table: { schema: 'sales', name: 'lead' } }] } } },
    ],
    [
      'a source, and a table that can’t be read',
      request('source: ⟦shp⟧, table: ⟦5⟧'),
      [{ code: 'untracked-table', serverMessage: undefined }, { code: 'wrong-kind' }],
      known,
    ],
    [
      'an inconsistent table',
      `type: pg_create_remote_relationship\nargs: { source: shop, table: ⟦customer⟧, name: profile, ${toPeople} }\n`,
      {
        code: 'untracked-table',
        message:
          /^Table "customer" of source "shop" can't have a relationship\. The server considers it inconsistent: /,
        serverMessage: 'table "customer" does not exist in source: shop',
      },
      {
        remoteSchemas: { people: null },
        sources: { shop: { tables: [{ table: 'other', columns: { id: 'int4' } }] } },
        files: {
          'tables.yaml':
            '- name: shop\n  kind: postgres\n  configuration: {}\n  tables: [{ table: customer }, { table: other }]\n',
        },
      },
    ],
    [
      'the implied source',
      request('table: customer', '⟦pg_delete_remote_relationship⟧'),
      { code: 'untracked-table', message: /"default".* names none/ },
      known,
    ],
    [
      'a remote schema: the server says nothing',
      request('remote_schema: ⟦peple⟧, type_name: Person', 'delete_remote_schema_remote_relationship'),
      {
        code: 'untracked-table',
        severity: 'warning',
        serverMessage: undefined,
        message: /Did you mean "people"/,
      },
      { remoteSchemas: { people: null } },
    ],
    [
      'a remote schema, of a relationship without a name',
      'type: update_remote_schema_remote_relationship\n⟦args⟧: { remote_schema: peple, type_name: Person }\n',
      [
        { code: 'missing-key' },
        { code: 'missing-key' },
        {
          code: 'untracked-table',
          text: 'peple',
          serverMessage: 'no relationship defined on remote schema ""peple" with name """',
        },
      ],
      { remoteSchemas: { people: null } },
    ],
    [
      'a remote schema in an update',
      `type: update_remote_schema_remote_relationship\nargs: { remote_schema: ⟦peple⟧, type_name: Person, name: profile, ${toPeople} }\n`,
      {
        code: 'untracked-table',
        severity: 'error',
        serverMessage: 'no relationship defined on remote schema ""peple" with name "profile""',
      },
      { remoteSchemas: { people: null } },
    ],
  ]);
  it.each([
    ['nothing is known', request('source: shop, table: custmer'), {}],
    ['the source can’t be read', request('source: "!include a.yaml", table: custmer'), known],
    [
      'the remote schema can’t be read',
      request(
        'remote_schema: "!include a.yaml", type_name: Person',
        'delete_remote_schema_remote_relationship',
      ),
      { remoteSchemas: { people: null } },
    ],
    ['tables are not known', request('source: shop, table: custmer'), { sources: { shop: {} } }],
    ['metadata is not complete', request('source: shp, table: custmer'), { files: {}, complete: false }],
    ['the table exists', request('source: shop, table: { schema: public, name: customer }'), known],
    [
      'an earlier request of the document tracks it',
      `- type: pg_track_table\n  args: { source: shop, table: custmer }\n- ${request('source: shop, table: custmer').trim().replace('\n', '\n  ')}\n`,
      known,
    ],
    [
      'an earlier request adds the remote schema',
      `- type: add_remote_schema\n  args: { name: peple, definition: { url: u } }\n- type: delete_remote_schema_remote_relationship\n  args: { remote_schema: peple, type_name: Person, name: profile }\n`,
      { remoteSchemas: { people: null } },
    ],
  ] satisfies [string, string, Surroundings][])('is not reported: %s', (_, text, surroundings) =>
    expectNothing(text, surroundings),
  );
});
