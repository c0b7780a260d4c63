import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

const code = 'remote-schema-definition';
const definition = (text: string) =>
  `- name: people\n  definition:\n    ${text.replaceAll('\n', '\n    ')}\n`;
const customized = (text: string) => definition(`url: u\ncustomization:\n  ${text.replaceAll('\n', '\n  ')}`);

describe('remote-schema-definition', () => {
  rows([
    [
      'no URL',
      '- name: people\n  ⟦definition⟧: { timeout_seconds: 5 }\n  remote_relationships: [{ type_name: A, relationships: [] }]\n',
      {
        code,
        severity: 'error',
        message: 'A remote schema needs "url" or "url_from_env".',
        serverMessage: "Inconsistent object: both `url` and `url_from_env` can't be empty",
      },
    ],
    [
      'two URLs',
      definition('url: u\n⟦url_from_env⟧: U'),
      {
        code,
        message: 'A remote schema has "url" or "url_from_env", not both.',
        serverMessage: "Inconsistent object: both `url` and `url_from_env` can't be present",
      },
    ],
    [
      'two URLs in a request',
      'type: add_remote_schema\nargs: { name: people, definition: { url: u, ⟦url_from_env⟧: U } }\n',
      { code, serverMessage: "both `url` and `url_from_env` can't be present" },
    ],
    [
      'a header without a value',
      definition('url: u\nheaders: [{ ⟦name⟧: a }]'),
      {
        code,
        message: 'A header needs "value" or "value_from_env".',
        serverMessage: 'expecting value or value_from_env keys',
      },
    ],
    [
      'a header with two values',
      definition('url: u\nheaders: [{ name: a, value: b, ⟦value_from_env⟧: B }]'),
      {
        code,
        message: 'A header has "value" or "value_from_env", not both.',
        serverMessage: 'expecting only one of value or value_from_env keys',
      },
    ],
    [
      'a namespace that is no name',
      customized('root_fields_namespace: ⟦a-b⟧'),
      { code, serverMessage: 'a-b is not valid GraphQL name' },
    ],
    [
      'a prefix that is no name',
      customized('type_names: { prefix: ⟦1a⟧ }'),
      {
        code,
        message: /^"1a" is not a valid GraphQL name: /,
        serverMessage: '1a is not valid GraphQL name',
      },
    ],
    [
      'names of a mapping',
      customized('type_names: { mapping: { ⟦a-b⟧: A, B: ⟦c d⟧ } }'),
      [
        { code, serverMessage: 'a-b is not valid GraphQL name' },
        { code, serverMessage: 'c d is not valid GraphQL name' },
      ],
    ],
    [
      'a parent type that is no name',
      customized('field_names: [{ parent_type: ⟦a b⟧ }]'),
      { code, serverMessage: 'a b is not valid GraphQL name' },
    ],
  ]);

  it.each([
    ['a URL', definition('url: u')],
    ['a URL beside null', definition('url: u\nurl_from_env: null')],
    [
      'everything there is',
      definition(
        'url_from_env: U\ntimeout_seconds: 5\nheaders: [{ name: a, value: b }, { name: c, value_from_env: C }]\nforward_client_headers: true\ncustomization: { root_fields_namespace: a, type_names: { prefix: A_, suffix: _B, mapping: { C: D } }, field_names: [{ parent_type: Query, prefix: a_, mapping: { b: c } }] }',
      ),
    ],
    [
      'nulls',
      definition(
        'url: u\ntimeout_seconds: null\nheaders: null\ncustomization: { root_fields_namespace: null, type_names: null, field_names: null }',
      ),
    ],
    [
      'a key that the server does not read',
      `${definition('url: u\nmore: 1')}  remote_relationships: [{ type_name: A, relationships: [] }]\n`,
    ],
  ])('says nothing of %s', (_, text) => expectNothing(text));
});

describe('kinds of values in a remote schema', () => {
  const wrong = (text: string, key: string, words: string) =>
    it(`${key}: ${words}`, () =>
      expectFindings(text, [{ code: 'wrong-kind', message: `"${key}" must be ${words}.` }]));
  wrong(definition('url: u\ntimeout_seconds: "⟦60⟧"'), 'timeout_seconds', 'a number, not a string');
  wrong(definition('url: u\nheaders: ⟦{ a: b }⟧'), 'headers', 'a list, not an object');
  it('a header: an object, not a number', () =>
    expectFindings(definition('url: u\nheaders: [⟦5⟧]'), [
      { code: 'wrong-kind', message: /must be an object, not a number\.$/ },
    ]));
  wrong(definition('url: u\ncustomization: ⟦5⟧'), 'customization', 'an object, not a number');
  wrong(
    definition('url: u\nforward_client_headers: "⟦yes⟧"'),
    'forward_client_headers',
    'a boolean, not a string',
  );
  wrong(definition('url: ⟦[u]⟧\nurl_from_env: null'), 'url', 'a string, not a list');
  wrong('- name: people\n  definition: { url: u }\n  comment: ⟦5⟧\n', 'comment', 'a string, not a number');
  wrong(
    '- name: people\n  definition: { url: u }\n  permissions: ⟦{ a: b }⟧\n',
    'permissions',
    'a list, not an object',
  );

  it.each([
    [
      'no definition',
      '- ⟦name⟧: people\n  remote_relationships: [{ type_name: A, relationships: [] }]\n',
      '"definition" is missing in this remote schema.',
    ],
    [
      'no parent_type',
      customized('field_names: [{ ⟦mapping⟧: { a: b } }]'),
      '"parent_type" is missing in this field_names item.',
    ],
    [
      'no role',
      '- name: people\n  definition: { url: u }\n  permissions: [{ ⟦definition⟧: { schema: "type Query { a: Int }" } }]\n',
      '"role" is missing in this permissions item.',
    ],
    [
      'no SDL',
      '- name: people\n  definition: { url: u }\n  permissions: [{ role: user, ⟦definition⟧: {} }]\n',
      '"schema" is missing in "definition".',
    ],
  ])('%s', (_, text, message) => expectFindings(text, [{ code: 'missing-key', message }]));
});
