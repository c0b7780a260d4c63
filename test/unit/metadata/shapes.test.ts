import { describe, expect, it } from 'vitest';
import type { MetadataModel } from '../../../server/src/metadata/relationship.ts';
import { facts, indent, readText, readTwins } from './support.ts';
import {
  asItem,
  document,
  items,
  ofTable,
  oldDocument,
  owners,
  remoteSchema,
  source,
  table,
} from './texts.ts';

describe('the shapes of metadata', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a document of version 3',
      document,
      'metadata',
      [...ofTable('shop:customer'), ...ofTable('people:Person')],
    ],
    [
      'a consolidated export',
      `resource_version: 12\nmetadata:\n${indent(document, 2)}`,
      'metadata',
      [...ofTable('shop:customer'), ...ofTable('people:Person')],
    ],
    [
      'a document of version 2',
      oldDocument,
      'metadata',
      [...ofTable('default:customer'), ...ofTable('people:Person')],
    ],
    [
      'a document of version 1',
      oldDocument.replace('version: 2\n', ''),
      'metadata',
      [...ofTable('default:customer'), ...ofTable('people:Person')],
    ],
    ['databases.yaml', asItem(source), 'sources', ofTable('shop:customer')],
    ['tables.yaml', asItem(table), 'tables', ofTable('?:customer')],
    ['one table', table, 'table', ofTable('?:customer')],
    ['remote_schemas.yaml', asItem(remoteSchema), 'remote-schemas', ofTable('people:Person')],
    [
      'a list of types',
      asItem(`type_name: Person\nrelationships:\n${indent(items, 2)}`),
      'remote-schema-types',
      ofTable('?:Person'),
    ],
    [
      'one type',
      `type_name: Person\nrelationships:\n${indent(items, 2)}`,
      'remote-schema-types',
      ofTable('?:Person'),
    ],
    ['a list of relationships', items, 'relationships', ofTable('?:?')],
    [
      'replace_metadata, version 1',
      `type: replace_metadata\nargs:\n${indent(document, 2)}`,
      'request',
      [...ofTable('shop:customer'), ...ofTable('people:Person')],
    ],
    [
      'replace_metadata, version 2',
      `type: replace_metadata\nversion: 2\nresource_version: 7\nargs:\n  allow_inconsistent_metadata: true\n  metadata:\n${indent(document, 4)}`,
      'request',
      [...ofTable('shop:customer'), ...ofTable('people:Person')],
    ],
  ])('%s', (_, yaml, role, expected) => {
    const model = readTwins(yaml);
    expect(model.roles).toEqual([role]);
    expect(owners(model)).toEqual(expected);
    expect(model.shapeProblems).toEqual([]);
  });

  it('reads every document of a file', () => {
    const { model } = readText(`${table}\n---\nkind: Service\n---\n${asItem(remoteSchema)}`);
    expect(model.roles).toEqual(['table', 'none', 'remote-schemas']);
    expect(model.relationships).toHaveLength(6);
  });

  it('reads the same three forms everywhere', () => {
    const definitions = (model: MetadataModel): unknown =>
      facts(model.relationships.map(({ definition }) => definition));
    const wanted = definitions(readTwins(table));
    expect(definitions(readTwins(asItem(remoteSchema)))).toEqual(wanted);
    expect(wanted).toMatchObject([
      {
        kind: 'to-remote-schema',
        form: 'unified',
        remoteSchema: { state: 'present', value: 'people' },
        lhsFields: { state: 'present', value: [{ value: 'person_id' }] },
        remoteField: { state: 'present', value: { steps: [{ name: { value: 'person' } }] } },
      },
      {
        kind: 'to-source',
        relationshipType: { state: 'present', value: 'array' },
        source: { value: 'helpdesk' },
        table: { value: { form: 'schema', name: 'ticket', schema: 'public' } },
        fieldMapping: { value: [{ lhs: { value: 'id' }, column: { value: 'customer_id' } }] },
      },
      { kind: 'to-remote-schema', form: 'legacy', lhsFields: { value: [{ value: 'person_id' }] } },
    ]);
  });

  it('takes the source from the place of the file', () => {
    expect(owners(readTwins(table, { role: 'table', source: 'shop' }))).toEqual(ofTable('shop:customer'));
  });

  it('takes the role from the place of the file', () => {
    expect(readTwins('[]', { role: 'sources' }).roles).toEqual(['sources']);
    expect(readTwins('- name: shop', { role: 'sources' }).sources).toHaveLength(1);
    expect(readText('', 'yaml', { role: 'sources' }).model.sources).toEqual([]);
  });

  it('reads a list where one table is expected, and one where a list is', () => {
    expect(owners(readTwins(asItem(table), { role: 'table', source: 'shop' }))).toEqual(
      ofTable('shop:customer'),
    );
    expect(owners(readTwins(table, { role: 'tables', source: 'shop' }))).toEqual(ofTable('shop:customer'));
  });
});
