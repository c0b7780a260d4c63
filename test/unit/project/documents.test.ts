import { describe, expect, it } from 'vitest';
import { failure } from '../../../common/src/files/readResult.ts';
import { Documents } from '../../../server/src/project/documents.ts';
import { OpenTexts } from '../../../server/src/project/openTexts.ts';
import { SchemaFiles } from '../../../server/src/project/schemaFiles.ts';
import { show } from '../syntax/show.ts';

const snapshot = '/p/schema/default.tables.json';
const table = '/p/metadata/tables.yaml';
const texts = new Map([
  [
    snapshot,
    '[\n  { "schema": "public", "name": "users", "columns": [{ "name": "id", "type": "int" }] }\n]\n',
  ],
  [table, '- table:\n    schema: public\n    name: users\n'],
]);

function documents(): Documents {
  const none = (): never => {
    throw new Error('not asked for');
  };
  return new Documents(
    {
      read: (path) => {
        const text = texts.get(path);
        return text === undefined ? failure('missing', path) : { ok: true, text };
      },
      real: (path) => path,
      roots: () => [],
      stamp: () => '1',
      list: () => undefined,
      find: none,
      isOutside: () => false,
    },
    new OpenTexts(),
  );
}

describe('a tree that is let go', () => {
  it('is read again, the document stays the same', () => {
    const all = documents();
    const before = all.get(snapshot);
    const tree = before?.tree;
    all.release(snapshot);
    const after = all.get(snapshot);
    expect(after).toBe(before);
    expect(after?.tree).not.toBe(tree);
    expect(after && show(after.tree)).toBe(tree && show(tree));
    expect(after?.syntax.text).toBe(texts.get(snapshot));
  });

  it.each([
    ['of metadata', table, false],
    ['of a file that is open', snapshot, true],
  ])('is none %s', (_, path, isOpen) => {
    const all = documents();
    if (isOpen) all.open(all.uri(path), 'json', 1, texts.get(path) ?? '');
    const tree = all.get(path)?.tree;
    all.release(path);
    expect(all.get(path)?.tree).toBe(tree);
  });
});

describe('the places of a snapshot', () => {
  const text = texts.get(snapshot) ?? '';
  const placeOf = (files: SchemaFiles): number | undefined =>
    files.snapshot(snapshot).value?.tables?.tables[0]?.columns?.[0]?.location.offset;

  it('are where they were read, the file being closed or open', () => {
    const all = documents();
    const files = new SchemaFiles(all);
    expect(placeOf(files)).toBe(text.indexOf('"id"'));
    all.open(all.uri(snapshot), 'json', 1, text);
    files.changed(snapshot);
    expect(placeOf(files)).toBe(text.indexOf('"id"'));
    const start = { line: 0, character: 0 };
    all.change(all.uri(snapshot), 2, [{ range: { start, end: start }, text: '\n\n' }]);
    files.changed(snapshot);
    expect(placeOf(files)).toBe(text.indexOf('"id"') + 2);
    all.close(all.uri(snapshot));
    files.changed(snapshot);
    expect(placeOf(files)).toBe(text.indexOf('"id"'));
  });

  it('follow what is typed before them into a file that was read while it was closed, also while it is broken', () => {
    const many = Array.from(
      { length: 30 },
      (_, index) =>
        `  { "schema": "public", "name": "t${index}", "columns": [{ "name": "c${index}", "type": "int" }] }`,
    );
    const large = `[\n${many.join(',\n')}\n]\n`;
    texts.set(snapshot, large);
    const all = documents();
    const files = new SchemaFiles(all);
    const placeOfLast = () =>
      files.snapshot(snapshot).value?.tables?.tables[29]?.columns?.[0]?.location.offset;
    expect(placeOfLast()).toBe(large.indexOf('"c29"'));
    all.open(all.uri(snapshot), 'json', 1, large);
    expect(placeOfLast()).toBe(large.indexOf('"c29"'));
    const place = { line: 3, character: 3 };
    all.change(all.uri(snapshot), 2, [{ range: { start: place, end: place }, text: ' "x": 1, ,' }]);
    files.changed(snapshot);
    expect(placeOfLast()).toBe(large.indexOf('"c29"') + 10);
    texts.set(snapshot, text);
  });
});
