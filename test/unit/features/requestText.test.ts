import { describe, expect, it } from 'vitest';
import { requestText } from '../../../server/src/features/clientRequests/requestText.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';
import { remoteSchemas, request, surroundings } from './support.ts';

function textAt(
  text: string,
  at: string,
  where: Surroundings = surroundings,
  language: SyntaxLanguage = 'yaml',
  form: 'json' | 'curl' = 'json',
) {
  return requestText(contextOf(text, where, language), text.indexOf(at), form);
}

const table = `table: { schema: public, name: customer }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema: # theirs
        remote_schema: people
        lhs_fields: [person_id]
        remote_field: { person: { arguments: { id: $person_id, name: "O'Hara $HOME" } } }
  - name: old
    definition:
      remote_schema: people
      hasura_fields: []
      remote_field: { people: { arguments: {} } }
`;

describe('a relationship or request as text to be sent', () => {
  it('a relationship, as the request that creates it', () => {
    expect(textAt(table, 'theirs')).toEqual({
      text: `{
  "type": "pg_create_remote_relationship",
  "args": {
    "source": "default",
    "table": {
      "schema": "public",
      "name": "customer"
    },
    "name": "profile",
    "definition": {
      "to_remote_schema": {
        "remote_schema": "people",
        "lhs_fields": [
          "person_id"
        ],
        "remote_field": {
          "person": {
            "arguments": {
              "id": "$person_id",
              "name": "O'Hara $HOME"
            }
          }
        }
      }
    }
  }
}
`,
    });
  });

  it('as a command of a shell, which can’t end the quotes around it', () => {
    const answer = textAt(table, 'theirs', surroundings, 'yaml', 'curl');
    const command = answer && 'text' in answer ? answer.text : '';
    expect(command.split('\n').slice(0, 4)).toEqual([
      'curl "$HASURA_GRAPHQL_ENDPOINT/v1/metadata" \\',
      '  --header "Content-Type: application/json" \\',
      '  --header "X-Hasura-Admin-Secret: $HASURA_GRAPHQL_ADMIN_SECRET" \\',
      "  --data '{",
    ]);
    expect(command).toContain(String.raw`"name": "O'\''Hara $HOME"`);
    expect(command.endsWith("}'\n")).toBe(true);
  });

  it('a legacy one, with its keys among the arguments', () => {
    expect(textAt(table, 'old')).toEqual({ text: expect.stringContaining('"hasura_fields": []') });
  });

  it('a request as it is, to where it says', () => {
    const text =
      'POST http://localhost/v2/query\n\n{"type": "mssql_run_sql", "args": {"sql": "select \'a\'"}}\n';
    const answer = textAt(text, 'args', request, 'http', 'curl');
    expect(answer).toEqual({ text: expect.stringContaining('"$HASURA_GRAPHQL_ENDPOINT/v2/query"') });
    expect(answer).toEqual({ text: expect.stringContaining(String.raw`"select '\''a'\''"`) });
  });

  it.each([
    ['run_sql', '/v2/query'],
    ['mssql_run_sql', '/v2/query'],
    ['create_remote_relationship', '/v1/query'],
    ['pg_create_remote_relationship', '/v1/metadata'],
    ['reload_metadata', '/v1/metadata'],
  ])('%s to %s where nothing says where', (type, path) => {
    for (const body of [
      { type, args: { sql: 'a' } },
      { type: 'bulk', args: [{ type, args: { sql: 'a' } }] },
    ]) {
      const answer = textAt(JSON.stringify(body), 'args', request, 'json', 'curl');
      expect(answer).toEqual({ text: expect.stringContaining(`"$HASURA_GRAPHQL_ENDPOINT${path}"`) });
    }
  });

  it('with what steers a terminal as escapes that mean the same', () => {
    const comment = '\u009b31m\u202e\u200b\u{e0041}';
    const body = { type: 'run_sql', args: { sql: comment } };
    for (const form of ['json', 'curl'] as const) {
      const answer = textAt(JSON.stringify(body), 'args', request, 'json', form);
      const written = answer && 'text' in answer ? answer.text : '';
      expect(written).toContain(String.raw`\u009b31m\u202e\u200b\udb40\udc41`);
      expect(/[^\n -~]/.test(written)).toBe(false);
      if (form === 'json') expect(JSON.parse(written)).toEqual(body);
    }
  });

  it('not with a placeholder in it', () => {
    const text = JSON.stringify({ type: 'run_sql', args: { sql: '{{SQL}}' } });
    expect(textAt(text, 'args', request, 'json')).toEqual({
      obstacle: 'Parts of it can’t be read here: an !include, a placeholder, or an alias without an anchor.',
    });
  });

  it.each<[string, string, string, Surroundings, unknown]>([
    ['nothing where nothing stands', 'table:', table, surroundings, undefined],
    [
      'why not, of one without a name',
      'people',
      table.replace('name: profile', 'nam: profile'),
      surroundings,
      { obstacle: 'It has no name.' },
    ],
    [
      'why not, of a remote schema’s relationship in the legacy form',
      'forum',
      '- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: posts\n          definition:\n            remote_schema: forum\n            hasura_fields: [id]\n            remote_field: {posts: {arguments: {author: $id}}}\n',
      remoteSchemas,
      { obstacle: 'Requests for relationships of remote schemas take no definition in the legacy form.' },
    ],
  ])('%s', (_, at, text, where, expected) => expect(textAt(text, at, where)).toEqual(expected));
});
