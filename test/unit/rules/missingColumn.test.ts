import { describe, expect, it } from 'vitest';
import { isOutOfStep, missingColumns } from '../../../server/src/join/missingColumns.ts';
import type { ReplayedDatabase } from '../../../server/src/schema/migrations/replayedDatabase.ts';
import { contextOf, expectFindings, expectNothing, type Surroundings } from '../support/checkText.ts';
import { originAt, replayed, replayedTable } from '../support/replayed.ts';

const users = { id: 'uuid!', email: 'text', person_id: 'uuid!' };
const orders = { id: 'uuid!', user_id: 'uuid!' };

/** Tables of `public`, `users` among them with a relationship on some columns. */
function metadata(mapping: string, tracked: readonly string[] = ['orders']): string {
  return `- name: default
  kind: postgres
  configuration: {}
  tables:
    - table: { schema: public, name: users }
      remote_relationships:
        - name: orders
          definition:
            to_source:
              relationship_type: array
              source: default
              table: { schema: public, name: orders }
              field_mapping: ${mapping}
${tracked.map((name) => `    - table: { schema: public, name: ${name} }\n`).join('')}`;
}

const by = (migrations: ReplayedDatabase): Surroundings => ({
  files: {},
  sources: { default: { migrations } },
});
const both = by(replayed(replayedTable('users', users), replayedTable('orders', orders)));

describe('a column that the migrations leave a table without', () => {
  it('is an error where migrations create all tables of the schema', () => {
    expectFindings(
      metadata('{ ⟦emial⟧: user_id }'),
      [
        {
          code: 'unknown-lhs-field',
          severity: 'error',
          message: 'Table "users" has no column "emial". Did you mean "email"?',
          serverMessage: /"emial" does not exist$/,
          fixed: metadata('{ email: user_id }'),
        },
      ],
      both,
    );
    expectFindings(
      metadata('{ id: ⟦userid⟧ }'),
      [
        {
          code: 'unknown-target-column',
          severity: 'error',
          message: /Table "orders" has no column "userid"\./,
        },
      ],
      both,
    );
  });

  it.each([
    ['all but one of four', ['orders', 'a', 'b'], ['users', 'orders', 'a']],
    ['half', ['orders', 'a', 'b'], ['users', 'orders']],
  ])('is a warning where they create %s', (_, tracked, made) => {
    const tables = made.map((name) => replayedTable(name, name === 'users' ? users : orders));
    expectFindings(
      metadata('{ ⟦emial⟧: user_id }', tracked),
      [
        {
          code: 'unknown-lhs-field',
          severity: 'warning',
          message: 'The migrations leave table "users" without column "emial". Did you mean "email"?',
          serverMessage: undefined,
        },
      ],
      by(replayed(...tables)),
    );
    expectFindings(
      metadata('{ id: ⟦userid⟧ }', tracked),
      [
        {
          code: 'unknown-target-column',
          severity: 'warning',
          message: 'The migrations leave table "orders" without column "userid". Did you mean "user_id"?',
          serverMessage: undefined,
        },
      ],
      by(replayed(...tables)),
    );
  });

  it('is a warning where not all of the metadata can be read', () => {
    const text = `- table: { schema: public, name: users }
  remote_relationships:
    - name: profile
      definition:
        to_remote_schema:
          remote_schema: people
          lhs_fields: [⟦emial⟧]
          remote_field: { person: { arguments: { id: $emial } } }
`;
    const where = { ...both, complete: false, location: { role: 'tables', source: 'default' } } as const;
    expectFindings(text, [{ code: 'unknown-lhs-field', severity: 'warning' }], where);
  });

  it('is an error where it is the name of something else', () => {
    expectFindings(
      metadata('{ ⟦orders⟧: user_id }'),
      [{ code: 'unknown-lhs-field', severity: 'error' }],
      both,
    );
  });

  it('is a warning in other words where it is the name of something else, and they do not create all tables', () => {
    expectFindings(
      metadata('{ ⟦personId⟧: user_id }', ['orders', 'a', 'b']).replace(
        '      remote_relationships:',
        '      configuration: { column_config: { person_id: { custom_name: personId } } }\n      remote_relationships:',
      ),
      [
        {
          code: 'unknown-lhs-field',
          severity: 'warning',
          message: /^"personId" is the GraphQL name of column "person_id"/,
          serverMessage: undefined,
        },
      ],
      by(replayed(replayedTable('users', users), replayedTable('orders', orders))),
    );
  });

  it.each<[string, string, ReplayedDatabase]>([
    [
      'a table that no migration makes',
      metadata('{ emial: user_id }'),
      replayed(replayedTable('orders', orders)),
    ],
    [
      'a schema of which less than half was found',
      metadata('{ emial: user_id }', ['orders', 'a', 'b', 'c']),
      replayed(replayedTable('users', users), replayedTable('orders', orders)),
    ],
    [
      'a table that a wild statement may have changed',
      metadata('{ emial: userid }'),
      replayed(
        replayedTable('users', users, { closed: false }),
        replayedTable('orders', orders, { closed: false }),
      ),
    ],
    ['no table at all', metadata('{ emial: userid }'), replayed()],
    ['tables of another schema', metadata('{ emial: userid }'), replayed(replayedTable('app.users', users))],
  ])('is not said of %s', (_, text, migrations) => {
    expectNothing(text, by(migrations));
  });

  it('is not said of a table without metadata, whose schema may come from elsewhere', () => {
    const text = metadata('{ emial: user_id }').split('\n').slice(4).join('\n').replaceAll(/^ {4}/gm, '');
    expectNothing(text, { sources: { default: { migrations: replayed(replayedTable('users', users)) } } });
  });

  it('counts the tables of each schema by itself', () => {
    const text = metadata('{ ⟦emial⟧: user_id }').replace(
      /$/,
      '    - table: { schema: other, name: elsewhere }\n',
    );
    expectFindings(text, [{ code: 'unknown-lhs-field', severity: 'error' }], both);
  });

  it('does not say that a table is missing or inconsistent', () => {
    const gone = metadata('{ id: user_id }').replace(
      '    - table: { schema: public, name: orders }\n',
      (entry) =>
        entry.replace('\n', '\n      configuration: { column_config: { gone: { custom_name: x } } }\n'),
    );
    expectNothing(gone, both);
  });

  it('does not keep a variable from being listed, unless it is certain', () => {
    const text = (variable: string) => `- name: default
  kind: postgres
  configuration: {}
  tables:
    - table: users
      remote_relationships:
        - name: profile
          definition:
            to_remote_schema:
              remote_schema: people
              lhs_fields: [id]
              remote_field: { person: { arguments: { id: ${variable}, other: $id } } }
    - table: elsewhere
`;
    expectFindings(
      text('⟦$emial⟧'),
      [{ code: 'unlisted-variable', message: '"$emial" is not among lhs_fields.' }],
      { ...by(replayed(replayedTable('users', users))), remoteSchemas: { people: null } },
    );
  });
});

describe('what the migrations take away', () => {
  const dropped = (name: string) => ({ name, how: 'dropped' as const, origin: originAt(7) });
  const renamed = (name: string) => ({ ...dropped(name), how: 'renamed' as const });
  const takenAway = by(
    replayed(
      replayedTable('users', users, { goneColumns: [dropped('phone'), dropped('street'), dropped('emial')] }),
      replayedTable('orders', orders, { goneColumns: [renamed('buyer')] }),
    ),
  );

  it('is an error, and no sign of a missing migration, however many columns it is', () => {
    const text = metadata('{ ⟦phone⟧: ⟦buyer⟧, ⟦street⟧: user_id, ⟦emial⟧: id }', ['orders', 'a', 'b', 'c']);
    expectFindings(
      text,
      [
        ['unknown-lhs-field', 'Table "users" has no column "phone": a migration drops it.'],
        ['unknown-target-column', 'Table "orders" has no column "buyer": a migration renames it.'],
        ['unknown-lhs-field', 'Table "users" has no column "street": a migration drops it.'],
        [
          'unknown-lhs-field',
          'Table "users" has no column "emial": a migration drops it. Did you mean "email"?',
        ],
      ].map(([code = '', message = '']) => ({
        code,
        severity: 'error' as const,
        message,
        serverMessage: /does not exist/,
      })),
      takenAway,
    );
    const { catalogue } = contextOf(text.replaceAll(/[⟦⟧]/g, ''), takenAway);
    expect(isOutOfStep(catalogue, 'default')).toBe(false);
  });

  it('is an error of relationships of types of actions, too', () => {
    expectFindings(
      `actions: []
custom_types:
  objects:
    - name: Output
      relationships:
        - { name: r, type: object, source: default, remote_table: users, field_mapping: { a: ⟦phone⟧ } }
`,
      [
        {
          code: 'action-relationship',
          severity: 'error',
          message: 'Table "users" has no column "phone": a migration drops it.',
        },
      ],
      {
        ...takenAway,
        files: { 'tables.yaml': metadata('{ id: user_id }') },
        actionTypes: 'type Mutation { confirm: Output } type Output { a: String! }',
      },
    );
  });

  it('is not said of a table that may have been changed otherwise', () => {
    expectNothing(
      metadata('{ phone: user_id }'),
      by(
        replayed(
          replayedTable('users', users, { closed: false, goneColumns: [dropped('phone')] }),
          replayedTable('orders', orders),
        ),
      ),
    );
  });

  it('is a table that is inconsistent', () => {
    const gone = { ...renamed('orders'), schema: 'public' };
    const database = { ...replayed(replayedTable('users', users)), goneTables: [gone] };
    const text = 'no such table/view exists in source: "orders" (a migration renames it)';
    expectFindings(
      metadata('{ id: user_id }').replace(
        'name: orders }\n              field',
        'name: ⟦orders⟧ }\n              field',
      ),
      [
        {
          code: 'unknown-table',
          severity: 'error',
          message: `Table "orders" of source "default" can't be a target. The server considers it inconsistent: ${text}.`,
        },
      ],
      by(database),
    );
    expectNothing(metadata('{ id: user_id }'), by({ ...database, goneTables: [{ ...gone, schema: 'app' }] }));
  });

  it('counts for the columns of other tables', () => {
    const gone = { ...dropped('regions'), schema: 'public' };
    const tables = [replayedTable('users', users), replayedTable('orders', orders)];
    const finding = {
      code: 'unknown-lhs-field',
      message: 'Table "users" has no column "emial". Did you mean "email"?',
    };
    const text = metadata('{ ⟦emial⟧: user_id }', ['orders', 'regions']);
    expectFindings(
      text,
      [{ ...finding, severity: 'error' }],
      by({ ...replayed(...tables), goneTables: [gone] }),
    );
  });
});

describe('several columns that the migrations leave tables without', () => {
  const outOfStep = metadata('{ ⟦phone⟧: ⟦place⟧, ⟦street⟧: user_id }');
  const without = (table: string, column: string) =>
    `The migrations leave table "${table}" without column "${column}".`;

  it('are warnings, each where it stands, when three are like nothing that their tables have', () => {
    expectFindings(
      outOfStep,
      [
        ['unknown-lhs-field', without('users', 'phone')],
        ['unknown-target-column', without('orders', 'place')],
        ['unknown-lhs-field', without('users', 'street')],
      ].map(([code = '', message = '']) => ({
        code,
        severity: 'warning' as const,
        message,
        serverMessage: undefined,
      })),
      both,
    );
    const { catalogue } = contextOf(outOfStep.replaceAll(/[⟦⟧]/g, ''), both);
    expect(isOutOfStep(catalogue, 'default')).toBe(true);
    expect(missingColumns(catalogue).get('default')).toMatchObject([
      { table: 'users', column: 'phone' },
      { table: 'users', column: 'street' },
      { table: 'orders', column: 'place' },
    ]);
  });

  it('are warnings of relationships of types of actions, too', () => {
    const mappings = ['{ a: ⟦phone⟧ }', '{ a: ⟦street⟧ }', '{ a: ⟦town⟧ }', '{ a: ⟦emial⟧ }'];
    const relationships = mappings.map(
      (mapping, index) =>
        `        - { name: r${index}, type: object, source: default, remote_table: users, field_mapping: ${mapping} }\n`,
    );
    expectFindings(
      `actions: []\ncustom_types:\n  objects:\n    - name: Output\n      relationships:\n${relationships.join('')}`,
      [
        ...['phone', 'street', 'town'].map((column) => ({
          code: 'action-relationship',
          severity: 'warning' as const,
          message: without('users', column),
          serverMessage: undefined,
        })),
        {
          code: 'action-relationship',
          severity: 'error',
          message: 'Table "users" has no column "emial". Did you mean "email"?',
        },
      ],
      {
        ...both,
        files: { 'tables.yaml': metadata('{ id: user_id }') },
        actionTypes: 'type Mutation { confirm: Output } type Output { a: String! }',
      },
    );
  });

  it('are errors when they are two', () => {
    expectFindings(
      metadata('{ ⟦phone⟧: ⟦place⟧ }'),
      [
        { code: 'unknown-lhs-field', severity: 'error', message: 'Table "users" has no column "phone".' },
        {
          code: 'unknown-target-column',
          severity: 'error',
          message: 'Table "orders" has no column "place".',
        },
      ],
      both,
    );
  });

  it('are errors however many they are, when each is like a column', () => {
    expectFindings(
      metadata('{ ⟦emial⟧: ⟦userid⟧, ⟦personid⟧: ⟦user_idd⟧ }'),
      [
        { code: 'unknown-lhs-field', severity: 'error', message: /Did you mean "email"\?$/ },
        { code: 'unknown-target-column', severity: 'error', message: /Did you mean "user_id"\?$/ },
        { code: 'unknown-lhs-field', severity: 'error', message: /Did you mean "person_id"\?$/ },
        { code: 'unknown-target-column', severity: 'error', message: /Did you mean "user_id"\?$/ },
      ],
      both,
    );
    const { catalogue } = contextOf(metadata('{ emial: userid, personid: user_idd }'), both);
    expect(missingColumns(catalogue).size).toBe(0);
  });

  it('leave what is mistyped, or the name of something else, an error', () => {
    const text = outOfStep
      .replace('field_mapping: { ', 'field_mapping: { ⟦emial⟧: ⟦userid⟧, ⟦personId⟧: ⟦buyer⟧, ')
      .replace(
        '      remote_relationships:',
        '      configuration: { column_config: { person_id: { custom_name: personId } } }\n      remote_relationships:',
      )
      .replace(
        '- table: { schema: public, name: orders }\n',
        (entry) =>
          `${entry}      object_relationships: [{ name: buyer, using: { foreign_key_constraint_on: user_id } }]\n`,
      );
    expectFindings(
      text,
      [
        { code: 'unknown-lhs-field', severity: 'error', message: /Did you mean "email"\?$/ },
        { code: 'unknown-target-column', severity: 'error', message: /Did you mean "user_id"\?$/ },
        {
          code: 'unknown-lhs-field',
          severity: 'error',
          message: /^"personId" is the GraphQL name of column/,
        },
        { code: 'unknown-target-column', severity: 'error', message: /^"buyer" is a relationship of table/ },
        { code: 'unknown-lhs-field', severity: 'warning' },
        { code: 'unknown-target-column', severity: 'warning' },
        { code: 'unknown-lhs-field', severity: 'warning' },
      ],
      both,
    );
  });

  it('are counted where the column they are like is joined on already', () => {
    const { catalogue } = contextOf(metadata('{ email: id, email2: user_id }'), both);
    expect(missingColumns(catalogue).get('default')).toMatchObject([{ table: 'users', column: 'email2' }]);
  });

  it.each([
    ['a mapping', metadata('{ phone: user_id }'), ['phone']],
    [
      'what the table has by that name',
      metadata('{ buyer: user_id, personId: user_id, full_name: user_id, phone: user_id }').replace(
        '      remote_relationships:',
        `      configuration: { column_config: { person_id: { custom_name: personId } } }
      computed_fields: [{ name: full_name, definition: { function: full_name } }]
      object_relationships: [{ name: buyer, using: { foreign_key_constraint_on: person_id } }]
      remote_relationships:`,
      ),
      ['phone'],
    ],
    [
      'what a column is called otherwise',
      metadata('{ buyerReference: user_id, phone: user_id }').replace(
        '      remote_relationships:',
        '      configuration: { column_config: { person_id: { custom_name: buyerReference } } }\n      remote_relationships:',
      ),
      ['phone'],
    ],
    [
      'a mapping whose source is not written, in what the table itself has alone',
      metadata('{ phone: place }').replace('              source: default\n', ''),
      ['phone'],
    ],
    [
      'relationships of types of actions, whose source may go without saying',
      `${metadata('{ phone: user_id }').replaceAll(/^/gm, '  ').replace(/^/, 'version: 3\nsources:\n').trimEnd()}
custom_types:
  objects:
    - name: Output
      relationships:
        - { name: a, type: object, remote_table: users, field_mapping: { a: street } }
        - { name: b, type: object, source: other, remote_table: users, field_mapping: { a: town } }
`,
      ['phone', 'street'],
    ],
    [
      'fields that are handed to a remote schema',
      metadata('{ id: user_id }').replace(
        '      remote_relationships:\n',
        `      remote_relationships:
        - name: profile
          definition:
            to_remote_schema: { remote_schema: people, lhs_fields: [phone, id], remote_field: { me: { arguments: {} } } }
`,
      ),
      ['phone'],
    ],
    ['half a mapping', metadata('{ phone: , id: }'), ['phone']],
    ['a mapping that can’t be read', metadata('7'), undefined],
    [
      'a list that can’t be read',
      metadata('{}').replace(
        /to_source:(?:.|\n)*\{\}/,
        'to_remote_schema: { remote_schema: people, lhs_fields: 7 }',
      ),
      undefined,
    ],
    [
      'a table that is not tracked',
      metadata('{ id: place }').replace('name: orders }\n              f', 'name: nope }\n              f'),
      undefined,
    ],
    ['a source without migrations', metadata('{ phone: user_id }').replaceAll('default', 'other'), undefined],
  ])('are those of %s', (_, text, columns) => {
    const { catalogue } = contextOf(text, both);
    expect(
      missingColumns(catalogue)
        .get('default')
        ?.map(({ column }) => column),
    ).toEqual(columns);
  });

  it('are none of a source beside it whose columns are known otherwise', () => {
    const tables = [{ table: 'orders', columns: orders }];
    const { catalogue } = contextOf(
      metadata('{ phone: place }').replace('source: default', 'source: other') +
        '- name: other\n  kind: postgres\n  tables: [{ table: orders }]\n',
      { files: {}, sources: { ...both.sources, other: { tables } } },
    );
    expect(
      [...missingColumns(catalogue)].map(([source, columns]) => [
        source,
        columns.map(({ column }) => column),
      ]),
    ).toEqual([['default', ['phone']]]);
  });

  it('are none of a request that stands behind the metadata', () => {
    const request =
      'type: pg_delete_remote_relationship\nargs: { source: default, table: users, name: orders }\n';
    const files = { 'databases.yaml': `${metadata('{ phone: user_id }')}---\n${request}` };
    const { catalogue } = contextOf('[]', { ...both, files });
    expect(missingColumns(catalogue).get('default')).toMatchObject([{ column: 'phone' }]);
  });

  it('are one where the same is named twice', () => {
    const twice = `${metadata('{ phone: user_id }')}
      remote_relationships: [{ name: users, definition: { to_source: {
        relationship_type: object, source: default, table: { schema: public, name: users },
        field_mapping: { user_id: phone } } } }]\n`.replace('\n\n', '\n');
    const { catalogue } = contextOf(twice, both);
    expect(missingColumns(catalogue).get('default')).toHaveLength(1);
  });

  it('are counted for each source', () => {
    const mapping = '{ phone: user_id, street: id }';
    const other = metadata(mapping).replace('- name: default', '- name: other');
    const { catalogue } = contextOf(metadata(mapping), {
      files: { 'other.yaml': other.replaceAll('source: default', 'source: other') },
      sources: {
        default: both.sources?.['default'] ?? {},
        other: both.sources?.['default'] ?? {},
      },
    });
    expect([...missingColumns(catalogue).keys()].toSorted()).toEqual(['default', 'other']);
    expect(isOutOfStep(catalogue, 'default')).toBe(false);
    expect(isOutOfStep(catalogue, 'other')).toBe(false);
  });
});
