import { describe, it } from 'vitest';
import { expectFindings, expectNothing, type Surroundings } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

const code = 'unknown-relationship';
const toPeople =
  'definition: { to_remote_schema: { remote_schema: people, lhs_fields: [], remote_field: { me: { arguments: {} } } } }';
const around: Surroundings = {
  remoteSchemas: { people: 'type Query { me: Person } type Person { id: ID }' },
  sources: { default: { tables: [{ table: 'customer', columns: { id: 'int4' } }] } },
  files: {
    'metadata.yaml': `version: 3
sources:
  - name: default
    kind: postgres
    configuration: {}
    tables:
      - table: { schema: public, name: customer }
        object_relationships: [{ name: address }]
        computed_fields: [{ name: full_name, definition: { function: f } }]
        remote_relationships: [{ name: profile, ${toPeople} }]
remote_schemas:
  - name: people
    definition: { url: u }
    remote_relationships:
      - type_name: Person
        relationships: [{ name: self, ${toPeople} }]
`,
  },
};
const twoTables: Surroundings = {
  ...around,
  sources: {
    default: { tables: ['customer', 'invoice'].map((table) => ({ table, columns: { id: 'int4' } })) },
  },
  files: {
    'metadata.yaml': String(around.files?.['metadata.yaml']).replace(
      'remote_schemas:\n',
      `      - table: invoice\n        remote_relationships: [{ name: profile, ${toPeople} }]\nremote_schemas:\n`,
    ),
  },
};
const ofTable = (verb: string, name: string) =>
  `type: pg_${verb}_remote_relationship\nargs: { table: customer, name: ${name}${verb === 'update' ? `, ${toPeople}` : ''} }\n`;
const ofType = (verb: string, type: string, name: string) =>
  `type: ${verb}_remote_schema_remote_relationship\nargs: { remote_schema: people, type_name: ${type}, name: ${name}${verb === 'update' ? `, ${toPeople}` : ''} }\n`;

describe('unknown-relationship', () => {
  rows([
    [
      'the deletion of one of a table',
      ofTable('delete', '⟦profil⟧'),
      {
        code,
        severity: 'warning',
        message: 'The metadata has no remote relationship "profil" here. Did you mean "profile"?',
        fixed: ofTable('delete', 'profile'),
        serverMessage: '"profil" does not exist',
        relationship: 'profil',
      },
      around,
    ],
    ['the change of one of a table', ofTable('update', '⟦profil⟧'), { code }, around],
    [
      'the deletion of one that is unlike all others',
      ofTable('delete', '⟦address_book⟧'),
      { code, message: 'The metadata has no remote relationship "address_book" here.' },
      around,
    ],
    [
      'the deletion of one beside that of the only one that is like it',
      `- ${ofTable('delete', 'profile').replaceAll('\n', '\n  ')}\n- ${ofTable('delete', '⟦profil⟧').replaceAll('\n', '\n  ')}\n`,
      { code, message: 'The metadata has no remote relationship "profil" here.' },
      around,
    ],
    [
      'the deletion of one of a type',
      ofType('delete', 'Person', '⟦other⟧'),
      {
        code,
        message:
          'The metadata has no remote relationship "other" here: if the server has none either, it reports success and does nothing.',
        serverMessage: undefined,
      },
      around,
    ],
    [
      'one beside the creation of another',
      `- ${ofTable('create', 'other').replaceAll('\n', '\n  ').replace(' }', `, ${toPeople} }`)}\n- ${ofTable('delete', '⟦third⟧').replaceAll('\n', '\n  ')}\n`,
      { code },
      around,
    ],
    [
      'one beside the change of it',
      `- ${ofTable('update', '⟦third⟧').replaceAll('\n', '\n  ')}\n- ${ofTable('delete', '⟦third⟧').replaceAll('\n', '\n  ')}\n`,
      [{ code }, { code }],
      around,
    ],
    ['one of a type that has none', ofType('delete', 'Query', '⟦self⟧'), { code }, around],
    [
      'the change of one of a type',
      ofType('update', 'Person', '⟦other⟧'),
      { code, serverMessage: 'no relationship defined on remote schema ""people" with name "other""' },
      around,
    ],
  ]);

  it.each([
    ['one of a table', ofTable('delete', 'profile'), around],
    ['one of a type', ofType('delete', 'Person', 'self'), around],
    [
      'one that is created before',
      `- ${ofTable('create', 'other').replaceAll('\n', '\n  ').replace(' }', `, ${toPeople} }`)}\n- ${ofTable('delete', 'other').replaceAll('\n', '\n  ')}\n`,
      around,
    ],
    [
      'metadata that is not all there',
      ofTable('delete', 'other'),
      {
        ...around,
        complete: false,
        files: {
          'tables.yaml':
            '- table: { schema: public, name: customer }\n  remote_relationships: "!include a.yaml"\n',
        },
      },
    ],
    ['no metadata', ofTable('delete', 'other'), { ...around, files: undefined as never }],
    [
      'metadata that is replaced before',
      `- { type: clear_metadata, args: {} }\n- ${ofTable('delete', 'other').replaceAll('\n', '\n  ')}\n`,
      around,
    ],
  ] as [string, string, Surroundings][])('says nothing of %s', (_, text, surroundings) =>
    expectNothing(text, surroundings),
  );

  it.each([
    ['⟦address⟧', 'name-conflict'],
    ['⟦full_name⟧', 'name-conflict'],
    ['⟦id⟧', 'name-conflicts-with-column'],
  ])('leaves other things of that name to their own rule: %s', (name, rule) =>
    expectFindings(
      ofTable('delete', name),
      [{ code: rule, message: /, not a remote relationship\.$/ }],
      around,
    ),
  );
});

describe('what a document removes or changes before', () => {
  const creation = (name: string, definition = toPeople) =>
    `- type: pg_create_remote_relationship\n  args: { table: customer, name: ${name}, ${definition} }\n`;
  const bulk = (...items: string[]) => `type: bulk\nargs:\n${items.join('').replaceAll(/^(?=.)/gm, '  ')}`;

  it('the name of a dropped relationship is free', () => {
    expectFindings(bulk(creation('⟦address⟧')), [{ code: 'name-conflict' }], around);
    expectNothing(
      bulk(
        '- { type: pg_drop_relationship, args: { table: customer, relationship: address } }\n',
        creation('address'),
      ),
      around,
    );
    expectNothing(
      bulk(
        '- { type: pg_rename_relationship, args: { table: customer, name: address, new_name: place } }\n',
        creation('address'),
      ),
      around,
    );
  });

  const item = (request: string) => `- ${request.trimEnd().replaceAll('\n', '\n  ')}\n`;
  it.each([
    [
      'a change before the creation',
      bulk(item(ofTable('update', '⟦other⟧')), creation('other')),
      /here yet: the item that creates it stands behind this one\.$/,
      '"other" does not exist',
    ],
    [
      'a deletion before the creation of one of a type',
      bulk(
        item(ofType('delete', 'Person', '⟦other⟧')),
        item(ofType('update', 'Person', 'self')).replace(/update(.*\n.*)self/, 'create$1other'),
      ),
      /here yet/,
      undefined,
    ],
    [
      'a second deletion',
      bulk(item(ofTable('delete', 'profile')), item(ofTable('delete', '⟦profile⟧'))),
      /^The remote relationship "profile" is deleted by an item before this one\.$/,
      '"profile" does not exist',
    ],
    [
      'a change behind the deletion, whatever way its table is written',
      bulk(
        item(ofTable('delete', 'profile').replace('customer', '{ schema: public, name: customer }')),
        item(ofTable('update', '⟦profile⟧')),
      ),
      /deleted by an item before/,
      '"profile" does not exist',
    ],
    [
      'a deletion behind those of what was created for it',
      bulk(creation('other'), item(ofTable('delete', 'other')), item(ofTable('delete', '⟦other⟧'))),
      /deleted by an item before/,
      '"other" does not exist',
    ],
  ])('%s finds nothing', (_, text, message, serverMessage) =>
    expectFindings(text, [{ code, severity: 'warning', message, serverMessage }], around),
  );

  it.each([
    [
      'behind its creation',
      bulk(creation('other'), item(ofTable('update', 'other')), item(ofTable('delete', 'other'))),
    ],
    [
      'deleted and created anew',
      bulk(item(ofTable('delete', 'profile')), creation('profile'), item(ofTable('update', 'profile'))),
    ],
    [
      'of another table',
      bulk(
        item(ofTable('delete', 'profile').replace('customer', 'invoice')),
        item(ofTable('update', 'profile')),
      ),
    ],
    [
      'in a bulk that replaces metadata between',
      bulk(
        item(ofTable('delete', 'profile')),
        '- { type: reload_metadata, args: {} }\n',
        item(ofTable('update', 'profile')),
      ),
    ],
    ['in requests that are sent one by one', item(ofTable('update', 'other')) + creation('other')],
    ...[
      ['a bulk within', '- { type: bulk, args: [{ type: clear_metadata, args: {} }] }\n'],
      ['a bulk that is not written', '- { type: bulk, args: "{{a}}" }\n'],
      ['an item that is not written', '- "{{item}}"\n'],
      ['a name that is not written', item(ofTable('delete', '"{{name}}"'))],
      ['a command that is not written', '- { type: "{{command}}", args: {} }\n'],
      ['a command that nobody knows', '- { type: frobnicate, args: {} }\n'],
    ].map(([name, between = '']): [string, string] => [
      `with ${name} between`,
      bulk(item(ofTable('delete', 'profile')), between, item(ofTable('update', 'profile'))),
    ]),
  ])('one is known %s', (_, text) => expectNothing(text, twoTables));

  it('a remote schema that gets another definition has other fields', () => {
    const nope = toPeople.replace('me:', 'nope:');
    expectFindings(
      bulk(creation('one', nope.replace('nope', '⟦nope⟧'))),
      [{ code: 'unknown-remote-field' }],
      around,
    );
    expectNothing(
      bulk(
        '- { type: update_remote_schema, args: { name: people, definition: { url: v } } }\n',
        creation('one', nope),
      ),
      around,
    );
    expectNothing(
      bulk(
        '- { type: remove_remote_schema, args: { name: people } }\n- { type: add_remote_schema, args: { name: people, definition: { url: v } } }\n',
        creation('one', nope),
      ),
      around,
    );
  });

  it('a source that is dropped and added again has other tables', () =>
    expectNothing(
      bulk(
        '- { type: pg_drop_source, args: { name: default } }\n- { type: pg_add_source, args: { name: default, configuration: {} } }\n',
        creation('one').replace('customer', 'invoice'),
      ),
      around,
    ));
});
