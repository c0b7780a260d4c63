import { describe, expect, it } from 'vitest';
import { isGraphqlToolFile, schemasNamedIn } from '../../../server/src/project/graphqlToolFiles.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

describe('files that tell other tools where schemas are', () => {
  it.each([
    ['.graphqlrc', true],
    ['.graphqlrc.yml', true],
    ['.graphqlrc.yaml', true],
    ['.graphqlrc.json', true],
    ['graphql.config.json', true],
    ['graphql.config.yml', true],
    ['codegen.yml', true],
    ['codegen.yaml', true],
    ['codegen.json', true],
    ['codegen.ts', false],
    ['graphql.config.js', false],
    ['.graphqlrc.ts', false],
    ['.graphqlrc.toml', false],
    ['my-codegen.yml', false],
  ])('are known by their names: %s', (name, known) => {
    expect(isGraphqlToolFile(name)).toBe(known);
  });

  it.each<[string, string, readonly (readonly [string | undefined, ...string[]])[]]>([
    ['a file', 'schema: a.graphql', [[undefined, 'a.graphql']]],
    ['JSON', '{"schema": ["a.graphql", "b/*.gql"]}', [[undefined, 'a.graphql', 'b/*.gql']]],
    [
      'projects',
      'projects:\n  a: { schema: a.graphql }\n  b: { schema: [b.graphql] }\n  c: { documents: x }\n',
      [
        ['a', 'a.graphql'],
        ['b', 'b.graphql'],
      ],
    ],
    [
      'outputs, beside what stands above',
      'schema: a.graphql\ngenerates:\n  x.ts: { plugins: [typescript] }\n  y.ts: { schema: [b.graphql] }\n',
      [
        [undefined, 'a.graphql'],
        [undefined, 'a.graphql', 'b.graphql'],
      ],
    ],
    ['outputs alone', 'generates: { x.ts: { schema: b.graphql } }', [[undefined, 'b.graphql']]],
    ['no URL', 'schema: http://localhost:8080/v1/graphql', []],
    ['nothing that is beside a URL', 'schema: [https://a.example, local.graphql]', []],
    ['nothing beside a URL above', 'schema: https://a.example\ngenerates: { x: { schema: b.graphql } }', []],
    ['nothing with options, which may be a program', 'schema: [{ a.graphql: { loader: ./load.js } }]', []],
    ['no variable', 'schema: $' + '{SCHEMA}', []],
    ['no exception', 'schema: [a/*.graphql, "!a/b.graphql"]', []],
    ['no SDL', 'schema: |\n  type Query {\n    a: Int\n  }\n', []],
    ['no number', 'schema: 7', []],
    ['nothing of what is broken', 'schema: [a.graphql', []],
    ['nothing of nothing', '', []],
  ])('name %s', (_, text, schemas) => {
    const named = schemasNamedIn(parse(text, 'yaml'));
    expect(named.map(({ name, references }) => [name, ...references])).toEqual(schemas);
  });
});
