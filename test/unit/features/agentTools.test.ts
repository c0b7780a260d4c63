import { describe, expect, it } from 'vitest';
import { dataNote, runAgentTool } from '../../../server/src/features/agentTools/agentTools.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

async function answer(
  files: Readonly<Record<string, string>>,
  name: string,
  input: object,
): Promise<unknown> {
  const folder = new TemporaryFolder(files);
  const text = runAgentTool(await workspaceOf([folder.path]), name, input);
  expect(text.startsWith(`${dataNote}\n\n`)).toBe(true);
  return JSON.parse(text.slice(dataNote.length));
}

async function sdlOf(table: string, schema = smallProject['schema/people.graphql'] ?? ''): Promise<string> {
  const files = { ...smallProject, [customerTable]: table, 'schema/people.graphql': schema };
  const [only] = (await answer(files, 'preview_sdl', { path: customerTable })) as { sdl: string }[];
  return only?.sdl ?? '';
}

const table = smallProject[customerTable] ?? '';

describe('the SDL of a relationship', () => {
  it('has the arguments that are left, also those supplied in part', async () => {
    const schema =
      'type Query { person(id: ID!, limit: Int, where: Where): [Person!]! } input Where { a: Int b: Int } type Person { id: ID! }';
    const partly = table.replace('{ id: $person_id }', '{ id: $person_id, where: { a: 1 } }');
    expect(await sdlOf(partly, schema)).toBe(
      'extend type customer {\n  profile(limit: Int, where: Where_remote_rel_customerprofile): [Person!]!\n}\n\ninput Where_remote_rel_customerprofile {\n  b: Int\n}\n\ntype Person {\n  id: ID!\n}\n',
    );
    const whole = table.replace('{ id: $person_id }', '{ id: $person_id, where: { a: 1, b: 2 }, limit: 3 }');
    expect(await sdlOf(whole, schema)).toMatch(/^extend type customer \{\n {2}profile: \[Person!\]!\n/);
  });

  it('of a table has its custom name, and the arguments of a list', async () => {
    const toSource = `table: { schema: public, name: customer }
configuration: { custom_name: Client }
remote_relationships:
  - name: same
    definition:
      to_source: { source: default, table: { schema: public, name: customer }, relationship_type: array, field_mapping: { id: id } }
`;
    const sdl = await sdlOf(toSource);
    expect(sdl).toMatch(
      /^extend type Client \{\n {2}same\(.*where: Client_bool_exp\): \[Client!\]!\n {2}same_aggregate\(.*\): Client_aggregate!\n\}\n$/,
    );
    expect(await sdlOf(toSource.replace('array', 'object'))).toBe(
      'extend type Client {\n  same: Client\n}\n',
    );
  });

  it('is not made up where the field is not there', async () => {
    expect(await sdlOf(table.replace('person:', 'nobody:'))).toMatch(/^not known/);
  });
});

describe('what is joinable', () => {
  it('says what is not known', async () => {
    const { 'schema/default.tables.json': _, 'schema/people.graphql': __, ...unknown } = smallProject;
    expect(await answer(unknown, 'joinable', { table: 'public.customer' })).toEqual({
      ...{ table: 'customer', source: 'default', joinFields: 'not known', tables: [] },
      remoteSchemas: [{ name: 'people', queryFields: 'not known' }],
    });
  });
});
