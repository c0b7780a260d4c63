import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { toPeople, toTickets } from './support/definitions.ts';
import { rows } from './support/rows.ts';

describe('overridden-duplicate', () => {
  const remoteSchema = (types: string) =>
    `- name: people\n  definition: { url: u }\n  remote_relationships:\n${types}`;
  rows([
    [
      'a type listed twice',
      remoteSchema(
        `    - type_name: ⟦Person⟧\n      relationships: [{ name: a, ${toTickets()} }]\n    - type_name: Person\n      relationships: [{ name: b, ${toTickets()} }]\n`,
      ),
      {
        code: 'overridden-duplicate',
        severity: 'warning',
        message: /drops this entry, with 1 remote relationship, and takes the last/,
        serverMessage: undefined,
        related: ['Person'],
      },
    ],
    [
      'a name of one type',
      remoteSchema(
        `    - type_name: Person\n      relationships: [{ name: ⟦a⟧, ${toTickets()} }, { name: a, ${toTickets()} }]\n`,
      ),
      { code: 'overridden-duplicate', related: ['a'] },
    ],
    [
      'a table, in another form of its name',
      `version: 3
sources:
  - name: shop
    kind: postgres
    configuration: {}
    tables:
      - table: ⟦{ schema: public, name: customer }⟧
        remote_relationships: [{ name: a, ${toTickets()} }]
      - table: customer
      - table: { schema: sales, name: customer }
`.replaceAll(/⟦|⟧/g, ''),
      { code: 'overridden-duplicate', related: ['customer'] },
    ],
    [
      'a source',
      `version: 3
sources:
  - name: ⟦shop⟧
    tables: []
    configuration: {}
  - name: shop
    tables: []
    configuration: {}
`,
      { code: 'overridden-duplicate', related: ['shop'] },
      { files: {} },
    ],
  ]);

  rows([
    [
      'three of a type, and three of a name',
      remoteSchema(
        `    - type_name: ⟦Person⟧\n    - type_name: ⟦Person⟧\n    - type_name: Person\n      relationships: [{ name: ⟦a⟧, ${toTickets()} }, { name: ⟦a⟧, ${toTickets()} }, { name: a, ${toTickets()} }]\n`,
      ),
      ['Person', 'Person', 'a', 'a'].map((name) => ({ code: 'overridden-duplicate', related: [name] })),
    ],
    [
      'three of a source, with what their tables have',
      `version: 3
sources:
  - name: ⟦shop⟧
    tables: [{ table: a, remote_relationships: [{ name: a, ${toTickets()} }, { name: b, ${toTickets()} }] }, { table: b, remote_relationships: [{ name: a, ${toTickets()} }] }]
    configuration: {}
  - name: ⟦shop⟧
    tables: []
    configuration: {}
  - name: shop
    tables: []
    configuration: {}
`,
      [
        {
          code: 'overridden-duplicate',
          message:
            'Source "shop" is listed again: the server silently drops this entry, with 3 remote relationships, and takes the last.',
          related: ['shop'],
        },
        {
          code: 'overridden-duplicate',
          message: 'Source "shop" is listed again: the server silently drops this entry and takes the last.',
        },
      ],
      { files: {} },
    ],
    [
      'sources and tables of metadata that a request sends',
      `type: replace_metadata
args:
  version: 3
  sources:
    - { name: ⟦shop⟧, configuration: {}, tables: [] }
    - { name: shop, configuration: {}, tables: [{ table: ⟦a⟧ }, { table: { schema: public, name: a } }] }
`,
      [{ code: 'overridden-duplicate', related: ['shop'] }, { code: 'overridden-duplicate' }],
      {
        files: {
          'other.yaml': '- { name: shop, kind: postgres, configuration: {}, tables: [{ table: a }] }\n',
        },
      },
    ],
    [
      'a table of SQL Server, whose schema is another by default',
      '- { name: shop, kind: mssql, configuration: {}, tables: [{ table: ⟦a⟧ }, { table: { schema: dbo, name: a } }, { table: { schema: public, name: a } }] }\n',
      { code: 'overridden-duplicate' },
      { files: {} },
    ],
  ]);

  it('is all that is said of what the server never checks', () => {
    const wrong = (name: string) => toTickets().replace('helpdesk', name);
    const around = { sources: { helpdesk: {} }, files: {} };
    const table = (list: string) => `    - table: customer\n      remote_relationships: [${list}]\n`;
    const head = '- name: shop\n  kind: postgres\n  configuration: {}\n  tables:\n';
    expectFindings(
      `${head}${table(`{ name: a-b, ${wrong('nope')} }, { name: c, ${toPeople} }`)}${table('')}`,
      [{ code: 'overridden-duplicate' }],
      around,
    );
    expectFindings(
      `${head}${table('')}${table(`{ name: a, ${wrong('nope')} }`)}`,
      [{ code: 'overridden-duplicate' }, { code: 'unknown-source' }],
      around,
    );
    expectFindings(
      remoteSchema(
        `    - type_name: Person\n      relationships: [{ name: a, ${wrong('nope')} }]\n    - type_name: Person\n      relationships: [{ name: b, ${wrong('nope')} }, { name: b, ${toTickets()} }]\n`,
      ),
      [{ code: 'overridden-duplicate' }, { code: 'overridden-duplicate' }],
      around,
    );
  });

  it('does not hide what the server can’t read', () => {
    expectFindings(
      remoteSchema(
        `    - type_name: Person\n      relationships: [{ name: a, definition: { } }]\n    - type_name: Person\n      relationships: []\n`,
      ),
      [{ code: 'overridden-duplicate' }, { code: 'definition-form' }],
    );
    const target = (table: string) =>
      `    - type_name: Person\n      relationships: [{ name: a, ${toTickets().replace('table: ticket', `table: ${table}`)} }]\n    - type_name: Person\n      relationships: []\n`;
    expectFindings(remoteSchema(target('5')), [{ code: 'overridden-duplicate' }]);
  });

  it('a table of another file that comes later', () => {
    const other = 'version: 2\ntables: [{ table: customer, remote_relationships: [] }]\n';
    const own = 'version: 2\ntables: [{ table: ⟦customer⟧, remote_relationships: [] }]\n';
    expectFindings(own, [{ code: 'overridden-duplicate' }], { files: { 'other.yaml': other }, first: true });
    expectNothing(own.replaceAll(/⟦|⟧/g, ''), { files: { 'other.yaml': other } });
  });
  it.each([
    [
      'tables of two sources',
      'version: 3\nsources: [{ name: a, configuration: {}, tables: [{ table: x }] }, { name: b, configuration: {}, tables: [{ table: x }] }]\n',
    ],
    [
      'the same type in two remote schemas',
      '- name: a\n  definition: { url: u }\n  remote_relationships: [{ type_name: T }]\n- name: b\n  definition: { url: u }\n  remote_relationships: [{ type_name: T }]\n',
    ],
    [
      'types, names, sources and tables that can’t be read, twice',
      'remote_schemas:\n  - name: a\n    definition: { url: u }\n    remote_relationships: [{ type_name: "!include a.yaml" }, { type_name: "!include a.yaml" }]\nsources: [{ name: a, kind: postgres, configuration: {}, tables: [{ table: "!include t.yaml" }, { table: "!include t.yaml" }] }]\nversion: 3\n',
    ],
    [
      'table entries of a file nothing includes',
      '- { table: customer, remote_relationships: [] }\n- { table: customer, remote_relationships: [] }\n',
    ],
  ])('is not reported: %s', (_, text) => expectNothing(text));
});
