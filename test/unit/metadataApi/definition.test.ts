import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  definitionDifferences,
  readDefinition,
  sameDefinition,
  threeWayDifference,
  writeDefinition,
} from '../../../common/src/metadataApi/document/definition.ts';
import { type Json, type JsonObject, sameJson } from '../../../common/src/metadataApi/document/json.ts';
import { legacyProfile, profile, tickets } from './fixtures.ts';

const kinds = new Map([
  ['helpdesk', 'postgres'],
  ['erp', 'mssql'],
  ['lake', 'bigquery'],
  ['lite', 'sqlite'],
]);
const kindOf = (source: string): string | undefined => kinds.get(source);
const read = (definition: Json) => readDefinition(definition, kindOf);

function canonical(definition: Json) {
  const found = read(definition);
  if (found === undefined) throw new Error(`unreadable: ${JSON.stringify(definition)}`);
  return found;
}

function target(source: string, table: Json): JsonObject {
  return { to_source: { ...tickets.to_source, source, table } };
}

const toRemoteSchema = profile.to_remote_schema;

describe('two definitions are the same', () => {
  it.each<[string, Json, Json]>([
    ['legacy and unified', legacyProfile, profile],
    [
      'fields in another order, and twice',
      profile,
      { to_remote_schema: { ...toRemoteSchema, lhs_fields: ['id', 'person_id', 'id'] } },
    ],
    [
      'arguments in another order',
      profile,
      {
        to_remote_schema: {
          ...toRemoteSchema,
          remote_field: { person: { arguments: { of: '$id', id: '$person_id' } } },
        },
      },
    ],
    [
      'keys that the server drops',
      profile,
      {
        comment: 'x',
        to_source: null,
        to_remote_schema: {
          ...toRemoteSchema,
          more: 1,
          remote_field: { person: { arguments: { id: '$person_id', of: '$id' }, field: null, x: 1 } },
        },
      },
    ],
    ['legacy keys beside others win', { ...legacyProfile, ...tickets }, profile],
    ['a table by its name alone', target('helpdesk', 'ticket'), tickets],
    ['a table without its schema', target('helpdesk', { name: 'ticket' }), tickets],
    ['a table of MSSQL', target('erp', 't'), target('erp', { schema: 'dbo', name: 't' })],
    ['a table of a data connector', target('lite', 't'), target('lite', ['t'])],
    [
      'a table with more keys',
      target('lake', { dataset: 'd', name: 't', x: 1 }),
      target('lake', { name: 't', dataset: 'd' }),
    ],
    [
      'a table of an unknown source',
      target('x', { name: 't', schema: 's' }),
      target('x', { schema: 's', name: 't' }),
    ],
  ])('%s', (_what, a, b) => {
    expect(sameDefinition(canonical(a), canonical(b))).toBe(true);
    expect(definitionDifferences(canonical(a), canonical(b))).toEqual([]);
  });
});

describe('two definitions differ', () => {
  const other = (change: JsonObject): Json => ({ to_remote_schema: { ...toRemoteSchema, ...change } });
  it.each<[string, Json, Json, (string | number)[]]>([
    ['in the remote schema', profile, other({ remote_schema: 'x' }), ['to_remote_schema', 'remote_schema']],
    ['in the fields', profile, other({ lhs_fields: ['id'] }), ['to_remote_schema', 'lhs_fields']],
    [
      'in one argument',
      profile,
      other({ remote_field: { person: { arguments: { id: '$id', of: '$id' } } } }),
      ['to_remote_schema', 'remote_field', 'person', 'arguments', 'id'],
    ],
    [
      'in the order of a list of values',
      other({ remote_field: { person: { arguments: { ids: [1, 2] } } } }),
      other({ remote_field: { person: { arguments: { ids: [2, 1] } } } }),
      ['to_remote_schema', 'remote_field', 'person', 'arguments', 'ids'],
    ],
    [
      'in a number and a text',
      other({ remote_field: { person: { arguments: { id: 1 } } } }),
      other({ remote_field: { person: { arguments: { id: '1' } } } }),
      ['to_remote_schema', 'remote_field', 'person', 'arguments', 'id'],
    ],
    ['in the table', tickets, target('helpdesk', 'Ticket'), ['to_source', 'table', 'name']],
    [
      'in a pair of the mapping',
      tickets,
      { to_source: { ...tickets.to_source, field_mapping: { id: 'x' } } },
      ['to_source', 'field_mapping', 'id'],
    ],
  ])('%s', (_what, a, b, path) => {
    expect(sameDefinition(canonical(a), canonical(b))).toBe(false);
    expect(definitionDifferences(canonical(a), canonical(b)).map((difference) => difference.path)).toEqual([
      path,
    ]);
  });

  it('in the whole target', () => {
    expect(definitionDifferences(canonical(profile), canonical(tickets)).map(({ path }) => path)).toEqual([
      ['to_remote_schema'],
      ['to_source'],
    ]);
  });
});

it.each<[string, Json]>([
  ['nothing', {}],
  ['no object', 'x'],
  ['two targets', { ...profile, ...tickets }],
  ['no fields', { to_remote_schema: { remote_schema: 'x', remote_field: { a: { arguments: {} } } } }],
  ['fields that are no texts', { to_remote_schema: { ...toRemoteSchema, lhs_fields: [1] } }],
  [
    'two fields on one level',
    { to_remote_schema: { ...toRemoteSchema, remote_field: { a: { arguments: {} }, b: { arguments: {} } } } },
  ],
  ['no arguments', { to_remote_schema: { ...toRemoteSchema, remote_field: { a: {} } } }],
  [
    'a broken level',
    { to_remote_schema: { ...toRemoteSchema, remote_field: { a: { arguments: {}, field: {} } } } },
  ],
  ['legacy without fields', { remote_schema: 'x', remote_field: { a: { arguments: {} } } }],
  ['another relationship type', { to_source: { ...tickets.to_source, relationship_type: 'many' } }],
  ['a mapping to no text', { to_source: { ...tickets.to_source, field_mapping: { id: 1 } } }],
])('a definition with %s is unreadable', (_what, definition) => {
  expect(read(definition)).toBeUndefined();
});

describe('writeDefinition', () => {
  it.each([
    [
      'unified',
      profile,
      undefined,
      { to_remote_schema: { ...toRemoteSchema, lhs_fields: ['id', 'person_id'] } },
    ],
    ['legacy', legacyProfile, undefined, { ...legacyProfile, hasura_fields: ['id', 'person_id'] }],
    ['unified as legacy', profile, 'legacy', { ...legacyProfile, hasura_fields: ['id', 'person_id'] }],
    [
      'legacy as unified',
      legacyProfile,
      'unified',
      { to_remote_schema: { ...toRemoteSchema, lhs_fields: ['id', 'person_id'] } },
    ],
    ['to a source, which has one form', tickets, 'legacy', tickets],
  ] as const)('%s', (_what, definition, form, expected) => {
    expect(writeDefinition(canonical(definition), form)).toEqual(expected);
  });
});

describe('properties', () => {
  const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'arguments', 'field');
  const value = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json>('$a', '$b', 'text', 1, 1.5, true, null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  const args = fc.dictionary(name, value, { maxKeys: 3 });
  const remoteField: fc.Arbitrary<JsonObject> = fc
    .array(fc.tuple(name, args), { minLength: 1, maxLength: 3 })
    .map((levels) =>
      levels.reduceRight<JsonObject>(
        (below, [field, fieldArguments], index) => ({
          [field]:
            index === levels.length - 1
              ? { arguments: fieldArguments }
              : { arguments: fieldArguments, field: below },
        }),
        {},
      ),
    );
  const definitions: fc.Arbitrary<JsonObject> = fc.oneof(
    fc
      .record({ remote_schema: name, lhs_fields: fc.array(name), remote_field: remoteField })
      .map((inner): JsonObject => ({ to_remote_schema: inner })),
    fc.record({ remote_schema: name, hasura_fields: fc.array(name), remote_field: remoteField }),
    fc
      .record({
        relationship_type: fc.constantFrom('object', 'array'),
        source: fc.constantFrom('helpdesk', 'erp', 'lake', 'lite', 'unknown'),
        table: fc.constantFrom<Json>('t', { name: 't' }, { schema: 's', name: 't' }, ['t'], {
          dataset: 'd',
          name: 't',
        }),
        field_mapping: fc.dictionary(name, name),
      })
      .map((inner): JsonObject => ({ to_source: inner })),
  );

  function shuffled(json: Json): Json {
    if (Array.isArray(json)) return json.map(shuffled);
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(
      Object.entries(json)
        .reverse()
        .map(([key, child]) => [key, shuffled(child)]),
    );
  }

  it('writing and reading again changes nothing, in either form', () => {
    fc.assert(
      fc.property(definitions, fc.constantFrom('legacy', 'unified'), (definition, form) => {
        const once = canonical(definition);
        const again = canonical(writeDefinition(once, form));
        expect(sameDefinition(once, again)).toBe(true);
        expect(writeDefinition(again, form)).toEqual(writeDefinition(once, form));
      }),
    );
  });

  it('the order of keys never counts', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        expect(sameDefinition(canonical(definition), canonical(shuffled(definition)))).toBe(true);
      }),
    );
  });

  it('differences are empty exactly for the same definitions, and mirror each other', () => {
    fc.assert(
      fc.property(definitions, definitions, (a, b) => {
        const [left, right] = [canonical(a), canonical(b)];
        const there = definitionDifferences(left, right);
        const back = definitionDifferences(right, left);
        expect(there.length === 0).toBe(sameDefinition(left, right));
        expect(back).toEqual(
          there.map(({ path, before, after }) => ({ path, before: after, after: before })),
        );
        for (const { before, after } of there) {
          expect(before !== undefined && after !== undefined && sameJson(before, after)).toBe(false);
        }
      }),
    );
  });
});

describe('threeWayDifference', () => {
  const withFields = (lhs: string[], remote = 'people'): Json => ({
    to_remote_schema: { ...toRemoteSchema, lhs_fields: lhs, remote_schema: remote },
  });
  const withArguments = (given: JsonObject): Json => ({
    to_remote_schema: { ...toRemoteSchema, remote_field: { person: { arguments: given } } },
  });
  it.each([
    ['apart', withFields(['a']), withFields(['a'], 'x'), withFields(['b']), 1, 1, []],
    ['the same', withFields(['a']), withFields(['b']), withFields(['b']), 1, 1, []],
    ['against each other', withFields(['a']), withFields(['b']), withFields(['c']), 1, 1, ['lhs_fields']],
    ['nobody', withFields(['a']), withFields(['a']), withFields(['a']), 0, 0, []],
    ['to another target', withFields(['a']), tickets, withFields(['c']), 2, 1, ['lhs_fields']],
    ['both to the same target', profile, tickets, tickets, 2, 2, []],
    ['an argument that both take away', profile, withArguments({}), withArguments({}), 2, 2, []],
    [
      'an argument that one changes and the other takes away',
      profile,
      withArguments({ id: '$id', of: '$id' }),
      withArguments({ of: '$id' }),
      1,
      1,
      ['remote_field.person.arguments.id'],
    ],
  ] as const)('%s', (_what, seen, now, wanted, theirs, ours, conflicts) => {
    const difference = threeWayDifference(canonical(seen), canonical(now), canonical(wanted));
    expect(difference.theirs).toHaveLength(theirs);
    expect(difference.ours).toHaveLength(ours);
    expect(difference.conflicts.map((path) => path.slice(1).join('.'))).toEqual(conflicts);
  });

  it('when it has gone in the meantime', () => {
    const difference = threeWayDifference(canonical(profile), undefined, canonical(legacyProfile));
    expect(difference).toMatchObject({ theirs: [{ path: [], after: undefined }], ours: [], conflicts: [] });
  });
});
