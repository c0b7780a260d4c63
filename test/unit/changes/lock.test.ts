import { describe, expect, it } from 'vitest';
import { lockText, readLock } from '../../../server/src/changes/lock.ts';
import { ReliedUpon } from '../../../server/src/changes/reliedUpon.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

async function lockOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path]);
  return lockText(ReliedUpon.of(workspace.context(folder.file(customerTable))?.joins ?? []));
}

const expected = `# What the remote relationships of this project rely on, written by "remote-relationships lock".

version: 1
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
    expect(empty).toContain('remoteSchemas: {}\nsources: {}\n');
    expect(readLock('file:///lock.yaml', empty)).toEqual({ remoteSchemas: new Map(), tables: new Map() });
    const read = readLock('file:///lock.yaml', expected);
    expect(read?.remoteSchemas.get('people')).toBe(
      'type Person\n\ntype Query {\n  person(id: ID!): Person\n}\n',
    );
    expect(read?.tables.get('default')?.tables).toMatchObject([
      { name: { name: 'customer' }, columns: [{ name: 'person_id', type: 'uuid' }], columnsComplete: false },
    ]);
  });

  it.each([
    '',
    '[]',
    'version: 2\nremoteSchemas: {}\nsources: {}\n',
    'version: 1\nremoteSchemas: []\nsources: {}\n',
    'version: 1\nremoteSchemas: { a: 1 }\nsources: {}\n',
    'version: 1\nremoteSchemas: {}\nsources: { a: 1 }\n',
    'version: 1\nremoteSchemas: {\n',
  ])('is nothing else: %j', (text) => {
    expect(readLock('file:///lock.yaml', text)).toBeUndefined();
  });
});
