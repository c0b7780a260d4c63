import { describe, it } from 'vitest';
import { inProfile } from './joinFixtures.ts';
import { checkArgument, people } from './support/joins.ts';

describe('multiple-list-elements', () => {
  const code = 'multiple-list-elements';
  const serverMessage = `${inProfile}multiple elements in list value is not supported`;

  it.each<[string, string]>([
    ['variables', people('ids: ⟦[$id, $person_id]⟧')],
    ['literals', people('ids: ⟦[a, b, c]⟧')],
    ['objects', people('where: { _or: ⟦[{ name: a }, { name: b }]⟧ }')],
    ['where no list is expected', people('name: ⟦[a, b]⟧')],
  ])('%s', (_, field) => checkArgument(field, [{ code, severity: 'error', serverMessage }]));

  it('says so where no list is expected at all', () => {
    checkArgument(people('name: [a, b]'), [
      {
        code,
        message:
          'Argument "name" is given a list of 2 values; a list in a relationship can hold only one, and String takes no list at all.',
      },
    ]);
    checkArgument(people('ids: [a, b]'), [{ code, message: /can hold only one\.$/ }]);
  });

  it('over lines stands at the name', () => {
    checkArgument('people:\n  arguments:\n    ⟦ids⟧:\n      - $id\n      - $person_id', [{ code }]);
  });

  it.each(['ids: []', 'ids: [$id]', 'tags: [[$email]]'])('says nothing of %s', (argument) =>
    checkArgument(people(argument), []),
  );
});
