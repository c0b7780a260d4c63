import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { onType, surroundings } from './joinFixtures.ts';

describe('not-an-object-type', () => {
  const around = { ...surroundings, files: {} };
  const inRelationship = 'Inconsistent object: in remote relationship "tickets": ';

  it.each([
    ['Node', 'an interface'],
    ['SearchResult', 'a union'],
    ['Date', 'a scalar'],
    ['String', 'a scalar'],
    ['Kind', 'an enum'],
    ['PersonFilter', 'an input object'],
  ])('%s', (type, kind) => {
    expectFindings(
      onType(`⟦${type}⟧`, '{ any: note }'),
      [
        {
          code: 'not-an-object-type',
          severity: 'error',
          message: `"${type}" is ${kind}; only object types can have relationships.`,
          serverMessage: `${inRelationship}remote relationships on a remote schema can only be defined on object types`,
        },
      ],
      around,
    );
  });

  it.each(['Person', 'Query', 'Book'])('says nothing of object type %s', (type) => {
    const field = type === 'Book' ? 'title' : type === 'Query' ? 'hello' : 'name';
    expectNothing(onType(type, `{ ${field}: note }`), around);
  });
});
