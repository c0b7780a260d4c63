import { describe, expect, it } from 'vitest';
import { permissionPlace } from '../../../server/src/schema/permissionPlace.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';

const upstream = `
type Query { person(id: ID!, first: Int = 10): Person  people: [Person!]! }
type Mutation { rename(input: Rename!): Person }
interface Node { id: ID! }
interface Named { name: String }
type Person implements Node & Named { id: ID! name: String kind: Kind }
type Robot { serial: Int }
union Being = Person | Robot
enum Kind { YOUNG OLD }
input Rename { id: ID! name: String = "nobody" }
scalar Date
`;
const schema = loadSdl([{ uri: 'file:///people.graphql', text: upstream }]).schema;

/** What is offered at the bar, without what is written already. */
function offered(marked: string): readonly string[] | undefined {
  const offset = marked.indexOf('|');
  if (schema === undefined) throw new Error('no schema');
  const place = permissionPlace(marked.replace('|', ''), offset, schema);
  return place?.options.map(({ name }) => name).filter((name) => !place.written.has(name));
}

const words = ['type', 'interface', 'union', 'enum', 'input', 'scalar', 'schema'];
const scalars = ['Int', 'Float', 'String', 'Boolean', 'ID'];

describe('what can stand in the SDL of a permission', () => {
  it.each<[string, string, readonly string[] | undefined]>([
    ['nothing yet', '|', words],
    ['a word being typed', 'ty|', words],
    ['behind a definition', 'type Query { people: [Person!]! }\n|', words],
    ['the name of a type', 'type |', ['Query', 'Mutation', 'Person', 'Robot']],
    [
      'one that is not defined yet',
      'type Query { a: B }\ntype P| { id: ID! }\ntype Robot {',
      ['Mutation', 'Person'],
    ],
    ['of an interface', 'interface |', ['Node', 'Named']],
    ['of an enum', 'enum |', ['Kind']],
    ['of an input object', 'input | {}', ['Rename']],
    ['of a union', 'union |', ['Being']],
    ['an interface of a type', 'type Person implements |', ['Node', 'Named']],
    ['another one', 'type Person implements Node & | { id: ID! }', ['Named']],
    ['a field', 'type Query { |', ['person', 'people']],
    ['a field beside others', 'type Query { people: [Person!]!\n  pe| }', ['person']],
    ['a field before others', 'type Query { | people: [Person!]! }', ['person']],
    ['a field behind two others', 'type Person { id: ID! name: String | }', ['kind']],
    ['a field behind arguments', 'type Query { person(id: ID!): Person | }', ['people']],
    ['a field of a type that is not there', 'type Nobody { | }', []],
    ['an argument', 'type Query { person(| ', ['id', 'first']],
    [
      'another argument',
      'type Query { person(id: ID! @preset(value: "X-Hasura-User-Id"), f|): Person }',
      ['first'],
    ],
    ['an argument behind a default', 'type Query { person(first: Int = 10 |): Person }', ['id']],
    ['a field of an input object', 'input Rename { id: ID! | }', ['name']],
    ['a value of an enum', 'enum Kind { YOUNG | }', ['OLD']],
    ['the type of a field', 'type Query { people: |', ['Person']],
    ['the type of an argument', 'type Query { person(id: |', ['ID']],
    ['the type of a field that is not there', 'type Query { nobody: |', []],
    ['a root', 'schema { query: Query | }', ['mutation', 'subscription']],
    ['the type of a root', 'schema { query: | }', ['Query', 'Mutation', 'Person', 'Robot']],
    ['a directive at an argument', 'type Query { person(id: ID! @|', ['preset']],
    ['a directive at an input field', 'input Rename { id: ID! @| }', ['preset']],
    ['a directive at a field', 'type Query { people: [Person!]! @| }', []],
    ['what a preset says', 'type Query { person(id: ID! @preset(|', ['value', 'static']],
    ['what else it says', 'type Query { person(id: ID! @preset(value: [1, {a: 2}] |', ['static']],
    ['a scalar', 'scalar |', [...scalars, 'Date']],
    ['a default', 'type Query { person(first: Int = |', []],
    ['behind a name', 'type Query { person |', []],
    ['a comment', 'type Query {\n  # pe|', undefined],
    ['the line below a comment', 'type Query {\n  # one\n  |', ['person', 'people']],
    ['a string', '"""\ntype Query { |', undefined],
    ['a text of one line', 'type Query { "what |', undefined],
    ['behind what is no GraphQL', 'type Query { % |', undefined],
    ['before what is no GraphQL', 'type Query { | %', ['person', 'people']],
    ['more closing brackets than opening ones', '}})]} type Robot { |', ['serial']],
  ])('%s', (_, text, expected) => {
    expect(offered(text)?.toSorted()).toEqual(expected?.toSorted());
  });

  it.each<[string, readonly string[]]>([
    ['type Query { person(id: ID! @preset(value: 1) |', ['first']],
    ['type Query { person(id: ID!, "about" |', ['first']],
    ['type Query { person(id: ID!) |', []],
    ['type Query { person(id: ID!): |', ['Person']],
    ['type Query { person(id: [|', ['ID']],
    ['type Query { person(nobody: |', []],
    ['type Query { person(id: ID! = [|', []],
    ['type Query { person(id: ID! @preset(value: [|', []],
    ['type Query { person(id: ID! @preset(value: {|', []],
    ['type Query { people: [|', ['Person']],
    ['type Query { people: [Person!]! @own |', ['person']],
    ['type Query { people: [Person!]! @own(a: 1) |', ['person']],
    ['type Query { "about" |', ['person', 'people']],
    ['input Rename { id: ID! @preset(value: 1) |', ['name']],
    ['input Rename { id: ID!, |', ['name']],
    ['input Rename { id: |', ['ID']],
    ['input Rename { id: ID! @preset(value: 1) name: |', ['String']],
    ['input Rename { name: String = "nobody" id: |', ['ID']],
    ['type Query { person(first: Int = 10, id: |', ['ID']],
    ['type Query { person(id: ID = {a: 1}, first: |', ['Int']],
    ['input Rename { nobody: |', []],
    ['input Rename { name: String = |', []],
    ['input Rename { name: String = {a: |', []],
    ['enum Kind { YOUNG @own | }', ['OLD']],
    ['enum Kind { YOUNG @own(a: 1) | }', ['OLD']],
    ['union Being = |', ['Person', 'Robot']],
    ['union Being @own = |', ['Person', 'Robot']],
    ['interface Node { |', ['id']],
    ['type Person @|', []],
    ['type Person @own(|', []],
    ['type Person @own(a: [|', []],
    ['type Person @own { |', ['id', 'name', 'kind']],
    ['type Person @own "about" |', words],
    ['enum Nobody { |', []],
    ['type Person @own(a: 1) |', words],
    ['input Rename { id: ID! @preset(|', ['value', 'static']],
    ['type Query { people: [Person!]! @preset(|', []],
    ['union Nobody = |', []],
    ['type Nobody implements |', []],
    ['@own(|', []],
    ['input Rename { id: ID! } @|', []],
    ['type Person { id: ID! } { |', []],
    ['input Rename { name: String = {a: X id: |', []],
    ['type Nobody { a: |', []],
    ['type Person implements Node |', words],
    ['scalar Date |', words],
    ['scalar Date @|', []],
    ['schema @own { |', ['query', 'mutation', 'subscription']],
    ['schema { query: Query mutation: |', ['Query', 'Mutation', 'Person', 'Robot']],
    ['"about" |', words],
    ['"about" type |', ['Query', 'Mutation', 'Person', 'Robot']],
    ['extend |', words],
    ['extend type |', ['Query', 'Mutation', 'Person', 'Robot']],
    ['{ |', []],
    ['{ person: |', []],
    [': |', []],
    ['( person: |', []],
    ['( |', []],
    ['@ |', []],
  ])('%s', (text, expected) => {
    expect(offered(text)?.toSorted()).toEqual(expected.toSorted());
  });

  it.each<[string, string]>([
    ['type Qu|ery {', 'Query'],
    ['type Query { pe|rson(id: ID!): Person }', 'person'],
    ['type Query { person(id: I|D!): Person }', 'ID'],
    ['enum Kind { |OLD }', 'OLD'],
    ['type Query { person(id: ID! @pre|set(value: 1)): Person }', 'preset'],
  ])('takes the whole word in %s', (marked, word) => {
    const text = marked.replace('|', '');
    const place = schema && permissionPlace(text, marked.indexOf('|'), schema);
    expect(place && text.slice(place.start, place.end)).toBe(word);
  });

  it.each<[string, object]>([
    ['type Qu|', { kind: 'type', type: expect.objectContaining({ name: 'Query' }) }],
    [
      'type Query { peopl|',
      { kind: 'field', owner: 'Query', field: expect.objectContaining({ name: 'people' }) },
    ],
    [
      'type Query { person(firs|',
      { kind: 'input', owner: 'person', input: expect.objectContaining({ name: 'first' }) },
    ],
    [
      'input Rename { nam|',
      { kind: 'input', owner: 'Rename', input: expect.objectContaining({ name: 'name' }) },
    ],
    ['enum Kind { OL|', { kind: 'enum-value', owner: expect.objectContaining({ name: 'Kind' }) }],
    ['type Query { people: Person|', { kind: 'type', type: expect.objectContaining({ name: 'Person' }) }],
  ])('says what %s may stand for', (marked, thing) => {
    const text = marked.replace('|', '');
    const place = schema && permissionPlace(text, text.length, schema);
    const typed = /\w+$/.exec(text)?.[0] ?? '';
    expect(place?.options.find(({ name }) => name.startsWith(typed))?.thing).toMatchObject(thing);
  });

  it('what a preset is, not a type, where a field is called as it is written', () => {
    const named = loadSdl([
      { uri: 'file:///a.graphql', text: 'type Query { value(value: ID): Int }' },
    ]).schema;
    const text = 'type Query { value(value: ID @preset(value: ';
    expect(named && permissionPlace(text, text.length, named)?.options).toEqual([]);
  });

  it('offers no types that GraphQL reserves', () => {
    const named = loadSdl([
      {
        uri: 'file:///a.graphql',
        text: 'type Query { a: Int } type __Type { a: Int } type Own__ { a: Int }',
      },
    ]).schema;
    const options = named && permissionPlace('type ', 5, named)?.options;
    expect(options?.map(({ name }) => name)).toEqual(['Query', 'Own__']);
  });

  it('types of a union', () => {
    const text = 'union Being = Person | Ro';
    const place = schema && permissionPlace(text, text.length, schema);
    expect([place?.start, place?.end]).toEqual([text.length - 2, text.length]);
    expect(place?.options.map(({ name }) => name)).toEqual(['Person', 'Robot']);
    expect(place?.written).toEqual(new Set(['Person']));
  });

  it('what a preset and a schema say, with a colon', () => {
    const at = (text: string) =>
      schema && permissionPlace(text, text.length, schema)?.options.map((each) => each.text);
    expect(at('input Rename { id: ID! @preset(')).toEqual(['value: ', 'static: ']);
    expect(at('schema { ')).toEqual(['query: ', 'mutation: ', 'subscription: ']);
  });

  it('types as the remote schema has them', () => {
    const at = (text: string) => schema && permissionPlace(text, text.length, schema)?.options[0]?.text;
    expect(at('type Query { people: ')).toBe('[Person!]!');
    expect(at('type Query { people: [')).toBe('Person');
  });

  it('stands anything that is cut off', () => {
    const text = `${upstream}type Query { person(id: ID! @preset(value: [1, {a: "b"}])): Person } """x""" # y`;
    if (schema === undefined) throw new Error('no schema');
    for (let length = 0; length <= text.length; length++)
      for (const offset of [0, length >> 1, length])
        expect(() => permissionPlace(text.slice(0, length), offset, schema)).not.toThrow();
  });
});
