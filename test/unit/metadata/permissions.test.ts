import { describe, expect, it } from 'vitest';
import { readText, readTwins } from './support.ts';

/** Who may read what: of inherited roles and of tables. Nothing is reported of either here. */

describe('inherited roles', () => {
  const role = '{role_name: both, role_set: [a, b]}';
  it.each<[string, [string, string[]][]]>([
    [`[${role}]`, [['both', ['a', 'b']]]],
    ['[{role_name: none, role_set: []}]', [['none', []]]],
    ['[{role_name: once, role_set: [a, a]}]', [['once', ['a']]]],
    // What can't be read says nothing, and nothing of the others.
    [`[{role_set: [a]}, ${role}]`, [['both', ['a', 'b']]]],
    [`[{role_name: 7, role_set: [a]}, ${role}]`, [['both', ['a', 'b']]]],
    [`[{role_name: "!include n", role_set: [a]}, ${role}]`, [['both', ['a', 'b']]]],
    [`[{role_name: n}, ${role}]`, [['both', ['a', 'b']]]],
    [`[{role_name: n, role_set: a}, ${role}]`, [['both', ['a', 'b']]]],
    [`[{role_name: n, role_set: "!include r.yaml"}, ${role}]`, [['both', ['a', 'b']]]],
    [`[{role_name: n, role_set: [a, 7]}, ${role}]`, [['both', ['a', 'b']]]],
    [`[{role_name: n, role_set: [a, "!include r"]}, ${role}]`, [['both', ['a', 'b']]]],
    [`[7, null, "!include r.yaml", ${role}]`, [['both', ['a', 'b']]]],
    ['{role_name: both, role_set: [a, b]}', []],
    ['"!include roles.yaml"', []],
    ['null', []],
    ['7', []],
  ])('%s', (roles, expected) => {
    const documents = [
      readTwins(`inherited_roles: ${roles}\nversion: 3\nsources: []`, { role: 'metadata' }),
      readTwins(roles, { role: 'inherited-roles' }),
    ];
    for (const { inheritedRoles, shapeProblems } of documents) {
      expect(inheritedRoles.map(({ name, roles: of }) => [name, of])).toEqual(expected);
      expect(shapeProblems).toEqual([]);
    }
  });
});

describe('select permissions of a table', () => {
  const permission = '{role: user, permission: {columns: [id], filter: {}}}';
  it.each<[string, [string, boolean][] | undefined]>([
    [`[${permission}]`, [['user', false]]],
    [
      `[${permission}, {role: clerk, permission: {allow_aggregations: true}}]`,
      [
        ['user', false],
        ['clerk', true],
      ],
    ],
    ['[{role: clerk, permission: {allow_aggregations: false}}]', [['clerk', false]]],
    ['[{role: clerk, permission: {allow_aggregations: "true"}}]', [['clerk', false]]],
    ['[]', []],
    ['null', []],
    // All of them or none: a role that is not among them can't read the table.
    [`[${permission}, {permission: {}}]`, undefined],
    [`[${permission}, {role: 7, permission: {}}]`, undefined],
    [`[${permission}, {role: "!include r", permission: {}}]`, undefined],
    [`[${permission}, {role: clerk}]`, undefined],
    [`[${permission}, {role: clerk, permission: "!include p.yaml"}]`, undefined],
    [`[${permission}, {role: clerk, permission: []}]`, undefined],
    [`[${permission}, "!include p.yaml"]`, undefined],
    [`[${permission}, 7]`, undefined],
    ['"!include p.yaml"', undefined],
    ['{role: user}', undefined],
    ['7', undefined],
  ])('%s', (permissions, expected) => {
    const { tables } = readTwins(`table: t\nselect_permissions: ${permissions}`, { role: 'table' });
    expect(tables).toHaveLength(1);
    expect(tables[0]?.selectPermissions?.map(({ role, aggregates }) => [role, aggregates])).toEqual(expected);
  });

  it.each(['*nowhere', '[*nowhere]'])('that are %s are not known', (written) => {
    const { model } = readText(`table: t\nselect_permissions: ${written}\n`, 'yaml', { role: 'table' });
    expect(model.tables).toMatchObject([{ selectPermissions: undefined }]);
  });
});
