import { describe, it } from 'vitest';
import { type ExpectedFinding, expectFindings, expectNothing } from '../support/checkText.ts';
import { helpdesk, inTickets, toSource } from './joinFixtures.ts';
import { location } from './support/joins.ts';

describe('unknown-target-column', () => {
  const code = 'unknown-target-column';

  it.each<[string, string, ExpectedFinding]>([
    [
      'a mistyped column',
      'customer_idd',
      {
        code,
        severity: 'error',
        message: 'Table "ticket" has no column "customer_idd". Did you mean "customer_id"?',
        serverMessage: `${inTickets}"customer_idd" does not exist`,
        relationship: 'tickets',
        fixed: toSource('{ id: customer_id }'),
      },
    ],
    [
      'a computed field',
      'priority',
      {
        code,
        message: /is a computed field of table "ticket"; only columns/,
        serverMessage: /"priority" does not exist$/,
      },
    ],
  ])('%s', (_, name, finding) => {
    expectFindings(toSource(`{ id: ⟦${name}⟧ }`), [finding], location);
  });

  it('a GraphQL name and a relationship, known from the metadata', () => {
    const text = `
- name: helpdesk
  kind: postgres
  configuration: {}
  tables:
    - table: ticket
      configuration: { column_config: { customer_id: { custom_name: customerId } } }
      object_relationships: [{ name: customer, using: { foreign_key_constraint_on: customer_id } }]
      remote_relationships:
        - name: tickets
          definition:
            to_source:
              relationship_type: array
              source: helpdesk
              table: ticket
              field_mapping: { id: ⟦customerId⟧, note: ⟦customer⟧ }
    - table: ticket_status
      is_enum: true
`;
    expectFindings(
      text,
      [
        {
          code,
          message:
            '"customerId" is the GraphQL name of column "customer_id" of table "ticket"; field_mapping uses the column\'s own name. Did you mean "customer_id"?',
          fixed: text.replace('⟦customerId⟧', 'customer_id').replace(/[⟦⟧]/g, ''),
        },
        { code, message: '"customer" is a relationship of table "ticket"; field_mapping takes columns.' },
      ],
      { files: {}, sources: { helpdesk } },
    );
  });

  it('reports both sides of every pair', () => {
    expectFindings(
      toSource('{ ⟦idd⟧: ⟦a⟧, id: ⟦b⟧ }'),
      [{ code: 'unknown-lhs-field' }, { code }, { code }],
      location,
    );
  });

  it('says nothing of a table whose columns are not known', () => {
    expectNothing(toSource('{ id: anything }', { source: 'default', target: 'guest' }), location);
  });
});
