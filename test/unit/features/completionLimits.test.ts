import { describe, expect, it } from 'vitest';
import { complete } from '../../../server/src/features/completion/completion.ts';
import {
  CompletionLimits,
  mostItems,
  mostLines,
} from '../../../server/src/features/completion/completionLimits.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { completeAt, contextAt, surroundings } from './support.ts';

const where = (people: string) => ({ ...surroundings, remoteSchemas: { people } });

const path = (field: string) => `table: customer
remote_relationships:
  - name: it
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [id]
        remote_field:
          ${field}
`;

const jsonPath = (field: string) =>
  `{"table":"customer","remote_relationships":[{"name":"it","definition":{"to_remote_schema":{\n  "remote_schema":"people",\n  "lhs_fields":["id"],\n  "remote_field":{\n    ${field}\n}}}}]}`;

/** Input types of so many required fields, each of the next of these types. */
function inputs(width: number, depth: number): string {
  return Array.from({ length: depth }, (_, level) => {
    const type = level + 1 < depth ? `Input${level + 1}` : 'Int';
    return `input Input${level} { ${Array.from({ length: width }, (_, n) => `f${n}: ${type}!`).join(' ')} }`;
  }).join('\n');
}

const wide = (width: number, depth = 4) =>
  `type Query { add(input: Input0!): Int  few(id: ID!): Int }\n${inputs(width, depth)}`;

function inserted(marked: string, label: string, people: string, language: SyntaxLanguage = 'yaml'): string {
  const item = completeAt(marked, language, where(people)).items.find((one) => one.label === label);
  return item?.textEdit?.newText ?? 'not offered';
}

describe('what one item inserts', () => {
  it.each([10, 20, 100])(
    'is the field with an empty object where an input is %i wide and nested',
    (width) => {
      expect(inserted(path('▮'), 'add', wide(width))).toMatch(/^add:\n {12}arguments:\n {14}\$1$/);
      expect(inserted(path('add:\n            arguments:\n              ▮'), 'input', wide(width))).toMatch(
        /^input:\n {16}\$1$/,
      );
    },
  );

  it.each<[string, SyntaxLanguage, (field: string) => string]>([
    ['YAML', 'yaml', path],
    ['JSON', 'json', jsonPath],
  ])('is never longer than 40 lines in %s, and all of it while there is room', (_, language, text) => {
    const lines = Array.from(
      { length: 50 },
      (_, width) => inserted(text('▮'), 'add', wide(width + 1, 1), language).split('\n').length,
    );
    expect(Math.max(...lines)).toBeLessThanOrEqual(mostLines);
    expect(Math.max(...lines)).toBeGreaterThan(mostLines - 8);
    expect(inserted(text('▮'), 'add', wide(3, 1), language)).toContain('f2');
  });

  it('proposes no join fields for what is not inserted', () => {
    const people = 'type Query { add(input: Wide!): Int } input Wide { email: String! next: More! } '.concat(
      `input More { ${Array.from({ length: 60 }, (_, n) => `f${n}: Int!`).join(' ')} }`,
    );
    const item = completeAt(path('▮'), 'yaml', where(people)).items.find(({ label }) => label === 'add');
    expect(item?.additionalTextEdits).toBeUndefined();
  });

  it('takes no more work where there is more to leave out', () => {
    const asked = (width: number): number => {
      const { context, offset } = contextAt(path('▮'), 'yaml', where(wide(width, 6)));
      const schema = context.catalogue.remoteSchema('people');
      if (schema.state !== 'present' || schema.value.schema.state !== 'present') throw new Error('no schema');
      let count = 0;
      const real = schema.value.schema.value;
      const type = real.type.bind(real);
      real.type = (name) => {
        count++;
        return type(name);
      };
      complete(context, offset, { snippets: true, positionAt: () => ({ line: 0, character: 0 }) });
      return count;
    };
    expect(asked(80)).toBeLessThanOrEqual(asked(40));
    expect(asked(40)).toBeLessThan(200);
  });
});

describe('items of a schema with 100,000 fields', () => {
  const people = `type Query { ${Array.from({ length: 100_000 }, (_, n) => `field${n}: Int`).join(' ')} userById: Int otherUser: Int u_s_e_r: Int }`;
  const list = (word: string) => {
    const { context, offset } = contextAt(path(`${word}▮`), 'yaml', where(people));
    return complete(context, offset, { snippets: true, positionAt: () => ({ line: 0, character: 0 }) });
  };

  it('are the first 500, and the client asks again when more is typed', () => {
    const { items, isIncomplete } = list('');
    expect(isIncomplete).toBe(true);
    expect(items).toHaveLength(mostItems);
    expect(items[0]?.label).toBe('field0');
  });

  it('narrow to what is typed, what begins like it first', () => {
    const { items, isIncomplete } = list('user');
    expect(items.map(({ label }) => label)).toEqual(['userById', 'otherUser', 'u_s_e_r']);
    // Erasing the word again must ask anew.
    expect(isIncomplete).toBe(true);
    expect(
      list('ld9999')
        .items.map(({ label }) => label)
        .slice(0, 3),
    ).toEqual(['field9999', 'field99990', 'field99991']);
    expect(list('nothing').items).toEqual([]);
  });
});

describe('few items', () => {
  it('are all there, whatever is typed: the client narrows them itself', () => {
    const { context, offset } = contextAt(path('xyz▮'), 'yaml', surroundings);
    const { items, isIncomplete } = complete(context, offset, {
      snippets: true,
      positionAt: () => ({ line: 0, character: 0 }),
    });
    expect(isIncomplete).toBe(false);
    expect(items.length).toBeGreaterThan(3);
  });
});

describe('CompletionLimits', () => {
  const many = Array.from({ length: 600 }, (_, index) => `name${index}`);

  it.each([
    ['$name59', ['name59', 'name590', 'name591']],
    ['"name59', ['name59', 'name590', 'name591']],
    ['NAME59', ['name59', 'name590', 'name591']],
    ['n59', ['name59', 'name159', 'name259']],
  ])('compares %s with names as the client does', (typed, expected) => {
    expect(new CompletionLimits(typed).best(many, (name) => name).slice(0, 3)).toEqual(expected);
  });
});
