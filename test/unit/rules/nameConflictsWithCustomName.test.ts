import { describe, it } from 'vitest';
import { type ExpectedFinding, expectFindings } from '../support/checkText.ts';
import { inSource, toPeople } from './support/definitions.ts';
import { rows } from './support/rows.ts';
import { shop } from './support/shop.ts';

describe('name-conflicts-with-custom-name', () => {
  const text = (configuration: string) =>
    inSource(
      `        - name: ⟦customer⟧\n          ${toPeople}\n`,
      `      configuration: ${configuration}\n`,
    );
  const expected = {
    code: 'name-conflicts-with-custom-name',
    severity: 'error',
    serverMessage:
      'Inconsistent object: field definition conflicts with custom field name for postgres column "id"',
    related: ['customer'],
  } satisfies ExpectedFinding;
  rows([
    ['column_config', text('{ column_config: { id: { custom_name: customer } } }'), expected],
    ['custom_column_names', text('{ custom_column_names: { id: customer } }'), expected],
    [
      'of a table that the request names',
      `type: pg_create_remote_relationship\nargs: { source: shop, table: customer, name: ⟦customer⟧, ${toPeople} }\n`,
      { ...expected, related: [''] },
      {
        ...shop,
        files: {
          'tables.yaml': inSource(
            '        []\n',
            '      configuration: { column_config: { id: { custom_name: customer } } }\n',
          ),
        },
      },
    ],
    ['with known columns', text('{ column_config: { id: { custom_name: customer } } }'), expected, shop],
  ]);
  describe('by a naming convention', () => {
    const named = (name: string, convention: string, configuration = '{}') =>
      inSource(
        `        - name: ⟦${name}⟧\n          ${toPeople}\n`,
        `      configuration: ${configuration}\n`,
      ).replace(
        '  configuration: {}\n  tables',
        `  configuration: {}\n  customization: { naming_convention: ${convention} }\n  tables`,
      );
    it('is a warning', () =>
      expectFindings(
        named('fullName', 'graphql-default'),
        [
          {
            code: 'name-conflicts-with-custom-name',
            severity: 'warning',
            serverMessage:
              'Inconsistent object: field definition conflicts with custom field name for postgres column "full_name"',
          },
        ],
        shop,
      ));
    it.each([
      ['the other convention', named('fullName', 'hasura-default')],
      [
        'a name that begins as none can',
        named('fullName', 'graphql-default').replace('fullName', 'FullName'),
      ],
      ['another name', named('full', 'graphql-default')],
      ['a name with only its first word as the column has it', named('fullname', 'graphql-default')],
      [
        'a column with a custom name',
        named('fullName', 'graphql-default', '{ column_config: { full_name: { custom_name: title } } }'),
      ],
    ])('is not reported: %s', (_, written) =>
      expectFindings(written.replaceAll(/⟦|⟧/g, ''), [], { ...shop, remoteSchemas: { people: null } }),
    );
  });
  it('is not reported of a column that keeps its name, which has a rule of its own', () =>
    expectFindings(
      `type: pg_create_remote_relationship\nargs: { source: shop, table: customer, name: full_name, ${toPeople} }\n`,
      [{ code: 'name-conflicts-with-column' }],
      {
        ...shop,
        files: {
          'tables.yaml': inSource(
            '        []\n',
            '      configuration: { column_config: { full_name: { custom_name: full_name } } }\n',
          ),
        },
      },
    ));
  it('is not reported where a relationship is deleted', () =>
    expectFindings(
      'type: pg_delete_remote_relationship\nargs: { source: shop, table: customer, name: customer }\n',
      [{ code: 'unknown-relationship' }],
      {
        ...shop,
        files: {
          'tables.yaml': inSource(
            '        []\n',
            '      configuration: { column_config: { id: { custom_name: customer } } }\n',
          ),
        },
        complete: true,
      },
    ));
  it('is not reported for a column that does not exist', () =>
    expectFindings(
      text('{ column_config: { gone: { custom_name: customer } } }').replaceAll(/⟦|⟧/g, ''),
      [{ code: 'inconsistent-table' }],
      shop,
    ));
});
