import { describe, expect, it } from 'vitest';
import { expectFindings, findingsIn, type Surroundings } from '../support/checkText.ts';
import { customized, known } from './support/customized.ts';

describe('inconsistent-remote-schema', () => {
  const profile = `table: customer
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: ⟦people⟧
        lhs_fields: []
        remote_field: { node: { arguments: {} } }
`;
  const around = (remoteSchemas: string): Surroundings => ({
    ...known,
    files: { 'remote_schemas.yaml': remoteSchemas },
    location: { source: 'default' },
  });
  const notFound =
    'Inconsistent object: in table "customer": in remote relationship "profile": remote schema with name "people" not found';

  it.each([
    ['clashing names', customized('type_names: { mapping: { Person: X, Robot: X } }'), 'X'],
    [
      'two URLs',
      '- name: people\n  definition: { url: u, url_from_env: U }\n',
      'name: people\n  definition: { url: u, url_from_env: U }',
    ],
  ])('for %s', (_, remoteSchemas, reason) => {
    expectFindings(
      profile,
      [
        {
          code: 'inconsistent-remote-schema',
          severity: 'error',
          serverMessage: notFound,
          relationship: 'profile',
        },
      ],
      around(remoteSchemas),
    );
    const [found] = findingsIn(profile.replaceAll(/[⟦⟧]/g, ''), around(remoteSchemas));
    expect(
      found?.related.map(({ message, location: { uri, offset, length } }) => [
        message,
        uri.split('/').at(-1),
        remoteSchemas.slice(offset, offset + length),
      ]),
    ).toEqual([['This is the reason.', 'remote_schemas.yaml', reason]]);
  });

  it('not for what is not certain', () =>
    expectFindings(
      profile.replaceAll(/[⟦⟧]/g, ''),
      [],
      around(customized('field_names: [{ parent_type: Person, prefix: p_ }]')),
    ));

  it('not for names that do not clash', () =>
    expectFindings(
      profile.replaceAll(/[⟦⟧]/g, ''),
      [],
      around(customized('type_names: { mapping: { Person: X, Robot: Y } }')),
    ));
});
