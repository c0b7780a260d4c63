import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { inlayHints } from '../../../server/src/features/annotations/inlayHints.ts';
import { semanticTokens } from '../../../server/src/features/annotations/semanticTokens.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';
import { remoteSchemas, request, surroundings } from './support.ts';

const everything = (text: string) => ({ offset: 0, length: text.length });

/** `type name` of each token. */
function tokensIn(text: string, language: SyntaxLanguage = 'yaml', where: Surroundings = surroundings) {
  return semanticTokens(contextOf(text, where, language)).map(
    ({ offset, length, type, deprecated }) =>
      `${type} ${text.slice(offset, offset + length)}${deprecated ? ' deprecated' : ''}`,
  );
}

/** `⟨type⟩` in its place. */
function hinted(text: string, language: SyntaxLanguage = 'yaml', where: Surroundings = surroundings) {
  const hints = inlayHints(contextOf(text, where, language), everything(text));
  return hints
    .toReversed()
    .reduce((all, { offset, label }) => `${all.slice(0, offset)}⟨${label}⟩${all.slice(offset)}`, text);
}

const table = `table: { schema: public, name: customer }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id, 'email']
        remote_field:
          people:
            arguments:
              where: { name: { like: $email }, ids: [$person_id, "b"] }
  - name: old
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field:
          person:
            arguments: { id: $person_id }
            field: { friends: { arguments: { first: 3 } } }
  - name: tickets
    definition:
      to_source:
        relationship_type: array
        source: helpdesk
        table: ticket
        field_mapping:
          id: customer_id
`;

describe('semantic tokens', () => {
  const expected = [
    'class customer',
    ...['variable person_id', 'variable email', 'property people', 'parameter where', 'parameter name'],
    ...['parameter like', 'variable $email', 'parameter ids', 'variable $person_id'],
    ...['variable person_id', 'property person', 'parameter id', 'variable $person_id'],
    ...['property friends', 'parameter first'],
    ...['class ticket', 'variable id', 'variable customer_id'],
  ];

  it('are columns, remote fields, arguments and tables', () => {
    expect(tokensIn(table)).toEqual(expected);
  });

  it('are the same in JSON', () => {
    expect(tokensIn(JSON.stringify(parseYaml(table), undefined, 1), 'json')).toEqual(expected);
  });

  it('are the same in the requests of a file', () => {
    const body = JSON.stringify({
      type: 'pg_create_remote_relationship',
      args: {
        source: 'default',
        table: 'customer',
        name: 'tickets',
        definition: {
          to_source: {
            relationship_type: 'array',
            source: 'helpdesk',
            table: { schema: 'public', name: 'ticket' },
            field_mapping: { id: 'customer_id' },
          },
        },
      },
    });
    expect(tokensIn(`POST http://localhost/v1/metadata\n\n${body}\n`, 'http', request)).toEqual([
      ...['class customer', 'class ticket', 'variable id', 'variable customer_id'],
    ]);
  });

  it('say what is deprecated', () => {
    const text = table.replace('people:\n', 'old:\n');
    expect(tokensIn(text)).toContain('property old deprecated');
  });

  it('need no schema', () => {
    expect(tokensIn(table.replaceAll('remote_schema: people', 'remote_schema: nowhere'))).toEqual(expected);
  });

  it('are there while the definition has two forms, and once for what an anchor shares', () => {
    const two = table.replace(
      '      to_source:',
      '      to_remote_schema: { remote_schema: people, lhs_fields: [id] }\n      to_source:',
    );
    expect(tokensIn(two)).toEqual([...expected.slice(0, -3), 'variable id', ...expected.slice(-3)]);
    const shared = table
      .replace('    definition:', '    definition: &shared')
      .concat('  - name: copy\n    definition: *shared\n');
    expect(tokensIn(shared)).toEqual(expected);
  });

  it('leave out aliases, and what spans lines', () => {
    const text = `table: &t customer
remote_relationships:
  - name: tickets
    definition:
      to_source: { relationship_type: array, source: helpdesk, table: *t, field_mapping: { id: "customer_
        id" } }
`;
    expect(tokensIn(text)).toEqual(['class customer', 'variable id']);
  });

  it.each([
    '',
    'table:',
    'table: customer\nremote_relationships:\n  - name: x\n    definition:\n      to_source:',
  ])('are none of %j but what is written', (text) => {
    expect(tokensIn(text).filter((token) => !token.startsWith('class'))).toEqual([]);
  });
});

describe('inlay hints', () => {
  it('are the types of columns, of the joined field and of the other side', () => {
    const text = hinted(table);
    const lines = text.split('\n').filter((line) => line.includes('⟨'));
    expect(lines.map((line) => line.trim())).toEqual([
      'people:⟨[Person!]!⟩',
      'where: { name: { like: $email⟨text⟩ }, ids: [$person_id⟨uuid⟩, "b"] }',
      'arguments: { id: $person_id⟨uuid⟩ }',
      'field: { friends:⟨[Person!]!⟩ { arguments: { first: 3 } } }',
      'id: customer_id⟨integer⟩',
    ]);
  });

  it('stand behind quotes and colons of JSON', () => {
    const text = hinted(JSON.stringify(parseYaml(table)), 'json');
    expect(text).toContain('"people":⟨[Person!]!⟩{');
    expect(text).toContain('"like":"$email"⟨text⟩}');
    expect(text).toContain('"id":"customer_id"⟨integer⟩}');
  });

  it('are the types of fields of remote schemas', () => {
    const text = `- name: people
  remote_relationships:
    - type_name: Person
      relationships:
        - name: posts
          definition:
            to_remote_schema:
              remote_schema: forum
              lhs_fields: [id]
              remote_field: { posts: { arguments: { author: $id } } }
`;
    expect(hinted(text, 'yaml', remoteSchemas)).toContain(
      'remote_field: { posts:⟨[Post]⟩ { arguments: { author: $id⟨ID!⟩ } } }',
    );
  });

  it('are those of the part that is asked for', () => {
    const at = table.indexOf('arguments: { id');
    const hints = inlayHints(contextOf(table, surroundings), { offset: at, length: 30 });
    expect(hints.map(({ label }) => label)).toEqual(['uuid']);
  });

  it.each([
    [
      'a schema that is not known',
      table.replaceAll('remote_schema: people', 'remote_schema: dark'),
      /people:\n/,
    ],
    ['a column that is not there', table.replaceAll('$email', '$nothing'), /like: \$nothing \}/],
    ['a table that is not known', table.replace('table: ticket', 'table: nowhere'), /customer_id\n/],
    ['a field that is not there', table.replace('people:\n', 'peeple:\n'), /peeple:\n/],
  ])('are none of %s', (_, text, expected) => {
    expect(hinted(text)).toMatch(expected);
  });

  it('are none where an anchor means several', () => {
    const text = `- table: customer
  remote_relationships:
    - name: a
      definition: &shared
        to_remote_schema:
          remote_schema: people
          lhs_fields: [id]
          remote_field: { person: { arguments: { id: $id } } }
- table: { schema: sales, name: invoice }
  remote_relationships: [{ name: b, definition: *shared }]
`;
    const where = { ...surroundings, location: { role: 'tables', source: 'default' } } as const;
    expect(hinted(text, 'yaml', where)).toContain('person:⟨Person⟩ { arguments: { id: $id⟨integer⟩');
    const other = text.replace('name: invoice', 'name: customer2');
    const differing: Surroundings = {
      ...where,
      sources: {
        default: {
          tables: [
            { table: { schema: 'public', name: 'customer' }, columns: { id: 'integer!' } },
            { table: { schema: 'sales', name: 'customer2' }, columns: { id: 'uuid!' } },
          ],
        },
      },
    };
    expect(hinted(other, 'yaml', differing)).toContain('person:⟨Person⟩ { arguments: { id: $id } }');
  });
});
