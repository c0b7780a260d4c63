import { print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { parseSdl } from '../../../server/src/schema/parseSdl.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';

const today = 'interface A { id: ID }\ninterface B { id: ID }\n';

describe('SDL of earlier editions is read, with one hint', () => {
  it.each([
    ['commas', 'type T implements A, B { id: ID }', ['A', 'B']],
    ['commas without blanks', 'type T implements A,B{ id: ID }', ['A', 'B']],
    ['blanks', 'type T implements A B { id: ID }', ['A', 'B']],
    ['on lines of their own', 'type T implements A,\n  B\n{ id: ID }', ['A', 'B']],
    ['of both kinds', 'type T implements A & B, C { id: ID }', ['A', 'B', 'C']],
    ['a type without fields', 'type T {}', []],
    ['with a directive', 'type T @d(a: 1) {}', []],
    ['no braces before the next type', 'type T implements A, B\ntype U { id: ID }', ['A', 'B']],
    ['an interface', 'interface T implements A, B { id: ID }', ['A', 'B']],
    ['an extension', 'extend type T implements A, B', ['A', 'B']],
  ])('%s', (_, text, interfaces) => {
    const { document, problem } = parseSdl(`${today}${text}\n`);
    expect(problem).toMatchObject({ severity: 'hint', message: expect.stringContaining('earlier edition') });
    const type = document?.definitions.find((node) => 'name' in node && node.name?.value === 'T');
    expect(type && 'interfaces' in type ? type.interfaces?.map(({ name }) => name.value) : undefined).toEqual(
      interfaces,
    );
    expect(problem?.offset).toBeGreaterThan(today.length);
  });

  it.each([
    ['type T implements A, B { id: ID }', 'B', 'interfaces have "&" between them: "A & B"'],
    ['type T @d {}', '{}', 'a definition without fields has no braces'],
  ])('%s: where, and how it is written today', (text, where, how) => {
    const { problem } = parseSdl(`${today}${text}\n`);
    expect(problem?.message).toContain(how);
    expect(`${today}${text}`.slice(problem?.offset, (problem?.offset ?? 0) + (problem?.length ?? 0))).toBe(
      where,
    );
  });

  it('several places make one hint, and names stay where they were', () => {
    const text = `type Query { t: T }\ntype T implements A, B { id: ID }\ntype U implements A, B { id: ID }\n${today}`;
    const { schema, problems } = loadSdl([{ uri: 'file:///a', text }]);
    expect(problems.map(({ severity }) => severity)).toEqual(['hint']);
    const field = schema?.type('U')?.field('id');
    expect(field?.location?.offset).toBe(text.lastIndexOf('id', text.indexOf('interface')));
  });

  it.each([
    ['an object as a default value', 'type Query { a(b: I = {}): Int }\ninput I { a: Int }'],
    ['a field that is called so', 'type Query { implements: Int type: Int }'],
    ['no fields before an extension', 'type A\nextend type B { a: Int }\ntype B { b: Int }'],
    ['values of an enum that are called so', 'enum E { A implements B C }'],
    ['interfaces as today', `${today}type T implements A & B { id: ID }`],
  ])('no hint: %s', (_, text) => {
    const { document, problem } = parseSdl(text);
    expect(problem).toBeUndefined();
    expect(document && print(document)).not.toBe('');
  });

  it('what is wrong beside it is an error', () => {
    expect(parseSdl('type T implements A, B { id: }').problem).toMatchObject({ severity: 'error' });
  });
});

describe('SDL with other lines', () => {
  it('of a merge conflict: one error, and nothing of either side is missing', () => {
    const text = `type Query { a: Int }\n<<<<<<< HEAD\ntype A { x: Int }\n=======\ntype A { y: Int }\n>>>>>>> b\n`;
    const { schema, problems } = loadSdl([{ uri: 'file:///a', text }]);
    expect(problems).toMatchObject([
      {
        severity: 'error',
        message: expect.stringContaining('Git conflict markers'),
        offset: text.indexOf('<<<'),
      },
    ]);
    expect(schema?.type('A')?.fields.map(({ name }) => name)).toEqual(['x', 'y']);
  });

  it('of a template: one error', () => {
    const { schema, problems } = loadSdl([
      { uri: 'file:///a', text: '{{- if x }}\ntype Query { a: Int }\n{{- end }}\n' },
    ]);
    expect(problems).toMatchObject([{ severity: 'error', message: expect.stringContaining('template') }]);
    expect(schema?.type('Query')?.field('a')).toBeDefined();
  });

  it('a heading that is underlined in a description is no conflict', () => {
    expect(parseSdl('"""\nTitle\n=======\n"""\ntype Query { a: Int }').problem).toBeUndefined();
  });
});
