import { describe, expect, it } from 'vitest';
import { holdsOnlyEntries, loneEntry } from '../../../server/src/metadata/entryLists.ts';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type {
  DocumentRole,
  MetadataModel,
  ReadingContext,
} from '../../../server/src/metadata/relationship.ts';
import { nameOf } from '../../../server/src/metadata/relationshipName.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { onlyRelationship, readText, readTwins, told } from './support.ts';
import { asItem, legacyKeys, owners, remoteSchema, source, table, toSource } from './texts.ts';

/** What a file is read as where its place says what it is. */

describe('several documents in one file', () => {
  const text = `${asItem(source)}\n---\n${asItem(remoteSchema)}`;
  it('are all read, unless the Hasura CLI reads the file, and only the first (C5)', () => {
    const roles = (context?: ReadingContext) => readText(text, 'yaml', context).model.roles;
    expect(roles()).toEqual(['sources', 'remote-schemas']);
    expect(roles({ firstOnly: false })).toEqual(['sources', 'remote-schemas']);
    expect(roles({ firstOnly: true })).toEqual(['sources', 'none']);
    expect(roles({ firstOnly: true, role: 'sources' })).toEqual(['sources', 'none']);
  });

  it('have the includes of their own sources', () => {
    const one = (name: string) =>
      `- { name: ${name}, kind: postgres, configuration: {}, tables: "!include ${name}.yaml" }`;
    const { includes } = readText(`${one('a')}\n---\n${one('b')}`).model;
    expect(includes.map(({ path }) => path)).toEqual(['a.yaml', 'b.yaml']);
  });
});

it.each<[ReadingContext, readonly DocumentRole[]]>([
  [{ role: 'tables' }, ['tables']],
  [{}, []],
])('an empty file in the place %o', (context, roles) => {
  expect(readText('', 'yaml', context).model.roles).toEqual(roles);
});

describe('scalars at which the Hasura CLI stops (C3)', () => {
  const stopped = 'table: { schema: public, name: t }\nconfiguration: { custom_name: 0o7, more: 089 }';
  const request = '{ type: pg_track_table, args: { source: a, table: t, more: 089 } }';
  it.each([
    ['in a file of metadata', stopped, 'yaml', 1],
    ['in a request, which no CLI reads', request, 'yaml', 0],
    ['in what is not Hasura’s', 'kind: Service\nport: 089', 'yaml', 0],
    ['as a text', stopped.replace('089', '"089"'), 'yaml', 0],
  ] as const)('%s', (_, text, language, count) => {
    const { shapeProblems } = readText(text, language).model;
    expect(shapeProblems.filter(({ kind }) => kind === 'cli-stop')).toHaveLength(count);
  });

  it('are found in a list that is longer than a call can take arguments', () => {
    const tree = parse(`[${'1, '.repeat(200_000)}"a\\/b", "c\\/d"]`, 'json');
    const { shapeProblems } = readModel({ ...tree, language: 'yaml' }, { role: 'inherited-roles' });
    expect(shapeProblems.map(({ kind, node }) => [kind, node.value])).toEqual([
      ['cli-stop', 'a/b'],
      ['cli-stop', 'c/d'],
    ]);
  });

  it('not in JSON, where a backslash before a slash is nothing unusual', () => {
    const text =
      '{"version": 3, "sources": [], "remote_schemas": [{"name": "a\\/b", "definition": {"url": "u"}}]}';
    const kinds = (language: 'json' | 'yaml') =>
      readText(text, language).model.shapeProblems.map(({ kind }) => kind);
    expect(kinds('json')).toEqual([]);
    expect(kinds('yaml')).toContain('cli-stop');
  });
});

describe('names that the Hasura CLI sends as something else (R63)', () => {
  const relationship = (name: string, fields = '[]') =>
    `table: t\nremote_relationships: [{ name: ${name}, definition: { to_remote_schema: { remote_schema: r, lhs_fields: ${fields}, remote_field: { f: { arguments: {} } } } } }]\n`;
  const said = (text: string, context: ReadingContext) =>
    readText(text, 'yaml', context).model.shapeProblems.map(told);
  it.each([
    ['yes', ['cli-scalar | remote_relationships item | yes | silent']],
    ['"yes"', []],
    ['!!str yes', []],
    ['named', []],
  ])('a relationship named %s', (name, problems) => {
    expect(said(relationship(name), { role: 'table' })).toEqual(problems);
  });

  it.each([
    ['[on]', ['cli-scalar | lhs_fields | on | silent']],
    ['[!!str on, id]', []],
  ])('fields %s', (fields, problems) => {
    expect(said(relationship('r', fields), { role: 'table' })).toEqual(problems);
  });

  it('not the name of a source, which the CLI itself reads', () => {
    const sources = '[{ name: yes, kind: pg, configuration: {}, tables: [] }]';
    expect(said(sources, { role: 'sources' })).toEqual([]);
  });

  it('not in a request', () => {
    const request = 'type: pg_delete_remote_relationship\nargs: { table: t, name: yes }\n';
    expect(said(request, { role: 'request' })).toEqual([]);
  });
});

it('says nothing of keys that are written twice in YAML, which its parser refuses', () => {
  const text =
    'table: t\nremote_relationships: [{ name: a, name: b, definition: { to_source: 7, to_source: 7 } }]\n';
  const { model, tree } = readText(text);
  expect(tree.problems.length).toBeGreaterThan(0);
  expect(model.shapeProblems.map(({ kind }) => kind)).not.toContain('duplicate-key');
});

describe('the name of a source that is written as a number', () => {
  const written = '{ name: 2024, kind: postgres, configuration: {}, tables: [] }';
  const nameIn = (model: MetadataModel) => model.sources[0]?.name;
  it.each<[string, string, ReadingContext, object]>([
    ['is its text in databases.yaml (C13)', `[${written}]`, { role: 'sources' }, { value: '2024' }],
    ['is that of a boolean there, too', '[{ name: True, kind: pg }]', { role: 'sources' }, { value: 'True' }],
    [
      'is that of the anchor for an alias',
      '[{ kind: &a 2024, name: *a }]',
      { role: 'sources' },
      { state: 'present', value: '2024' },
    ],
    [
      'is none where nothing is written',
      '[{ name: null, kind: pg }]',
      { role: 'sources' },
      { state: 'malformed' },
    ],
    ['is none in quotes', '[{ name: "", kind: pg }]', { role: 'sources' }, { state: 'malformed' }],
    [
      'is a text over several lines as YAML folds it',
      '- name: my\n    shop\n  kind: pg\n',
      { role: 'sources' },
      { value: 'my shop' },
    ],
    [
      'is none in a document',
      `{ version: 3, sources: [${written}] }`,
      { role: 'metadata' },
      { state: 'malformed' },
    ],
  ])('%s', (_, text, context, name) => {
    expect(nameIn(readText(text, 'yaml', context).model)).toMatchObject(name);
  });

  it('is none in JSON', () => {
    const text = '[{ "name": 2024, "kind": "postgres", "configuration": {}, "tables": [] }]';
    expect(nameIn(readText(text, 'json', { role: 'sources' }).model)).toMatchObject({ state: 'malformed' });
  });
});

describe('a file of tables', () => {
  const tableNames = (model: MetadataModel) =>
    model.tables.map(({ table: name, source: owner }) => [
      owner?.name,
      name.state === 'present' ? name.value.name : name.state,
    ]);
  it.each<[string, string, ReadingContext, unknown[]]>([
    ['one entry', table, { role: 'tables', source: 'shop' }, [['shop', 'customer']]],
    ['one entry, of a source that nobody names', table, { role: 'tables' }, [[undefined, 'customer']]],
    ['a list, of a source that nobody names', asItem(table), { role: 'tables' }, [[undefined, 'customer']]],
    [
      'an entry with a list alone, where one is included',
      'x: []',
      { role: 'table' },
      [[undefined, 'missing']],
    ],
    ['a list below a key', 'x: []', { role: 'tables' }, []],
    ['a list of includes below a key', 'tables: ["!include a.yaml"]', { role: 'tables' }, []],
    [
      'relationships of a table that is not named yet',
      'remote_relationships: []',
      { role: 'tables' },
      [[undefined, 'missing']],
    ],
    ['an include', '"!include other.yaml"', { role: 'tables' }, []],
  ])('%s', (_, text, context, expected) => {
    expect(tableNames(readTwins(text, context))).toEqual(expected);
  });

  it('with the list below a key says that it should be one', () => {
    const { shapeProblems } = readTwins('x: []', { role: 'tables' });
    expect(shapeProblems.map(told)).toEqual([
      'wrong-kind | tables | tables | expected Array, but encountered Object',
    ]);
  });
});

it('of tables that are no objects says so', () => {
  const model = readTwins('[7, { table: t }]', { role: 'tables' });
  expect(model.shapeProblems.map(told)).toEqual([
    'wrong-kind | tables item | - | expected Object, but encountered Number',
  ]);
});

it('the tables of sources are tables of the document', () => {
  const entry = (name: string) =>
    `{ name: ${name}, kind: pg, configuration: {}, tables: [{ table: t }, { table: u }] }`;
  const { sources, tables } = readTwins(`[${entry('a')}, ${entry('b')}]`, { role: 'sources' });
  expect(tables).toHaveLength(4);
  expect(tables).toEqual(sources.flatMap((each) => each.tables));
});

it('an empty file of remote schemas is an entry without its keys', () => {
  const { remoteSchemas, shapeProblems } = readTwins('{}', { role: 'remote-schemas' });
  expect(remoteSchemas).toHaveLength(1);
  expect(shapeProblems.map(told)).toEqual([
    'key-not-found | remote schema | name | key "name" not found',
    'key-not-found | remote schema | definition | key "definition" not found',
  ]);
});

describe('a file of remote schemas', () => {
  it.each<[string, string, string[], string[]]>([
    ['a list', asItem(remoteSchema), ['people'], []],
    ['one entry', remoteSchema, ['people'], []],
    ['one entry without a name yet', 'definition: { url: u }', ['missing'], ['key-not-found']],
    ['a mapping by name', 'people: { url: u }\nforum: { url: u }', [], []],
    [
      'a list below a key',
      `remote_schemas:\n  ${asItem(remoteSchema).replaceAll('\n', '\n  ')}`,
      [],
      ['wrong-kind'],
    ],
    ['permissions of an entry that is not named yet', 'permissions: []', [], []],
    ['an include', '"!include other.yaml"', [], []],
  ])('%s', (_, text, names, problems) => {
    const model = readTwins(text, { role: 'remote-schemas' });
    expect(
      model.remoteSchemas.map(({ name }) => (name.state === 'present' ? name.value : name.state)),
    ).toEqual(names);
    expect(model.shapeProblems.map(({ kind }) => kind)).toEqual(problems);
  });
});

it.each<[string, DocumentRole]>([
  ['[{ role_name: manager, role_set: [user, editor] }]', 'inherited-roles'],
  [
    '{ version: 3, sources: [], inherited_roles: [{ role_name: manager, role_set: [user, editor] }] }',
    'metadata',
  ],
])('inherited roles in %s', (text, role) => {
  expect(readTwins(text, { role }).inheritedRoles).toEqual([{ name: 'manager', roles: ['user', 'editor'] }]);
});

describe('metadata in a wrapper', () => {
  it.each([
    ['is read', '{ resource_version: 1, metadata: { version: 3, sources: [{ name: inner }] } }', ['inner']],
    [
      'is none beside sources',
      '{ version: 3, sources: [{ name: outer }], metadata: { sources: [{ name: inner }] } }',
      ['outer'],
    ],
    ['is none as a text', '{ version: 3, metadata: later, sources: [{ name: outer }] }', ['outer']],
  ])('%s', (_, text, names) => {
    const { sources } = readTwins(text, { role: 'metadata' });
    expect(sources.map(({ name }) => name.state === 'present' && name.value)).toEqual(names);
  });
});

describe('what a table includes', () => {
  const { table: name } = readText('{ table: customer }', 'yaml', { role: 'table' }).model.tables[0] ?? {};
  if (name?.state !== 'present') throw new Error('no table');
  const relationship = `{ name: tickets, definition: { to_source: ${toSource} } }`;
  const definition = `{ to_source: ${toSource} }`;

  it.each<[string, string, ReadingContext, string]>([
    [
      'a relationship of a table',
      relationship,
      { role: 'relationships', source: 'shop', table: name },
      'shop:customer.tickets',
    ],
    [
      'one of a table that nobody names',
      relationship,
      { role: 'relationships', source: 'shop' },
      'shop:?.tickets',
    ],
    [
      'one of a source that nobody names',
      relationship,
      { role: 'relationships', table: name },
      '?:customer.tickets',
    ],
    [
      'a definition',
      definition,
      { role: 'definition', source: 'shop', table: name },
      'shop:customer.unknown',
    ],
    ['a definition of nobody', definition, { role: 'definition' }, '?:?.unknown'],
  ])('%s', (_, text, context, owner) => {
    const model = readTwins(text, context);
    expect(owners(model)).toEqual([owner]);
    expect(model.shapeProblems).toEqual([]);
    const [read] = model.relationships;
    expect(read?.mode).toBe('lenient');
    expect(read?.definition?.kind).toBe('to-source');
    expect(read?.owner.kind === 'table' && read.owner.table.state).toBe(
      context.table === undefined ? 'unknown' : 'present',
    );
    expect(read?.owner.kind === 'table' && read.owner.written).toBe(context.table?.node);
  });

  it('a definition in the old form is one', () => {
    const model = readTwins(`{ ${legacyKeys} }`, { role: 'definition' });
    expect(model.shapeProblems).toEqual([]);
    expect(onlyRelationship(model).definition).toMatchObject({ kind: 'to-remote-schema', form: 'legacy' });
  });

  it('a definition has the name that stands where it is included', () => {
    const named = (context: ReadingContext) =>
      nameOf(onlyRelationship(readTwins(definition, { role: 'definition', ...context })));
    expect(named({ relationship: 'tickets' })).toBe('tickets');
    expect(named({})).toBeUndefined();
  });

  it('problems of a definition are of the relationship with that name, and only those', () => {
    const { shapeProblems } = readText('{ to_source: 7 }\n---\n{ to_source: 8 }', 'yaml', {
      role: 'definition',
      relationship: 'tickets',
    }).model;
    expect(shapeProblems.map(({ relationship }) => relationship)).toEqual(['tickets', 'tickets']);
  });

  it.each([
    ['7', 'wrong-kind | relationships | relationships | expected Array, but encountered Number'],
    ['{ definition: {} }', 'key-not-found | relationships item | name | key "name" not found'],
  ])('says where %s stands for a relationship', (text, problem) => {
    expect(readTwins(text, { role: 'relationships' }).shapeProblems.map(told)).toContain(problem);
  });
});

describe('a file that holds entries and nothing else, so that what it does not list is absent', () => {
  const holds = (text: string, role: DocumentRole | undefined) =>
    holdsOnlyEntries(readText(text, 'yaml').tree, role);
  it.each<[string, DocumentRole | undefined, boolean]>([
    ['[{ name: a }]', 'sources', true],
    ['[{ name: a }, { name: b }]', 'sources', true],
    ['[]', 'sources', true],
    ['["!include a.yaml", { table: a }]', 'tables', true],
    ['"!include a.yaml"', 'tables', true],
    ['table: a', 'tables', true],
    ['table: a', 'table', true],
    ['remote_relationships: [{ name: r }]', 'tables', true],
    ['name: people', 'remote-schemas', true],
    ['definition: { url: u }', 'remote-schemas', true],
    ['- { name: people }\n---\n- { name: forum }', 'remote-schemas', true],
    // Nothing yet, or a word that becomes an entry.
    ['', 'sources', false],
    ['{}', 'tables', false],
    ['sho', 'sources', false],
    ['[sho]', 'sources', false],
    ['[{ name: a }, sho]', 'sources', false],
    ['[{ name: a }, null]', 'sources', false],
    ['[{ name: a }, {}]', 'sources', false],
    ['[{ name: a }, [{ name: b }]]', 'sources', false],
    ['- { name: people }\n---\nforum', 'remote-schemas', false],
    // Entries, but not where the CLI looks for them.
    ['tables: [{ table: a }]', 'tables', false],
    ['remote_schemas: [{ name: people }]', 'remote-schemas', false],
    ['people: { url: u }', 'remote-schemas', false],
    // Of a file of any other kind it is not asked.
    ['', 'metadata', true],
    ['sho', 'metadata', true],
    ['sho', undefined, true],
  ])('%s as %s: %s', (text, role, expected) => {
    expect(holds(text, role)).toBe(expected);
  });
});

describe('the entry in a file that must contain a list (C8)', () => {
  const keyOfLone = (text: string, role: DocumentRole | undefined) => {
    const { tree } = readText(text, 'yaml');
    const lone = loneEntry(tree, role);
    expect(lone?.node).toBe(lone && tree.roots[0]);
    return lone?.key;
  };
  it.each<[string, DocumentRole | undefined, 'name' | 'table' | undefined]>([
    ['table: a', 'tables', 'table'],
    ['{ table: a, remote_relationships: [] }', 'tables', 'table'],
    ['name: people', 'remote-schemas', 'name'],
    // The CLI fails at any mapping there, whatever its keys.
    ['people: { url: u }', 'remote-schemas', 'name'],
    ['permissions: []', 'remote-schemas', 'name'],
    ['comment: []', 'remote-schemas', 'name'],
    ['{ remote_schemas: [], more: [] }', 'remote-schemas', 'name'],
    ['{}', 'remote-schemas', 'name'],
    // Said of the list below the key.
    ['remote_schemas: [{ name: people }]', 'remote-schemas', undefined],
    ['tables: [{ table: a }]', 'tables', undefined],
    ['remote_relationships: []', 'tables', undefined],
    ['name: people', 'tables', undefined],
    ['[{ table: a }]', 'tables', undefined],
    ['[{ name: people }]', 'remote-schemas', undefined],
    ['[[]]', 'remote-schemas', undefined],
    ['"!include other.yaml"', 'remote-schemas', undefined],
    ['!include { name: people }', 'remote-schemas', 'name'],
    ['people', 'remote-schemas', undefined],
    ['', 'remote-schemas', undefined],
    // Included files may hold one entry, and others hold no such entries.
    ['table: a', 'table', undefined],
    ['{ table: a, name: b }', 'sources', undefined],
    ['{ table: a, name: b }', undefined, undefined],
  ])('%s as %s', (text, role, key) => {
    expect(keyOfLone(text, role)).toBe(key);
  });
});
