import { describe, expect, it } from 'vitest';
import { completeAt, remoteSchemas } from './support.ts';

/** A definition that leads to a remote schema by this path. */
const leading = (path: string): string =>
  `table: customer\nremote_relationships:\n  - name: a\n    definition:\n      to_remote_schema:\n        remote_schema: people\n        lhs_fields: [id]\n        remote_field: ${path}`;

describe('completion around definitions', () => {
  it.each([
    ['a field right behind the key', '▮', ['person', 'personByEmail', 'people']],
    ['a field below a field, right behind the key', '{ people: { field: ▮ } }', ['id', 'name', 'number']],
    ['no second field', '{ people: {}, ▮ }', []],
    ['the next step below an object', '{ people: { arguments: {}, ▮ } }', ['field']],
    ['no step below a scalar', '{ people: { field: { number: { arguments: {}, ▮ } } } }', []],
    ['a step below what is not known', '{ nobody: { arguments: {}, ▮ } }', ['field']],
  ])('offers %s', (_, path, labels) => {
    expect(completeAt(leading(path)).labels.slice(0, 3)).toEqual(labels);
  });

  it.each([
    [
      'a new relationship',
      'table: customer\nremote_relationships:\n  - ▮',
      'name',
      'table: customer\nremote_relationships:\n  - name: ▮',
    ],
    [
      'a new relationship without its dash',
      'table: customer\nremote_relationships:\n  ▮',
      'name',
      'table: customer\nremote_relationships:\n  - name: ▮',
    ],
    [
      'a whole relationship',
      'table: customer\nremote_relationships:\n  - ▮\n',
      'relationship to a table',
      'table: customer\nremote_relationships:\n  - name: ▮\n    definition:\n      to_source:\n        relationship_type: object\n        source: \n        table: \n        field_mapping:\n          \n',
    ],
    [
      'the second key of a relationship',
      'table: customer\nremote_relationships:\n  - name: a\n    ▮',
      'definition',
      'table: customer\nremote_relationships:\n  - name: a\n    definition:\n      ▮',
    ],
    [
      'a key in an object that stands where a list should',
      'table: customer\nremote_relationships:\n  name: a\n  ▮',
      'definition',
      'table: customer\nremote_relationships:\n  name: a\n  definition:\n    ▮',
    ],
    [
      'a key of a table',
      'table: customer\nremote▮',
      'remote_relationships',
      'table: customer\nremote_relationships:\n  - name: ▮\n    definition:\n      ',
    ],
    [
      'the table of a table',
      'table: ▮\nis_enum: false\n',
      'customer',
      'table:\n  schema: public\n  name: customer▮\nis_enum: false\n',
    ],
    ['is_enum', 'table: customer\nis_enum: ▮', 'true', 'table: customer\nis_enum: true▮'],
    [
      'a definition before the name',
      'table: customer\nremote_relationships:\n  - definition:\n      ▮\n    name: a\n',
      'to_source',
      'table: customer\nremote_relationships:\n  - definition:\n      to_source:\n        relationship_type: ▮object\n        source: \n        table: \n        field_mapping:\n          \n    name: a\n',
    ],
    [
      'a key in braces without its word',
      'table: {▮: sales, name: invoice}\nremote_relationships: []\n',
      'schema',
      'table: {schema▮: sales, name: invoice}\nremote_relationships: []\n',
    ],
    [
      'what the file indents by 4 blanks',
      'table:\n    schema: public\n    name: customer\n▮',
      'remote_relationships',
      'table:\n    schema: public\n    name: customer\nremote_relationships:\n    - name: ▮\n      definition:\n          ',
    ],
    [
      'what the file indents by 4 blanks, lists by 2',
      'table:\n    schema: public\n    name: customer\nremote_relationships:\n  - name: a\n    ▮',
      'definition',
      'table:\n    schema: public\n    name: customer\nremote_relationships:\n  - name: a\n    definition:\n        ▮',
    ],
    [
      'what the file indents its lists by, where nothing else tells',
      'table: customer\nremote_relationships:\n    - name: a\n      ▮',
      'definition',
      'table: customer\nremote_relationships:\n    - name: a\n      definition:\n          ▮',
    ],
    [
      'lists that are not indented',
      'table:\n  schema: public\n  name: customer\narray_relationships:\n- name: a\n▮',
      'remote_relationships',
      'table:\n  schema: public\n  name: customer\narray_relationships:\n- name: a\nremote_relationships:\n- name: ▮\n  definition:\n    ',
    ],
    [
      'input objects in lists that are not indented, 4 blanks',
      'table: customer\nremote_relationships:\n- name: a\n  definition:\n      to_remote_schema:\n          remote_schema: people\n          lhs_fields:\n          - email\n          remote_field:\n              ▮',
      'create',
      'table: customer\nremote_relationships:\n- name: a\n  definition:\n      to_remote_schema:\n          remote_schema: people\n          lhs_fields:\n          - email\n          remote_field:\n              create:\n                  arguments:\n                      input:\n                          name: ▮$email\n                          tags:\n                          - label: $email',
    ],
  ])('%s', (_, before, label, after) => {
    expect(completeAt(before).choose(label)).toBe(after);
  });

  it.each([
    [
      'a type',
      '- name: people\n  remote_relationships:\n    - ▮',
      'type_name',
      '- name: people\n  remote_relationships:\n    - type_name: ▮',
    ],
    [
      'a type name',
      '- name: people\n  remote_relationships:\n    - type_name: ▮',
      'Person',
      '- name: people\n  remote_relationships:\n    - type_name: Person▮',
    ],
  ])('of remote schemas: %s', (_, before, label, after) => {
    expect(completeAt(before, 'yaml', remoteSchemas).choose(label)).toBe(after);
  });

  it('offers object types only, the query root last', () => {
    const { labels } = completeAt(
      '- name: people\n  remote_relationships:\n    - type_name: ▮',
      'yaml',
      remoteSchemas,
    );
    expect(labels).toEqual(['Person', 'Address', 'Query', 'Mutation']);
  });

  it('offers no type that the list has already', () => {
    const { labels } = completeAt(
      '- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships: []\n    - type_name: ▮',
      'yaml',
      remoteSchemas,
    );
    expect(labels).not.toContain('Person');
  });

  it.each([
    ['the schema of the type last', '- name: people', 'forum', 'people'],
    ['another schema first', '- name: forum', 'people', 'forum'],
  ])('leads to remote schemas, %s', (_, head, first, last) => {
    const { labels } = completeAt(
      `${head}\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: a\n          definition:\n            to_remote_schema:\n              remote_schema: ▮`,
      'yaml',
      remoteSchemas,
    );
    expect([labels[0], labels.at(-1)]).toEqual([first, last]);
  });

  it('joins a type on its fields without arguments', () => {
    const { labels } = completeAt(
      '- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: a\n          definition:\n            to_source:\n              field_mapping:\n                ▮',
      'yaml',
      remoteSchemas,
    );
    expect(labels).toEqual(['id', 'name', 'number', 'named']);
  });
});
