import { describe, expect, it } from 'vitest';
import { completeAt, request, surroundings } from './support.ts';

const head = `table:
  schema: public
  name: customer
remote_relationships:
  - name: it
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields:
          - id
        remote_field:
`;

/** Where the text ends at the cursor, and where the file goes on behind it. */
const tails = ['', '\n', '\n  - name: next\n    definition:\n      to_source:\n        source: helpdesk\n'];

describe('half-written YAML', () => {
  const cases: readonly [string, string, string, string][] = [
    ['no colon yet', 'per▮', 'person', 'person:\n            arguments:\n              id: ▮$id'],
    ['one letter', 'p▮', 'person', 'person:\n            arguments:\n              id: ▮$id'],
    ['inside a word', 'per▮son', 'person', 'person:\n            arguments:\n              id: ▮$id'],
    ['the colon is there', 'per▮:', 'person', 'person▮:'],
    ['an open double quote', '"per▮', 'person', '"person":\n            arguments:\n              id: ▮$id'],
    ['an open single quote', "'per▮", 'person', "'person':\n            arguments:\n              id: ▮$id"],
    ['a closed quote', '"per▮"', 'person', '"person":\n            arguments:\n              id: ▮$id'],
    [
      'no value behind the colon',
      'person:\n            arguments:\n              id:▮',
      '$id',
      'person:\n            arguments:\n              id: $id▮',
    ],
    [
      'a quoted variable',
      'person:\n            arguments:\n              id: "$▮"',
      '$id',
      'person:\n            arguments:\n              id: "$id"▮',
    ],
    [
      'an open quoted variable',
      'person:\n            arguments:\n              id: "$▮',
      '$id',
      'person:\n            arguments:\n              id: "$id"▮',
    ],
    ['an open brace', 'person: { arguments: { id: ▮', '$id', 'person: { arguments: { id: $id▮}}'],
    ['an open brace with a key', 'person: { arguments: { i▮', 'id', 'person: { arguments: { id: ▮$id}}'],
    ['a brace closed once', 'person: { arguments: { id: $▮ }', '$id', 'person: { arguments: { id: $id }}▮'],
    ['a comma behind', 'person: { arguments: { id: $▮, } }', '$id', 'person: { arguments: { id: $id▮, } }'],
    [
      'blanks behind',
      'person:\n            arguments:\n              id: ▮  ',
      '$id',
      'person:\n            arguments:\n              id: $id▮  ',
    ],
    [
      'a comment behind',
      'person:\n            arguments:\n              id: ▮ # x',
      '$id',
      'person:\n            arguments:\n              id: $id▮ # x',
    ],
  ];
  const rows = cases.flatMap(([name, before, label, after]) =>
    tails.flatMap((tail, at) =>
      ['\n', '\r\n'].map((newline): [string, string, string, string] => {
        const lines = (text: string) => text.replaceAll('\n', newline);
        return [
          `${name}, ${['at the end of the file', 'before the last newline', 'before another item'][at]}${newline === '\n' ? '' : ', CRLF'}`,
          lines(`${head}          ${before}${tail}`),
          label,
          lines(`${head}          ${after}${tail}`),
        ];
      }),
    ),
  );

  it.each(rows.filter(([name]) => !name.startsWith('a brace closed once')))(
    '%s',
    (_, before, label, after) => {
      expect(completeAt(before).choose(label)).toBe(after);
    },
  );

  it('reads a blank line by its indentation', () => {
    const labels = (line: string) => completeAt(`${head}${line}▮\n`).labels;
    expect(labels('          ')[0]).toBe('person');
    expect(labels('            ')[0]).toBe('person');
    expect(labels('        ')).toEqual([]);
    expect(labels('    ')).toEqual([]);
    expect(labels('  ')).toEqual([
      'name',
      'definition',
      'relationship to a remote schema',
      'relationship to a table',
    ]);
    expect(labels('')).toContain('is_enum');
  });

  it('moves a line that is begun at a column nothing stands at', () => {
    const completed = completeAt(`${head}          person:\n            arguments: {}\n             ▮\n`);
    expect(completed.choose('field')).toBe(
      `${head}          person:\n            arguments: {}\n            field:\n              ▮\n`,
    );
  });

  it('opens a list item for a name below lhs_fields', () => {
    const text = head.replace(
      '          - id\n        remote_field:\n',
      '          - id\n          ▮\n        remote_field:\n',
    );
    expect(completeAt(text).choose('email')).toBe(text.replace('▮', '- email▮'));
    const directly = head.replace(
      '          - id\n        remote_field:\n',
      '          - id\n          -▮\n        remote_field:\n',
    );
    expect(completeAt(directly).choose('email')).toBe(directly.replace('-▮', '- email▮'));
  });

  it('lists what the arguments use first, also of columns nobody knows', () => {
    const text = head.replace('          - id\n', '          - ▮\n');
    const uses = '          personByEmail:\n            arguments:\n              email: $email\n';
    expect(completeAt(text + uses).labels.slice(0, 2)).toEqual(['email', 'id']);
    const unknown = { ...surroundings, sources: { default: {} } };
    expect(completeAt(text + uses, 'yaml', unknown).labels).toEqual(['email']);
  });

  it('adds no fields for arguments that stand there already', () => {
    const text = `${head}          ▮:\n            arguments:\n              id: 1\n`;
    expect(completeAt(text).choose('personByEmail')).toBe(text.replace('▮', 'personByEmail▮'));
  });

  it('keeps lists that are not indented', () => {
    const text =
      'table: customer\nremote_relationships:\n- name: a\n  definition:\n    to_remote_schema:\n      lhs_fields:\n      - id\n      - ▮\n';
    expect(completeAt(text).choose('email')).toBe(text.replace('▮', 'email▮'));
  });

  it.each([
    [
      'block list',
      '        lhs_fields:\n          - id\n',
      '        lhs_fields:\n          - id\n          - email\n',
    ],
    [
      'block list with a comment',
      '        lhs_fields:\n          - id # the key\n',
      '        lhs_fields:\n          - id # the key\n          - email\n',
    ],
    ['quoted list', '        lhs_fields: ["id"]\n', '        lhs_fields: ["id", "email"]\n'],
    ['flow list', '        lhs_fields: [id]\n', '        lhs_fields: [id, email]\n'],
    ['empty list', '        lhs_fields: []\n', '        lhs_fields: [email]\n'],
    ['empty item', '        lhs_fields:\n          -\n', '        lhs_fields:\n          - email\n'],
    [
      'flow list on several lines',
      '        lhs_fields: [\n          id\n        ]\n',
      '        lhs_fields: [\n          id,\n          email\n        ]\n',
    ],
    ['no value', '        lhs_fields:\n', '        lhs_fields: [email]\n'],
    ['no key', '', '        lhs_fields: [email]\n'],
  ])('lists a field: %s', (_, before, after) => {
    const text = (list: string, value: string) =>
      head.replace('        lhs_fields:\n          - id\n', list) +
      `          personByEmail:\n            arguments:\n              email: ${value}\n`;
    for (const newline of ['\n', '\r\n']) {
      const lines = (written: string) => written.replaceAll('\n', newline);
      expect(completeAt(lines(text(before, '▮'))).choose('$email')).toBe(lines(text(after, '$email▮')));
    }
  });

  it('lists no field in what stands elsewhere', () => {
    const text = `base: &fields [id]\n${head.replace('lhs_fields:\n          - id\n', 'lhs_fields: *fields\n')}`;
    const { labels } = completeAt(
      `${text}          personByEmail:\n            arguments:\n              email: ▮\n`,
    );
    expect(labels).toContain('$id');
    expect(labels).not.toContain('$email');
  });
});

describe('half-written JSON', () => {
  const text = (definition: string) =>
    `{\n  "type": "pg_create_remote_relationship",\n  "args": {\n    "table": "customer",\n    "name": "it",\n    "definition": {\n      "to_remote_schema": {\n        "remote_schema": "people",\n${definition}\n      }\n    }\n  }\n}\n`;

  it.each([
    ['no quotes', '        lhs▮', 'lhs_fields', '        "lhs_fields": [▮]'],
    ['an open quote', '        "lhs▮', 'lhs_fields', '        "lhs_fields": [▮]'],
    [
      'a comma is missing behind',
      '        "lhs▮\n        "remote_field": {}',
      'lhs_fields',
      '        "lhs_fields": [▮],\n        "remote_field": {}',
    ],
    [
      'a comma is missing before',
      '        "remote_field": {}\n        "lhs▮"',
      'lhs_fields',
      '        "remote_field": {},\n        "lhs_fields": [▮]',
    ],
    [
      'an item before another',
      '        "lhs_fields": ["em▮ "id"]',
      'email',
      '        "lhs_fields": ["email"▮, "id"]',
    ],
    [
      'no value',
      '        "lhs_fields": ["id"],\n        "remote_field": {"person": {"arguments": {"id": ▮}}}',
      '$id',
      '        "lhs_fields": ["id"],\n        "remote_field": {"person": {"arguments": {"id": "$id"▮}}}',
    ],
    [
      'no colon',
      '        "lhs_fields": ["id"],\n        "remote_field": {"person": {"arguments": {"id" "$▮"}}}',
      '$id',
      '        "lhs_fields": ["id"],\n        "remote_field": {"person": {"arguments": {"id": "$id"▮}}}',
    ],
    ['a colon is there', '        "lhs▮": ["id"]', 'lhs_fields', '        "lhs_fields"▮: ["id"]'],
    [
      'a comment before',
      '        // what to join\n        "lhs▮"',
      'lhs_fields',
      '        // what to join\n        "lhs_fields": [▮]',
    ],
  ])('%s', (_, before, label, after) => {
    const result = completeAt(text(before), 'json', request).choose(label);
    expect(result.replaceAll('": "', '":"').replaceAll('" : ', '": ')).toBe(
      text(after).replaceAll('": "', '":"'),
    );
  });

  it.each([
    ['an empty list', '[]', '["email"]'],
    ['an empty name', '[""]', '["email"]'],
    ['one line', '["id"]', '["id", "email"]'],
    ['several lines', '[\n          "id"\n        ]', '[\n          "id",\n          "email"\n        ]'],
  ])('lists a field in %s', (_, before, after) => {
    const whole = (list: string, value: string) =>
      text(
        `        "lhs_fields": ${list},\n        "remote_field": {"personByEmail": {"arguments": {"email": ${value}}}}`,
      );
    for (const newline of ['\n', '\r\n']) {
      const lines = (written: string) => written.replaceAll('\n', newline);
      const completed = completeAt(lines(whole(before, '▮')), 'json', request);
      expect(completed.choose('$email')).toBe(lines(whole(after, '"$email"▮')));
    }
  });

  it('closes what the end of the file leaves open', () => {
    const before = '{"type": "pg_delete_remote_relationship", "args": {"source": "▮';
    expect(completeAt(before, 'json', request).choose('helpdesk')).toBe(
      '{"type": "pg_delete_remote_relationship", "args": {"source": "helpdesk"▮}}',
    );
  });

  it('writes nested objects on lines of their own where the file does', () => {
    expect(completeAt(text('        ▮'), 'json', request).choose('remote_field')).toBe(
      text('        "remote_field": {\n          ▮\n        }'),
    );
  });
});

describe('nothing is offered', () => {
  it.each([
    ['in a comment', `${head}          # per▮\n`],
    ['in a comment behind a value', 'table: customer # cust▮\n'],
    ['in a block scalar', 'table: customer\nconfiguration:\n  comment: |\n    tab▮\n'],
    ['in running text', 'table: customer\nconfiguration:\n  comment: a ta▮ble\n'],
    [
      'for the value of an enum but variables',
      `${head}          person:\n            arguments: {}\n            field:\n              address:\n                arguments:\n                  kind: H▮\n`,
    ],
    ['beside a remote field', `${head}          person:\n            arguments: {}\n          ▮\n`],
    ['below a union', `${head}          search:\n            arguments: {}\n            fi▮\n`],
    ['below an unknown remote field', `${head}          persn:\n            arguments:\n              ▮\n`],
    ['in a remote schema nobody knows', `${head}          ▮\n`.replace('people', 'dark')],
    ['between a key and its block', 'table: customer\nremote_relationships: ▮\n  - name: a\n'],
    ['between the quotes of another value', '{"table": ▮"customer"}'],
  ])('%s', (_, text) => {
    const { labels } = completeAt(text, text.startsWith('{') ? 'json' : 'yaml');
    expect(labels.filter((label) => !label.startsWith('$'))).toEqual([]);
  });

  it('in files that are not of Hasura', () => {
    const { location: _, ...nowhere } = surroundings;
    expect(completeAt('jobs:\n  build:\n    ▮', 'yaml', nowhere).labels).toEqual([]);
    expect(completeAt('{"name": "x", "type": "▮"}', 'json', nowhere).labels).toEqual([]);
  });
});
