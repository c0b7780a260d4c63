import { describe, expect, it } from 'vitest';
import { findingsIn } from '../support/checkText.ts';
import { legacy, toRemoteSchema } from './joinFixtures.ts';
import { checkArgument, listOf, location, people } from './support/joins.ts';

describe('variable-type', () => {
  const code = 'variable-type';

  it.each<[string, string, string]>([
    [
      'a text for Int',
      'limit: ⟦$email⟧',
      'Column "email" of type text does not fit argument "limit", which takes Int.',
    ],
    ['a number for Boolean', 'active: ⟦$age⟧', 'Column "age" of type integer does not fit argument "active"'],
    [
      'a boolean in a list',
      'ids: [⟦$active⟧]',
      'Column "active" of type boolean does not fit argument "ids", which takes ID!.',
    ],
    [
      'a scalar for an input object',
      'where: ⟦$age⟧',
      'Column "age" of type integer does not fit argument "where"',
    ],
    ['a computed field', 'limit: ⟦$full_name⟧', 'Computed field "full_name" of type text does not fit'],
  ])('%s', (_, argument, message) => {
    checkArgument(people(argument), [
      {
        code,
        severity: 'warning',
        serverMessage: undefined,
        message: new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')),
      },
    ]);
  });

  it.each([
    ['a uuid for ID', 'ids: [$id]'],
    ['a number for ID', 'ids: $age'],
    ['a single value for a list', 'tags: $email'],
    ['anything for a custom scalar', 'day: $joined'],
    ['a text for an enum', 'kind: $email'],
  ])('says nothing of %s', (_, argument) => checkArgument(people(argument), []));

  it('says where both are declared', () => {
    const field = people('limit: $email');
    const [finding] = findingsIn(toRemoteSchema(listOf(field), field), location);
    expect(finding?.related.map(({ message }) => message)).toEqual([
      'Argument "limit" of type Int is declared here.',
      'Column "email" is declared here.',
    ]);
  });

  it('is an error before 2.2.0, in the server’s words', () => {
    const field = people('limit: $email, day: $joined, name: $email');
    const text = legacy(listOf(field), field);
    const about = (finding: { code: string }) => finding.code === code;
    const before = 'Inconsistent object: in table "customer": in remote relationship"profile": ';
    expect(
      findingsIn(text, { ...location, serverVersion: '2.1.1' })
        .filter(about)
        .map(({ severity, serverMessage }) => [severity, serverMessage]),
    ).toEqual([
      ['error', `${before}expected type "Int" but got "String"`],
      ['error', `${before}expected type "Date" but got "timestamptz"`],
    ]);
    expect(
      findingsIn(text, { ...location, serverVersion: '2.2.0' })
        .filter(about)
        .map(({ severity }) => severity),
    ).toEqual(['warning']);
  });
});
