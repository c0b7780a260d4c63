import { describe, expect, it } from 'vitest';
import { keptDatabase } from '../../../../server/src/schema/migrations/keptDatabase.ts';
import { replayTexts } from './replayText.ts';

const database = replayTexts(
  `CREATE TABLE users (id uuid PRIMARY KEY, name text, old int, odd elsewhere.kind);
CREATE VIEW names AS SELECT name FROM users; CREATE TABLE gone (id int);
CREATE TABLE orders (id int, user_id uuid REFERENCES users);
COMMENT ON TABLE orders IS 'All of them'; COMMENT ON COLUMN orders.id IS 'By number';
CREATE FUNCTION full_name(users, elsewhere.kind) RETURNS text LANGUAGE sql AS 'SELECT 1';`,
  'CREATE TABLE broken (; ALTER TABLE users DROP COLUMN old; DROP TABLE gone;',
);
const text = JSON.stringify(database);

/** Each part of a value, by the keys and indexes that lead to it. */
function pathsIn(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [
    [key],
    ...pathsIn(each).map((path) => [key, ...path]),
  ]);
}

type Part = Record<string | number, unknown>;

/** The same text with something else in one place; `undefined`: nothing. */
function changed(path: readonly (string | number)[], value: unknown): string {
  const copy = JSON.parse(text) as Part;
  let at: Part = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Part;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return JSON.stringify(copy);
}

function valueAt(path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Part)[key], JSON.parse(text));
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

describe('what a replay left behind, as it is kept', () => {
  it('is read as it was written', () => {
    expect(database.goneTables).toHaveLength(1);
    expect(database.functions).toHaveLength(1);
    expect(database.problems).toHaveLength(1);
    expect(keptDatabase(text)).toEqual(JSON.parse(text));
  });

  it.each([
    '',
    'null',
    '7',
    '"text"',
    '[]',
    '{}',
    '{"tables":[]}',
    text.slice(0, -1),
    `${text}}`,
    '{"__proto__":{}}',
  ])('is nothing else: %s', (other) => {
    expect(keptDatabase(other)).toBeUndefined();
  });

  it.each(pathsIn(JSON.parse(text)).map((path) => [path.join('.'), path] as const))(
    'is nothing with another kind of value in a place: %s',
    (_, path) => {
      const own = kindOf(valueAt(path));
      for (const value of [7, true, 'x', [], {}, [null], { length: 1 }]) {
        const isArgument = path.includes('argumentTypes') && typeof value === 'string';
        if (kindOf(value) === own || isArgument) continue;
        expect(keptDatabase(changed(path, value)), JSON.stringify(value)).toBeUndefined();
      }
      const isOptional = ['type', 'nullable', 'description', 'returnType', 'foreignKeys'].includes(
        String(path.at(-1)),
      );
      const isItem = Number.isInteger(Number(path.at(-1)));
      if (!isItem) expect(keptDatabase(changed(path, undefined)) !== undefined).toBe(isOptional);
    },
  );

  it.each(['kind', 'how'])('is nothing with another word for the %s', (key) => {
    const path = pathsIn(JSON.parse(text)).find((each) => each.at(-1) === key);
    expect(keptDatabase(changed(path ?? [], 'other'))).toBeUndefined();
  });
});
