import { describe, it } from 'vitest';
import { checkArgument, people } from './support/joins.ts';

describe('nullable-argument', () => {
  const code = 'nullable-argument';

  it('a nullable column for a non-null argument', () => {
    checkArgument('person: { arguments: { id: ⟦$email⟧ } }', [
      {
        code,
        severity: 'information',
        serverMessage: undefined,
        message: /can be null, argument "id" \(ID!\) can't\. .*the relationship is null\.$/,
      },
    ]);
    checkArgument(people('ids: [⟦$email⟧]'), [{ code }]);
  });

  it.each([
    ['a column that is not nullable', 'person: { arguments: { id: $id } }'],
    ['a nullable argument', people('name: $email')],
    ['a column of which it is not known', 'person: { arguments: { id: $full_name } }'],
  ])('says nothing of %s', (_, field) => checkArgument(field, []));
});
