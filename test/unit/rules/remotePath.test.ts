import { describe, expect, it } from 'vitest';
import {
  type ExpectedFinding,
  expectFindings,
  expectFindingsIn,
  expectNothing,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';
import { inProfile, legacy, people, surroundings, toRemoteSchema } from './joinFixtures.ts';

const location: Surroundings = { ...surroundings, location: { source: 'default' } };

function check(field: string, expected: readonly ExpectedFinding[], around: Surroundings = location): void {
  expectFindings(toRemoteSchema(field.includes('$id') ? '[id]' : '[]', field), expected, around);
}

describe('unknown-remote-schema', () => {
  const code = 'unknown-remote-schema';
  const field = 'person: { arguments: { id: $id } }';

  it('a mistyped name', () => {
    expectFindings(
      toRemoteSchema('[id]', field, { schema: '⟦poeple⟧' }),
      [
        {
          code,
          severity: 'error',
          message: 'There is no remote schema "poeple". Did you mean "people"?',
          serverMessage: `${inProfile}remote schema with name "poeple" not found`,
          relationship: 'profile',
          fixed: toRemoteSchema('[id]', field),
        },
      ],
      location,
    );
  });

  it('says nothing of what lies below it, but for mistakes that need no schema', () => {
    expectFindings(
      toRemoteSchema('[id]', 'person: { arguments: { wrong: $id, ids: ⟦[a, b]⟧, other: ⟦null⟧ } }', {
        schema: '⟦nothing⟧',
      }),
      [{ code }, { code: 'multiple-list-elements' }, { code: 'null-value' }],
      location,
    );
  });

  it('says nothing where not every remote schema is known, and of one without a schema', () => {
    expectNothing(toRemoteSchema('[id]', field), {
      sources: surroundings.sources ?? {},
      location: { source: 'default' },
    });
    expectNothing(
      toRemoteSchema('[id]', 'any: { arguments: { x: $id } }', { schema: 'unreachable' }),
      location,
    );
  });
});

describe('unknown-remote-field', () => {
  const code = 'unknown-remote-field';
  const notFound = (field: string, type: string) =>
    `${inProfile}remote field with name "${field}" and type "${type}" not found`;

  it.each<[string, string, ExpectedFinding]>([
    [
      'a query field',
      '⟦persn⟧: { arguments: { id: $id } }',
      {
        code,
        severity: 'error',
        message: 'Remote schema "people" has no query field "persn". Did you mean "person"?',
        serverMessage: notFound('persn', 'Query'),
        relationship: 'profile',
        fixed: toRemoteSchema('[id]', 'person: { arguments: { id: $id } }'),
      },
    ],
    [
      'a mutation',
      '⟦addPerson⟧: { arguments: { name: $id } }',
      { code, message: /is a field of "Mutation", but a path starts at the query root/ },
    ],
    [
      'a nested field',
      'person:\n  arguments: { id: $id }\n  field:\n    ⟦adress⟧: { arguments: {} }',
      {
        code,
        message: 'Type "Person" has no field "adress". Did you mean "address"?',
        serverMessage: notFound('adress', 'Person'),
      },
    ],
    [
      'a field below a list of non-null objects',
      'people:\n  arguments: { ids: [$id] }\n  field:\n    ⟦xyz⟧: { arguments: {} }',
      { code, serverMessage: notFound('xyz', 'Person') },
    ],
  ])('%s', (_, field, finding) => check(field, [finding]));

  it('says nothing of what follows an unknown field', () => {
    check(
      '⟦persn⟧:\n  arguments: { any: { thing: [$id] } }\n  field:\n    also: { arguments: { unknown: 1 } }',
      [{ code }],
    );
  });

  it('a schema without a query root', () => {
    check(
      '⟦person⟧: { arguments: { id: $id } }',
      [
        {
          code,
          message: /has no query root/,
          serverMessage: `${inProfile}field with name "Query" not found in remote schema`,
        },
      ],
      { ...location, remoteSchemas: { people: 'type Person { id: ID! }' } },
    );
  });

  it('a query root by another name', () => {
    check('⟦two⟧: { arguments: { id: $id } }', [{ code, serverMessage: notFound('two', 'query_root') }], {
      ...location,
      remoteSchemas: { people: 'schema { query: query_root } type query_root { one(id: ID): Int }' },
    });
  });

  it.each([
    ['an interface', 'node: { arguments: { id: $id } }'],
    ['a union', 'search: { arguments: { text: $id } }'],
    ['an enum', 'kindOf: { arguments: { id: $id } }'],
    ['a scalar', 'nameOf: { arguments: { id: $id } }'],
    [
      'an object at depth',
      'person:\n  arguments: { id: $id }\n  field:\n    address: { arguments: { kind: home } }',
    ],
  ])('the path may end at %s', (_, field) => check(field, []));
});

describe('selection-below-non-object', () => {
  const code = 'selection-below-non-object';

  it.each([
    [
      'an interface',
      'node: { arguments: { id: $id }, field: { ⟦name⟧: { arguments: {} } } }',
      'an interface',
    ],
    ['a union', 'search: { arguments: { text: $id }, field: { ⟦title⟧: { arguments: {} } } }', 'a union'],
    ['an enum', 'kindOf: { arguments: { id: $id }, field: { ⟦FRIEND⟧: { arguments: {} } } }', 'an enum'],
    ['a scalar', 'nameOf: { arguments: { id: $id }, field: { ⟦length⟧: { arguments: {} } } }', 'a scalar'],
  ])('%s', (_, field, kind) => {
    check(field, [
      {
        code,
        severity: 'error',
        message: new RegExp(`returns ${kind} `),
        serverMessage: /remote field with name "\w+" and type "Query" not found$/,
      },
    ]);
  });

  it('a name that the type before happens to have', () => {
    const field = 'nameOf: { arguments: { id: $id }, field: { ⟦person⟧: { arguments: { wrong: 1 } } } }';
    check(field, [{ code, serverMessage: 'object with name "String" not found' }]);
    expectFindings(legacy('[id]', field), [{ code, serverMessage: undefined }], {
      ...location,
      serverVersion: '2.0.4',
    });
  });

  it('is said once, whatever follows', () => {
    check(
      'nameOf: { arguments: { id: $id }, field: { ⟦a⟧: { arguments: {}, field: { b: { arguments: { c: 1 } } } } } }',
      [{ code }],
    );
  });
});

describe('unknown-argument', () => {
  const code = 'unknown-argument';
  const notFound = (name: string) => `${inProfile}argument with name "${name}" not found in remote schema`;

  it.each<[string, string, ExpectedFinding]>([
    [
      'of a remote field',
      'kindOf: { arguments: { id: $id, ⟦kid⟧: 1 } }',
      {
        code,
        severity: 'error',
        message: 'Remote field "kindOf" has no argument "kid".',
        serverMessage: notFound('kid'),
        relationship: 'profile',
      },
    ],
    [
      'that is mistyped',
      'people: { arguments: { ids: [$id], ⟦naem⟧: x } }',
      { code, fixed: toRemoteSchema('[id]', 'people: { arguments: { ids: [$id], name: x } }') },
    ],
    [
      'of a field without arguments',
      'hello: { arguments: { ⟦id⟧: $id } }',
      { code, message: 'Remote field "hello" takes no arguments.' },
    ],
    [
      'of an input object',
      'people: { arguments: { where: { ⟦ident⟧: $id } } }',
      {
        code,
        message: 'Input object "PersonFilter" has no field "ident".',
        serverMessage: notFound('ident'),
      },
    ],
    [
      'of an input object in a list',
      'people: { arguments: { where: { _or: [{ id: { ⟦eq⟧: $id } }] } } }',
      { code, message: 'Input object "IdFilter" has no field "eq". Did you mean "_eq"?' },
    ],
  ])('%s', (_, field, finding) => check(field, [finding]));

  it('says nothing of what lies below an unknown one', () => {
    check('people: { arguments: { ⟦were⟧: { any: [{ thing: $id }] } } }', [{ code }]);
  });

  it('reports all of them', () => {
    check('people: { arguments: { ⟦a⟧: 1, ⟦b⟧: 2 }, field: { ⟦friends⟧: { arguments: { ⟦c⟧: 3 } } } }', [
      { code },
      { code },
      { code: 'unsupplied-required-argument' },
      { code },
    ]);
  });
});

describe('deprecated-remote-field', () => {
  const code = 'deprecated-remote-field';

  it('fields, arguments and input fields', () => {
    check('⟦user⟧: { arguments: { id: $id, ⟦old⟧: 1 } }', [
      {
        code,
        severity: 'hint',
        message: 'Remote field "user" is deprecated: Use person.',
        serverMessage: undefined,
      },
      { code, message: 'Argument "old" is deprecated: Use id.' },
    ]);
    check('people: { arguments: { where: { ⟦old⟧: 1, id: { _eq: $id } } } }', [{ code }]);
  });

  it('is tagged', () => {
    const [found] = findingsIn(toRemoteSchema('[id]', 'user: { arguments: { id: $id } }'), location);
    expect(found?.tags).toEqual(['deprecated']);
  });

  it('says nothing of what is not deprecated', () => check('person: { arguments: { id: $id } }', []));
});

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
  ])('%s', (_, field, finding) => check(field, [finding]));

  it('says nothing of optional arguments, nor where arguments are not written yet', () => {
    check('search: { arguments: {} }', []);
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

describe('related places', () => {
  const locationsOf = (field: string, code: string) =>
    findingsIn(toRemoteSchema('[id]', field), location)
      .filter((finding) => finding.code === code)
      .flatMap(({ related }) => related)
      .map(({ message, location: { uri, offset, length } }) => [
        uri.split('/').at(-1),
        people.slice(offset, offset + length),
        message,
      ]);

  it.each([
    ['unknown-remote-field', 'persn: { arguments: { id: $id } }', 'Query', 'Type "Query" is declared here.'],
    [
      'unknown-argument',
      'kindOf: { arguments: { id: $id, kid: 1 } }',
      'kindOf',
      'Remote field "kindOf" is declared here.',
    ],
    [
      'unknown-argument',
      'people: { arguments: { where: { x: $id } } }',
      'PersonFilter',
      'Input object "PersonFilter" is declared here.',
    ],
    [
      'literal-type',
      'people: { arguments: { ids: [$id], limit: many } }',
      'limit',
      'Argument "limit" of type Int is declared here.',
    ],
    [
      'selection-below-non-object',
      'search: { arguments: { text: $id }, field: { a: { arguments: {} } } }',
      'SearchResult',
      '"SearchResult" is declared here.',
    ],
  ])('%s: %s', (code, field, text, message) => {
    expect(locationsOf(field, code)).toEqual([['people.graphql', text, message]]);
  });
});
