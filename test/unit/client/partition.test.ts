import { expect, it } from 'vitest';
import { partition } from '../../../common/src/metadataApi/change/selectToApply.ts';
import type { RelationshipPayload } from '../../../common/src/protocol.ts';

const at = { line: 0, character: 0 };
const payload = (
  name: string,
  parts: Partial<RelationshipPayload> = {},
): { payload: RelationshipPayload } => ({
  payload: {
    name,
    identity: { owner: 'table', source: 'shop', table: 'customer', name },
    sourceKind: null,
    range: { start: at, end: at },
    nameRange: { start: at, end: at },
    form: 'unified',
    definition: { to_remote_schema: {} },
    errors: [],
    obstacle: null,
    removal: null,
    ...parts,
  },
});

it('relationships are told apart by what can be done with them', () => {
  const items = [
    payload('whole', { errors: ['wrong'] }),
    payload('without an owner', { identity: null, obstacle: 'The file does not say.' }),
    payload('gone', { form: 'none', definition: null }),
    payload('with an include', { definition: null, obstacle: 'It has an !include.' }),
  ];
  const { sendable, unreadable, deletions } = partition(items);
  expect(sendable).toEqual([
    { item: items[0], local: { identity: items[0]?.payload.identity, definition: { to_remote_schema: {} } } },
  ]);
  expect(unreadable.map(({ item, reason }) => [item.payload.name, reason])).toEqual([
    ['without an owner', 'The file does not say.'],
    ['with an include', 'It has an !include.'],
  ]);
  expect(deletions).toEqual([items[2]]);
});
