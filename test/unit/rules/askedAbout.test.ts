import { describe, it } from 'vitest';
import { expectFindings, type Surroundings } from '../support/checkText.ts';
import { indented, inProfile, legacy, toRemoteSchema } from './joinFixtures.ts';

describe('payloads people asked about', () => {
  const withSchema = (sdl: string, columns: Record<string, string>): Surroundings => ({
    location: { source: 'default' },
    sources: { default: { tables: [{ table: 'customer', columns }] } },
    remoteSchemas: { people: sdl },
  });

  it('an object for a list of filters, with two conditions', () => {
    const sdl = `
type Query { event(where: event_bool_exp): [event!]! }
type event { id: ID }
input event_bool_exp { _or: [event_bool_exp!] creator: text_exp recipient: text_exp }
input text_exp { _eq: String }
`;
    const or = '{ recipient: { _eq: $wallet }, creator: { _eq: $wallet } }';
    const text = (value: string) =>
      toRemoteSchema('[wallet]', `event: { arguments: { where: { _or: ${value} } } }`);
    const around = withSchema(sdl, { wallet: 'text!' });
    expectFindings(
      text(`⟦${or}⟧`),
      [
        {
          code: 'object-for-list',
          serverMessage: `${inProfile}type "event_bool_exp" is invalid for stripping`,
          fixed: text(`[${or}]`),
        },
      ],
      around,
    );
    expectFindings(text(`[${or}]`), [], around);
  });

  it('a text for an enum argument', () => {
    const sdl =
      'type Query { listCards(limit: Float, cursor: String, type: CardType!): [Card!]! } enum CardType { CREDIT } type Card { id: ID }';
    expectFindings(
      toRemoteSchema('[]', 'listCards: { arguments: { limit: ⟦10⟧, type: ⟦CREDIT⟧ } }'),
      [
        { code: 'literal-type', serverMessage: `${inProfile}expected type "Float" but got "Int"` },
        { code: 'literal-type', serverMessage: `${inProfile}expected type "CardType" but got "String"` },
      ],
      withSchema(sdl, { id: 'uuid!' }),
    );
  });

  it('a bigint column for a custom scalar, accepted since 2.2.0', () => {
    const sdl = 'type Query { score(of: BigInt): Int } scalar BigInt';
    const field = 'score: { arguments: { of: $big } }';
    const around = withSchema(sdl, { big: 'bigint!' });
    expectFindings(toRemoteSchema('[big]', field), [], around);
    expectFindings(
      legacy('[big]', field),
      [
        {
          code: 'variable-type',
          severity: 'error',
          serverMessage: /expected type "BigInt" but got "bigint"$/,
        },
      ],
      { ...around, serverVersion: '2.1.1' },
    );
  });

  it('an integer column for ID', () => {
    expectFindings(
      toRemoteSchema('[num]', 'a: { arguments: { id: $num } }'),
      [],
      withSchema('type Query { a(id: ID!): Int }', { num: 'integer!' }),
    );
  });

  it('a field without arguments can’t be joined to', () => {
    expectFindings(
      toRemoteSchema('[id]', 'subtasks: { arguments: { ⟦task_uuid⟧: $id } }'),
      [{ code: 'unknown-argument', message: 'Remote field "subtasks" takes no arguments.' }],
      withSchema('type Subtask { uuid: ID! task_uuid: ID! } type Query { subtasks: [Subtask!]! }', {
        id: 'uuid!',
      }),
    );
  });

  it('a request inside a migration’s list, the table in a schema of its own', () => {
    const request = (field: string) => `- type: create_remote_relationship
  args:
    name: account
    table: { name: physical_account, schema: vam }
    hasura_fields: [account_number]
    remote_schema: accounts
    remote_field:
${indented(field, 6)}
`;
    const around: Surroundings = {
      sources: {
        default: {
          tables: [
            { table: { schema: 'vam', name: 'physical_account' }, columns: { account_number: 'text!' } },
          ],
        },
      },
      remoteSchemas: { accounts: 'type Query { account(id: String!): Account } type Account { id: ID }' },
    };
    expectFindings(request('account: { arguments: { id: $account_number } }'), [], around);
    expectFindings(
      request('account: { arguments: { ⟦ident⟧: $account_number, id: x } }'),
      [
        {
          code: 'unknown-argument',
          serverMessage:
            'Inconsistent object: in table "vam.physical_account": in remote relationship "account": argument with name "ident" not found in remote schema',
        },
      ],
      around,
    );
  });
});
