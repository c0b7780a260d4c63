import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { completeAt, marker, remoteSchemas, request, surroundings } from './support.ts';

const block = `table:
  schema: public
  name: customer
is_enum: false
remote_relationships:
  # A comment.
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields:
          - person_id
          - email
        remote_field:
          person:
            arguments:
              id: $person_id
            field:
              address:
                arguments: {}

  - name: matches
    definition:
      remote_schema: people
      hasura_fields: [email, id]
      remote_field:
        people:
          arguments:
            where:
              name: { like: $email, equals: "$email" }
              and:
                - name:
                    like: $email
            limit: 10
  - name: tickets
    definition:
      to_source:
        relationship_type: array
        source: helpdesk
        table:
          schema: public
          name: ticket
        field_mapping:
          id: customer_id
`;

const flow = `table: { schema: public, name: customer }
remote_relationships:
- { name: profile, definition: { to_remote_schema: { remote_schema: people, lhs_fields: [person_id],
    remote_field: { person: { arguments: { id: $person_id } } } } } }
- name: tickets
  definition: { to_source: { relationship_type: array, source: helpdesk,
    table: ticket, field_mapping: { id: customer_id } } }
`;

const json = `{
  "type": "bulk",
  "args": [
    {
      "type": "pg_create_remote_relationship",
      "args": {
        "source": "default",
        "table": "customer",
        "name": "profile",
        "definition": {
          "to_remote_schema": {
            "remote_schema": "people",
            "lhs_fields": ["person_id", "email"],
            "remote_field": {
              "people": { "arguments": { "where": { "name": { "like": "$email" }, "and": [{ "ids": ["$person_id"] }] } } }
            }
          }
        }
      }
    },
    { "type": "create_remote_schema_remote_relationship",
      "args": { "remote_schema": "people", "type_name": "Person", "name": "tickets",
        "definition": { "to_source": { "relationship_type": "array", "source": "helpdesk",
          "table": { "schema": "public", "name": "ticket" }, "field_mapping": { "number": "customer_id" } } } } }
  ]
}
`;

const schemas = `- name: people
  definition:
    url: https://people.example/graphql
  remote_relationships:
    - type_name: Person
      relationships:
        - name: posts
          definition:
            to_remote_schema:
              remote_schema: forum
              lhs_fields: [id]
              remote_field:
                posts:
                  arguments:
                    author: $id
`;

const documents: readonly [string, SyntaxLanguage, string, typeof surroundings][] = [
  ['block YAML', 'yaml', block, surroundings],
  [
    'block YAML of 4 blanks, lists not indented',
    'yaml',
    stringify(parse(block), { indent: 4, indentSeq: false }),
    surroundings,
  ],
  ['block YAML with CRLF', 'yaml', block.replaceAll('\n', '\r\n'), surroundings],
  ['flow YAML', 'yaml', flow, surroundings],
  ['JSON', 'json', json, request],
  ['compact JSON', 'json', JSON.stringify(JSON.parse(json)), request],
  ['remote schemas', 'yaml', schemas, remoteSchemas],
];

describe('at every offset of a sound document', { timeout: 60_000 }, () => {
  it.each(documents)('%s: whatever is chosen leaves a text that parses', (_, language, text, where) => {
    let locations = 0;
    for (let offset = 0; offset <= text.length; offset++) {
      if (text[offset - 1] === '\r') continue;
      const completed = completeAt(text.slice(0, offset) + marker + text.slice(offset), language, where);
      if (completed.labels.length > 0) locations++;
      for (const label of new Set(completed.labels)) {
        expect(
          () => completed.choose(label),
          `${label} at ${JSON.stringify(text.slice(offset - 30, offset))}`,
        ).not.toThrow();
      }
    }
    expect(locations).toBeGreaterThan(60);
  });
});

describe('at the end of a document cut off anywhere', { timeout: 60_000 }, () => {
  it.each(documents.filter(([name]) => !/CRLF|4 blanks|compact/.test(name)))(
    '%s: whatever is chosen leaves a text that parses',
    (_, language, text, where) => {
      let locations = 0;
      for (let offset = 0; offset <= text.length; offset++) {
        const completed = completeAt(text.slice(0, offset) + marker, language, where);
        if (completed.labels.length > 0) locations++;
        for (const label of new Set(completed.labels)) {
          const shown = `${label} behind ${JSON.stringify(text.slice(Math.max(0, offset - 60), offset))}`;
          expect(() => completed.choose(label), shown).not.toThrow();
        }
      }
      expect(locations).toBeGreaterThan(60);
    },
  );
});

describe('after erasing what was written', { timeout: 60_000 }, () => {
  const words = (text: string) => [...text.matchAll(/[$\w]*[a-z]\w*/g)];
  const offered =
    /^(?:to_remote_schema|to_source|remote_schema|lhs_fields|remote_field|arguments|field|person_id|email|person|people|address|where|like|and|helpdesk|customer_id|array|field_mapping|relationship_type|\$\w+)$/;

  it.each(documents.filter(([name]) => !name.includes('CRLF')))(
    '%s: the same word is offered again, and restores the text',
    (_, language, text, where) => {
      let restored = 0;
      for (const match of words(text)) {
        const word = match[0];
        const { index } = match;
        if (!offered.test(word) || text.slice(text.lastIndexOf('\n', index) + 1, index).includes('#'))
          continue;
        for (const kept of [word.length - 1, 2, 0]) {
          const typed = text.slice(0, index) + word.slice(0, kept) + marker + text.slice(index + word.length);
          const completed = completeAt(typed, language, where);
          if (!completed.labels.includes(word)) continue;
          const result = completed.choose(word).replace(marker, '');
          const isColumn = /\$|_id|email/.test(word);
          if (!isColumn) expect(result.replaceAll(/[\s,]/g, ''), typed).toBe(text.replaceAll(/[\s,]/g, ''));
          restored++;
        }
      }
      expect(restored).toBeGreaterThan(15);
    },
  );
});
