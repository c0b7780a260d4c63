import { describe, expect, it } from 'vitest';
import { foundInRelationships, lockText, readLock } from '../../../server/src/changes/lock.ts';
import { ReliedUpon } from '../../../server/src/changes/reliedUpon.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

async function lockOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path]);
  const path = folder.file(customerTable);
  const context = workspace.context(path);
  if (context === undefined) return '';
  const document = { context, findings: workspace.findings(path).findings, project: folder.path };
  const state = { documents: [document], catalogueFor: () => undefined };
  return lockText(ReliedUpon.of(context.joins), foundInRelationships(state));
}

const expected = `# What the remote relationships of this project rely on, written by "remote-relationships lock".

version: 3
remoteSchemas:
  people: |
    type Person

    type Query {
      person(id: ID!): Person
    }
sources:
  default:
    - schema: public
      name: customer
      columns:
        - { name: person_id, type: uuid }
relationships:
  table "public.customer" of source "default":
    profile: []
`;

describe('a lock', () => {
  it('has what relationships rely on and nothing else, in order', async () => {
    expect(await lockOf(smallProject)).toBe(expected);
    const sdl = 'type Query { other: Int person(limit: Int = 1, id: ID!): Person } type Person { id: ID! }';
    expect(await lockOf({ ...smallProject, 'schema/people.graphql': sdl })).toBe(expected);
  });

  it('has another query root, and the values of enums that are used', async () => {
    const sdl =
      'schema { query: Root } type Root { person(id: ID!, state: State): Person } enum State { NEW OLD } union Person = A type A { id: ID }';
    const table = smallProject[customerTable]?.replace('$person_id }', '$person_id, state: OLD }') ?? '';
    const text = await lockOf({ ...smallProject, [customerTable]: table, 'schema/people.graphql': sdl });
    expect(text).toContain('    schema {\n      query: Root\n    }\n');
    expect(text).toContain('    enum State {\n      OLD\n    }\n');
    expect(text).toContain('    union Person\n');
  });

  it('is empty of what is not known, and read again as it was written', async () => {
    const { 'schema/people.graphql': _, 'schema/default.tables.json': __, ...unknown } = smallProject;
    const empty = await lockOf(unknown);
    expect(empty).toContain('remoteSchemas: {}\nsources: {}\nrelationships:\n');
    expect(readLock('file:///lock.yaml', empty)).toMatchObject({
      remoteSchemas: new Map(),
      tables: new Map(),
    });
    const read = readLock('file:///lock.yaml', expected);
    expect(read?.remoteSchemas.get('people')).toBe(
      'type Person\n\ntype Query {\n  person(id: ID!): Person\n}\n',
    );
    expect(read?.tables.get('default')?.tables).toMatchObject([
      { name: { name: 'customer' }, columns: [{ name: 'person_id', type: 'uuid' }], columnsComplete: false },
    ]);
    expect(read?.relationships).toMatchObject([
      { owner: 'table "public.customer" of source "default"', name: 'profile', found: new Set() },
    ]);
  });

  it('has what is wrong with a relationship, by rule and text, in order and on a line', async () => {
    const wrong = smallProject[customerTable]
      ?.replace('lhs_fields: [person_id]', 'lhs_fields: [persn_id, person_id]')
      .replace('id: $person_id', 'key: $persn_id, id: $person_id');
    const text = await lockOf({ ...smallProject, [customerTable]: wrong ?? '' });
    expect(text).toContain('    profile: [ unknown-argument key, unknown-lhs-field persn_id ]\n');
    const [read] = readLock('file:///lock.yaml', text)?.relationships ?? [];
    expect(read?.found).toEqual(new Set(['unknown-argument key', 'unknown-lhs-field persn_id']));
  });

  it('knows that a table and a remote schema are known of which no name is there', async () => {
    const wrong = smallProject[customerTable]
      ?.replaceAll('person_id', 'persn_id')
      .replace('person:', 'persn:');
    const text = await lockOf({ ...smallProject, [customerTable]: wrong ?? '' });
    expect(text).toContain('remoteSchemas:\n  people: ""\n');
    expect(text).toContain('      name: customer\n      columns: []\n');
  });

  it('keeps names as they are, whatever is in them', async () => {
    const name = '__proto__: [x], "y"\u202e\n#';
    const renamed = smallProject[customerTable]?.replace('profile', JSON.stringify(name)) ?? '';
    const read = readLock('file:///lock.yaml', await lockOf({ ...smallProject, [customerTable]: renamed }));
    expect(read?.relationships).toMatchObject([{ name }]);
  });

  it('has owners of their own for tables whose names read the same', async () => {
    const table = (name: string) =>
      smallProject[customerTable]?.replace('{ schema: public, name: customer }', name) ?? '';
    const owners = [
      ['customer', 'table "public.customer" of source "default"'],
      ['{ schema: sales, name: customer }', 'table "sales.customer" of source "default"'],
      [
        '{ schema: public, name: sales.customer }',
        'table {"schema":"public","name":"sales.customer"} of source "default"',
      ],
      ['[sales, customer]', 'table [["sales","customer"]] of source "default"'],
    ];
    for (const [name = '', owner] of owners) {
      const text = await lockOf({ ...smallProject, [customerTable]: table(name) });
      expect(readLock('file:///lock.yaml', text)?.relationships).toMatchObject([{ owner, name: 'profile' }]);
    }
  });

  it('is read where it has nothing', () => {
    const empty = 'version: 3\nremoteSchemas: {}\nsources: {}\nrelationships: {}\n';
    expect(readLock('file:///lock.yaml', empty)).toMatchObject({ relationships: [] });
  });

  it.each([
    '',
    '[]',
    'version: 2\nremoteSchemas: {}\nsources: {}\nrelationships: {}\n',
    'version: 4\nremoteSchemas: {}\nsources: {}\nrelationships: {}\n',
    'version: 3\nremoteSchemas: {}\nsources: {}\n',
    'version: 3\nremoteSchemas: {}\nsources: {}\nrelationships: []\n',
    'version: 3\nremoteSchemas: {}\nsources: {}\nrelationships: { a: [] }\n',
    'version: 3\nremoteSchemas: {}\nsources: {}\nrelationships: { a: { b: c } }\n',
    'version: 3\nremoteSchemas: {}\nsources: {}\nrelationships: { a: { b: [{}] } }\n',
    'version: 3\nremoteSchemas: []\nsources: {}\nrelationships: {}\n',
    'version: 3\nremoteSchemas: { a: 1 }\nsources: {}\nrelationships: {}\n',
    'version: 3\nremoteSchemas: {}\nsources: { a: 1 }\nrelationships: {}\n',
    'version: 3\nremoteSchemas: {\n',
  ])('is nothing else: %j', (text) => {
    expect(readLock('file:///lock.yaml', text)).toBeUndefined();
  });
});
