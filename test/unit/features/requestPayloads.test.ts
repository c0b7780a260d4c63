import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { locateKeys } from '../../../server/src/features/clientRequests/locateKeys.ts';
import { requestPayloads } from '../../../server/src/features/clientRequests/requestPayloads.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf, findingsIn, type Surroundings } from '../support/checkText.ts';

const surroundings: Surroundings = {
  sources: { shop: { tables: [{ table: 'customer', columns: { id: 'int!' } }] } },
  remoteSchemas: { people: 'type Query { person(id: Int!): Person } type Person { id: Int! }' },
};

function payloads(text: string, language: SyntaxLanguage = 'json', offset?: number) {
  const document = TextDocument.create('file:///a', language, 0, text);
  return requestPayloads(contextOf(text, surroundings, language), {
    offset,
    findings: findingsIn(text, surroundings, language),
    positionAt: (at) => document.positionAt(at),
  }).map((payload) => ({ ...payload, text: document.getText(payload.range) }));
}

const deletion = (name: string) => ({
  type: 'pg_delete_remote_relationship',
  args: { source: 'shop', table: 'customer', name },
});
const creation = (column: string) => ({
  type: 'pg_create_remote_relationship',
  args: {
    source: 'shop',
    table: 'customer',
    name: 'profile',
    definition: {
      to_remote_schema: {
        remote_schema: 'people',
        lhs_fields: ['id'],
        remote_field: { person: { arguments: { id: column } } },
      },
    },
  },
});
const bulk = { type: 'bulk', args: [deletion('a'), creation('$id')] };

describe('the requests of a document', () => {
  it.each<[string, string, SyntaxLanguage, object[]]>([
    ['one', JSON.stringify(deletion('a')), 'json', [deletion('a')]],
    ['a bulk is one', JSON.stringify(bulk), 'json', [bulk]],
    [
      'each of a list',
      JSON.stringify([deletion('a'), [deletion('b')]]),
      'json',
      [deletion('a'), deletion('b')],
    ],
    [
      'the steps of a console’s payload',
      JSON.stringify({ up: [creation('$id')], down: [deletion('profile')] }),
      'json',
      [creation('$id'), deletion('profile')],
    ],
    [
      'several documents of YAML, anchors filled in',
      'type: bulk\nargs:\n  - type: pg_delete_remote_relationship\n    args: &args {source: shop, table: customer, name: a}\n  - type: pg_delete_remote_relationship\n    args: *args\n---\ntype: export_metadata\nversion: 2\nargs: {}\n',
      'yaml',
      [
        { type: 'bulk', args: [deletion('a'), deletion('a')] },
        { type: 'export_metadata', version: 2, args: {} },
      ],
    ],
    ['with comments', `{ /* gone */ ${JSON.stringify(bulk).slice(1)}`, 'json', [bulk]],
    ['none in metadata', 'table: {schema: public, name: customer}\nremote_relationships: []\n', 'yaml', []],
    ['none elsewhere', '{"type": "object", "properties": {}}', 'json', []],
  ])('%s', (_, text, language, bodies) => {
    expect(payloads(text, language).map(({ body }) => body)).toEqual(bodies);
    expect(payloads(text, language).map(({ obstacle }) => obstacle)).toEqual(bodies.map(() => null));
  });

  const http = `@host = http://localhost:8080

POST {{host}}/v1/metadata
X-Hasura-Admin-Secret: {{secret}}

${JSON.stringify(deletion('a'))}

### the same
POST http://localhost:8080/v1/query

${JSON.stringify({ ...deletion('a'), type: 'delete_remote_relationship' })}

###
POST http://localhost:8080/v2/query

{"type": "run_sql", "args": {"source": "shop", "sql": "select 1"}}

### of somebody else
POST http://localhost:9000/objects

{"type": "thing"}
`;

  it('bodies of a .http file, with where they are sent', () => {
    expect(payloads(http, 'http').map(({ type, api }) => [type, api])).toEqual([
      ['pg_delete_remote_relationship', 'metadata'],
      ['delete_remote_relationship', 'legacy-query'],
      ['run_sql', 'query'],
    ]);
  });

  it('only the one around an offset is given when there is one', () => {
    expect(payloads(http, 'http', http.indexOf('select 1')).map(({ type }) => type)).toEqual(['run_sql']);
    expect(payloads(http, 'http', http.indexOf('### the same'))).toEqual([]);
  });

  it('each has the errors that are in it', () => {
    const found = payloads(JSON.stringify([creation('$id'), creation('$nr')]));
    expect(found.map(({ errors }) => errors.length)).toEqual([0, 1]);
    expect(found[1]?.errors.join()).toContain('nr');
  });

  it.each<[string, SyntaxLanguage, string, RegExp]>([
    [
      'a variable',
      'http',
      'POST http://h/v1/metadata\n\n{"type": "bulk", "args": [{{first}}]}\n',
      /\{\{variable\}\}/,
    ],
    [
      'a variable in a text',
      'http',
      'POST http://h/v1/metadata\n\n{"type": "reload_remote_schema", "args": {"name": "{{name}}"}}\n',
      /\{\{variable\}\}/,
    ],
    [
      'a variable as a key',
      'http',
      'POST http://h/v1/metadata\n\n{"type": "bulk", "args": [{"{{key}}": 1}]}\n',
      /\{\{variable\}\}/,
    ],
    [
      'an include',
      'yaml',
      'type: bulk\nargs:\n  - !include a.yaml\n  - type: clear_metadata\n    args: {}\n',
      /include/,
    ],
    ['a broken end', 'json', `${JSON.stringify(bulk).slice(0, -1)}`, /syntax/],
    ['something behind it', 'json', `${JSON.stringify(bulk)} x`, /syntax/],
    ['no text as its type', 'http', 'POST http://h/v1/metadata\n\n{"type": 1, "args": {}}\n', /"type"/],
  ])('with %s it says why it can’t be sent', (_, language, text, obstacle) => {
    expect(payloads(text, language)).toMatchObject([
      { body: null, obstacle: expect.stringMatching(obstacle) },
    ]);
  });
});

describe('the place of keys below a request', () => {
  const text = JSON.stringify(bulk, null, 2);
  const location = (written: string, begin: string, keys: (string | number)[]) => {
    const found = locateKeys(contextOf(written, surroundings, 'json'), written.indexOf(begin), keys);
    return found && written.slice(found.offset, found.offset + found.length);
  };

  it.each([
    [['args', 1, 'args', 'definition', 'to_remote_schema', 'remote_schema'], '"people"'],
    [['args', 1, 'args', 'remote_schema'], '"people"'],
    [['args', 0, 'args', 'table'], '"customer"'],
    [['args', 0, 'type'], '"pg_delete_remote_relationship"'],
    [['args', 0, 'args', 'table', 'name'], '"customer"'],
  ])('%j is where that value stands, or the nearest above it', (keys, expected) => {
    expect(location(text, '{', keys)).toBe(expected);
  });

  it('a flat definition stands among the arguments', () => {
    const flat = JSON.stringify({
      type: 'pg_create_remote_relationship',
      args: {
        table: 'customer',
        name: 'a',
        remote_schema: 'people',
        hasura_fields: ['id'],
        remote_field: {},
      },
    });
    expect(location(flat, '{"table"', ['definition', 'hasura_fields', 0])).toBe('"id"');
  });
});
