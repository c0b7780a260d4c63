import { describe, expect, it } from 'vitest';
import { type ExpectedFinding, expectFindingsIn, findingsIn } from '../support/checkText.ts';
import { toRemoteSchema } from './joinFixtures.ts';
import { checkPath, location } from './support/joins.ts';

describe('unsupplied-required-argument', () => {
  const code = 'unsupplied-required-argument';

  it.each<[string, string, ExpectedFinding]>([
    [
      'on the last step',
      '⟦person⟧: { arguments: { locale: $id } }',
      {
        code,
        severity: 'information',
        message: 'Required argument "id" (ID!) of remote field "person" must be supplied at query time.',
        serverMessage: undefined,
      },
    ],
    [
      'on an earlier step',
      '⟦person⟧: { arguments: { locale: $id }, field: { address: { arguments: { kind: x } } } }',
      { code, severity: 'warning', message: /can't be supplied at query time on a step before the last/ },
    ],
    [
      'a required input field',
      'create: { arguments: { ⟦input⟧: { name: $id } } }',
      {
        code,
        severity: 'information',
        message: /Required field "role" \(String!\) of input object "PersonInput"/,
      },
    ],
    [
      'several at once, those with a default not counted',
      'create: { arguments: { ⟦input⟧: {} }, field: { address: { arguments: { kind: $id } } } }',
      {
        code,
        severity: 'warning',
        message:
          /^Required fields "name" \(String!\), "role" \(String!\) of input object "PersonInput" are not given/,
      },
    ],
  ])('%s', (_, field, finding) => checkPath(field, [finding]));

  it('says nothing of optional arguments, nor where arguments are not written yet', () => {
    checkPath('search: { arguments: {} }', []);
    const found = findingsIn(toRemoteSchema('[]', 'person:'), location);
    expect(found.map((finding) => finding.code)).not.toContain(code);
  });

  it('counts what a merge key brings', () => {
    expectFindingsIn(
      'yaml',
      toRemoteSchema(
        '[id]',
        `
people:
  arguments:
    where:
      id: &id { _eq: $id }
      _or:
        - id: { <<: *id }
`,
      ),
      [],
      location,
    );
  });
});
