import { describe, expect, it } from 'vitest';
import { parseSdl } from '../../../server/src/schema/parseSdl.ts';
import { permissionMistakes } from '../../../server/src/schema/permissionSubset.ts';
import { presetsIn } from '../../../server/src/schema/presets.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';

const people = `
type Query { person(id: ID!, kind: Kind): Person search(where: Filter, limit: Int = 10): [Person!]! all(a: Int!, b: ID!): Int }
interface Node { id: ID! }
interface Named { name: String }
type Person implements Node { id: ID! name: String }
type Robot { id: ID! }
union Thing = Person | Robot
enum Kind { FRIEND FOE }
scalar Date
type Dates { a: Int }
input Filter { name: String ids: [ID!] born: Date kind: Kind and: Filter needed: Int! }
`;
const { schema } = loadSdl([{ uri: 'file:///people.graphql', text: people }]);

/** What is wrong in the SDL of a permission, as `where: message`; with a suggestion, and `~` where it is not certain. */
function mistakes(text: string): readonly string[] {
  const { document } = parseSdl(text);
  if (document === undefined || schema === undefined) throw new Error('no SDL');
  return permissionMistakes(document, schema).map(
    ({ offset, length, message, certain, suggestion }) =>
      `${certain ? '' : '~'}${text.slice(offset, offset + length)}: ${message}${suggestion === undefined ? '' : ` → ${suggestion}`}`,
  );
}

const filter = 'input Filter { needed: Int! ';

describe('what is no part of a remote schema', () => {
  it.each<[string, ...string[]]>([
    ['schema { query: Query } schema { query: Query }', 'schema: There is already a schema definition.'],
    ['type Persn { id: ID! }', 'Persn: The remote schema has no type "Persn". → Person'],
    ['input Thingy { a: Int }', 'Thingy: The remote schema has no type "Thingy".'],
    ['enum Kin { A }', 'Kin: The remote schema has no type "Kin". → Kind'],
    ['input Person { id: ID! }', 'Person: "Person" is another kind of type in the remote schema.'],
    ['scalar Person', 'Person: "Person" is another kind of type in the remote schema.'],
    ['scalar Dates', 'Dates: "Dates" is another kind of type in the remote schema.'],
    ['scalar Date scalar Date', 'Date: Type "Date" is already defined.'],
    ['type Person { nme: Int }', 'nme: Type "Person" of the remote schema has no field "nme". → name'],
    ['interface Node { ID: ID! }', 'ID: Type "Node" of the remote schema has no field "ID". → id'],
    ['type Person { id: ID! id: Int }', 'id: Type "Person" already has a field "id".'],
    ['type Person { id: [ID] }', '[ID]: "id" is of type ID! in the remote schema, not [ID].'],
    [
      'interface Named { name: String } type Person implements Named { id: ID! }',
      'Named: In the remote schema "Person" does not implement "Named".',
    ],
    ['enum Kind { FRIEND FO }', 'FO: Enum "Kind" has no value "FO". → FOE'],
    ['union Thing = Person | Robt', 'Robt: Union "Thing" has no type "Robt". → Robot'],
    [
      'type Query { all: Int }',
      'all: Field "all" must keep what is non-null in the remote schema: "a", "b". Use a preset to hide it.',
    ],
    [
      'input Filter { name: String }',
      'Filter: Input object "Filter" must keep what is non-null in the remote schema: "needed". Use a preset to hide it.',
    ],
    [
      'type Query { person(id: ID!, kin: Kind): Person }',
      'kin: Field "person" of the remote schema has no argument "kin". → kind',
    ],
    [`${filter}nam: Int }`, 'nam: Input object "Filter" of the remote schema has no field "nam". → name'],
    ['type Query { person(id: ID!, id: ID!): Person }', 'id: There is already an argument "id".'],
    [`${filter}name: String name: Int }`, 'name: There is already a field "name".'],
    [
      'type Query { search(limit: Int): [Person!]! }',
      '~limit: "limit" has the default 10 in the remote schema; a permission keeps it.',
    ],
    [
      'type Query { search(where: Filter = {}, limit: Int = 10): [Person!]! }',
      '~where: "where" has no default in the remote schema; a permission keeps it.',
    ],
    [
      'type Person @preset(value: 1) { id: ID! @preset(value: 1) }',
      'preset: A preset belongs on an argument or an input field.',
      'preset: A preset belongs on an argument or an input field.',
    ],
    [
      'type Person { id: ID! @own }',
      '~own: The server does not know the directive "@own" of the remote schema (at Object field "Person").',
    ],
    [
      'type Query { person(id: ID! @own): Person }',
      '~own: The server does not know the directive "@own" of the remote schema (at "id").',
    ],
    [`${filter}name: String @preset(value: 1) @preset(value: 2) }`, 'preset: There is already a preset.'],
    [`${filter}name: String @preset(static: true) }`, 'preset: A preset needs a "value".'],
    [`${filter}name: String @preset(value: 1, static: 1) }`, '1: "static" must be true or false.'],
    [
      `${filter}ids: [ID!] @preset(value: "X-Hasura-Ids") }`,
      '"X-Hasura-Ids": A session variable is a single value, not a list.',
    ],
    [
      `${filter}ids: [ID!] @preset(value: [1, { a: 1 }]) }`,
      '{ a: 1 }: A preset of type "ID" must be a scalar.',
    ],
    [`${filter}ids: [ID!] @preset(value: FOE) }`, 'FOE: A preset of type "ID" must be a scalar.'],
    [
      `scalar Date ${filter}born: Date @preset(value: [1]) }`,
      '[1]: A preset of type "Date" must be a scalar.',
    ],
    [
      `enum Kind { FOE } ${filter}kind: Kind @preset(value: 1) }`,
      '1: A preset of type "Kind" must be one of its values.',
    ],
    [
      `enum Kind { FOE } ${filter}kind: Kind @preset(value: FO) }`,
      'FO: Enum "Kind" has no value "FO" here. → FOE',
    ],
    [`${filter}and: Filter @preset(value: 1) }`, '1: A preset of type "Filter" must be an object.'],
    [
      `${filter}and: Filter @preset(value: { and: { nme: 1 } }) }`,
      'nme: Input object "Filter" has no field "nme" here.',
    ],
    [
      `${filter}kind: Kind @preset(value: FOE) }`,
      'Kind: Type "Kind" of a preset is not an input type in this SDL: define it here too.',
    ],
  ])('%s', (text, ...expected) => {
    expect(mistakes(text)).toEqual(expected);
  });

  it.each([
    'schema { query: Query }',
    'scalar String',
    'directive @own on FIELD',
    'interface Node { id: ID! } type Person implements Node { id: ID! }',
    'type Person implements Elsewhere { id: ID! }',
    'type Query { search(where: Filter, limit: Int = 10): [Person!]! }',
    'union Thing = Robot',
    `${filter}name: String @preset(value: "x-hasura-name") }`,
    `${filter}name: String @preset(value: "a", static: true) }`,
    `${filter}ids: [ID!] @preset(value: ["x-hasura-id", 1]) }`,
    `${filter}ids: [ID!] @preset(value: "of x-hasura-ids") }`,
    `${filter}ids: [ID!] @preset(value: 1) }`,
    `enum Kind { FOE } ${filter}kind: Kind @preset(value: FOE) }`,
    `enum Kind { FOE } ${filter}kind: Kind @preset(value: "x-hasura-kind") }`,
    `${filter}and: Filter @preset(value: { and: { needed: 1 } }) }`,
  ])('nothing in %s', (text) => {
    expect(mistakes(text)).toEqual([]);
  });

  it.each<[string, string]>([
    ['schema { query: Query } schema { query: Query }', 'multiple schema definitions found'],
    ['input Thingy { a: Int }', 'Input object: "Thingy" does not exist in the upstream remote schema'],
    ['scalar Person', 'Scalar: "Person" does not exist in the upstream remote schema'],
    ['scalar Date scalar Date', 'duplicate type names found: "Date"'],
    ['type Person { nme: Int }', 'field "nme" does not exist in the Object: "Person"'],
    ['interface Node { ID: ID! }', 'field "ID" does not exist in the Interface: "Node"'],
    ['type Person { id: ID! id: Int }', 'duplicate fields: "id"found in the Object "Person"'],
    ['type Person { id: [ID] }', 'expected type of "id"("Object field") to be ID! but received [ID]'],
    [
      'interface Named { name: String } type Person implements Named { id: ID! }',
      'custom interfaces are not supported. Object"Person" implements the following custom interfaces: "Named"',
    ],
    [
      'enum Kind { FRIEND FO }',
      'enum "Kind" contains the following enum values that do not exist in the corresponding upstream remote enum: "FO"',
    ],
    [
      'union Thing = Person | Robt',
      'union "Thing" contains members which do not exist in the members of the remote schema union :"Robt"',
    ],
    [
      'type Query { all: Int }',
      'field: "all" expects the following non nullable arguments to be present: "a", "b"',
    ],
    [
      'type Query { person(id: ID!, kin: Kind): Person }',
      'input argument "kin" does not exist in the input object:"person"',
    ],
    [
      'type Query { person(id: ID!, id: ID!): Person }',
      'duplicate arguments: "id"found in the field: "person"',
    ],
    [
      'type Query { person(id: Int!): Person }',
      'expected type of "id"("Input object argument") to be ID! but received Int!',
    ],
    [
      'type Query { search(where: Filter = {}, limit: Int = 10): [Person!]! }',
      'expected default value of input value: "where"of input object "search" to be  but received {}',
    ],
    [
      'type Person @preset(value: 1) { id: ID! }',
      'Preset directives can be defined only on INPUT_FIELD_DEFINITION or ARGUMENT_DEFINITION',
    ],
    ['type Person { id: ID! @own }', 'Directive: "own" does not exist in the upstream remote schema'],
    [
      `${filter}name: String @preset(value: 1) @preset(value: 2) }`,
      'found multiple preset directives at Input object argument "name"',
    ],
    [`${filter}name: String @preset }`, 'no arguments found in the preset directive'],
    [`${filter}name: String @preset(static: true) }`, 'preset argument "value" not found at "name"'],
    [
      `${filter}name: String @preset(value: 1, static: 1) }`,
      'expected preset static value to be a Boolean value',
    ],
    [
      `${filter}ids: [ID!] @preset(value: "X-Hasura-Ids") }`,
      'illegal preset value at "ids". Session arguments can only be set for singleton values',
    ],
    [
      `${filter}ids: [ID!] @preset(value: [1, { a: 1 }]) }`,
      'expected preset value "{a: 1}" of type "ID" to be a scalar value',
    ],
    [
      `enum Kind { FOE } ${filter}kind: Kind @preset(value: 1) }`,
      'expected preset value "1" of type "Kind" to be an enum value',
    ],
    [`enum Kind { FOE } ${filter}kind: Kind @preset(value: FO) }`, '"FO" not found in the enum: "Kind"'],
    [
      `${filter}and: Filter @preset(value: 1) }`,
      'expected preset value "1" of type "Filter" to be an input object value',
    ],
    [
      `${filter}and: Filter @preset(value: { and: { nme: 1 } }) }`,
      '"nme" does not exist in the input object "Filter"',
    ],
    [
      `${filter}kind: Kind @preset(value: FOE) }`,
      'expected "Kind" to be an input type, but it\'s an output type',
    ],
  ])('the server says of %s: %s', (text, reason) => {
    const { document } = parseSdl(text);
    expect(
      document && schema && permissionMistakes(document, schema).map((mistake) => mistake.reason),
    ).toEqual([reason]);
  });
});

it.each<[string, readonly string[]]>([
  ['type Query { person(id: ID! @preset(value: 1), kind: Kind): Person }', ['Query.person.id']],
  ['extend type Query { a(b: Int @own @preset(value: 1)): Int c: Int }', ['Query.a.b']],
  ['interface Node { a(b: Int @preset(value: 1)): Int }', ['Node.a.b']],
  ['extend interface Node { a(b: Int @preset(value: 1)): Int }', ['Node.a.b']],
  ['input Filter { a: Int @preset(value: 1) b: Int @own }', ['Filter.a']],
  ['extend input Filter { a: Int @preset(value: 1) }', ['Filter.a']],
  ['enum Kind { A @preset(value: 1) } scalar Date type Query', []],
  ['type Query {', []],
])('%s presets %j', (text, presets) => {
  expect([...presetsIn(text)]).toEqual(presets);
});
