import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { contentOf, type FileContent } from '../../../common/src/metadataApi/pull/fileContent.ts';

const introspection = JSON.stringify(introspectionFromSchema(buildSchema('type Query { a: Int }')));
const table = { schema: 'public', name: 'a', columns: [{ name: 'id', type: 'uuid' }] };

describe('what a file holds', () => {
  it.each<[string, string, string, FileContent]>([
    ['an empty file', 'a.json', '', 'nothing'],
    ['blanks', 'a.graphql', ' \n\t\n', 'nothing'],
    ['a byte order mark', 'a.yaml', '\uFEFF', 'nothing'],
    ['an empty object', 'a.json', '{}', 'nothing'],
    ['an empty list', 'a.json', '[]', 'nothing'],
    ['SDL', 'a.graphql', 'type Query { a: Int }\nextend type Query { b: Int }\n', 'schema or snapshot'],
    ['SDL behind a byte order mark', 'a.gql', '\uFEFFscalar X', 'schema or snapshot'],
    ['introspection', 'a.json', introspection, 'schema or snapshot'],
    ['introspection in data', 'a.json', `{"data":${introspection}}`, 'schema or snapshot'],
    ['introspection in a GraphQL file', 'a.graphqls', introspection, 'schema or snapshot'],
    ['a list of tables', 'a.json', JSON.stringify([table]), 'schema or snapshot'],
    ['tables in YAML', 'a.yaml', '- schema: public\n  name: a\n  columns: []\n', 'schema or snapshot'],
    ['tables with a head', 'a.json', JSON.stringify({ takenAt: 'x', tables: [table] }), 'schema or snapshot'],
    ['names of tables alone', 'a.json', '{"tables":[{"name":"a"}]}', 'schema or snapshot'],
    ['no tables', 'a.json', '{"tables":[]}', 'nothing'],
    ['a table of a data connector', 'a.json', '[{"name":["Album"]}]', 'schema or snapshot'],
    ['no columns in YAML', 'a.yml', '- schema: public\n  name: a\n', 'schema or snapshot'],
    [
      'tables by source with a head',
      'a.json',
      JSON.stringify({ origin: 'http://h', takenAt: 'x', shop: [table] }),
      'schema or snapshot',
    ],
    ['a table of BigQuery', 'a.json', '[{"dataset":"d","name":"a"}]', 'schema or snapshot'],
    [
      'a source that is called as a key of the head is',
      'a.json',
      JSON.stringify({ sources: { origin: [table] } }),
      'schema or snapshot',
    ],
    ['tables by source', 'a.json', JSON.stringify({ shop: [table], other: [] }), 'schema or snapshot'],
    ['tables below sources', 'a.json', JSON.stringify({ sources: { shop: [table] } }), 'schema or snapshot'],
    [
      'a table with a key of its own',
      'a.json',
      JSON.stringify([{ ...table, note: '' }]),
      'schema or snapshot',
    ],

    ['SDL that is cut off', 'a.graphql', 'type Query {\n  a: In', 'doubtful'],
    ['SDL after a merge', 'a.graphql', '<<<<<<< HEAD\ntype Query { a: Int }\n', 'doubtful'],
    ['comments alone', 'a.graphql', '# comes from a pull\n', 'doubtful'],
    ['comments alone in YAML', 'a.yaml', '# comes from a pull\n', 'doubtful'],
    ['a snapshot that is cut off', 'a.json', '[{"schema":"public","name":"a","columns":[{"na', 'doubtful'],
    ['a table that is damaged', 'a.json', JSON.stringify([table, { nmae: 'b' }]), 'doubtful'],
    [
      'a column that is damaged',
      'a.json',
      '[{"name":"a","columns":[{"name":"b"},{"nmae":"c"}]}]',
      'doubtful',
    ],
    ['a list of names', 'a.json', '[{"name":"Ada","description":"x"}]', 'doubtful'],
    ['names by source', 'a.json', '{"shop":[{"name":"a"}]}', 'doubtful'],
    ['lists of nothing', 'a.json', '{"include":[],"exclude":[]}', 'doubtful'],

    ['queries', 'a.graphql', 'query A { a }', 'something else'],
    ['a query without a name', 'a.graphql', '{ a }', 'something else'],
    ['a fragment beside SDL', 'a.graphql', 'type A { a: Int } fragment F on A { a }', 'something else'],
    ['a query that is cut off', 'a.graphql', 'query A {', 'something else'],
    ['a package', 'package.json', '{"name":"x","dependencies":{}}', 'something else'],
    ['a byte order mark within', 'a.json', '[\uFEFF]', 'something else'],
    ['a comment in no GraphQL file', 'a.graphql.json', '# comes from a pull', 'something else'],
    ['a list of nothings', 'a.json', '[null]', 'something else'],
    ['a table without a name', 'a.json', '[{"schema":"public"}]', 'something else'],
    ['a table whose name is none', 'a.json', '[{"schema":"public","name":true}]', 'something else'],
    ['a list of texts', 'a.json', '["a","b"]', 'something else'],
    ['a number', 'a.json', '1', 'something else'],
    ['a string', 'a.yaml', 'hello', 'something else'],
    ['columns that are no list', 'a.json', '[{"name":"a","columns":"b"}]', 'something else'],
    ['columns without names', 'a.json', '[{"name":"a","columns":[{"title":"b"}]}]', 'something else'],
    ['numbered columns', 'a.json', '[{"name":1,"columns":[{"name":"b"}]}]', 'something else'],
    ['jobs', 'a.yaml', '- name: deploy\n  hosts: all\n', 'something else'],
    ['comments in JSON', 'tsconfig.json', '{ // for tests\n "include": ["a"], }', 'something else'],
    ['a script', 'a.json', '#!/bin/sh\nrm -rf /\n', 'something else'],
    [
      'sources of metadata',
      'a.yaml',
      '- name: shop\n  kind: postgres\n  tables: "!include a"\n',
      'something else',
    ],
    ['an export', 'metadata.json', '{"version":3,"sources":[{"name":"a","tables":[]}]}', 'something else'],
    ['an export of version 2', 'metadata.json', '{"version":2,"tables":[{"table":"a"}]}', 'something else'],
    [
      'metadata that is cut off',
      'a.yaml',
      'table: a\nselect_permissions:\n  - columns: [a',
      'something else',
    ],
    ['a relationship that is cut off', 'a.json', '{"definition":{"columns":["a"]', 'something else'],
    ['relationships that are cut off', 'a.yaml', 'array_relationships: [\n  columns: [a', 'something else'],
    ['an include that is cut off', 'a.yaml', 'a: [!include b.yaml\ncolumns: [a', 'something else'],
    ['an operation beside SDL that is cut off', 'a.gql', 'type A { a: Int }\nquery {', 'something else'],
    ['config.yaml', 'config.yaml', 'version: 3\nendpoint: http://localhost:8080\n', 'something else'],
    ['a configuration', 'a.json', '{"sources":{"default":{"tables":"a.json"}}}', 'something else'],
    ['something deep', 'a.json', '['.repeat(100_000), 'something else'],
    ['deep keys in YAML', 'a.yaml', '? '.repeat(100_000), 'something else'],
    ['deep lists in YAML', 'a.yaml', '- '.repeat(100_000), 'something else'],
    ['deep brackets in YAML', 'a.yaml', '['.repeat(100_000), 'something else'],
    ['keys that are maps', 'a.yaml', '{'.repeat(190), 'something else'],
    ['something deep in SDL', 'a.graphql', `type A { a: ${'['.repeat(100_000)}`, 'doubtful'],
  ])('%s: %s', (_, name, text, expected) => {
    expect(contentOf(text, name)).toBe(expected);
  });
});

const root = fileURLToPath(new URL('../../..', import.meta.url));

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:json|ya?ml|graphqls?|gql)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe('of a real project', () => {
  it.each(filesBelow('samples/schema'))('%s is a schema or snapshot', (file) => {
    expect(contentOf(readFileSync(file, 'utf8'), file)).toBe('schema or snapshot');
  });

  it.each([
    ...filesBelow('samples').filter((file) => !file.includes(`${path.sep}schema${path.sep}`)),
    ...['package.json', 'package-lock.json', 'biome.json', 'tsconfig.json'].map((name) =>
      path.join(root, name),
    ),
    ...filesBelow('schemas'),
  ])('%s is neither', (file) => {
    const content = contentOf(readFileSync(file, 'utf8'), file);
    // The schema of actions is one; it is kept by where it lies.
    const expected = file.endsWith('actions.graphql')
      ? ['nothing', 'schema or snapshot']
      : ['something else', 'nothing'];
    expect(expected).toContain(content);
  });
});
