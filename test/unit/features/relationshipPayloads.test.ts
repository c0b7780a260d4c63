import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type PayloadOptions,
  relationshipPayloads,
} from '../../../server/src/features/clientRequests/relationshipPayloads.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf, findingsIn, type Surroundings } from '../support/checkText.ts';

const surroundings: Surroundings = {
  sources: {
    shop: {
      kind: 'mssql',
      tables: [{ table: 'customer', columns: { id: 'int!', email: 'text' } }],
    },
  },
  remoteSchemas: { people: 'type Query { person(id: Int!): Person } type Person { id: Int! }' },
  location: { role: 'table', source: 'shop' },
};

function payloads(
  text: string,
  language: SyntaxLanguage = 'yaml',
  where: Surroundings = surroundings,
  offset?: number,
) {
  const document = TextDocument.create('file:///a', language, 0, text);
  const options: PayloadOptions = {
    offset,
    findings: findingsIn(text, where, language),
    positionAt: (at) => document.positionAt(at),
  };
  return relationshipPayloads(contextOf(text, where, language), options).map((payload) => ({
    ...payload,
    text: document.getText(payload.range),
    nameText: document.getText(payload.nameRange),
    removed:
      payload.removal &&
      TextDocument.applyEdits(
        document,
        payload.removal.map(({ range, newText }) => ({ range, newText })),
      ),
  }));
}

const table = `table: customer
remote_relationships:
  # the profile
  - name: profile
    definition:
      to_remote_schema: &target
        remote_schema: people
        lhs_fields: [id]
        remote_field: {person: {arguments: {id: $id}}}
  - name: copy
    definition:
      to_remote_schema:
        <<: *target
        lhs_fields: [idd]
`;

describe('in metadata', () => {
  it('a relationship is given with its identity, form, definition and places', () => {
    const [profile] = payloads(table);
    expect(profile).toMatchObject({
      name: 'profile',
      identity: { owner: 'table', source: 'shop', table: 'customer', name: 'profile' },
      sourceKind: 'mssql',
      form: 'unified',
      definition: {
        to_remote_schema: {
          remote_schema: 'people',
          lhs_fields: ['id'],
          remote_field: { person: { arguments: { id: '$id' } } },
        },
      },
      errors: [],
      obstacle: null,
      nameText: 'profile',
    });
  });

  it('aliases and merge keys are filled in, and what is written wins', () => {
    expect(payloads(table)[1]?.definition).toEqual({
      to_remote_schema: {
        remote_schema: 'people',
        lhs_fields: ['idd'],
        remote_field: { person: { arguments: { id: '$id' } } },
      },
    });
  });

  it('each has the errors that are in it, not those of its neighbour', () => {
    const [profile, copy] = payloads(table);
    expect(profile?.errors).toEqual([]);
    expect(copy?.errors.join()).toContain('idd');
  });

  describe('what is wrong above relationships is wrong of them', () => {
    const { location: _, ...anywhere } = surroundings;
    const relationship = (name: string) =>
      `{name: ${name}, definition: {to_source: {relationship_type: object, source: shop, table: customer, field_mapping: {id: id}}}}`;
    const remoteSchema = (definition: string, rest = '') => `- name: people
  definition: ${definition}
  remote_relationships:
    - {type_name: Person, relationships: [${relationship('a')}, ${relationship('b')}]}
    - {type_name: Persn, relationships: [${relationship('c')}, ${relationship('d')}]}
${rest}`;
    const tableWith = (rest: string) => `table: customer
remote_relationships: [${relationship('a')}, ${relationship('b')}]
${rest}`;
    const url = '{url: http://localhost}';
    it.each([
      ['a type that is not there', remoteSchema(url), anywhere, ['c', 'd']],
      ['a remote schema without a URL', remoteSchema('{}'), anywhere, ['a', 'b', 'c', 'd']],
      [
        'a permission of a remote schema, which is none of theirs',
        remoteSchema(url, '  permissions: [{role: user}]\n'),
        anywhere,
        ['c', 'd'],
      ],
      ['a key that tables have not', tableWith('no_key: 1\n'), surroundings, ['a', 'b']],
      [
        'two array relationships, which are none of theirs',
        tableWith(
          'array_relationships: [{name: x, using: {foreign_key_constraint_on: x}}, {name: x, using: {foreign_key_constraint_on: x}}]\n',
        ),
        surroundings,
        [],
      ],
    ])('%s', (_title, text, where, wrong) => {
      expect(findingsIn(text, where, 'yaml')).not.toEqual([]);
      const found = payloads(text, 'yaml', where).filter(({ errors }) => errors.length > 0);
      expect(found.map(({ name }) => name)).toEqual(wrong);
    });
  });

  it('only the one around an offset is given when there is one', () => {
    expect(payloads(table, 'yaml', surroundings, table.indexOf('idd')).map(({ name }) => name)).toEqual([
      'copy',
    ]);
    expect(payloads(table, 'yaml', surroundings, 0)).toEqual([]);
  });

  it('the removal takes the item out with its comment', () => {
    const text = `table: customer
remote_relationships:
  - name: a
    definition: {}
  # about b
  - name: b
    definition: {}
`;
    expect(payloads(text)[1]?.removed).toBe(
      'table: customer\nremote_relationships:\n  - name: a\n    definition: {}\n',
    );
  });

  it.each([
    ['no name', 'table: customer\nremote_relationships:\n  - definition: {}\n', 'It has no name.'],
    [
      'no table',
      'remote_relationships:\n  - name: a\n    definition: {}\n',
      'The file does not say which table it belongs to.',
    ],
    [
      'an include in the definition',
      'table: customer\nremote_relationships:\n  - name: a\n    definition: {to_remote_schema: !include x.yaml}\n',
      /!include/,
    ],
    [
      'an alias without an anchor',
      'table: customer\nremote_relationships:\n  - name: a\n    definition: {to_remote_schema: *nowhere}\n',
      /alias/,
    ],
  ])('half written, with %s, it says why it can’t be sent', (_, text, obstacle) => {
    expect(payloads(text)[0]?.obstacle).toEqual(
      typeof obstacle === 'string' ? obstacle : expect.stringMatching(obstacle),
    );
  });

  it('a number that JSON does not know makes the definition unreadable, and nothing throws', () => {
    const text = 'table: customer\nremote_relationships:\n  - name: a\n    definition: {x: .nan}\n';
    expect(payloads(text)[0]?.definition).toBeNull();
  });

  it('a type of a remote schema', () => {
    const text = `- name: people
  definition: {url: http://localhost}
  remote_relationships:
    - type_name: Person
      relationships:
        - name: customer
          definition:
            to_source: {relationship_type: object, source: shop, table: customer, field_mapping: {id: id}}
`;
    const { location: _, ...anywhere } = surroundings;
    expect(payloads(text, 'yaml', anywhere)[0]).toMatchObject({
      identity: { owner: 'remote-schema', remoteSchema: 'people', typeName: 'Person', name: 'customer' },
      sourceKind: null,
      form: 'to-source',
    });
  });
});

describe('in requests', () => {
  const { location: _, ...anywhere } = surroundings;
  const request = (verb: string, extra: object) =>
    JSON.stringify({
      type: `mssql_${verb}_remote_relationship`,
      args: { source: 'shop', table: 'customer', name: 'profile', ...extra },
    });

  it('a flat definition is the object of its three keys', () => {
    const three = {
      remote_schema: 'people',
      hasura_fields: ['id'],
      remote_field: { person: { arguments: { id: '$id' } } },
    };
    expect(payloads(request('create', three), 'json', anywhere)[0]).toMatchObject({
      form: 'legacy',
      definition: three,
      removal: null,
    });
  });

  it('one to delete has no definition', () => {
    expect(payloads(request('delete', {}), 'json', anywhere)[0]).toMatchObject({
      identity: { owner: 'table', source: 'shop', table: 'customer', name: 'profile' },
      form: 'none',
      definition: null,
      obstacle: null,
    });
  });
});
