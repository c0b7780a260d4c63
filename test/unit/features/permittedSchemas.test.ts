import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { MarkupContent } from 'vscode-languageserver-types';
import { complete } from '../../../server/src/features/completion/completion.ts';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { definition } from '../../../server/src/features/navigation/definition.ts';
import { findingsIn, type Surroundings } from '../support/checkText.ts';
import { contextAt } from './support.ts';

const permission = (role: string, lines: readonly string[]) =>
  `    - role: ${role}\n      definition:\n        schema: |\n${lines.map((line) => `          ${line}\n`).join('')}`;
const remoteSchemas = `- name: payments
  definition: { url: "http://payments.example" }
  permissions:
${permission('user', [
  'schema { query: Query }',
  'type Query {',
  '  "What is left."',
  '  balance(customer: Int! @preset(value: 1), currency: Currency): Balance',
  '}',
  'enum Currency { EUR }',
  'type Balance { amount: Float! }',
])}${permission('clerk', [
  'type Query { payments(filter: Filter): [Payment!]! }',
  'input Filter { invoice: Int }',
  'type Payment { id: ID! }',
  'type Balance { since: String }',
])}${permission('broken', ['type Query {'])}`;
const around: Surroundings = {
  files: { 'remote_schemas.yaml': remoteSchemas },
  sources: { default: { tables: [{ table: 'customer', columns: { id: 'integer!' } }] } },
  location: { role: 'table', source: 'default' },
};

const table = (remoteField: string, lhsFields = '[id]') => `table: customer
remote_relationships:
  - name: money
    definition:
      to_remote_schema:
        remote_schema: payments
        lhs_fields: ${lhsFields}
        remote_field:
          ${remoteField}
`;

function labels(marked: string, where = around): readonly string[] {
  const { context, offset } = contextAt(marked, 'yaml', where);
  const document = TextDocument.create('file:///file', 'yaml', 1, context.tree.text);
  const options = { snippets: true, asIs: true, markdown: true };
  const positionAt = (at: number) => document.positionAt(at);
  return complete(context.withPermittedSchemas, offset, { ...options, positionAt }).items.map(
    ({ label }) => label,
  );
}

function hoverAt(marked: string): string | undefined {
  const { context, offset } = contextAt(marked, 'yaml', around);
  const document = TextDocument.create('file:///file', 'yaml', 1, context.tree.text);
  const options = { markdown: true, positionAt: (at: number) => document.positionAt(at) };
  return (hover(context.withPermittedSchemas, offset, options)?.contents as MarkupContent | undefined)?.value;
}

describe('a remote schema of which nothing is known but what its permissions show', () => {
  it.each<[string, string, readonly string[]]>([
    ['fields of all roles', table('▮'), ['balance', 'payments']],
    ['arguments', table('balance: { arguments: { ▮ } }'), ['customer', 'currency']],
    ['fields of the next type, all roles together', table('balance: { field: { ▮ } }'), ['amount', 'since']],
    ['fields of input objects', table('payments: { arguments: { filter: { ▮ } } }'), ['invoice']],
  ])('completes %s', (_, text, expected) => {
    expect(labels(text)).toEqual(expect.arrayContaining([...expected]));
  });

  it('explains a field, and leads to the permission', () => {
    const marked = table('bal▮ance: { arguments: { customer: $id } }');
    expect(hoverAt(marked)).toContain('Query.balance(customer: Int!, currency: Currency): Balance');
    expect(hoverAt(marked)).toContain('What is left.');
    const { context, offset } = contextAt(marked, 'yaml', around);
    const [link] = definition(context.withPermittedSchemas, offset);
    expect(link?.target.uri).toContain('remote_schemas.yaml');
    expect(remoteSchemas.slice(link?.target.offset).trimStart()).toMatch(/^\|\s+schema \{ query/);
  });

  it('says that it is not all', () => {
    const marked = table('balance: { arguments: {} }').replace('payments', 'pay▮ments');
    expect(hoverAt(marked)).toContain('Only what its permissions show is known.');
  });

  it('finds nothing missing, nor wrong', () => {
    for (const field of [
      'refunds: { arguments: { of: $id } }',
      'balance: { arguments: { customer: $id, unit: EUR, currency: USD } }',
      'balance: { arguments: { currency: 7 } }',
      'balance: { arguments: {}, field: { owner: { arguments: {} } } }',
      'payments: { arguments: { filter: { customer: $id } } }',
    ]) {
      const found = findingsIn(table(field), around);
      expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
    expect(hoverAt(table('ref▮unds: { arguments: {} }'))).toContain('is not known');
    expect(hoverAt(table('balance: { arguments: { un▮it: EUR } }'))).not.toContain('does not exist');
  });

  it('has fields to join on', () => {
    const types = `- name: payments
  definition: { url: "http://payments.example" }
  permissions:
${permission('user', ['type Query { payment: Payment }', 'type Payment { id: ID! }'])}  remote_relationships:
    - type_name: Payment
      relationships:
        - name: customer
          definition:
            to_source:
              relationship_type: object
              source: default
              table: customer
              field_mapping:
                ▮: id
`;
    const where: Surroundings = { ...around, files: {}, location: { role: 'remote-schemas' } };
    expect(labels(types, where)).toContain('id');
    expect(findingsIn(types.replace('▮', 'gone'), where).map(({ code }) => code)).not.toContain(
      'unknown-lhs-field',
    );
    expect(
      findingsIn(types.replace('▮', 'id').replace('type_name: Payment', 'type_name: Refund'), where).map(
        ({ code }) => code,
      ),
    ).not.toContain('unknown-type');
  });

  it('counts for nothing where its schema is known', () => {
    const known = { ...around, remoteSchemas: { payments: 'type Query { wallet: Int }' } };
    expect(labels(table('▮'), known)).not.toContain('balance');
  });
});
