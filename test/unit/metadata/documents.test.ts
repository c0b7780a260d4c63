import { describe, expect, it } from 'vitest';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type {
  DocumentRole,
  MetadataModel,
  ReadingContext,
} from '../../../server/src/metadata/relationship.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { facts, indent, readText, readTwins } from './support.ts';
import { asItem, owners, remoteSchema, source, table, unified } from './texts.ts';

describe('version of a document (R44)', () => {
  const sources = `sources:\n${indent(asItem(source), 2)}`;
  it.each([
    ['version: 3', sources, []],
    ['version: 4', sources, ['expected 1, 2 or 3, encountered 4']],
    ['version: "3"', sources, ['expected Number, but encountered String']],
    ['', sources, ['key "tables" not found']],
    ['version: 2', sources, ['key "tables" not found']],
    ['version: 3', `remote_schemas:\n${indent(asItem(remoteSchema), 2)}`, ['key "sources" not found']],
    ['version: 1', `tables:\n${indent(asItem(table), 2)}`, []],
  ])('%s beside %#', (version, rest, messages) => {
    const found = readTwins(`${version}\n${rest}`).shapeProblems;
    expect(found.map(({ serverMessage }) => serverMessage)).toEqual(messages);
    expect(found.every(({ kind }) => kind === 'metadata-version')).toBe(true);
  });
});

describe('aliases and merge keys', () => {
  it('count as what they stand for', () => {
    const { model } = readText(`
- table: { schema: public, name: a }
  remote_relationships: &shared
    - name: profile
      definition:
        to_remote_schema: &target ${unified}
- table: { schema: public, name: b }
  remote_relationships: *shared
- table: { schema: public, name: c }
  remote_relationships:
    - name: other
      definition:
        to_remote_schema: { <<: *target, remote_schema: forum }
`);
    expect(model.shapeProblems).toEqual([]);
    expect(owners(model)).toEqual(['?:a.profile', '?:b.profile', '?:c.other']);
    expect(facts(model.relationships.at(-1)?.definition)).toMatchObject({ remoteSchema: { value: 'forum' } });
  });

  it('of an alias that leads nowhere nothing is said', () => {
    const { model } = readText('table: { schema: public, name: a }\nremote_relationships: *nowhere');
    expect(model.tables).toHaveLength(1);
    expect(model.shapeProblems).toEqual([]);
  });

  it('a shared tree of nodes is read no further than the text is long', () => {
    const tree = parse(
      JSON.stringify({
        table: { schema: 's', name: 't' },
        remote_relationships: [
          {
            name: 'r',
            definition: {
              to_remote_schema: {
                remote_schema: 'r',
                lhs_fields: [],
                remote_field: { f: { arguments: {} } },
              },
            },
          },
        ],
      }),
      'json',
    );
    let value = parse('{"x": 1, "y": 2}', 'json').roots[0];
    for (let level = 0; level < 60 && value !== undefined; level++) {
      const next = parse('{"x": {}, "y": {}}', 'json').roots[0];
      for (const child of next?.children ?? []) {
        child.kind = 'object';
        child.children = value.children;
      }
      value = next;
    }
    const find = (node: (typeof tree.roots)[number]): (typeof tree.roots)[number] | undefined =>
      node.key?.value === 'arguments' ? node : node.children.map(find).find((one) => one !== undefined);
    const root = tree.roots[0];
    const target = root && find(root);
    if (target === undefined || value === undefined) throw new Error('no arguments');
    target.children = value.children;
    expect(readModel(tree).relationships).toHaveLength(1);
  });

  /** What is read of a document with very many items, as if its text were short: aliases can make it so. */
  function readOf(text: (items: string) => string, item: string, context: ReadingContext): MetadataModel {
    const tree = parse(text(`[${Array<string>(12_000).fill(item).join(',')}]`), 'json');
    return readModel({ ...tree, text: '' }, context);
  }

  const remote = '{"name": "r", "definition": {"to_source": {}}}';
  const tableWith = (key: string) => (items: string) => `{"table": "t", "${key}": ${items}}`;
  const entryWith = (key: string) => (items: string) => `[{"name": "s", "${key}": ${items}}]`;
  it.each<
    [string, DocumentRole, (items: string) => string, string, (model: MetadataModel) => number | undefined]
  >([
    ['sources', 'sources', (items) => items, '{}', (model) => model.sources.length],
    ['tables', 'tables', (items) => items, '{}', (model) => model.tables.length],
    [
      'logical models',
      'sources',
      entryWith('logical_models'),
      '{"name": "m"}',
      ({ sources }) => sources[0]?.logicalModels.length,
    ],
    [
      'computed fields',
      'table',
      tableWith('computed_fields'),
      '{"name": "f"}',
      ({ tables }) => tables[0]?.computedFields.length,
    ],
    [
      'object relationships',
      'table',
      tableWith('object_relationships'),
      '{"name": "o"}',
      ({ tables }) => tables[0]?.localRelationships.length,
    ],
    [
      'permissions',
      'table',
      tableWith('insert_permissions'),
      '{"role": "r"}',
      ({ tables }) => tables[0]?.repeated[0]?.names.length,
    ],
    [
      'remote relationships',
      'table',
      tableWith('remote_relationships'),
      remote,
      (model) => model.relationships.length,
    ],
    ['relationships', 'relationships', (items) => items, remote, (model) => model.relationships.length],
    ['remote schemas', 'remote-schemas', (items) => items, '{}', (model) => model.remoteSchemas.length],
    [
      'types',
      'remote-schemas',
      entryWith('remote_relationships'),
      '{"type_name": "T"}',
      ({ remoteSchemas }) => remoteSchemas[0]?.types.length,
    ],
    [
      'permissions of a remote schema',
      'remote-schemas',
      entryWith('permissions'),
      '{}',
      ({ remoteSchemas }) => remoteSchemas[0]?.permissions.length,
    ],
    [
      'types of actions',
      'actions',
      (items) => `{"custom_types": {"objects": ${items}}}`,
      '{}',
      (model) => model.actionTypes.length,
    ],
    [
      'inherited roles',
      'inherited-roles',
      (items) => items,
      '{"role_name": "r", "role_set": []}',
      (model) => model.inheritedRoles.length,
    ],
    [
      'requests',
      'request',
      (items) => items,
      '{"type": "run_sql", "args": {}}',
      (model) => model.otherRequests.length,
    ],
  ])('of %s no more are read than the text is long', (_, role, text, item, countOf) => {
    const count = countOf(readOf(text, item, { role }));
    expect(count).toBeGreaterThan(3000);
    expect(count).toBeLessThanOrEqual(10_000);
  });
});
