import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { onType, surroundings, toSource } from './joinFixtures.ts';
import { location } from './support/joins.ts';

describe('column-type-mismatch', () => {
  const code = 'column-type-mismatch';

  it('a number and a uuid', () => {
    expectFindings(
      toSource('{ age: ⟦customer_id⟧ }'),
      [
        {
          code,
          severity: 'warning',
          serverMessage: undefined,
          message:
            'Column "customer_id" is of type uuid, but column "age" joined to it is of type integer. The server accepts this, but their values can\'t be equal.',
        },
      ],
      location,
    );
  });

  it.each([
    ['equal types', '{ id: customer_id }'],
    ['a text that may hold a uuid', '{ email: customer_id }'],
    ['two texts', '{ email: note }'],
  ])('says nothing of %s', (_, mapping) => expectNothing(toSource(mapping), location));

  it('says nothing of a field of a remote schema', () => {
    expectNothing(onType('Person', '{ name: customer_id }'), { ...surroundings, files: {} });
  });
});
