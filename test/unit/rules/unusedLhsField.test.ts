import { describe, expect, it } from 'vitest';
import { expectFindings, expectFindingsIn, findingsIn } from '../support/checkText.ts';
import { legacy, toRemoteSchema } from './joinFixtures.ts';
import { given, location } from './support/joins.ts';

describe('unused-lhs-field', () => {
  it('an unused one, which can be removed', () => {
    expectFindings(
      toRemoteSchema('[id, ⟦email⟧]', given('id')),
      [
        {
          code: 'unused-lhs-field',
          severity: 'hint',
          serverMessage: undefined,
          fixed: toRemoteSchema('[id]', given('id')),
        },
      ],
      location,
    );
  });

  it.each([
    ['the first', '\n          - email # why\n          - id', '\n          - id'],
    ['the last', '\n          - id\n          - email', '\n          - id'],
  ])('removes %s of a block list', (_, before, after) => {
    expectFindingsIn(
      'yaml',
      toRemoteSchema(before, given('id')),
      [{ code: 'unused-lhs-field', fixed: toRemoteSchema(after, given('id')) }],
      location,
    );
  });

  it('removes the only one', () => {
    expectFindings(
      toRemoteSchema('[⟦email⟧]', 'hello: { arguments: {} }'),
      [{ code: 'unused-lhs-field', fixed: toRemoteSchema('[]', 'hello: { arguments: {} }') }],
      location,
    );
    expectFindingsIn(
      'yaml',
      toRemoteSchema('\n          - email', 'hello: { arguments: {} }'),
      [{ code: 'unused-lhs-field', fixed: toRemoteSchema('\n          []', 'hello: { arguments: {} }') }],
      location,
    );
  });

  it.each([
    ['arguments are not written yet', 'nameOf:'],
    ['a value is not written yet', 'nameOf:\n  arguments:\n    id:'],
    ['the path is not written yet', '{}'],
    ['an argument can’t be read', 'nameOf: { arguments: { id: *nothing } }'],
  ])('says nothing where %s', (_, field) => {
    const found = findingsIn(toRemoteSchema('[id]', field), location);
    expect(found.map(({ code }) => code)).not.toContain('unused-lhs-field');
  });

  it('a text that was meant to be the variable', () => {
    const field = (name: string) => `people: { arguments: { name: ${name} } }`;
    expectFindings(
      toRemoteSchema('[⟦email⟧]', field('email')),
      [
        {
          code: 'unused-lhs-field',
          message: /An argument is given the string "email": did you mean "\$email"\?$/,
          fixed: toRemoteSchema('[email]', field('$email')),
        },
      ],
      location,
    );
  });

  it('calls the list by the name it has in the legacy form', () => {
    const field = (name: string) => `people: { arguments: { name: ${name}, ids: [$id] } }`;
    expectFindings(
      legacy('[id]', field('⟦$email⟧')),
      [
        {
          code: 'unlisted-variable',
          message: /is not among hasura_fields/,
          fixed: legacy('[id, email]', field('$email')),
        },
      ],
      location,
    );
  });
});
