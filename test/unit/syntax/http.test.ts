import { describe, expect, it } from 'vitest';
import { languageOf, parse } from '../../../server/src/syntax/parse.ts';
import { expectSound, plainValue } from './show.ts';

const FILE = `@host = http://localhost:8080
# a comment

### create it
// another
POST {{host}}/v1/metadata HTTP/1.1
Content-Type: application/json
X-Hasura-Role: admin

{
  "type": "bulk", // here too
  "args": []
}

###
GET {{host}}/healthz

### from a file
POST {{host}}/v1/metadata

< ./body.json

### form
POST {{host}}/form
Content-Type: application/x-www-form-urlencoded

a=b&c=d

###
{{host}}/v1/query

[1, 2]

> {% client.test("x", () => {}) %}
`;

describe('requests', () => {
  it.each([['\n'], ['\r\n']])(
    'bodies are roots beside their request lines, lines ending in %j',
    (lineBreak) => {
      const text = FILE.replaceAll('\n', lineBreak);
      const tree = parse(text, 'http');
      expect(tree.roots.map(plainValue)).toEqual([{ type: 'bulk', args: [] }, [1, 2]]);
      expect(tree.requestLines).toMatchObject([
        { method: 'POST', target: '{{host}}/v1/metadata', offset: text.indexOf('POST'), length: 34 },
        { method: 'GET', target: '{{host}}/v1/query' },
      ]);
      expect(tree.roots.map(({ offset }) => text[offset])).toEqual(['{', '[']);
      expect(tree.problems).toEqual([]);
      expectSound(tree);
    },
  );
  it('an error in a body stands at its place in the file', () => {
    const text = 'POST /v1/metadata\n\n{"type": }\n\n###\nPOST /v1/query\n\n{"a": 1}';
    const tree = parse(text, 'http');
    expect(tree.problems).toMatchObject([{ code: 'json-syntax', offset: text.indexOf('}') }]);
    expect(tree.roots.map(plainValue)).toEqual([{ type: null }, { a: 1 }]);
  });
  it.each([
    [''],
    ['###'],
    ['POST'],
    ['POST /x\n\n'],
    ['\n\n{"a": 1}'],
    ['### \n# c\n@a=1'],
    ['POST /x\n{"a": 1}'],
  ])('%j has no body', (text) => {
    expect(parse(text, 'http')).toMatchObject({ roots: [], requestLines: [], problems: [] });
  });
  it('every prefix is read', () => {
    for (let end = 0; end <= FILE.length; end++) expectSound(parse(FILE.slice(0, end), 'http'));
  });
});

it.each([
  ['tables.yaml', undefined, 'yaml'],
  ['a/TABLES.YML', undefined, 'yaml'],
  ['metadata.json', undefined, 'json'],
  ['file:///x/settings.jsonc', undefined, 'json'],
  ['a.http', undefined, 'http'],
  ['a.rest', undefined, 'http'],
  ['untitled:Untitled-1', 'yaml', 'yaml'],
  ['untitled:Untitled-1', 'jsonc', 'json'],
  ['schema.graphql', undefined, undefined],
  ['yaml', undefined, undefined],
  ['notes.txt', 'plaintext', undefined],
])('the language of %s (%s) is %s', (path, languageId, expected) => {
  expect(languageOf(path, languageId)).toBe(expected);
});

it.each(['[', '{"a":'])('a body nested without end is told where it gets too deep: %j', (level) => {
  const head = 'POST http://localhost:8080/v1/metadata\n\n';
  const { problems } = parse(`${head}${level.repeat(2000)}`, 'http');
  expect(problems).toMatchObject([
    { message: 'Nested deeper than 500 levels', offset: head.length + 500 * level.length },
  ]);
});
