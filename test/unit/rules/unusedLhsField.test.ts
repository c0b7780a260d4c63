import { describe, expect, it } from 'vitest';
import { expectFindings, expectFindingsIn, findingsIn, type Surroundings } from '../support/checkText.ts';
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
          fixes: ['Remove "email" from lhs_fields'],
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
    ['a later step is not written yet', 'person: { arguments: { id: x }, field: { address: } }'],
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

  it('offers the variable first, and removal to choose', () => {
    const field = 'people: { arguments: { name: email } }';
    expectFindings(
      toRemoteSchema('[⟦email⟧]', field),
      [{ code: 'unused-lhs-field', fixes: ['Change to "$email"', 'Remove "email" from lhs_fields?'] }],
      location,
    );
    expectFindings(
      toRemoteSchema('[⟦odd-name⟧]', field.replace('email', 'odd-name')),
      [
        { code: 'lhs-field-name' },
        { code: 'unused-lhs-field', fixes: ['Remove "odd-name" from lhs_fields?'] },
      ],
      location,
    );
  });

  it('is said where a null is written', () => {
    const found = findingsIn(toRemoteSchema('[id]', 'nameOf: { arguments: { id: null } }'), location);
    expect(found.map(({ code }) => code)).toEqual(['unused-lhs-field', 'null-value']);
  });

  it('is not said of a list that stands elsewhere, which others may use', () => {
    const shared = (list: string) => `table: customer
remote_relationships:
  - name: one
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: &fields [id, email]
        remote_field: { people: { arguments: { ids: [$id], name: $email } } }
  - name: two
    definition: { to_remote_schema: { remote_schema: people, ${list}, remote_field: { nameOf: { arguments: { id: $id } } } } }
`;
    expectFindingsIn('yaml', shared('lhs_fields: *fields'), [], location);
    expectFindingsIn('yaml', shared('<<: { lhs_fields: *fields }'), [], location);
    expectFindingsIn('yaml', shared('lhs_fields: [id, ⟦email⟧]'), [{ code: 'unused-lhs-field' }], location);
  });

  it('is not said of what an unlisted variable most likely means', () => {
    const unlisted = (sources: NonNullable<Surroundings['sources']>) =>
      findingsIn(
        toRemoteSchema('[person_id, id]', 'people: { arguments: { name: $persn_id, ids: [$id] } }'),
        {
          ...location,
          sources,
        },
      ).map(({ code }) => code);
    expect(unlisted(location.sources ?? {})).toEqual(['unlisted-variable']);
    const columns = { id: 'uuid!', person_id: 'uuid!', persn_id: 'text!' };
    expect(unlisted({ default: { tables: [{ table: 'customer', columns }] } })).toEqual([
      'unused-lhs-field',
      'unlisted-variable',
    ]);
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
