import { describe, expect, it } from 'vitest';
import { problems, readTwins } from './support.ts';

describe('types of remote schemas', () => {
  const entry = (type: string): string =>
    `- name: people\n  definition: {url: x}\n  remote_relationships: [${type}]`;
  const shape = 'remote_relationships item';
  it.each([
    ['{type_name: Person}', []],
    ['{type_name: Person, relationships: null}', []],
    ['{relationships: []}', [`key-not-found | ${shape} | type_name | key "type_name" not found`]],
    [
      '{type: Person, relationships: []}',
      [`type-for-type-name | ${shape} | type_name | key "type_name" not found`],
    ],
    [
      '{type_name: my-type, relationships: []}',
      [`type-name | ${shape} | type_name | my-type is not valid GraphQL name`],
    ],
    [
      '{type_name: "", relationships: []}',
      [`empty-string | ${shape} | type_name | empty string not allowed`],
    ],
    ['{type_name: Person, type: Person}', [`unknown-key | ${shape} | type | silent`]],
    ['{type_name: Person, relationship: []}', [`unknown-key | ${shape} | relationship | silent`]],
    [
      '{type_name: Person, relationships: 7}',
      ['wrong-kind | relationships | relationships | expected Array, but encountered Number'],
    ],
    ['7', [`wrong-kind | ${shape} | - | expected Object, but encountered Number`]],
  ])('%s', (type, expected) => {
    expect(problems(entry(type), { role: 'remote-schemas' })).toEqual(expected);
  });

  it('takes `type` for the name it stands for', () => {
    const model = readTwins(entry('{type: Person, relationships: []}'));
    expect(model.remoteSchemas[0]?.types[0]?.typeName).toMatchObject({ state: 'present', value: 'Person' });
  });

  it('reports unknown keys of the entry, and a name left out', () => {
    expect(problems('- definition: {url: x}\n  remote_relationship: []', { role: 'remote-schemas' })).toEqual(
      [
        'unknown-key | remote schema | remote_relationship | silent',
        'key-not-found | remote schema | name | key "name" not found',
      ],
    );
  });
});
