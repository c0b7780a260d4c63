import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorTargetAt } from '../../../server/src/join/locate.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';

const surroundings: Surroundings = {
  sources: { shop: { tables: [{ table: 'customer', columns: { id: 'integer' } }] } },
  remoteSchemas: {
    people:
      'type Query { person(id: ID, where: Filter): Person } input Filter { id: ID } type Person { id: ID }',
  },
  location: {},
};

const field = {
  person: { arguments: { id: '$id', where: { id: ['$id'] } }, field: { id: { arguments: {} } } },
};
const definitions = [
  { to_remote_schema: { remote_schema: 'people', lhs_fields: ['id'], remote_field: field } },
  {
    to_source: {
      relationship_type: 'array',
      source: 'shop',
      table: { schema: 'public', name: 'customer' },
      field_mapping: { id: 'id' },
    },
  },
  { remote_schema: 'people', hasura_fields: ['id'], remote_field: field },
];
const items = definitions.map((definition, index) => ({ name: `r${index}`, definition }));
const documents: readonly object[] = [
  {
    version: 3,
    sources: [
      {
        name: 'shop',
        kind: 'postgres',
        configuration: {},
        tables: [{ table: 'customer', remote_relationships: items }],
      },
    ],
    remote_schemas: [
      {
        name: 'people',
        definition: { url: 'x' },
        remote_relationships: [{ type_name: 'Person', relationships: items }],
      },
    ],
  },
  {
    type: 'bulk',
    args: [
      ...items.map((item) => ({
        type: 'pg_create_remote_relationship',
        args: { table: 'customer', ...item },
      })),
      {
        type: 'create_remote_schema_remote_relationship',
        args: { remote_schema: 'people', type_name: 'Person', ...items[0] },
      },
    ],
  },
];

/** Reads, walks and asks everywhere; every range must lie in the text. */
function exercise(text: string, language: 'json' | 'yaml'): void {
  const context = contextOf(text, surroundings, language);
  const inText = ({ offset, length }: { offset: number; length: number }): void => {
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset + length).toBeLessThanOrEqual(text.length);
  };
  for (const { node } of context.model.shapeProblems) inText(node);
  expect(context.joins.length).toBeLessThanOrEqual(context.model.relationships.length);
  for (let offset = 0; offset <= text.length; offset += 29) {
    const target = cursorTargetAt(context, offset);
    if (target !== undefined) inText(target.node);
  }
}

/** Every place of a document, as a path. */
function locations(
  value: unknown,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, one]) => locations(one, [...path, key]))];
}

function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one, index) => (index === key ? replaced(one, rest, by) : one));
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([name, one]) => [name, name === key ? replaced(one, rest, by) : one]),
  );
}

describe('half-written documents', () => {
  it.each(documents)('cut off anywhere: %#', (document) => {
    const text = JSON.stringify(document, null, 1);
    for (let end = 0; end < text.length; end += 37) {
      exercise(text.slice(0, end), 'json');
      exercise(text.slice(0, end), 'yaml');
    }
  });

  it.each(documents)('with any value in any place: %#', (document) => {
    const everywhere = locations(document);
    fc.assert(
      fc.property(fc.nat(), fc.jsonValue({ maxDepth: 3 }), (index, value) => {
        const location = everywhere[index % everywhere.length] ?? [];
        exercise(JSON.stringify(replaced(document, location, value)), 'json');
      }),
      { numRuns: 80, seed: 7 },
    );
  });

  it.each(documents)('with any piece left out: %#', (document) => {
    const text = JSON.stringify(document, null, 1);
    fc.assert(
      fc.property(
        fc.nat({ max: text.length }),
        fc.nat({ max: 60 }),
        fc.constantFrom('', ' ', '"', '{', '*a', '!include x'),
        (start, length, by) => {
          exercise(text.slice(0, start) + by + text.slice(start + length), 'json');
          exercise(text.slice(0, start) + by + text.slice(start + length), 'yaml');
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });
});
