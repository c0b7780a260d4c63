import { describe, it } from 'vitest';
import { expectFindings, expectFindingsIn, expectNothing, type Surroundings } from '../support/checkText.ts';

const code = 'remote-schema-permission';
const people = `
schema { query: Query mutation: Mutation }
type Query { person(id: ID!, kind: Kind): Person search(where: Filter, limit: Int = 10): [Person!]! }
type Mutation { rename(name: String): Person }
interface Node { id: ID! }
interface Named { name: String }
type Person implements Node { id: ID! name: String secret: String }
type Robot { id: ID! }
union Thing = Person | Robot
enum Kind { FRIEND FOE }
scalar Date
input Filter { name: String ids: [ID!] born: Date kind: Kind and: Filter tags: [String] }
`;
const around: Surroundings = { remoteSchemas: { people }, files: {} };
const permitted = (sdl: string, role = 'user') => `- name: people
  definition: { url: u }
  permissions:
    - role: ${role}
      definition:
        schema: |
${sdl.trim().replaceAll(/^(?=.)/gm, '          ')}
`;
const because = 'validation for the given role-based schema failed because ';

describe('remote-schema-permission', () => {
  it.each<[string, string, string?]>([
    ['broken SDL', 'type Query {\n  person: Person\ntype ⟦Person⟧ { id: ID! }'],
    ['a type', 'type ⟦Persn⟧ { id: ID! }', 'Object: "Persn" does not exist in the upstream remote schema'],
    [
      'a type of another kind',
      'input ⟦Person⟧ { id: ID! }',
      'Input object: "Person" does not exist in the upstream remote schema',
    ],
    ['a scalar', 'scalar ⟦Time⟧', 'Scalar: "Time" does not exist in the upstream remote schema'],
    [
      'a field',
      'type Person {\n  id: ID!\n  ⟦nam⟧: String\n}',
      'field "nam" does not exist in the Object: "Person"',
    ],
    [
      'a field of an interface',
      'interface Node { ⟦name⟧: String }',
      'field "name" does not exist in the Interface: "Node"',
    ],
    [
      'a type of a field',
      'type Person { id: ⟦ID⟧ }',
      'expected type of "id"("Object field") to be ID! but received ID',
    ],
    [
      'an argument',
      'type Query { person(id: ID!, ⟦knd⟧: Kind): Person }',
      'input argument "knd" does not exist in the input object:"person"',
    ],
    [
      'a type of an argument',
      'type Query { person(id: ⟦Int!⟧): Person }',
      'expected type of "id"("Input object argument") to be ID! but received Int!',
    ],
    [
      'an argument that is needed',
      'type Query { ⟦person⟧: Person }',
      'field: "person" expects the following non nullable arguments to be present: "id"',
    ],
    [
      'an input field',
      'input Filter { ⟦nme⟧: String }',
      'input argument "nme" does not exist in the input object:"Filter"',
    ],
    [
      'an enum value',
      'enum Kind { FRIEND ⟦FOO⟧ }',
      'enum "Kind" contains the following enum values that do not exist in the corresponding upstream remote enum: "FOO"',
    ],
    [
      'a type of a union',
      'union Thing = Person | ⟦Query⟧',
      'union "Thing" contains members which do not exist in the members of the remote schema union :"Query"',
    ],
    [
      'an interface',
      'interface Named { name: String }\ntype Person implements ⟦Named⟧ { id: ID! }',
      'custom interfaces are not supported. Object"Person" implements the following custom interfaces: "Named"',
    ],
    [
      'a type twice',
      'type Person { id: ID! }\ntype ⟦Person⟧ { id: ID! }',
      'duplicate type names found: "Person"',
    ],
    [
      'a field twice',
      'type Person { id: ID! ⟦id⟧: ID! }',
      'duplicate fields: "id"found in the Object "Person"',
    ],
    [
      'a preset at a field',
      'type Person { id: ID! @⟦preset⟧(value: 1) }',
      'Preset directives can be defined only on INPUT_FIELD_DEFINITION or ARGUMENT_DEFINITION',
    ],
    [
      'a preset without a value',
      'type Query { person(id: ID! @⟦preset⟧): Person }',
      'no arguments found in the preset directive',
    ],
    [
      'a preset with something else',
      'type Query { person(id: ID! @⟦preset⟧(val: 1)): Person }',
      'preset argument "value" not found at "id"',
    ],
    [
      'an object as preset of a scalar',
      'type Query { person(id: ID! @preset(value: ⟦{ a: 1 }⟧)): Person }',
      'expected preset value "{a: 1}" of type "ID" to be a scalar value',
    ],
    [
      'a text as preset of an enum',
      'enum Kind { FRIEND }\ntype Query { person(id: ID!, kind: Kind @preset(value: ⟦"FRIEND"⟧)): Person }',
      'expected preset value ""FRIEND"" of type "Kind" to be an enum value',
    ],
    [
      'a preset that the enum here lacks',
      'enum Kind { FRIEND }\ntype Query { person(id: ID!, kind: Kind @preset(value: ⟦FOE⟧)): Person }',
      '"FOE" not found in the enum: "Kind"',
    ],
    [
      'a preset of a type that is not here',
      'type Query { person(id: ID!, kind: ⟦Kind⟧ @preset(value: FOE)): Person }',
      'expected "Kind" to be an input type, but it\'s an output type',
    ],
    [
      'a session variable for a list',
      'input Filter { ids: [ID!] @preset(value: ⟦"x-hasura-ids"⟧) }',
      'illegal preset value at "ids". Session arguments can only be set for singleton values',
    ],
    [
      'a key of a preset',
      'input Filter { name: String }\ntype Query { search(where: Filter @preset(value: { ⟦nme⟧: "a" }), limit: Int = 10): [Person!]! }',
      '"nme" does not exist in the input object "Filter"',
    ],
  ])('%s', (_, sdl, reason) => {
    expectFindings(
      permitted(sdl),
      [{ code, severity: 'error', serverMessage: reason === undefined ? undefined : because + reason }],
      around,
    );
  });

  it.each([
    ['another default', 'type Query { search(where: Filter, ⟦limit⟧: Int = 20): [Person!]! }'],
    ['no default', 'type Query { search(⟦limit⟧: Int): [Person!]! }'],
    ['a directive of one’s own', 'type Person { id: ID! @⟦deprecated⟧ }'],
  ])('warns of %s', (_, sdl) => expectFindings(permitted(sdl), [{ code, severity: 'warning' }], around));

  it('offers the name that was meant, in YAML and in JSON', () => {
    expectFindings(
      permitted('type Person {\n  id: ID!\n  ⟦nmae⟧: String\n}'),
      [
        {
          code,
          message: /Did you mean "name"\?$/,
          fixed: permitted('type Person {\n  id: ID!\n  name: String\n}'),
        },
      ],
      around,
    );
    expectFindingsIn(
      'json',
      '[{"name": "people", "definition": {"url": "u"}, "permissions": [{"role": "user", "definition": {"schema": "type Person {\\n  ⟦nmae⟧: String\\n}"}}]}]',
      [{ code }],
      around,
    );
  });

  it('each mistake where it stands, with the reasons alone', () => {
    expectFindings(
      permitted('type Query {\n  person(id: ID!, ⟦a⟧: Int): Person\n}\ntype Person { ⟦b⟧: Int }'),
      [
        { code, fixes: [], serverMessage: 'input argument "a" does not exist in the input object:"person"' },
        { code, serverMessage: 'field "b" does not exist in the Object: "Person"' },
      ],
      around,
    );
  });

  it('a role twice', () => {
    const one = (role: string) => `{ role: ${role}, definition: { schema: "scalar Date" } }`;
    const text = (...roles: string[]) =>
      `- name: people\n  definition: { url: u }\n  permissions: [${roles.map(one).join(', ')}]\n`;
    expectFindings(text('user', '⟦user⟧'), [{ code, severity: 'error', related: ['user'] }], around);
    expectNothing(text('user', 'other'), around);
    expectFindings(
      text('⟦admin⟧'),
      [{ code, serverMessage: 'cannot define permission for admin role' }],
      around,
    );
  });

  it('in a request', () =>
    expectFindings(
      'type: add_remote_schema_permissions\nargs: { remote_schema: people, role: user, definition: { schema: "type ⟦Persn⟧ { id: ID! }" } }\n',
      [{ code, serverMessage: `${because}Object: "Persn" does not exist in the upstream remote schema` }],
      around,
    ));

  it('a folded text is reported as a whole', () =>
    expectFindings(
      '- name: people\n  definition: { url: u }\n  permissions:\n    - role: user\n      definition:\n        schema: >-\n          type Persn\n          { id: ID! }\n',
      [{ code }],
      around,
    ));

  it.each([
    [
      'a part of it',
      'schema { query: Query }\ntype Query { person(id: ID!): Person }\ntype Person implements Node { id: ID! }\ninterface Node { id: ID! }',
    ],
    ['all of it', people],
    ['built-in scalars', 'scalar ID\nscalar Int\ntype Person { id: ID! }'],
    [
      'presets',
      'enum Kind { FRIEND FOE }\nscalar Date\ninput Filter { name: String @preset(value: "x-hasura-name") born: Date @preset(value: "2020-01-01", static: true) ids: [ID!] @preset(value: [1, 2]) kind: Kind @preset(value: FOE) tags: [String] @preset(value: "one") }\ntype Query { person(id: ID! @preset(value: "x-hasura-id"), kind: Kind @preset(value: "x-hasura-kind")): Person search(where: Filter @preset(value: { name: "a" }), limit: Int = 10): [Person!]! }',
    ],
  ])('says nothing of %s', (_, sdl) => expectNothing(permitted(sdl), around));

  it('says nothing where the remote schema is not known, but for the syntax', () => {
    const unknown = { ...around, remoteSchemas: { people: null } };
    expectNothing(permitted('type Anything { id: ID! }'), unknown);
    expectFindings(permitted('⟦tpye⟧ Anything { id: ID! }'), [{ code }], unknown);
  });
});
