import { describe, expect, it } from 'vitest';
import { permissionAt } from '../../../server/src/join/permissionAt.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { covered } from '../metadata/support.ts';
import { contextOf } from '../support/checkText.ts';

const sdl = 'type Query { person(id: ID!): Person } type Person { id: ID! name: String }';

/** The word around `§` and what can stand there; `undefined` where that is no SDL of a permission. */
function at(
  marked: string,
  language: SyntaxLanguage = 'yaml',
  remoteSchemas: Readonly<Record<string, string | null>> = { people: sdl },
): readonly [string, readonly string[]] | undefined {
  const offset = marked.indexOf('§');
  const context = contextOf(marked.replace('§', ''), { remoteSchemas, location: {} }, language);
  const target = permissionAt(context, offset);
  return target && [covered(context.tree, target.word), target.options.map(({ name }) => name)];
}

const entry = (schema: string, name = 'people') => `- name: ${name}
  definition: { url: u }
  permissions:
    - role: user
      definition:
        schema: ${schema}
`;
const block = (lines: string) => entry(`|\n${lines}`);
const words = ['type', 'interface', 'union', 'enum', 'input', 'scalar', 'schema'];
const roots = ['person'];
const fields = ['id', 'name'];

describe('the SDL of a permission', () => {
  it.each<[string, string, readonly [string, readonly string[]] | undefined]>([
    ['in quotes', entry('"type Query { per§son }"'), ['person', roots]],
    ['in quotes, behind an escape', entry('"type Query {\\n  per§son }"'), ['person', roots]],
    ['at its first word', entry('type Person { § }'), ['', fields]],
    ['before its first letter', entry('§type Person { id }'), ['type', words]],
    ['before its quote', entry('§"type Person { id }"'), undefined],
    [
      'in lines',
      block('          type Person {\n            na§me: String\n          }\n'),
      ['name', fields],
    ],
    [
      'in a line that is still empty',
      block('          type Person {\n            §\n          }\n'),
      ['', fields],
    ],
    [
      'in folded lines, where places can’t be told',
      entry('>\n          type Person {\n            na§me: String }\n'),
      undefined,
    ],
    ['behind its last line', block('          type Person {\n          §'), ['', fields]],
    ['further in, behind its last line', block('          type Person {\n            §'), ['', fields]],
    ['some lines behind its last one', block('          type Person {\n\n          §'), ['', fields]],
    ['further out, behind its last line', block('          type Person {\n        §'), undefined],
    ['behind its last line, at a word', block('          type Person {\n        co§'), undefined],
    ['behind what is no block', `${entry('type Person { id')}          §`, undefined],
    ['behind quotes', `${entry('"type Person {\n            id }"')}            §`, undefined],
    ['behind plain lines', `${entry('type Person {\n            id }')}            §`, undefined],
    ['before it', entry('"type Person {"').replace('role', 'ro§le'), undefined],
    ['at another permission', `${entry('"type Query {"')}    - role: us§er\n`, undefined],
    ['of a remote schema that nobody names', entry('"type Query { per§son }"', '7'), undefined],
    ['of a remote schema that is not known', entry('"type Query { per§son }"', 'forum'), undefined],
    ['that is no text', entry('7§'), undefined],
    ['in a comment', block('          type Person {\n            # na§me\n          }\n'), undefined],
  ])('%s', (_, marked, expected) => {
    expect(at(marked)).toEqual(expected);
  });

  it('in the second of two permissions, of the second of two remote schemas', () => {
    const two = `${entry('"type Query { a }"', 'forum')}${entry('"type Query {"')}    - role: editor
      definition: { schema: "type Person { na§me }" }
`;
    expect(at(two)).toEqual(['name', fields]);
  });

  it('in a request above the permissions of the metadata', () => {
    const above = `type: add_remote_schema_permissions
args: { remote_schema: people, role: user, definition: { schema: "type Person { na§me }" } }
---
remote_schemas:
  ${entry('"type Query {"').trimEnd().replaceAll('\n', '\n  ')}
`;
    expect(at(above)).toEqual(['name', fields]);
  });

  it.each([
    ['add_remote_schema_permissions', ['name', fields]],
    ['pg_track_table', undefined],
  ])('in the request %s', (type, expected) => {
    const request = `{"type": "${type}", "args": {"remote_schema": "people", "role": "user", "definition": {"schema": "type Person { na§me }"}}}`;
    expect(at(request, 'json')).toEqual(expected);
  });

  it('of a remote schema whose own schema is not known is not looked into', () => {
    expect(at(entry('"type Query { per§son }"'), 'yaml', { people: null })).toBeUndefined();
  });
});
