import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { MarkupContent } from 'vscode-languageserver-types';
import { hover } from '../../../server/src/features/hover/hover.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { completeAt, contextAt, marker, remoteSchemas, request } from './support.ts';

/** A permission with this in place of its SDL. */
const permission = (schema: string, name = 'people') => `- name: ${name}
  definition: { url: "http://people.example" }
  permissions:
    - role: user
      definition:
        schema: ${schema}
  comment: people
`;
const block = (sdl: string, header = '|') =>
  permission(`${header}\n${sdl.replaceAll(/^(?=.)/gm, '          ')}`);
const json = (schema: string) =>
  `[{"name": "people", "definition": {"url": "u"}, "permissions": [{"role": "user", "definition": {"schema": ${schema}}}]}]`;

/** The text between the marker and what surrounds it, after an item is chosen. */
const lineAt = (text: string) =>
  text
    .split('\n')
    .find((line) => line.includes(marker))
    ?.trim();

describe('completion in the SDL of a permission', () => {
  it.each<[string, string, SyntaxLanguage, string, string]>([
    [
      'a field',
      block(`type Query {\n  per${marker}\n}`),
      'yaml',
      'person',
      `person(id: ID!): Person${marker}`,
    ],
    [
      'a field on a line of its own',
      block(`type Query {\n  ${marker}\n}`),
      'yaml',
      'people',
      `people(where: PersonFilter!, limit: Int = 20): [Person!]!${marker}`,
    ],
    [
      'a field that goes on',
      block(`type Query {\n  per${marker}(id: ID!): Person\n}`),
      'yaml',
      'person',
      `person${marker}(id: ID!): Person`,
    ],
    ['a type', block(`type ${marker}`), 'yaml', 'Person', `type Person${marker}`],
    [
      'at the end, the block being cut off',
      block(`type Person {\n  ${marker}`),
      'yaml',
      'name',
      `name: String!${marker}`,
    ],
    ['an argument', block(`type Query {\n  person(${marker}`), 'yaml', 'id', `person(id: ID!${marker}`],
    [
      'with another header',
      block(`type Query {\n  per${marker}\n}`, '|-'),
      'yaml',
      'person',
      `person(id: ID!): Person${marker}`,
    ],
    [
      'double quotes',
      permission(`"type Query { per${marker} }"`),
      'yaml',
      'person',
      `schema: "type Query { person(id: ID!): Person${marker} }"`,
    ],
    [
      'double quotes with escapes',
      permission(`"type Query {\\n  per${marker}\\n}"`),
      'yaml',
      'person',
      `schema: "type Query {\\n  person(id: ID!): Person${marker}\\n}"`,
    ],
    [
      'single quotes',
      permission(`'type Query { per${marker} }'`),
      'yaml',
      'person',
      `schema: 'type Query { person(id: ID!): Person${marker} }'`,
    ],
    [
      'JSON',
      json(`"type Query {\\n  per${marker}\\n}"`),
      'json',
      'person',
      json(`"type Query {\\n  person(id: ID!): Person${marker}\\n}"`),
    ],
  ])('%s', (_, text, language, label, expected) => {
    expect(lineAt(completeAt(text, language, remoteSchemas).choose(label))).toBe(expected);
  });

  it('in a request', () => {
    const text = `type: add_remote_schema_permissions
args:
  remote_schema: people
  role: user
  definition:
    schema: |
      type Person {
        ${marker}
      }
`;
    expect(completeAt(text, 'yaml', request).labels).toEqual(
      expect.arrayContaining(['id', 'name', 'number', 'address']),
    );
  });

  it.each<[string, string, SyntaxLanguage]>([
    ['a word that is typed to its end', block(`type Query {\n  person${marker}\n}`), 'yaml'],
    ['what stands there already', block(`type Address {\n  city: String!\n  ${marker}\n}`), 'yaml'],
    ['a folded text, whose places are not known', block(`type Query {\n  per${marker}\n}`, '>'), 'yaml'],
    [
      'a remote schema that is not known',
      block(`type Query {\n  per${marker}\n}`).replace('name: people', 'name: dark'),
      'yaml',
    ],
    [
      'a remote schema that is not there',
      block(`type Query {\n  per${marker}\n}`).replace('name: people', 'name: none'),
      'yaml',
    ],
  ])('nothing: %s', (_, text, language) => {
    expect(completeAt(text, language, remoteSchemas).labels).toEqual([]);
  });

  it('is that of YAML in a column before the text', () => {
    const cut = (indentation: number) =>
      block('type Person {').replace('  comment: people\n', `${' '.repeat(indentation)}${marker}`);
    expect(completeAt(cut(10), 'yaml', remoteSchemas).labels).toContain('name');
    expect(completeAt(cut(9), 'yaml', remoteSchemas).labels).not.toContain('name');
  });

  it('is that of the permission around it', () => {
    const text = `- name: people
  definition: { url: u }
  permissions:
    - { role: a, definition: { schema: 3 } }
    - { role: b, definition: { schema: "type Address { city: String! }" } }
    - { role: c, definition: { schema: "type Person { ${marker} }" } }
    - { role: d, definition: { schema: "type Query { old: Person }" } }
`;
    expect(completeAt(text, 'yaml', remoteSchemas).labels).toEqual(expect.arrayContaining(['id', 'name']));
    expect(completeAt(text.replace('name: people', 'name: "{{P}}"'), 'yaml', remoteSchemas).labels).toEqual(
      [],
    );
  });

  it('opens no list by itself', () => {
    const text = block(`type Query {\n  person: ${marker}\n}`);
    expect(completeAt(text, 'yaml', remoteSchemas, { trigger: ' ' }).labels).toEqual([]);
    expect(completeAt(text, 'yaml', remoteSchemas).labels).toEqual(['Person']);
  });

  it('tells descriptions, and what is deprecated', () => {
    const { items } = completeAt(block(`type Query {\n  ${marker}\n}`), 'yaml', remoteSchemas);
    expect(items.find(({ label }) => label === 'person')).toMatchObject({
      detail: 'person(id: ID!): Person',
      documentation: { value: 'One person by identifier.' },
    });
    expect(items.find(({ label }) => label === 'old')).toMatchObject({ tags: [1] });
  });

  it('is that of YAML behind it', () => {
    const text = permission(`|\n          type Query { person: Person }\n${marker}`).replace(
      '  comment: people\n',
      '',
    );
    expect(completeAt(text, 'yaml', remoteSchemas).labels).not.toContain('person');
    expect(
      completeAt(permission(`"x"`).replace('comment', `com${marker}`), 'yaml', remoteSchemas).labels,
    ).toContain('comment');
  });
});

describe('hover in the SDL of a permission', () => {
  const hoverAt = (marked: string, language: SyntaxLanguage = 'yaml') => {
    const { context, offset } = contextAt(marked, language, remoteSchemas);
    const document = TextDocument.create('file:///file', language, 1, context.tree.text);
    const found = hover(context, offset, { markdown: true, positionAt: (at) => document.positionAt(at) });
    return {
      text: (found?.contents as MarkupContent | undefined)?.value ?? '',
      covered: found?.range && document.getText(found.range),
    };
  };

  it.each<[string, string, SyntaxLanguage, string, string]>([
    [
      'a field',
      block(`type Query {\n  per${marker}son(id: ID!): Person\n}`),
      'yaml',
      'person',
      'Query.person(id: ID!): Person\n```\n\nOne person by identifier.',
    ],
    ['a type', block(`type Qu${marker}ery {\n  a: Int\n}`), 'yaml', 'Query', 'Everything that can be asked.'],
    [
      'the type of a field',
      block(`type Query {\n  person(id: ID!): Per${marker}son\n}`),
      'yaml',
      'Person',
      'type Person',
    ],
    [
      'an argument',
      block(`type Query {\n  people(lim${marker}it: Int): [Person]\n}`),
      'yaml',
      'limit',
      'limit: Int = 20',
    ],
    [
      'a value of an enum',
      block(`enum AddressKind { HO${marker}ME }`),
      'yaml',
      'HOME',
      'Value `HOME` of enum `AddressKind`',
    ],
    [
      'JSON',
      json(`"type Query {\\n  per${marker}son: Person\\n}"`),
      'json',
      'person',
      'One person by identifier.',
    ],
  ])('%s', (_, text, language, covered, expected) => {
    const found = hoverAt(text, language);
    expect(found.covered).toBe(covered);
    expect(found.text).toContain(expected);
  });

  it.each([
    ['what the remote schema does not have', block(`type Query {\n  per${marker}sn: Person\n}`)],
    ['between words', block(`type Query {\n ${marker} person: Person\n}`)],
    ['a word of SDL', block(`ty${marker}pe Query { a: Int }`)],
  ])('nothing: %s', (_, text) => {
    expect(hoverAt(text).text).toBe('');
  });
});
