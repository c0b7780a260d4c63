import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../../server/src/metadata/outline.ts';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type { MetadataModel, ReadingContext } from '../../../server/src/metadata/relationship.ts';
import { isSyntaxNode } from '../../../server/src/syntax/build.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxNode } from '../../../server/src/syntax/tree.ts';

const table = `table: { schema: public, name: customer }
configuration: { custom_name: Customer, column_config: { person_id: { custom_name: personId } } }
computed_fields: [{ name: total, definition: { function: total_of, session_argument: session } }]
select_permissions: [{ role: user, permission: { columns: "*", allow_aggregations: true } }]
remote_relationships:
  - name: profile
    definition: &profile
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field: { person: { arguments: { id: $person_id, limits: [1, { most: 2.5 }], "no": null } } }
  - { name: twin, definition: *profile }
  - name: orders
    definition:
      to_source: { relationship_type: array, source: other, table: orders, field_mapping: { id: owner } }
  - { name: odd, definition: 7, unknown: true }
`;

const modelOf = (
  text: string,
  context: ReadingContext = { role: 'table', source: 'default' },
): MetadataModel => readModel(parse(text, 'yaml'), context);

/** All that can be reached, each once. */
function reached(from: unknown): ReadonlySet<object> {
  const found = new Set<object>();
  const open: unknown[] = [from];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || found.has(next)) continue;
    found.add(next);
    open.push(...(next instanceof Map ? [...next].flat() : Object.values(next)));
  }
  return found;
}

const nodesOf = (model: MetadataModel): readonly SyntaxNode[] => [...reached(model)].filter(isSyntaxNode);

/** As plain data: nodes by where they stand and what they hold, what came up before by its number. */
function plain(model: MetadataModel): string {
  const numbers = new Map<object, number>();
  return JSON.stringify(model, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value) && value.length === 0) return value;
    const number = numbers.get(value);
    if (number !== undefined) return `#${number}`;
    numbers.set(value, numbers.size);
    if (isSyntaxNode(value)) {
      const { kind, style, offset, length, value: held, tag, merged, unresolved } = value;
      return { kind, style, offset, length, held, tag, merged, unresolved };
    }
    return value instanceof Map ? [...value] : value;
  });
}

describe('an outline', () => {
  it.each([
    ['a table', table],
    ['a list of tables', `- table: orders\n- ${table.replaceAll('\n', '\n  ')}`],
    ['a half-written table', table.slice(0, table.indexOf('remote_field:') + 20)],
    ['a table with a template in it', `${table}  - name: {{ name }}\n    definition: {}\n`],
    ['an empty file', ''],
  ])('says all that %s says, and holds no tree', (_, text) => {
    const model = modelOf(text);
    const outline = outlineOf(model);
    expect(plain(outline)).toBe(plain(model));
    expect(nodesOf(model).length === 0 || nodesOf(model).some(({ parent }) => parent !== undefined)).toBe(
      true,
    );
    for (const node of nodesOf(outline)) {
      expect([node.parent, node.key, node.children, node.aliasOf]).toEqual([
        undefined,
        undefined,
        [],
        undefined,
      ]);
    }
    const own = new Set(nodesOf(model));
    expect(nodesOf(outline).some((node) => own.has(node))).toBe(false);
  });

  it.each<[string, string, ReadingContext]>([
    [
      'files are included',
      `- ${table.replaceAll('\n', '\n  ')}\n- "!include other.yaml"\n`,
      { role: 'tables' },
    ],
    [
      'sources are listed',
      '- { name: default, kind: postgres, configuration: {}, tables: [] }\n',
      { role: 'sources' },
    ],
    [
      'remote schemas are listed',
      '- { name: people, definition: { url: http://a } }\n',
      { role: 'remote-schemas' },
    ],
    ['commands are sent', '{ type: pg_track_table, args: { table: orders } }\n', {}],
    [
      'types of actions have relationships',
      'custom_types: { objects: [{ name: Answer, fields: [{ name: id, type: ID }] }] }\n',
      { role: 'actions' },
    ],
  ])('is the model itself where %s', (_, text, context) => {
    const model = modelOf(text, context);
    expect(nodesOf(model)).not.toEqual([]);
    expect(outlineOf(model)).toBe(model);
  });
});
