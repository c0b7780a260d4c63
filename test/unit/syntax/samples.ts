import fc from 'fast-check';

/** Metadata as people have it, and texts that are hard to read. */
export const yamlSamples = [
  `- table:
    name: users
    schema: public
  object_relationships:
    - name: author # who wrote it
      using:
        foreign_key_constraint_on: author_id
  remote_relationships:
    - name: payments
      definition:
        to_remote_schema:
          remote_schema: "payments"
          lhs_fields: [id, customer_id]
          remote_field:
            customer:
              arguments:
                id: $id
                limit: 10
                deep: {a: 'b', c: [1, null]}
              field:
                payments:
                  arguments: {}

# the second
- table: posts
  select_permissions:
  - role: user
    permission:
      columns: '*'
      filter:
        id:
          _eq: X-Hasura-User-Id
`,
  `version: 3
sources:
  - name: default
    kind: postgres
    tables: "!include default/tables/tables.yaml"
    functions: !include functions.yaml
remote_schemas:
- name: payments
  definition:
    url_template: '{{URL}}'
    customization: {}
  comment: |
    Several
      lines

  permissions:
  - role: it''s
    definition:
      schema: "type Query {\\n a: Int\\n}"
`,
  `# only a comment\n---\na: 1\n---\n- b\n-\n  - c: d\n    e:\n  -   f\n---\nfolded\n  scalar\n`,
  'a:\r\n  - b: 1\r\n    c: "x"\r\n\r\n  # comment\r\n  - d\r\n',
  'a: [\n  1, 2\n]\nb: >-\n  text\n\n  more\nc: "several\n  lines"\n? complex\n: value\nd: plain\n  scalar\n',
  '  indented: 1\n  "quoted key": yes\n  \'other\': 0x1f\n  float: -1.5e3\n',
];

/** Flow collections over several lines. */
export const flowSamples = [
  `{
  version: 3, # as one value
  "sources":
    [{"name": "default", tables: [
      { table: { schema: public, name: users }, 'is_enum': false, comment: "over
          two lines" },
      # the second
      {table: {name: posts, schema: public}, columns: [id, a b, -1, ], empty: , none,
        remote_relationships: [{name: r, definition: {lhs_fields: [id], text: plain
            over lines}}]}
    ]}]
}
`,
  'a: {\r\n  b: [x,\r\n    "y\r\n\r\n      \\u0041"\r\n  ]\r\n}\r\nc:\r\n- [1, # one\r\n  2]\r\n- {d: e}\r\n',
];

/** Lines of what is quoted or in brackets stand left of what they are in. */
export const outdentedSamples = [
  `a:
  - name: "over
two lines"
    list: [
a,
 {b: c
}]
    x: 1
  - y: 'z

  w'
    v: {
  k: "l
m" }
e: f
---
- g:
    "h
  i"
- - ["j",
"k"]
  - l
`,
  `{a: b,
c: [d,
e]}
---
a: 1
`,
];

export const anchoredSample = `base: &base
  schema: public
  list: &list [a, b]
users:
  <<: *base
  name: users
both: { <<: [*base, { x: 1 }], list: *list }
`;

export const jsonSamples = [
  `{
  "resource_version": 1,
  "metadata": {
    "version": 3,
    "sources": [
      {
        "name": "default",
        "tables": [
          { "table": { "schema": "public", "name": "users" }, "columns": ["id", "name"] },
          {
            "table": { "name": "posts" },
            "remote_relationships": [
              { "name": "r", "definition": { "lhs_fields": ["id"], "x": true, "y": null, "z": -1.5 } }
            ]
          }
        ]
      }
    ]
  }
}
`,
  '// comment\n{"a": [1, 2,], /* b */ "b": {"c": {}}, "a": "\\u0041\\n"}\n',
];

export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const yamlInserts = [
  ...['\n', ' ', '  ', '\n  ', '\n- ', '- ', ': ', ':', '"', "'", '#', ' # c', '[', ']', '{', '}', ',', '\t'],
  ...['&a ', '*a', '!t ', '|', '>', '\r\n', '---\n', '\n---\n', '...\n', '?', '? ', '%', '@', 'a', 'key: v'],
  ...['\nkey: v\n', '-', '\r', '\n\n', '<<: ', '1', '~', '\\', '|\n  x', '\uFEFF', '\n    x: 1', 'x', ''],
];
const jsonInserts = [
  ...['"', '{', '}', '[', ']', ',', ':', ' ', '\n', '"k": 1, ', '1', 'x', '//', '/*', '*/', '\\', 'null'],
  ...['{}', '[1]', ', "z": {"y": [1]}', '\uFEFF', 'tr', ''],
];

/** Edits as people and accidents make them; `at` is taken modulo the length of the text. */
export function editsOf(language: 'yaml' | 'json'): fc.Arbitrary<Edit[]> {
  const insert = fc.constantFrom(...(language === 'yaml' ? yamlInserts : jsonInserts));
  const remove = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(30) });
  return fc.array(fc.record({ at: fc.nat(5000), remove, insert }), { minLength: 1, maxLength: 4 });
}

export function applyEdit(text: string, { at, remove, insert }: Edit): string {
  const position = at % (text.length + 1);
  return text.slice(0, position) + insert + text.slice(position + remove);
}

/** The same on every machine; another seed for a longer hunt. */
export function runs(numRuns: number): { seed: number; numRuns: number } {
  const factor = Number(process.env['FUZZ_FACTOR'] ?? 1);
  return { seed: Number(process.env['FUZZ_SEED'] ?? 20261123), numRuns: numRuns * factor };
}
