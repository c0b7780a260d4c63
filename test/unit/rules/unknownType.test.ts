import { describe, expect, it } from 'vitest';
import { expectFindings, expectNothing, findingsIn } from '../support/checkText.ts';
import { onType, surroundings } from './joinFixtures.ts';

describe('unknown-type', () => {
  const around = { ...surroundings, files: {} };
  const inRelationship = 'Inconsistent object: in remote relationship "tickets": ';

  it('a mistyped type', () => {
    expectFindings(
      onType('⟦Persn⟧', '{ any: note }'),
      [
        {
          code: 'unknown-type',
          severity: 'error',
          message: 'Remote schema "people" has no type "Persn". Did you mean "Person"?',
          serverMessage: `${inRelationship}no type named "Persn" defined in remote schema "people"`,
          relationship: 'tickets',
          fixed: onType('Person', '{ any: note }'),
        },
      ],
      around,
    );
  });

  it('is told in older words by 2.4', () => {
    const [found] = findingsIn(onType('Persn', '{ any: note }'), { ...around, serverVersion: '2.4' }).filter(
      ({ code }) => code === 'unknown-type',
    );
    expect(found?.serverMessage).toMatch(/no such type defined in remote schema: "people"$/);
  });

  it('is said once for all the relationships of an entry', () => {
    const text = onType('⟦Persn⟧', '{ any: note }');
    const twice = `${text}${text.slice(text.indexOf('        - name: tickets')).replace('tickets', 'others')}`;
    expectFindings(twice, [{ code: 'unknown-type', relationship: 'tickets' }], around);
  });

  it('does not suggest what is no object type, nor a type of introspection', () => {
    const codesOf = (type: string) =>
      findingsIn(onType(type, '{ any: note }'), around)
        .filter(({ code }) => code === 'unknown-type')
        .map(({ message }) => message);
    expect(codesOf('Nod')).toEqual(['Remote schema "people" has no type "Nod".']);
    expect(codesOf('PersonFiltr')).toEqual(['Remote schema "people" has no type "PersonFiltr".']);
    expect(codesOf('Type')).toEqual(['Remote schema "people" has no type "Type".']);
  });

  it('says nothing of the types of introspection, which no SDL lists', () => {
    expectNothing(onType('__Type', '{ name: note }'), around);
  });

  it('says nothing where the schema is not known', () => {
    expectNothing(onType('Anything', '{ any: note }'), { ...around, remoteSchemas: { people: null } });
  });
});
