import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import { ProjectFiles } from '../../../common/src/metadataApi/pull/projectFiles.ts';
import type { PartResult, PullPart } from '../../../common/src/metadataApi/pull/pullAll.ts';
import type { SnapshotTable } from '../../../common/src/metadataApi/pull/snapshot.ts';
import { type KeptPart, SnapshotWriter } from '../../../common/src/metadataApi/pull/snapshotWriter.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

const shop: PullPart = { what: 'source', name: 'shop' };
const people: PullPart = { what: 'remote-schema', name: 'people' };

function tables(...names: readonly SnapshotTable[]): PartResult {
  const columnsKnown = names.some(({ columns }) => columns !== undefined);
  return { outcome: 'tables', tables: names, columnsKnown, notes: [] };
}

const order = { schema: 'public', name: 'order', columns: [{ name: 'id', type: 'uuid' }] };
const schema: PartResult = {
  outcome: 'introspection',
  introspection: introspectionFromSchema(buildSchema('type Query { a: Int }')) as unknown as Json,
};
const before = '{"tables":[{"name":"old","columns":[]}]}';

function keep(
  files: Record<string, string>,
  part: PullPart,
  result: PartResult,
  { dryRun = false, shared = false, place = 'shop.json' } = {},
) {
  const folder = new TemporaryFolder(files);
  const writer = new SnapshotWriter({
    files: new ProjectFiles({
      project: folder.path,
      workspace: [folder.path],
      dryRun,
      replacesDoubtful: () => false,
      howToReplace: '--force replaces it',
    }),
    targetOf: ({ name }) =>
      name === 'shop' || name === 'people'
        ? { path: folder.file(name === 'shop' ? place : 'people.graphql'), shared }
        : { problem: 'it has no place' },
    shown: (path) => relative(folder.path, path),
  });
  const kept = writer.keep(part, result);
  expect(writer.count(kept.state)).toBe(1);
  return { folder, kept };
}

describe('what comes from a server', () => {
  it.each<[string, Record<string, string>, PullPart, PartResult, Partial<KeptPart>]>([
    [
      'is written',
      {},
      shop,
      tables(order),
      { state: 'written', text: 'written, shop.json (1 tables, 1 columns)', reason: '' },
    ],
    [
      'as SDL, too',
      { 'people.graphql': 'type Query { old: Int }' },
      people,
      schema,
      { state: 'written', text: 'written, people.graphql', reason: '' },
    ],
    [
      'is left alone when it is the same',
      { 'people.graphql': 'type Query {\r\n  a: Int\r\n}\r\n' },
      people,
      schema,
      { state: 'unchanged', text: 'unchanged, people.graphql', reason: '' },
    ],
    [
      'is said to be incomplete without columns',
      {},
      shop,
      tables({ name: 'order' }),
      { state: 'failed', reason: 'shop.json has only the names of the tables' },
    ],
    [
      'does not take columns away',
      { 'shop.json': before },
      shop,
      tables({ name: 'order' }),
      { state: 'failed', reason: expect.stringContaining('keeps the columns it has') },
    ],
    [
      'needs a place',
      {},
      { what: 'source', name: 'x' },
      tables(order),
      { state: 'failed', text: 'failed: it has no place' },
    ],
    [
      'is not written over something else',
      { 'shop.json': '{"name":"shop","dependencies":{}}' },
      shop,
      tables(order),
      {
        state: 'failed',
        reason: 'shop.json is not written: it contains neither a schema nor a snapshot',
        changed: undefined,
      },
    ],
    [
      'is not written over what can not be read',
      { 'people.graphql': 'type Query {' },
      people,
      schema,
      {
        state: 'failed',
        reason:
          "people.graphql is not written: its content can't be read as a schema or snapshot; --force replaces it",
      },
    ],
    [
      'may have failed',
      {},
      shop,
      { outcome: 'failed', message: 'refused', cancelled: false },
      { state: 'failed', text: 'failed: refused', reason: 'refused' },
    ],
    [
      'may have been cancelled',
      {},
      shop,
      { outcome: 'failed', message: 'cancelled', cancelled: true },
      { state: 'cancelled', reason: 'cancelled' },
    ],
  ])('%s', (_, files, part, result, expected) => {
    expect(keep(files, part, result).kept).toMatchObject(expected);
  });

  it.each([
    ['there was', { 'shop.json': before }, before],
    ['there was not', {}, undefined],
  ])('is told with the text that %s', (_, files, expected) => {
    const { folder, kept } = keep(files, shop, tables(order));
    expect(kept.changed).toEqual({ path: folder.file('shop.json'), before: expected });
    expect(readFileSync(folder.file('shop.json'), 'utf8')).toContain('"order"');
  });

  it('changes no file in a dry run, and none that stays the same', () => {
    const { folder, kept } = keep({ 'shop.json': before }, shop, tables(order), { dryRun: true });
    expect(kept).toMatchObject({ state: 'written', changed: undefined });
    expect(readFileSync(folder.file('shop.json'), 'utf8')).toBe(before);
    const same = { 'people.graphql': 'type Query {\n  a: Int\n}\n' };
    expect(keep(same, people, schema).kept.changed).toBe(undefined);
    expect(keep(same, people, schema, { dryRun: true }).kept.text).toBe('unchanged, people.graphql');
  });

  const other = { schema: 'public', name: 'a' };
  it.each([
    ['that several sources share', { other: [other] }, true],
    ['that nobody else was known to share', { other: [other], shop: [] }, false],
    ['with a head', { takenAt: 'x', other: { tables: [other] }, shop: [order, other] }, false],
    ['with sources below a key of its own', { sources: { other: [other] } }, false],
  ])('keeps what a file has of other sources: one %s', (_, there, shared) => {
    const { folder } = keep({ 'shop.json': JSON.stringify(there) }, shop, tables(order), { shared });
    expect(JSON.parse(readFileSync(folder.file('shop.json'), 'utf8'))).toEqual({
      other: [other],
      shop: [order],
    });
  });

  it.each(['shop.yaml', 'shop.json.yaml'])('keeps what a shared file has of other sources: %s', (place) => {
    const there = { [place]: 'other:\n  - schema: public\n    name: a\n' };
    const { folder } = keep(there, shop, tables(order), { shared: true, place });
    expect(readFileSync(folder.file(place), 'utf8')).toBe(
      'other:\n  - schema: public\n    name: a\nshop:\n  - schema: public\n    name: order\n    columns:\n      - name: id\n        type: uuid\n',
    );
  });
});
