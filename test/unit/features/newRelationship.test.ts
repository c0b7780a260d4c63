import { describe, expect, it } from 'vitest';
import type { NewRelationshipParams } from '../../../common/src/protocol.ts';
import { newRelationship } from '../../../server/src/features/refactoring/newRelationship.ts';
import { contextOf, findingsIn, type Surroundings } from '../support/checkText.ts';
import { remoteSchemas, surroundings } from './support.ts';

const table = `table: { schema: public, name: customer }
remote_relationships:
  - name: person
    definition:
      to_source: { source: helpdesk, table: ticket, relationship_type: array, field_mapping: { id: customer_id } }
`;
const type =
  '- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships: []\n- name: forum\n  remote_relationships:\n    - type_name: Post\n      relationships: []\n';

function ask(
  wanted: Pick<NewRelationshipParams, 'target' | 'keys'> = {},
  text = table,
  at = 'table:',
  where: Surroundings = surroundings,
) {
  return newRelationship(contextOf(text, where), text.indexOf(at), wanted);
}

const names = (answer: ReturnType<typeof ask>) => answer?.choices.map(({ name }) => name);

/** What the definition is found wrong with where it is written. */
function codesOf(answer: ReturnType<typeof ask>): readonly string[] {
  const text = JSON.stringify({
    table: 'customer',
    remote_relationships: [{ name: answer?.name, definition: answer?.definition }],
  });
  return findingsIn(text, surroundings, 'json').map(({ code }) => code);
}

describe('a new relationship', () => {
  it('of a table can lead to every remote schema and source', () => {
    const answer = ask();
    expect(answer?.owner).toEqual({
      owner: 'table',
      source: 'default',
      table: { schema: 'public', name: 'customer' },
    });
    expect(names(answer)).toEqual(['people', 'forum', 'dark', 'default', 'helpdesk', 'warehouse', 'vendor']);
    expect(answer?.choices.find(({ name }) => name === 'dark')).toEqual({
      kind: 'remote-schema',
      name: 'dark',
      detail: 'remote schema: nothing is known of its fields',
      description: '',
      hasMore: false,
      isTarget: false,
    });
    expect([answer?.keys, answer?.definition]).toEqual([[], null]);
  });

  it('asks what fills an object in which nothing is required', () => {
    const schema = `type Query { charges(filter: Filter!): Int }
input Filter { order: ID status: [String!] and: Filter }`;
    const where = { ...surroundings, remoteSchemas: { people: schema } };
    const target = { remoteSchema: 'people', path: ['charges'] };
    const answer = ask({ target }, table, 'table:', where);
    expect(answer?.keys.map(({ id, of, type, required }) => [id, of, type, required])).toEqual([
      ['0.filter', 'charges', 'Filter!', true],
      ['0.filter.order', 'filter', 'ID', false],
      ['0.filter.status', 'filter', '[String!]', false],
    ]);
    const argumentsOf = (keys: NewRelationshipParams['keys']) =>
      JSON.stringify(ask({ target, ...(keys && { keys }) }, table, 'table:', where)?.definition);
    expect(argumentsOf(undefined)).toContain(
      '"lhs_fields":[],"remote_field":{"charges":{"arguments":{"filter":{}}}}',
    );
    expect(argumentsOf({ '0.filter.order': 'id' })).toContain(
      '"lhs_fields":["id"],"remote_field":{"charges":{"arguments":{"filter":{"order":"$id"}}}}',
    );
    expect(argumentsOf({ '0.filter.status': 'email', '0.filter.order': null })).toContain(
      '"lhs_fields":["email"],"remote_field":{"charges":{"arguments":{"filter":{"status":["$email"]}}}}',
    );
  });

  it('goes down the fields, with types and descriptions', () => {
    const fields = ask({ target: { remoteSchema: 'people', path: [] } });
    expect(fields?.choices[0]).toEqual({
      kind: 'field',
      name: 'person',
      detail: '(id: ID!): Person',
      description: 'One person by identifier.',
      hasMore: true,
      isTarget: true,
    });
    expect(fields?.choices.find(({ name }) => name === 'search')).toMatchObject({ hasMore: false });
    expect(names(ask({ target: { remoteSchema: 'people', path: ['person'] } }))).toContain('address');
    expect(names(ask({ target: { remoteSchema: 'people', path: ['nobody'] } }))).toEqual([]);
    expect(ask({ target: { remoteSchema: 'dark', path: ['a'] } })).toMatchObject({ definition: null });
    expect(ask({ target: { remoteSchema: 'none', path: [] } })?.choices).toEqual([]);
  });

  it('proposes the join fields that suit, and a name that is free', () => {
    const answer = ask({ target: { remoteSchema: 'people', path: ['person'] } });
    expect(answer?.name).toBe('person_2');
    expect(answer?.definition).toEqual({
      to_remote_schema: {
        remote_schema: 'people',
        lhs_fields: ['person_id'],
        remote_field: { person: { arguments: { id: '$person_id' } } },
      },
    });
    const [key] = answer?.keys ?? [];
    expect(key).toMatchObject({ id: '0.id', of: 'person', type: 'ID!', required: true, chosen: 'person_id' });
    expect(key?.candidates[0]).toEqual({ field: 'person_id', type: 'uuid', fits: 'yes' });
    expect(key?.candidates.map(({ field }) => field)).not.toContain('odd-name');
    expect(codesOf(answer)).toEqual(['nullable-argument']);
  });

  it('takes what is chosen, on any step, and nothing that is no field', () => {
    const target = { remoteSchema: 'people', path: ['personByEmail', 'friends'] };
    const proposed = ask({ target });
    expect(proposed?.keys.map(({ id, chosen }) => [id, chosen])).toEqual([
      ['0.email', 'email'],
      ['1.first', null],
    ]);
    expect(codesOf(proposed)).toEqual([]);
    const chosen = ask({ target, keys: { '0.email': 'full_name', '1.first': 'id' } });
    expect(chosen?.definition).toEqual({
      to_remote_schema: {
        remote_schema: 'people',
        lhs_fields: ['full_name', 'id'],
        remote_field: {
          personByEmail: {
            arguments: { email: '$full_name' },
            field: { friends: { arguments: { first: '$id' } } },
          },
        },
      },
    });
    const none = ask({ target, keys: { '0.email': null, '1.first': 'nothing' } });
    expect(none?.definition).toMatchObject({
      to_remote_schema: { lhs_fields: [], remote_field: { personByEmail: { arguments: {} } } },
    });
  });

  it('puts a column into a list where one is asked for', () => {
    const answer = ask({ target: { remoteSchema: 'people', path: ['peopleById'] } });
    expect(answer?.definition).toMatchObject({
      to_remote_schema: { remote_field: { peopleById: { arguments: { ids: ['$id'] } } } },
    });
    expect(codesOf(answer)).toEqual([]);
  });

  it('leads to a table by the columns that fit by type and name', () => {
    const tables = ask({ target: { source: 'helpdesk' } });
    expect(tables?.choices).toMatchObject([
      { kind: 'table', name: 'ticket', table: { schema: 'public', name: 'ticket' }, isTarget: true },
    ]);
    const answer = ask({ target: { source: 'helpdesk', table: 'ticket' } });
    expect(answer?.name).toBe('ticket');
    expect(answer?.definition).toEqual({
      to_source: {
        relationship_type: 'array',
        source: 'helpdesk',
        table: 'ticket',
        field_mapping: { id: 'customer_id' },
      },
    });
    const id = answer?.keys.find((key) => key.id === 'id');
    expect(id).toMatchObject({ type: 'integer', chosen: 'customer_id' });
    expect(id?.candidates.map(({ field, fits }) => [field, fits])).toEqual([
      ['customer_id', 'yes'],
      ['id', 'yes'],
      ['nr', 'no'],
      ['opened', 'no'],
    ]);
    expect(codesOf(answer)).toEqual([]);
    const chosen = ask({
      target: { source: 'helpdesk', table: 'ticket', relationshipType: 'object' },
      keys: { email: 'nr', id: null },
    });
    expect(chosen?.definition).toMatchObject({
      to_source: { relationship_type: 'object', field_mapping: { email: 'nr' } },
    });
    expect(ask({ target: { source: 'helpdesk', table: 'none' } })?.definition).toBeNull();
    expect(ask({ target: { source: 'none', table: 'none' } })?.definition).toBeNull();
  });

  it('of a type of a remote schema joins on its fields', () => {
    const answer = ask({ target: { remoteSchema: 'forum', path: ['posts'] } }, type, 'Person', remoteSchemas);
    expect(answer).toMatchObject({
      owner: { owner: 'remote-schema', remoteSchema: 'people', typeName: 'Person' },
      name: 'posts',
      definition: {
        to_remote_schema: { lhs_fields: ['id'], remote_field: { posts: { arguments: { author: '$id' } } } },
      },
    });
  });

  it('has no owner where none or several could be meant', () => {
    expect(ask({}, type, '- name: forum', remoteSchemas)).toBeUndefined();
    expect(ask({}, 'table:\n', 'table')).toBeUndefined();
    expect(ask({}, `${table}\n# the end\n`, 'the end')?.owner).toMatchObject({ owner: 'table' });
  });
});
