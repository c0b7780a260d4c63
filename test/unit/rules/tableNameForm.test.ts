import { describe, expect, it } from 'vitest';
import { type ExpectedFinding, expectFindings, expectNothing, findingsIn } from '../support/checkText.ts';
import { inTickets, surroundings, toSource } from './joinFixtures.ts';
import { location, pairs } from './support/joins.ts';

describe('table-name-form', () => {
  const code = 'table-name-form';

  it.each<[string, string, string, ExpectedFinding]>([
    [
      'a list for postgres',
      'helpdesk',
      '[public, ticket]',
      { code, severity: 'error', serverMessage: `${inTickets}expecting a string/object for QualifiedObject` },
    ],
    [
      'a dataset for postgres',
      'helpdesk',
      '{ dataset: public, name: ticket }',
      { code, serverMessage: undefined },
    ],
    [
      'a list for mssql',
      'sql',
      '[dbo, account]',
      { code, serverMessage: `${inTickets}expecting a string/object for TableName` },
    ],
    ['a string for bigquery', 'warehouse', 'orders', { code, message: /write \{dataset, name\}/ }],
    ['a schema for bigquery', 'warehouse', '{ schema: sales, name: orders }', { code }],
    [
      'an object for a data connector',
      'mongo',
      '{ schema: shop, name: cart }',
      { code, message: /takes a list/ },
    ],
  ])('%s', (_, source, target, finding) => {
    expectFindings(toSource(pairs, { source, target }), [{ ...finding, relationship: 'tickets' }], location);
  });

  it.each([
    ['helpdesk', '[public, ticket]', '{schema: public, name: ticket}'],
    ['helpdesk', '\n          - public\n          - ticket', '\n          {schema: public, name: ticket}'],
    ['helpdesk', '{ dataset: public, name: ticket }', '{ schema: public, name: ticket }'],
    ['warehouse', '{ schema: sales, name: orders }', '{ dataset: sales, name: orders }'],
    ['warehouse', '{ name: orders, schema: sales }', '{ name: orders, dataset: sales }'],
    ['warehouse', '[sales, orders]', '{dataset: sales, name: orders}'],
    ['mongo', '{ schema: shop, name: cart }', '[shop, cart]'],
  ])('is rewritten in %s: %s', (source, target, fixed) => {
    expectFindings(
      toSource(pairs, { source, target }),
      [{ code, fixed: toSource(pairs, { source, target: fixed }) }],
      location,
    );
  });

  it.each([
    ['an alias', 'helpdesk', '*t', 'select_permissions: [{ role: &t [public, ticket] }]\n'],
    ['a part that is missing', 'helpdesk', '[ticket]', ''],
    ['a part too many', 'helpdesk', '[a, public, ticket]', ''],
    ['an empty part', 'helpdesk', '["", ticket]', ''],
    ['a text in place of a dataset', 'warehouse', 'orders', ''],
    [
      'an object over lines for a data connector',
      'mongo',
      '\n          schema: shop\n          name: cart',
      '',
    ],
    ['a name alone for BigQuery', 'warehouse', '{ name: orders }', ''],
    ['a name alone for a data connector', 'mongo', '{ name: cart }', ''],
  ])('is not rewritten: %s', (_, source, target, before) => {
    const text = toSource(pairs, { source, target }).replace('remote_', `${before}remote_`);
    const found = findingsIn(text, location).filter((finding) => finding.code === code);
    expect(found.map(({ fixes }) => fixes)).toEqual([[]]);
  });

  it('the owner’s table', () => {
    expectFindings(
      toSource(pairs, { table: '⟦[public, customer]⟧' }),
      [{ code, serverMessage: 'expecting a string/object for QualifiedObject' }],
      location,
    );
  });

  it.each([
    ['postgres', '[public, customer]', 'customer'],
    ['cockroach', '[public, customer]', '{ schema: public, name: customer }'],
    ['citus', '{ dataset: public, name: customer }', 'customer'],
    ['bigquery', 'customer', '{ dataset: crm, name: customer }'],
    ['bigquery', '{ name: customer }', '{ dataset: crm, name: customer }'],
    ['sqlite', '{ schema: main, name: customer }', '[main, customer]'],
    ['sqlite', '{ schema: main, name: customer }', 'customer'],
  ])('a table of %s that has no relationships: %s', (kind, wrong, right) => {
    const sources = (table: string) =>
      `- name: shop\n  kind: ${kind}\n  configuration: {}\n  tables:\n    - table: ${table}\n`;
    const serverMessage = kind === 'postgres' ? 'expecting a string/object for QualifiedObject' : undefined;
    expectFindings(
      sources(`⟦${wrong}⟧`),
      [{ code, severity: 'error', ...(wrong.startsWith('[') && serverMessage ? { serverMessage } : {}) }],
      { files: {} },
    );
    expectNothing(sources(right), { files: {} });
  });

  it('the owner’s table in a request, by the command’s prefix where the source is not known', () => {
    const request = (type: string, table: string, source = 'nowhere') => `type: ${type}
args: { source: ${source}, table: ${table}, name: tickets }
`;
    expectFindings(request('bigquery_delete_remote_relationship', '⟦orders⟧'), [{ code }]);
    expectNothing(request('bigquery_delete_remote_relationship', '{ dataset: sales, name: orders }'));
    expectNothing(request('mongo_delete_remote_relationship', '[shop, cart]'));
    const known = { sources: surroundings.sources ?? {} };
    expect(
      findingsIn(request('pg_delete_remote_relationship', 'orders', 'warehouse'), known).map(
        (finding) => finding.code,
      ),
    ).toEqual(['wrong-dialect']);
    expect(
      findingsIn(request('pg_delete_remote_relationship', '[public, ticket]', 'helpdesk'), known).map(
        (finding) => finding.code,
      ),
    ).toEqual([code]);
    const told = findingsIn(
      request('pg_delete_remote_relationship', '{ dataset: sales, name: orders }', 'warehouse'),
      {
        sources: surroundings.sources ?? {},
      },
    );
    expect(told.map((finding) => finding.code)).toEqual(['wrong-dialect']);
  });

  it.each([
    ['helpdesk', 'ticket', pairs],
    ['helpdesk', '{ name: ticket }', pairs],
    ['helpdesk', '{ schema: public, name: ticket }', pairs],
    ['sql', '{ schema: dbo, name: account }', '{ age: id }'],
    ['warehouse', '{ dataset: sales, name: orders }', '{ email: customer }'],
    ['mongo', '[shop, cart]', '{ email: id }'],
  ])('says nothing of the form in %s: %s', (source, target, mapping) => {
    expectNothing(toSource(mapping, { source, target }), location);
  });
});
