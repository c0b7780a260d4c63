import { describe, it } from 'vitest';
import { expectFindingsIn } from '../support/checkText.ts';

const code = 'cli-syntax';
const item = '{role: user, permission: {columns: [], filter: {}}}';
const table = 'table: customer\nremote_relationships: []\n';
const permissions = (permission: string): string =>
  `table: customer\nselect_permissions: [{role: user, ${permission}}]\n`;

describe('cli-syntax', () => {
  it.each([
    [
      'a bracket',
      permissions('permission⟦:⟧{columns: [], filter: {}}'),
      /stops at this colon/,
      permissions('permission: {columns: [], filter: {}}'),
    ],
    [
      'a comma',
      permissions('comment⟦:⟧, permission: {columns: [], filter: {}}'),
      /part of the word before it/,
      permissions('comment: , permission: {columns: [], filter: {}}'),
    ],
  ])('tells of a colon before %s', (_, text, message, fixed) => {
    expectFindingsIn('yaml', text, [{ code, message, serverMessage: undefined, fixed }]);
  });

  it.each([
    ['a blank line', `${table}⟦\t⟧`, table],
    ['blanks around it', `${table}  ⟦\t⟧ \t\n`, `${table}\n`],
    ['a comment', `${table}⟦\t⟧# here`, `${table}# here`],
    [
      'before an item',
      `table: a\nselect_permissions:\n- \n    ⟦\t⟧${item}\n`,
      `table: a\nselect_permissions:\n- \n    ${item}\n`,
    ],
    [
      'behind a dash alone',
      `table: a\nselect_permissions:\n-⟦\t⟧\n  ${item}\n`,
      `table: a\nselect_permissions:\n-\n  ${item}\n`,
    ],
    [
      'behind a dash',
      `table: a\nselect_permissions:\n-⟦\t⟧${item}\n`,
      `table: a\nselect_permissions:\n- ${item}\n`,
    ],
  ])('tells of a tab: %s', (_, text, fixed) => {
    const message = /^The Hasura CLI stops at a tab/;
    expectFindingsIn('yaml', text, [{ code, severity: 'error', message, fixed }]);
  });

  it('tells nothing in a template', () => {
    expectFindingsIn(
      'yaml',
      '⟦{{- if .Values.on }}⟧\ntable: customer\n\t\nremote_relationships: []\n{{- end }}\n',
      [{ code: 'yaml-syntax' }],
    );
  });

  it('tells nothing where the YAML is wrong already', () => {
    expectFindingsIn('yaml', 'table: customer\n\t\nremote_relationships: ⟦]⟧\n', [{ code: 'yaml-syntax' }]);
  });

  it.each([
    [
      'in requests, which the CLI does not read',
      'type: pg_drop_source\n\t\nargs: {name: a, cascade: true}\n',
    ],
    ["in files that aren't Hasura's", 'a: 1\n\t\nb: {c:[]}\n'],
    ['of tabs that are white space', 'table: customer\nremote_relationships: []\t# here\n'],
  ])('tells nothing %s', (_, text) => {
    expectFindingsIn('yaml', text, []);
  });
});
