import { describe, expect, it } from 'vitest';
import { readServerVersion } from '../../../common/src/serverVersion.ts';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type { Location } from '../../../server/src/syntax/location.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

/** Where things are declared: at their names, in the file that counts. */

const texts = [
  `{"version": 3,
  "sources": [
    {"name": "shop", "kind": "postgres", "tables": [
      {"table": {"schema": "public", "name": "customer"}, "select_permissions": []},
      {"table": "invoice", "select_permissions": []}
    ]}
  ],
  "remote_schemas": [{"name": "people", "definition": {"url": "u"}}]
}`,
  `{"version": 3, "sources": [{"name": "shop", "kind": "postgres", "tables": [{"table": "customer", "is_enum": true}]}],
  "remote_schemas": [{"name": "people", "definition": {"url": "other"}}]}`,
];
const uri = (index: number) => `file:///metadata/${index}`;
const at = (location: Location | undefined) => {
  const index = texts.findIndex((_, each) => uri(each) === location?.uri);
  return location && [index, texts[index]?.slice(location.offset, location.offset + location.length)];
};

const request = parse(
  '{"type": "bulk", "args": [{"type": "pg_add_source", "args": {"name": "fresh"}}, {"type": "pg_track_table", "args": {"source": "fresh", "table": "t"}}, {"type": "pg_track_table", "args": {"source": "fresh", "table": 7}}, {"type": "pg_track_table", "args": {"source": "fresh"}}]}',
  'json',
);
const catalogue = buildCatalogue({
  serverVersion: readServerVersion('2.48'),
  metadata: {
    documents: texts.map((text, index) => ({ uri: uri(index), model: readModel(parse(text, 'json')) })),
    sourcesComplete: true,
    remoteSchemasComplete: true,
    tablesComplete: new Map(),
  },
  extraRequests: [{ uri: 'file:///request', requests: readModel(request).otherRequests }],
});

function known<T>(knowledge: { readonly state: string; readonly value?: T }): T {
  if (knowledge.value === undefined) throw new Error(knowledge.state);
  return knowledge.value;
}

const tableName = (name: string) => ({ form: 'string' as const, name, schema: undefined, parts: [name] });

describe('declarations', () => {
  it('of a source, in each file', () => {
    const source = known(catalogue.source('shop'));
    expect(source.declarations.map(at)).toEqual([
      [0, '"shop"'],
      [1, '"shop"'],
    ]);
    expect(at(source.location)).toEqual([1, '"shop"']);
  });

  it('of a table: the later one counts', () => {
    const table = known(known(catalogue.source('shop')).table(tableName('customer')));
    expect(table.declarations.map(at)).toEqual([
      [0, '{"schema": "public", "name": "customer"}'],
      [1, '"customer"'],
    ]);
    expect(at(table.location)).toEqual([1, '"customer"']);
    expect(table.isEnum).toBe(true);
  });

  it('of a remote schema', () => {
    const remoteSchema = known(catalogue.remoteSchema('people'));
    expect(remoteSchema.declarations.map(at)).toEqual([
      [0, '"people"'],
      [1, '"people"'],
    ]);
    expect(at(remoteSchema.location)).toEqual([1, '"people"']);
  });

  it('of what a request adds: the request', () => {
    const source = known(catalogue.source('fresh'));
    expect(source.declarations).toEqual([]);
    const { offset = 0, length = 0 } = source.location ?? {};
    expect(request.text.slice(offset, offset + length)).toBe('"fresh"');
    expect(source.tables.map(({ text: name }) => name)).toEqual(['t']);
  });
});
