import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { MarkupContent } from 'vscode-languageserver-types';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { definition } from '../../../server/src/features/navigation/definition.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';
import { originAt, replayed, replayedFunction, replayedTable } from '../support/replayed.ts';
import { contextAt } from './support.ts';

const users = replayedTable('users', { id: 'uuid!', email: 'text', odd: '?' });
const orders = replayedTable(
  'sales.orders',
  { id: 'uuid!', user_id: 'uuid!', status: 'text!' },
  {
    foreignKeys: [{ columns: ['status'], table: { schema: 'public', name: 'status' } }],
    goneColumns: [{ name: 'buyer_id', how: 'renamed', origin: originAt(8) }],
  },
);
const database = {
  ...replayed(users, orders, replayedTable('status', { value: 'text!' })),
  functions: [
    replayedFunction('users_name', 'text'),
    replayedFunction('users_for', 'text', { argumentTypes: ['users', 'json'] }),
    replayedFunction('users_twice', 'text'),
    replayedFunction('users_twice', 'integer', { argumentTypes: ['users', 'integer'] }),
    replayedFunction('users_orders', 'sales.orders', { returnsSet: true }),
    replayedFunction('users_unknown', undefined),
  ],
};
const around: Surroundings = { files: {}, sources: { default: { migrations: database } } };

const fields = ['name', 'for', 'for_session', 'twice', 'orders', 'unknown', 'gone'];
const metadata = (mapping: string) => `- name: default
  kind: postgres
  configuration: {}
  tables:
    - table: { schema: public, name: users }
      computed_fields:
${fields
  .map((name) => {
    const session = name === 'for_session' ? ', session_argument: s' : '';
    return `        - { name: ${name}, definition: { function: users_${name.replace('_session', '')}${session} } }\n`;
  })
  .join('')}      remote_relationships:
        - name: orders
          definition:
            to_source:
              relationship_type: array
              source: default
              table: { schema: sales, name: orders }
              field_mapping: ${mapping}
    - table: { schema: sales, name: orders }
    - table: { schema: public, name: status }
      is_enum: true
`;

function hoverAt(marked: string, where: Surroundings = around): string | undefined {
  const { context, offset } = contextAt(marked, 'yaml', where);
  const document = TextDocument.create('file:///file', 'yaml', 1, context.tree.text);
  const found = hover(context, offset, { markdown: true, positionAt: (at) => document.positionAt(at) });
  return (found?.contents as MarkupContent | undefined)?.value;
}

describe('hover on what SQL migrations make', () => {
  it.each([
    [
      '{ ▮id: user_id }',
      'Column `id` of `users`: `uuid, not null`\n\nFrom migration `1658_create_users`, line 2',
    ],
    [
      '{ ▮odd: user_id }',
      'Column `odd` of `users`: `nullable`\n\nFrom migration `1658_create_users`, line 4',
    ],
    [
      '{ id: ▮user_id }',
      'Column `user_id` of `sales.orders`: `uuid, not null`\n\nFrom migration `1658_create_users`, line 3',
    ],
    ['{ id: ▮gone }', 'The migrations leave the table without column `gone`.'],
    [
      '{ id: ▮buyer_id }',
      'The migrations leave the table without column `buyer_id`: a migration renames it.',
    ],
  ])('%s', (mapping, text) => {
    expect(hoverAt(metadata(mapping))).toBe(text);
  });

  it('a table, with its columns', () => {
    const text = metadata('{ id: user_id }').replace(
      'name: orders }\n              field',
      'name: ▮orders }\n              field',
    );
    expect(hoverAt(text)).toMatch(
      /^Table `sales\.orders` of source `default`\n\n- `id` uuid, not null\n.*\n\nFrom migration `1658_create_users`, line 1$/s,
    );
  });

  it('SQL that is no migration, by its path', () => {
    const elsewhere = (uri: string) => ({
      ...users,
      columns: users.columns.map((column) => ({
        ...column,
        origin: { line: 7, location: { uri, offset: 0, length: 2 } },
      })),
    });
    const from = (uri: string) =>
      hoverAt(metadata('{ ▮id: user_id }'), {
        files: {},
        sources: { default: { migrations: replayed(elsewhere(uri), orders) } },
      })
        ?.split('\n')
        .at(-1);
    expect(from('file:///project/db/schema.sql')).toBe('From `db/schema.sql`, line 7');
    expect(from('file:///project/migrations/16_a.up.sql')).toBe('From migration `16_a`, line 7');
    expect(from('file:///project/migrations/16_a/up.yaml')).toBe('From migration `16_a`, line 7');
  });
});

describe('go to definition on what SQL migrations make', () => {
  const targets = (marked: string) => {
    const { context, offset } = contextAt(marked, 'yaml', around);
    return definition(context, offset).map(({ target }) => [target.uri.split('/').at(-1), target.offset]);
  };

  it('a column leads to the statement that made it', () => {
    expect(targets(metadata('{ ▮email: user_id }'))).toEqual([['up.sql', originAt(3).location.offset]]);
    expect(targets(metadata('{ email: ▮user_id }'))).toEqual([['up.sql', originAt(3).location.offset]]);
  });

  it('a table leads to its metadata, and to its CREATE', () => {
    const text = metadata('{ id: user_id }');
    const marked = text.replace(
      'name: orders }\n              field',
      'name: ▮orders }\n              field',
    );
    expect(targets(marked)).toEqual([
      ['file.yaml', text.lastIndexOf('{ schema: sales')],
      ['up.sql', originAt(1).location.offset],
    ]);
  });
});

describe('computed fields by the functions that SQL migrations make', () => {
  const table = () => {
    const { catalogue } = contextOf(metadata('{ id: user_id }'), around);
    const source = catalogue.source('default');
    const name = { form: 'schema', name: 'users', schema: 'public', parts: ['public', 'users'] } as const;
    const found = source.state === 'present' ? source.value.table(name) : source;
    if (found.state !== 'present') throw new Error('There is no table.');
    return found.value;
  };

  it.each([
    ['name', 'text', true],
    ['for', 'text', undefined],
    ['for_session', 'text', true],
    ['twice', undefined, undefined],
    ['orders', undefined, undefined],
    ['unknown', undefined, undefined],
    ['gone', undefined, undefined],
  ])('%s', (name, type, joinable) => {
    expect(table().computedField(name)).toMatchObject({ type, joinable });
  });

  it('and enum references by their foreign keys', () => {
    const { catalogue } = contextOf(metadata('{ id: status }'), around);
    const source = catalogue.source('default');
    const tables = source.state === 'present' ? source.value.tables : [];
    const found = tables.find(({ text }) => text === 'sales.orders')?.column('status');
    expect(found).toMatchObject({ value: { enumReference: true } });
  });
});
