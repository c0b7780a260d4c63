import { describe, expect, it } from 'vitest';
import { findingsIn } from '../support/checkText.ts';
import { inProfile, toRemoteSchema } from './joinFixtures.ts';
import { checkPath, location } from './support/joins.ts';

describe('deprecated-remote-field', () => {
  const code = 'deprecated-remote-field';

  it('fields, arguments and input fields', () => {
    checkPath('⟦user⟧: { arguments: { id: $id, ⟦old⟧: 1 } }', [
      {
        code,
        severity: 'hint',
        message: 'Remote field "user" is deprecated: Use person.',
        serverMessage: undefined,
      },
      {
        code,
        severity: 'warning',
        message: /^Argument "old" is deprecated: Use id\. The server doesn't ask for /,
        serverMessage: `${inProfile}argument with name "old" not found in remote schema`,
      },
    ]);
    checkPath('people: { arguments: { where: { ⟦old⟧: 1, id: { _eq: $id } } } }', [
      {
        code,
        severity: 'warning',
        serverMessage: `${inProfile}argument with name "old" not found in remote schema`,
      },
    ]);
  });

  it.each([
    ['none', 'reason: ""', 'Remote field "a" is deprecated.', 'Argument "b" is deprecated. The server'],
    [
      'a sentence',
      'reason: "Go!"',
      'Remote field "a" is deprecated: Go!',
      'Argument "b" is deprecated: Go! The server',
    ],
    [
      'a sentence without a stop',
      'reason: "Go"',
      'Remote field "a" is deprecated: Go',
      'Argument "b" is deprecated: Go. The server',
    ],
  ])('whose reason is %s', (_, reason, field, argument) => {
    const sdl = `type Query { a(b: Int @deprecated(${reason})): Int @deprecated(${reason}) }`;
    checkPath(
      '⟦a⟧: { arguments: { ⟦b⟧: 1 } }',
      [
        { code, message: field },
        { code, message: new RegExp(`^${argument.replaceAll('.', String.raw`\.`)} `) },
      ],
      { ...location, remoteSchemas: { people: sdl } },
    );
  });

  it('is not said below what is no object, where another type is looked in', () =>
    checkPath('node: { arguments: { id: $id }, field: { ⟦user⟧: { arguments: { old: 1 } } } }', [
      { code: 'selection-below-non-object' },
    ]));

  it('is tagged', () => {
    const [found] = findingsIn(toRemoteSchema('[id]', 'user: { arguments: { id: $id } }'), location);
    expect(found?.tags).toEqual(['deprecated']);
  });

  it('says nothing of what is not deprecated', () => checkPath('person: { arguments: { id: $id } }', []));
});
