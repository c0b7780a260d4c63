import { describe, expect, it } from 'vitest';
import { isOutOfStep, missingColumns } from '../../../server/src/join/missingColumns.ts';
import type { ReplayedDatabase } from '../../../server/src/schema/migrations/replayedDatabase.ts';
import { contextOf, expectFindings, expectNothing, type Surroundings } from '../support/checkText.ts';
import { replayed, replayedTable } from '../support/replayed.ts';

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

describe('a column that no migration creates', () => {
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
          message: 'No migration creates column "emial" of table "users". Did you mean "email"?',
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
          message: 'No migration creates column "userid" of table "orders". Did you mean "user_id"?',
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

describe('several columns that no migration creates', () => {
  const text = metadata('{ emial: userid, email: user_id }');

  it('are no errors of their own', () => {
    expectNothing(text, both);
    const { catalogue } = contextOf(text, both);
    expect(isOutOfStep(catalogue, 'default')).toBe(true);
    expect(missingColumns(catalogue).get('default')).toMatchObject([
      { table: 'users', column: 'emial' },
      { table: 'orders', column: 'userid' },
    ]);
  });

  it('are one where the same is named twice', () => {
    const twice = `${metadata('{ emial: user_id }')}
      remote_relationships: [{ name: users, definition: { to_source: {
        relationship_type: object, source: default, table: { schema: public, name: users },
        field_mapping: { user_id: emial } } } }]\n`.replace('\n\n', '\n');
    const { catalogue } = contextOf(twice, both);
    expect(missingColumns(catalogue).get('default')).toHaveLength(1);
    expect(isOutOfStep(catalogue, 'default')).toBe(false);
  });

  it('of two sources are one of each', () => {
    const other = metadata('{ user: user_id }').replace('- name: default', '- name: other');
    const { catalogue } = contextOf(metadata('{ emial: user_id }'), {
      files: { 'other.yaml': other.replaceAll('source: default', 'source: other') },
      sources: {
        default: both.sources?.['default'] ?? {},
        other: both.sources?.['default'] ?? {},
      },
    });
    expect([...missingColumns(catalogue).keys()].toSorted()).toEqual(['default', 'other']);
    expect(isOutOfStep(catalogue, 'default')).toBe(false);
  });
});
