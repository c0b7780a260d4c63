import fc from 'fast-check';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readSdlDefinitions } from '../../../server/src/schema/sdlDefinitions.ts';

/** Kind, name, where the name stands, and members with where theirs stand. */
function read(text: string) {
  return readSdlDefinitions(text).definitions?.map(({ kind, name, nameOffset, node, start, text: part }) => {
    const members = 'fields' in node ? (node.fields ?? []) : [];
    return [
      kind,
      name,
      nameOffset,
      members.map((member) => [member.name.value, start + (member.name.loc?.start ?? Number.NaN)]),
      part.slice(node.loc?.start, node.loc?.end),
    ];
  });
}

/** The same of a text that is parsed as a whole; `undefined` where that fails. */
function parsedWhole(text: string) {
  try {
    return parse(text).definitions.map((node) => {
      const name = 'name' in node ? node.name : undefined;
      const members = 'fields' in node ? (node.fields ?? []) : [];
      return [
        node.kind,
        name?.value,
        name?.loc?.start ?? 0,
        members.map((member) => [member.name.value, member.name.loc?.start]),
        text.slice(node.loc?.start, node.loc?.end),
      ];
    });
  } catch {
    return undefined;
  }
}

describe('readSdlDefinitions', () => {
  it.each([
    ['definitions with a line between them', 'type A { a: Int }\n\ntype B { b: A }\n\nscalar C\n'],
    ['the lines of another system', 'type A {\r\n  a: Int\r\n}\r\n\r\nextend type A { b: Int }\r\n'],
    ['definitions without a line between them', 'type A { a: Int } type B { b: Int }\ntype C { c: Int }'],
    [
      'a description with such a line',
      '"""\nOne\n\ntype of thing\n\n"""\ntype A { a: Int }\n\ntype B { b: Int }',
    ],
    ['comments', '# first\n\ntype A { a: Int }\n\n# type B { b: Int }\n\n# last\n'],
    ['keywords as names', 'type type { input: enum }\n\nscalar enum\n\ninput input { type: type }'],
    [
      'a line within',
      'type A {\n\n"of a"\na: Int\n\nscalar: Int\n\n}\n\nunion U = A |\n\ninput\n\ninput input { a: Int }',
    ],
    ['a union that goes on behind a line', 'union U =\n\n| A\n\n| B\n\ntype A { a: Int }'],
    ['a query beside types', 'type A { a: Int }\n\nquery Q { a }\n\n{ b }'],
    ['a schema', 'schema { query: A }\n\n"A."\ntype A { a: Int }\n\nextend schema @a\n'],
  ])('gives what the whole text has: %s', (_, text) => {
    expect(parsedWhole(text)).toBeDefined();
    expect(read(text)).toEqual(parsedWhole(text));
  });

  it.each([
    ['a brace that is missing', 'type A { a: Int\n\ntype B { b: Int }'],
    ['a type without a name', 'type A { a: Int }\n\ntype\n\nscalar {'],
    ['a description of nothing', 'type A { a: Int }\n\n"nothing"\n'],
    ['many definitions before the mistake', `${'type A { a: Int }\n\n'.repeat(50)}type { }`],
  ])('says where a text is broken as if it had been read as a whole: %s', (_, text) => {
    expect(parsedWhole(text)).toBeUndefined();
    const { definitions, problem } = readSdlDefinitions(text);
    expect(definitions).toBeUndefined();
    expect(problem).toMatchObject({ severity: 'error' });
    expect(problem?.message).toMatch(/^This is not valid GraphQL SDL\./);
  });

  it('gives of any text what the whole text has', () => {
    const piece = fc.constantFrom(
      ...['type', 'input', 'scalar', 'union', 'enum', 'extend', 'interface', 'schema', 'directive', 'query'],
      ...[
        'A',
        'B',
        '{ a: Int }',
        '{ A }',
        '{',
        '}',
        '=',
        '|',
        '&',
        'implements',
        '@a',
        '(a: Int)',
        'on FIELD',
        ':',
      ],
      ...['"text"', '"""', '# note\n', '\n\n', '\n\n', '\n\n', '\r\n\r\n', '\n'],
      ...[
        'type A { a: Int }',
        'scalar B',
        '"""\nof it\n"""\ntype C { c: Int }',
        'enum D { A B }',
        'union E = A | B',
      ],
    );
    let whole = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join(' ').replaceAll(/ ?(\r?\n) ?/g, '$1');
        const expected = parsedWhole(text);
        if (expected !== undefined) whole += 1;
        // What was written long ago is read too.
        if (expected !== undefined || readSdlDefinitions(text).problem?.severity === 'error')
          expect(read(text)).toEqual(expected);
      }),
      { numRuns: 5000, seed: 7 },
    );
    expect(whole).toBeGreaterThan(200);
  });

  it('keeps no more of a definition than its text until it is asked for', () => {
    const { definitions } = readSdlDefinitions('type A { a: Int }\n\ntype B { b: Int }\n');
    expect(definitions?.map(({ text, start }) => [text, start])).toEqual([
      ['type A { a: Int }\n\n', 0],
      ['type B { b: Int }\n', 19],
    ]);
    const [first] = definitions ?? [];
    expect(first?.node).toBe(first?.node);
  });
});
