import { describe, expect, it } from 'vitest';
import { joinsAround, joinsAsWritten } from '../../../server/src/join/documentContext.ts';
import type { Join } from '../../../server/src/join/joinPath.ts';
import { nameOf } from '../../../server/src/metadata/relationshipName.ts';
import { contextOf } from '../support/checkText.ts';

const tables = `- table: customer
  remote_relationships:
    - name: tickets
      definition: { to_source: { source: helpdesk, table: ticket } }
    - name: both
      definition: { to_source: { source: helpdesk }, to_remote_schema: { remote_schema: people } }
    - name: profile
      definition: { to_remote_schema: { remote_schema: people } }
    - name: nothing
`;
const actions = `actions: []
custom_types:
  objects:
    - name: Output
      relationships: [{ name: owner, type: object, remote_table: customer, field_mapping: {} }]
`;
const context = contextOf(`${tables}---\n${actions}`, { location: {} });
const told = (joins: readonly Join[]) =>
  joins.map(({ kind, relationship }) => `${nameOf(relationship)} ${kind}`);

describe('the walks of a document', () => {
  it('are those of relationships that can be read, of tables and of actions', () => {
    expect(told(joinsAround(context, undefined))).toEqual([
      'tickets to-source',
      'profile to-remote-schema',
      'owner to-source',
    ]);
  });

  it.each([
    ['tickets', ['tickets to-source']],
    ['profile', ['profile to-remote-schema']],
    ['owner', ['owner to-source']],
    ['both', []],
    ['table: customer', []],
  ])('around %s', (text, joins) => {
    expect(told(joinsAround(context, context.tree.text.indexOf(text)))).toEqual(joins);
  });

  it('as written are also those of forms side by side, which the server refuses', () => {
    expect(told(joinsAsWritten(context)).toSorted()).toEqual([
      'both to-remote-schema',
      'both to-source',
      'owner to-source',
      'profile to-remote-schema',
      'tickets to-source',
    ]);
  });

  it('are the same ones where permissions show nothing more', () => {
    expect(context.withPermittedSchemas).toBe(context);
  });
});
