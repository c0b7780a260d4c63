import { describe, expect, it } from 'vitest';
import { loadRemoteSchema } from '../../../server/src/schema/remoteSchemaCache.ts';

const uri = 'file:///src/schema.ts';

function load(text: string, name = uri) {
  const { schema, problems } = loadRemoteSchema([{ uri: name, text }]);
  return {
    schema,
    fields: schema?.type('Query')?.fields.map(({ name: field }) => field),
    problems: problems.map(({ message, offset, length, severity }) => [
      severity,
      message,
      text.slice(offset, offset + length),
    ]),
  };
}

const expression = '$' + '{shared}';

describe('SDL in code', () => {
  it.each([
    ['a gql template', 'export const typeDefs = gql`type Query { a: Int }`;'],
    ['a graphql template', 'graphql `type Query { a: Int }`'],
    ['a call', 'gql(`type Query { a: Int }`)'],
    ['a template behind a line break', 'gql\n`type Query { a: Int }`'],
    ['a template behind a comment', 'gql // why\n`type Query { a: Int }`'],
    [
      'what is beside a call of something else',
      'gql`type Query { a: Int }`; build(`type Query { no: Int }`)',
    ],
    ['what is beside a list', 'const x = [gql, `type Query { no: Int }`], y = gql`type Query { a: Int }`;'],
    ['what is beside a string', "const x = gql('type Query { no: Int }'), y = gql`type Query { a: Int }`;"],
    [
      'what is beside operations with comments',
      'gql`# why\n query Q { a }`; gql`# why\n, { a }`; gql`#\n query Q { a }`; gql`#\n{ a }`; gql`type Query { a: Int }`',
    ],
    [
      'what is beside operations with expressions, behind blanks and commas',
      `gql\`\n , query Q { a } ${expression}\`; gql\`\t{ a ${expression} }\`; gql\`type Query { a: Int }\``,
    ],
    [
      'what is beside operations with expressions, behind comments',
      `gql\`# why not\n query Q { a } ${expression}\`; gql\`# why not\n{ a ${expression} }\`; gql\`type Query { a: Int }\``,
    ],
    ['a comment', 'const a = /* GraphQL */ `type Query { a: Int }`;'],
    ['a call with a comment', 'build(/* graphql */ `type Query { a: Int }`)'],
    ['a comment without blanks', 'build(/*GraphQL*/ `type Query { a: Int }`)'],
    ['a comment of lines', '/*\n\n  graphql\n\n*/ `type Query { a: Int }`'],
    [
      'what is beside other comments',
      '/* no graphql */ `type Query { no: Int }`; /* no /* graphql */ `type Query { no: Int }`; /* graphql too */ `type Query { no: Int }`; gql`type Query { a: Int }`',
    ],
    ['what is typed', 'const a = gql`type Query { a: Int }'],
  ])('is read from %s', (_, text) => {
    expect(load(text)).toMatchObject({ fields: ['a'], problems: [] });
  });

  it.each(['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'TS'])(
    'of files that end in .%s',
    (ending) => {
      expect(load('gql`type Query { a: Int }`', `file:///a.${ending}`).fields).toEqual(['a']);
    },
  );

  it('of several templates, with code, queries and other templates between', () => {
    const text = `import { gql } from 'graphql-tag'; // gql\`type Query { no: Int }\`
const word = 'gql\`type A { a: Int }\`', quote = /[\`'"]/;
const query = gql\`query Q { a } ${expression}\`;
const page = \`<p>${expression}</p> type Query { no: Int }\`;
export const one = gql\`type Query { a: Int }\`;
export const more = [gql\`
  extend type Query { "In \\\`quotes\\\`." b(x: Int = 7): B }
\`, gql\`type B { c: Int } fragment F on B { c }\`];`;
    const { schema, fields, problems } = load(text);
    expect(problems).toEqual([]);
    expect(fields).toEqual(['a', 'b']);
    const b = schema?.type('B');
    expect(text.slice(b?.location?.offset, (b?.location?.offset ?? 0) + 10)).toBe('B { c: Int');
    expect(schema?.type('Query')?.field('b')?.argument('x')?.defaultText).toBe('7');
  });

  it('with what is escaped in it, and places behind that', () => {
    const text = 'gql`type Query { "Costs \\$1, in \\`quotes\\` ." a: Int }`';
    const a = load(text).schema?.type('Query')?.field('a');
    expect(a?.description).toBe('Costs  $1, in  `quotes ` .');
    expect(text.slice(a?.location?.offset)).toBe('a: Int }`');
  });

  it('reads no program in JSX', () => {
    const text = "const a = <p>it's {b} gql</p>; export const c = gql`type Query { a: Int }`;";
    expect(load(text, 'file:///a.tsx').fields).toEqual(['a']);
  });

  it.each([
    [
      'an expression, at its place',
      `const a = gql\`type Query { a: Int }\`, b = gql\`extend type Query { b: Int } ${expression} type C { c: Int }\`;`,
      '$' + '{',
      /^This template has an expression/,
    ],
    ['an expression in front', `gql\`${expression} type Query { a: Int }\``, '$' + '{', /expression/],
    ['no SDL', 'const a = 1; const q = gql`{ a }`;', '', /^This file has no SDL/],
    [
      'a mistake, at its place',
      'const a = gql`type Query { a Int }`',
      'Int',
      /^This is not valid GraphQL SDL/,
    ],
  ])('gives no schema where there is %s', (_, text, place, message) => {
    expect(load(text)).toMatchObject({
      schema: undefined,
      problems: [['error', expect.stringMatching(message), place]],
    });
  });

  it('never throws, wherever it is cut off', () => {
    const text = `const a = gql\`type Query { a: Int }\`; const b = { c: \`x${expression}y\`, d: gql\`type B { c: Int }\` };`;
    for (let end = 0; end <= text.length; end++) expect(() => load(text.slice(0, end))).not.toThrow();
  });
});
