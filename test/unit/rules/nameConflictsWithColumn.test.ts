import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { inSource, toPeople } from './support/definitions.ts';
import { rows } from './support/rows.ts';
import { customer, shop } from './support/shop.ts';

describe('name-conflicts-with-column', () => {
  rows([
    [
      'a column',
      inSource(`        - name: ⟦name⟧\n          ${toPeople}\n`),
      {
        code: 'name-conflicts-with-column',
        severity: 'error',
        serverMessage: 'Inconsistent object: field definition conflicts with postgres column',
      },
      shop,
    ],
    [
      'also when the column has another name in GraphQL',
      inSource(
        `        - name: ⟦name⟧\n          ${toPeople}\n`,
        '      configuration: { column_config: { name: { custom_name: firstName } } }\n',
      ),
      { code: 'name-conflicts-with-column' },
      shop,
    ],
    [
      'a create request',
      `type: pg_create_remote_relationship\nargs: { source: shop, table: customer, name: ⟦name⟧, ${toPeople} }\n`,
      {
        code: 'name-conflicts-with-column',
        serverMessage: 'Inconsistent object: field definition conflicts with postgres column',
      },
      { sources: { shop: { tables: [customer] } } },
    ],
    [
      'an update request',
      `type: pg_update_remote_relationship\nargs: { source: shop, table: customer, name: ⟦name⟧, ${toPeople} }\n`,
      { code: 'name-conflicts-with-column', serverMessage: 'expecting a remote relationship' },
      { sources: { shop: { tables: [customer] } } },
    ],
  ]);
  it('is not reported when columns are not known', () =>
    expectNothing(inSource(`        - name: name\n          ${toPeople}\n`)));
});
