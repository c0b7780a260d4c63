import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Journal } from '../../../client/src/endpoint/connection/journal.ts';
import type { UndoEntry } from '../../../common/src/metadataApi/plan/undo.ts';

let folder: string;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'journal-')), 'journal');
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

const entry = (endpoint: string, second: number): UndoEntry => ({
  endpoint,
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  verb: 'apply',
  changes: [
    {
      identity: { owner: 'table', source: 'shop', table: 'customer', name: `r${second}` },
      before: null,
      after: { to_source: {} },
    },
  ],
});

it('the newest entry of an endpoint is found by another window, and after it the one before', async () => {
  const journal = new Journal(folder);
  await journal.add(entry('http://a', 1));
  await journal.add(entry('http://a', 2));
  await journal.add(entry('http://b', 3));
  const other = new Journal(folder);
  const last = await other.last('http://a');
  expect(last?.entry).toEqual(entry('http://a', 2));
  await other.remove(last?.id ?? '');
  expect((await journal.last('http://a'))?.entry).toEqual(entry('http://a', 1));
});

it('there is none in the beginning, and none of another endpoint', async () => {
  const journal = new Journal(folder);
  expect(await journal.last('http://a')).toBeUndefined();
  await journal.add(entry('http://a', 1));
  expect(await journal.last('http://b')).toBeUndefined();
});

it('what can’t be read is passed over', async () => {
  const journal = new Journal(folder);
  await journal.add(entry('http://a', 1));
  await writeFile(path.join(folder, '2030-half.json'), '{"endpoint":"http://a"');
  await writeFile(path.join(folder, '2031-other.json'), '{"endpoint":"http://a"}');
  expect((await journal.last('http://a'))?.entry).toEqual(entry('http://a', 1));
});

it('two windows that write at the same moment keep both entries, and no half files', async () => {
  const journals = [new Journal(folder), new Journal(folder)];
  await Promise.all(journals.map((journal) => journal.add(entry('http://a', 1))));
  const files = await readdir(folder);
  expect(files.filter((name) => name.endsWith('.json'))).toHaveLength(2);
  expect(files).toHaveLength(2);
});

it('the oldest go when there are very many', async () => {
  const journal = new Journal(folder);
  for (let second = 0; second < 203; second++) await journal.add(entry('http://a', second));
  expect(await readdir(folder)).toHaveLength(200);
  expect((await journal.last('http://a'))?.entry).toEqual(entry('http://a', 202));
});
