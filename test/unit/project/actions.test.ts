import { describe, expect, it } from 'vitest';
import { codesIn, smallProject, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

const file = 'metadata/actions.yaml';
const sdl = 'metadata/actions.graphql';
const actions = (mapping: string) => `actions:
  - name: confirm
custom_types:
  objects:
    - name: Output
      relationships:
        - name: customer
          type: object
          remote_table: { schema: public, name: customer }
          field_mapping: ${mapping}
`;
const types =
  'type Mutation { confirm: Output }\ntype Mutation { other: Output }\ntype Output { id: uuid }\n';

async function codes(changes: Readonly<Record<string, string>>, of = file): Promise<string[]> {
  const folder = new TemporaryFolder({ ...smallProject, ...changes });
  return codesIn(await workspaceOf([folder.path]), folder.file(of));
}

describe('the types of actions in a metadata directory', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['a field that is there', { [file]: actions('{ id: id }'), [sdl]: types }, []],
    ['a field that is not', { [file]: actions('{ no: id }'), [sdl]: types }, ['action-relationship 10']],
    [
      'a column that is not',
      { [file]: actions('{ id: nothing }'), [sdl]: types },
      ['action-relationship 10'],
    ],
    ['no SDL', { [file]: actions('{ no: id }') }, []],
    ['empty SDL', { [file]: actions('{ no: id }'), [sdl]: '# nothing yet\n\n' }, []],
    ['broken SDL', { [file]: actions('{ no: id }'), [sdl]: 'type Output {' }, []],
  ])('%s', async (_, changes, expected) => expect(await codes(changes)).toEqual(expected));

  it('are reported where their SDL is broken, and only there', async () => {
    expect(await codes({ [file]: actions('{ no: id }'), [sdl]: 'type Output {' }, sdl)).toEqual([
      'schema-file 1',
    ]);
    expect(await codes({ [file]: actions('{ id: id }'), [sdl]: types }, sdl)).toEqual([]);
    expect(await codes({ [file]: actions('{ id: id }'), [sdl]: '\n' }, sdl)).toEqual([]);
  });

  it('are read anew when they change', async () => {
    const folder = new TemporaryFolder({ ...smallProject, [file]: actions('{ id: id }'), [sdl]: types });
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(file))).toEqual([]);
    folder.write(sdl, types.replace('{ id: uuid }', '{ identifier: uuid }'));
    workspace.fileChanged(folder.file(sdl), false);
    expect(codesIn(workspace, folder.file(file))).toEqual(['action-relationship 10']);
  });
});
