import { describe, expect, it } from 'vitest';
import { applyFix, type ExpectedFinding, expectFindings, findingsIn } from '../support/checkText.ts';
import { inProfile, toRemoteSchema } from './joinFixtures.ts';
import { checkArgument, fixedPeople, listOf, location, people } from './support/joins.ts';

describe('list-for-non-list', () => {
  const code = 'list-for-non-list';

  it.each<[string, string, ExpectedFinding]>([
    [
      'a variable',
      'name: ⟦[$email]⟧',
      {
        code,
        severity: 'error',
        message: 'Argument "name" takes one String, but a list is given.',
        serverMessage: `${inProfile}type "String"is not a list type`,
        fixed: fixedPeople('name: $email'),
      },
    ],
    ['an empty list', 'name: ⟦[]⟧', { code, fixes: [] }],
    ['a list in a list', 'name: ⟦[[$email]]⟧', { code, fixes: [] }],
    [
      'an input object',
      'where: ⟦[{ name: $email }]⟧',
      { code, serverMessage: `${inProfile}type "PersonFilter"is not a list type` },
    ],
    ['a list too deep', 'ids: [⟦[$id]⟧]', { code, serverMessage: `${inProfile}type "ID"is not a list type` }],
  ])('%s', (_, argument, finding) => checkArgument(people(argument), [finding]));

  it.each([
    ['- $email', '  $email'],
    ['- name: $email\n        id: { _eq: $id }', '  name: $email\n        id: { _eq: $id }'],
  ])('takes the item out of a list over lines: %s', (before, after) => {
    const field = (value: string, name: string) => `people:\n  arguments:\n    ${name}:\n      ${value}`;
    const name = before.includes('id') ? 'where' : 'name';
    const found = findingsIn(toRemoteSchema(listOf(before), field(before, name)), location);
    const [finding] = found;
    const [fix] = finding?.fixes ?? [];
    expect(found.map((one) => one.code)).toEqual([code]);
    expect(fix && applyFix(toRemoteSchema(listOf(before), field(before, name)), fix)).toBe(
      toRemoteSchema(listOf(before), field(after, name)),
    );
  });

  it('says nothing where the type is not known', () => {
    expectFindings(
      toRemoteSchema('[id]', 'any: { arguments: { x: [$id] } }', { schema: 'unreachable' }),
      [],
      location,
    );
  });
});
