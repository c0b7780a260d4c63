import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';

const inTable = (configuration: string) =>
  `- name: shop\n  kind: postgres\n  configuration: {}\n  tables:\n    - table: customer\n      configuration: ${configuration}\n`;

describe('invalid-custom-name', () => {
  it.each([
    ['of a column', '{ column_config: { id: { custom_name: ⟦a-b⟧ } } }', 'a-b'],
    ['in the deprecated form', '{ custom_column_names: { id: ⟦1st⟧ } }', '1st'],
    ['of the table', '{ custom_name: ⟦größe⟧ }', 'größe'],
    ['of a root field', '{ custom_root_fields: { select: ⟦all-customers⟧ } }', 'all-customers'],
    [
      'of a root field with a comment',
      '{ custom_root_fields: { select: { name: ⟦a b⟧, comment: c d } } }',
      'a b',
    ],
  ])('%s', (_, configuration, name) =>
    expectFindings(inTable(configuration), [
      {
        code: 'invalid-custom-name',
        severity: 'error',
        message: new RegExp(`^"${name}" can't be a custom name: `),
        serverMessage: `${name} is not valid GraphQL name`,
      },
    ]),
  );

  it('what is no text is of the wrong kind', () =>
    expectFindings(inTable('{ column_config: { id: { custom_name: ⟦5⟧ } } }'), [
      {
        code: 'wrong-kind',
        message: '"custom_name" must be a string, not a number.',
        serverMessage: 'parsing Name failed, expected String, but encountered Number',
      },
    ]));

  it.each([
    ['good names', '{ custom_name: _Customer1, column_config: { id: { custom_name: Id_2 } } }'],
    ['null', '{ custom_name: null, column_config: { id: { custom_name: null }, name: null } }'],
    ['root fields', '{ custom_root_fields: { select: customers, insert: null, delete: { comment: a-b } } }'],
    ['a comment alone', '{ column_config: { id: { comment: a-b } } }'],
    ['an include', '"!include x.yaml"'],
  ])('is not reported: %s', (_, configuration) => expectNothing(inTable(configuration)));
});
