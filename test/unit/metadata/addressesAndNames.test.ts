import { describe, expect, it } from 'vitest';
import { unknownCommandText } from '../../../server/src/metadata/commands.ts';
import { nameOf } from '../../../server/src/metadata/relationshipName.ts';
import { remoteSchemaAddress } from '../../../server/src/metadata/remoteSchemaAddress.ts';
import { onlyRelationship, readText } from './support.ts';

describe('the address of a remote schema', () => {
  it.each<[string, object | undefined]>([
    ['{ url: u }', { url: { text: 'u' }, headers: [] }],
    ['{ url_from_env: U }', { url: { variable: 'U' }, headers: [] }],
    [
      '{ url: u, headers: [{ name: a, value: b }, { name: c, value_from_env: D }] }',
      {
        url: { text: 'u' },
        headers: [
          ['a', { text: 'b' }],
          ['c', { variable: 'D' }],
        ],
      },
    ],
    [
      '{ url: u, headers: [{ name: a, value: b }, { name: a, value: c }] }',
      { url: { text: 'u' }, headers: [['a', { text: 'c' }]] },
    ],
    ['{ url: u, url_from_env: U }', undefined],
    ['{ url: 7 }', undefined],
    ['{}', undefined],
    ['null', undefined],
    ['{ url: u, headers: [{ value: b }] }', undefined],
    ['{ url: u, headers: [{ name: a }] }', undefined],
    ['{ url: u, headers: [{ name: a, value: b, value_from_env: B }] }', undefined],
    ['{ url: u, headers: ["!include h.yaml"] }', undefined],
  ])('%s', (definition, address) => {
    const { model } = readText(`[{ name: a, definition: ${definition} }]`, 'yaml', {
      role: 'remote-schemas',
    });
    const [entry] = model.remoteSchemas;
    expect(entry && remoteSchemaAddress(entry.node)).toEqual(address);
  });

  it('is not known without a definition', () => {
    const { model } = readText('[{ name: a }]', 'yaml', { role: 'remote-schemas' });
    const [entry] = model.remoteSchemas;
    expect(entry && remoteSchemaAddress(entry.node)).toBeUndefined();
  });
});

it.each([
  ['name: r', 'r'],
  ['name: 7', undefined],
  ['name: "!include n"', undefined],
  ['more: r', undefined],
])('the name of a relationship with %s', (keys, name) => {
  const { model } = readText(`table: t\nremote_relationships: [{ ${keys}, definition: { to_source: {} } }]`);
  expect(nameOf(onlyRelationship(model))).toBe(name);
});

it.each([
  ['make_coffee', 'unknown metadata command "coffee" for backend make'],
  ['pg_make_coffee', 'unknown metadata command "make_coffee" for backend postgres'],
  ['coffee', 'unknown metadata command "coffee"; "coffee" was not recognized as a valid backend name'],
  ['_coffee', 'unknown metadata command "_coffee"; "" was not recognized as a valid backend name'],
  [
    'my-db_coffee',
    'unknown metadata command "my-db_coffee"; "my-db" was not recognized as a valid backend name',
  ],
])('what the server says of the command %s', (type, text) => {
  expect(unknownCommandText(type)).toBe(text);
});
