import { describe, it } from 'vitest';
import { expectFindingsIn } from '../support/checkText.ts';
import { inProfile, toRemoteSchema } from './joinFixtures.ts';
import { checkArgument, fixedPeople, location, people } from './support/joins.ts';

describe('object-for-list', () => {
  const code = 'object-for-list';
  const serverMessage = `${inProfile}type "PersonFilter" is invalid for stripping`;

  it.each<[string, string, string]>([
    ['one line', 'where: { _or: ⟦{ name: $email }⟧ }', 'where: { _or: [{ name: $email }] }'],
    ['empty', 'where: { _or: ⟦{}⟧ }', 'where: { _or: [{}] }'],
  ])('%s', (_, argument, fixed) => {
    checkArgument(people(argument), [{ code, severity: 'error', serverMessage, fixed: fixedPeople(fixed) }]);
  });

  it('over lines becomes an item, comments and all', () => {
    const text = (field: string) => toRemoteSchema('[email, id]', field);
    expectFindingsIn(
      'yaml',
      text(`
people:
  arguments:
    where:
      ⟦_or⟧:
        name: $email # theirs
        # the key

        id:
          _eq: $id
      name: x
`),
      [
        {
          code,
          serverMessage,
          fixed: text(`
people:
  arguments:
    where:
      _or:
        - name: $email # theirs
          # the key

          id:
            _eq: $id
      name: x
`),
        },
      ],
      location,
    );
  });

  it('is left where it stands elsewhere, in part', () =>
    expectFindingsIn(
      'yaml',
      toRemoteSchema('[]', 'people: { arguments: { where: { _or: { <<: { name: x } } } } }'),
      [{ code }],
      location,
    ));

  it('in a list of lists', () => {
    checkArgument('peopleIn: { arguments: { filters: [{ name: $email }], matrix: ⟦{ name: x }⟧ } }', [
      {
        code,
        fixed: toRemoteSchema(
          '[email]',
          'peopleIn: { arguments: { filters: [{ name: $email }], matrix: [[{ name: x }]] } }',
        ),
      },
    ]);
    checkArgument('peopleIn: { arguments: { filters: [], matrix: [⟦{ name: $email }⟧] } }', [{ code }]);
  });

  it('what stands in the object is checked all the same', () => {
    checkArgument(people('where: { _or: { nam: $email } }'), [
      { code, text: '{ nam: $email }' },
      { code: 'unknown-argument', text: 'nam' },
    ]);
  });

  it('says nothing of a list of one object', () =>
    checkArgument(people('where: { _or: [{ name: $email }] }'), []));
});
