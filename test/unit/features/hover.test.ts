import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { MarkupContent } from 'vscode-languageserver-types';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { definition } from '../../../server/src/features/navigation/definition.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import type { Surroundings } from '../support/checkText.ts';
import { contextAt, people, remoteSchemas, request, surroundings } from './support.ts';

function hoverAt(marked: string, language: SyntaxLanguage = 'yaml', where: Surroundings = surroundings) {
  const { context, offset } = contextAt(marked, language, where);
  const document = TextDocument.create('file:///file', language, 1, context.tree.text);
  const found = hover(context, offset, { markdown: true, positionAt: (at) => document.positionAt(at) });
  const contents = found?.contents as MarkupContent | undefined;
  return {
    text: contents?.value,
    covered: found?.range === undefined ? undefined : document.getText(found.range),
  };
}

const profile = `table: customer
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id, active, full_name]
        remote_field:
          person:
            arguments:
              id: $person_id
            field:
              friends:
                arguments:
                  first: 3
`;
const tickets = `table: customer
remote_relationships:
  - name: tickets
    definition:
      to_source:
        relationship_type: array
        source: helpdesk
        table: ticket
        field_mapping:
          id: customer_id
`;

const ofType = (type: string) => `- name: people
  remote_relationships:
    - type_name: ${type}
      relationships:
        - name: tickets
          definition:
            to_source:
              relationship_type: object
              source: helpdesk
              table: ticket
              field_mapping:
                number: customer_id
`;

/** The text with the cursor inside the first place `word` stands at. */
function at(text: string, word: string): string {
  const index = text.indexOf(word);
  return `${text.slice(0, index + 1)}▮${text.slice(index + 1)}`;
}

describe('hover', () => {
  it.each([
    [
      'relationship to a table',
      tickets,
      'tickets',
      'tickets',
      [
        'table `customer` of source `default` → table `ticket` of source `helpdesk` (any number of rows)',
        '`id` (`integer, not null`) = `customer_id` (`integer, not null`)',
      ],
    ],
    [
      'relationship to a remote schema',
      profile,
      'profile',
      'profile',
      [
        '`person → friends`: `[Person!]!` of remote schema `people`',
        '`person_id` (`uuid, nullable`) → `person(id: ID!)`',
      ],
    ],
    [
      'column',
      profile,
      'person_id',
      'person_id',
      ['Column `person_id` of `customer`: `uuid, nullable`', 'From `schema/tables.json`'],
    ],
    [
      'computed field',
      profile,
      'full_name',
      'full_name',
      ['Computed field `full_name` of `customer`: `text`'],
    ],
    [
      'target column',
      tickets,
      'customer_id',
      'customer_id',
      ['Column `customer_id` of `ticket`: `integer, not null`'],
    ],
    [
      'remote field',
      profile,
      'person:',
      'person',
      ['Query.person(id: ID!): Person', 'One person by identifier.'],
    ],
    ['nested remote field', profile, 'friends', 'friends', ['Person.friends(first: Int): [Person!]!']],
    ['argument', profile, 'first', 'first', ['first: Int']],
    [
      'variable',
      profile,
      '$person_id',
      '$person_id',
      ['Value of `person_id`: `uuid, nullable`', 'Argument `id` expects `ID!`.'],
    ],
    ['literal', profile, ' 3'.trim(), '3', ['Argument `first` expects `Int`.']],
    ['remote schema', profile, 'people', 'people', ['Remote schema `people`', '7 query fields.']],
    ['source', tickets, 'helpdesk', 'helpdesk', ['Source `helpdesk` (postgres)', '1 table is known.']],
    [
      'table',
      tickets,
      'ticket\n',
      'ticket',
      ['Table `ticket` of source `helpdesk`', '- `nr` text, not null'],
    ],
    ['relationship type', tickets, 'array', 'array', ['any number of rows']],
    ['key of a definition', tickets, 'field_mapping', 'field_mapping', ['`field_mapping`: The join']],
    ['key of a table', tickets, 'remote_relationships', 'remote_relationships', ['`remote_relationships`: ']],
    ['key of a remote field', profile, 'arguments', 'arguments', ['`arguments`: ']],
  ] as const)('on a %s', (_, text, word, covered, parts) => {
    const found = hoverAt(at(text, word));
    for (const part of parts) expect(found.text).toContain(part);
    expect(found.covered).toBe(covered);
  });

  it.each([
    ['Person', 'number', 'Field `number` of `Person`: `Int!`'],
    ['Person', 'tickets', 'type `Person` of `people` → table `ticket` of source `helpdesk`'],
    ['Persn', 'tickets', 'a type of `people` → table `ticket` of source `helpdesk`'],
  ])('on a relationship of the type %s: %s', (type, word, part) => {
    expect(hoverAt(at(ofType(type), word), 'yaml', remoteSchemas).text).toContain(part);
  });

  it('on a relationship shows what it publishes, as far as that is known', () => {
    expect(hoverAt(at(profile, 'profile')).text).toContain(
      'In the schema of Hasura:\n\n```graphql\nextend type customer {\n  profile: [Person!]!\n}\n```',
    );
    expect(hoverAt(at(profile.replace('people', 'dark'), 'profile')).text).not.toContain('In the schema');
  });

  it('works in JSON', () => {
    const text =
      '{"type": "pg_create_remote_relationship", "args": {"table": "customer", "name": "x", "definition": {"to_remote_schema": {"remote_schema": "people", "lhs_fields": ["id"], "remote_field": {"old": {"arguments": {}}}}}}}';
    expect(hoverAt(at(text, '"old"'), 'json', request).text).toContain('**Deprecated:** Use person.');
    expect(hoverAt(at(text, '"type"'), 'json', request).text).toContain('The command');
    expect(hoverAt(at(text, '"pg_create'), 'json', request).text).toBe(
      'Command `pg_create_remote_relationship`: creates or replaces a remote relationship of a table.',
    );
  });

  it('says what does not exist, and what is not known', () => {
    expect(hoverAt(at(profile.replace('person:', 'persn:'), 'persn')).text).toContain('does not exist');
    expect(hoverAt(at(profile.replace('people', 'dark'), 'person:')).text).toContain('is not known');
  });

  it('shows links, images and HTML of descriptions as text', () => {
    const sdl = 'type Query { "<img src=x> ![a](http://x) [b](command:c) `code`" f: Int }';
    const text = profile.replace('person:', 'f:');
    const found = hoverAt(at(text, 'f:\n            arg'), 'yaml', {
      ...surroundings,
      remoteSchemas: { people: sdl },
    });
    expect(found.text).toContain('\\<img src=x\\> \\!\\[a\\](http\\://x) \\[b\\](command:c) `code`');
  });

  it.each([
    ['a blank line', `${tickets}▮\n`],
    ['a comment', `${tickets}# tick▮et\n`],
    ['a file that is not of Hasura', 'na▮me: x\n'],
  ])('has nothing to say on %s', (_, text) => {
    const { location: _place, ...anywhere } = surroundings;
    expect(hoverAt(text, 'yaml', anywhere).text).toBeUndefined();
  });
});

describe('definition', () => {
  const files = {
    'tables/ticket.yaml':
      '- name: helpdesk\n  kind: postgres\n  configuration: {}\n  tables:\n    - table: ticket\n      is_enum: false\n',
    'remote_schemas.yaml': '- name: people\n  definition: { url: http://x }\n',
  };
  const where: Surroundings = { ...surroundings, files };

  function definitionAt(marked: string) {
    const { context, offset } = contextAt(marked, 'yaml', where);
    const texts: Readonly<Record<string, string>> = { ...files, 'schema/people.graphql': people };
    return definition(context, offset).map(({ target, ...origin }) => {
      const file = target.uri.replace('file:///project/metadata/', '');
      return [
        context.tree.text.slice(origin.offset, origin.offset + origin.length),
        file,
        texts[file]?.slice(target.offset, target.offset + target.length),
      ];
    });
  }

  it.each([
    ['remote field', at(profile, 'person:'), ['person', 'schema/people.graphql', 'person']],
    [
      'included file',
      '- name: default\n  kind: postgres\n  configuration: {}\n  tables: "!include my d▮b/../tables.yaml"\n',
      ['my db/../tables.yaml', 'tables.yaml', undefined],
    ],
    [
      'included file whose name no URI holds',
      '- name: default\n  kind: postgres\n  configuration: {}\n  tables: "!include a\ud83d▮.yaml"\n',
      ['a\ud83d.yaml', 'a%EF%BF%BD.yaml', undefined],
    ],
    ['argument', at(profile, 'first'), ['first', 'schema/people.graphql', 'first']],
    ['remote schema', at(profile, 'people'), ['people', 'remote_schemas.yaml', 'people']],
    ['source', at(tickets, 'helpdesk'), ['helpdesk', 'tables/ticket.yaml', 'helpdesk']],
    ['table', at(tickets, 'ticket\n'), ['ticket', 'tables/ticket.yaml', 'ticket']],
    ['target column', at(tickets, 'customer_id'), ['customer_id', 'schema/tables.json', undefined]],
    ['variable', at(profile, '$person_id'), ['$person_id', 'schema/tables.json', undefined]],
  ])('of a %s', (_, text, expected) => {
    expect(definitionAt(text)).toEqual([expected]);
  });

  it('is empty where nothing is named', () => {
    expect(definitionAt(at(tickets, 'array'))).toEqual([]);
    expect(definitionAt(at(profile.replace('person:', 'persn:'), 'persn'))).toEqual([]);
  });
});
