import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Journal, journalIn } from '../../../common/src/metadataApi/change/journal.ts';
import type { UndoEntry } from '../../../common/src/metadataApi/plan/undo.ts';
import { noModes } from '../../machine.ts';

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

it('an entry is on the disk, whole and for its owner alone, once it is added', async () => {
  const id = await new Journal(folder).add(entry('http://a', 1));
  expect(id).toMatch(new RegExp(`^2026-01-01T00-00-01\\.000Z-[-0-9a-f]{36}\\.${process.pid}\\.json$`));
  expect(await readdir(folder)).toEqual([id]);
  expect(JSON.parse(await readFile(path.join(folder, id), 'utf8'))).toEqual(entry('http://a', 1));
  if (noModes === undefined) expect((await stat(path.join(folder, id))).mode & 0o777).toBe(0o600);
});

it('it stands in the storage that is given', async () => {
  await journalIn(path.dirname(folder)).add(entry('http://a', 1));
  expect(await readdir(folder)).toHaveLength(1);
});

describe('an entry', () => {
  const states = async (journal: Journal) => ({
    last: (await journal.last('http://a'))?.entry,
    unsettled: (await journal.unsettled('http://a')).map((each) => each.entry),
  });
  const whole = entry('http://a', 1);
  /** A number that no process has. */
  const ended = 2 ** 31 - 1;
  const nowEntry = (): UndoEntry => ({ ...entry('http://a', 1), at: new Date().toISOString() });

  it('that is settled is the last, and not unsettled', async () => {
    const journal = new Journal(folder);
    await journal.settle(await journal.add(whole));
    expect(await states(journal)).toEqual({ last: whole, unsettled: [] });
    expect(await readdir(folder)).toEqual([expect.not.stringMatching(/\.\d+\.json$/)]);
  });

  it('that is left open is the last, and unsettled', async () => {
    const journal = new Journal(folder);
    await journal.leaveOpen(await journal.add(whole));
    expect(await states(journal)).toEqual({ last: whole, unsettled: [whole] });
    expect(await readdir(folder)).toEqual([expect.stringMatching(/\.0\.json$/)]);
  });

  it('that was left open can be settled, and removed', async () => {
    const journal = new Journal(folder);
    await journal.leaveOpen(await journal.add(whole));
    await journal.settle((await journal.unsettled('http://a'))[0]?.id ?? '');
    expect(await states(journal)).toEqual({ last: whole, unsettled: [] });
    await journal.remove((await journal.last('http://a'))?.id ?? '');
    expect(await readdir(folder)).toEqual([]);
  });

  it('that is under way is neither', async () => {
    const journal = new Journal(folder);
    await journal.add(nowEntry());
    expect(await states(journal)).toEqual({ last: undefined, unsettled: [] });
  });

  it('whose process has ended is both', async () => {
    const journal = new Journal(folder);
    const begun = nowEntry();
    const id = await journal.add(begun);
    const { pid } = process;
    await rename(path.join(folder, id), path.join(folder, id.replace(`.${pid}.json`, `.${ended}.json`)));
    expect(await states(journal)).toEqual({ last: begun, unsettled: [begun] });
  });

  it('that has been under way longer than any change is of a process that has ended', async () => {
    const journal = new Journal(folder);
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    await journal.add({ ...whole, at: at(59) });
    expect((await states(journal)).unsettled).toEqual([]);
    await journal.add({ ...whole, at: at(61) });
    expect((await states(journal)).unsettled).toHaveLength(1);
  });

  it('of another endpoint is not told', async () => {
    const journal = new Journal(folder);
    await journal.leaveOpen(await journal.add(entry('http://b', 1)));
    expect(await states(journal)).toEqual({ last: undefined, unsettled: [] });
  });

  it('can’t be unsettled when it can’t be read', async () => {
    const journal = new Journal(folder);
    await journal.leaveOpen(await journal.add(whole));
    await writeFile(path.join(folder, '2030-half.0.json'), '{"endpoint":"http://a"');
    expect((await states(journal)).unsettled).toEqual([whole]);
  });

  it.each([
    ['settle', '.json', false],
    ['leaveOpen', '.0.json', true],
  ] as const)('that can’t be renamed has ended all the same: %s', async (how, ending, open) => {
    const journal = new Journal(folder);
    const now = nowEntry();
    const id = await journal.add(now);
    await mkdir(path.join(folder, id.replace(/\.\d+\.json$/, ending), 'inside'), { recursive: true });
    expect(await states(journal)).toEqual({ last: undefined, unsettled: [] });
    await journal[how](id);
    expect(await readdir(folder)).toContain(id);
    expect(await states(journal)).toEqual({ last: now, unsettled: open ? [now] : [] });
  });

  it('that can’t be removed is gone all the same', async () => {
    const journal = new Journal(folder);
    const earlier = await journal.add(entry('http://a', 1));
    const id = await journal.add(entry('http://a', 2));
    const file = path.join(folder, id);
    const text = await readFile(file, 'utf8');
    await rm(file);
    // It can be removed as little as what another program has open.
    await mkdir(file);
    await journal.remove(id);
    await rm(file, { recursive: true });
    await writeFile(file, text);
    expect((await new Journal(folder).last('http://a'))?.id).toBe(id);
    expect((await journal.last('http://a'))?.id).toBe(earlier);
  });

  it('that is gone by now is not missed', async () => {
    const journal = new Journal(folder);
    const id = await journal.add(whole);
    await journal.remove(id);
    await Promise.all([journal.settle(id), journal.leaveOpen(id), journal.remove(id)]);
    expect(await readdir(folder)).toEqual([]);
  });
});

it('entries are in the order of time, whatever order they were kept in', async () => {
  const journal = new Journal(folder);
  const seconds = [7, 3, 9, 1, 5, 8, 2, 6, 4];
  for (const second of seconds) await journal.leaveOpen(await journal.add(entry('http://a', second)));
  const unsettled = await journal.unsettled('http://a');
  expect(unsettled.map((each) => each.entry)).toEqual(
    seconds.toSorted().map((second) => entry('http://a', second)),
  );
  expect((await journal.last('http://a'))?.entry).toEqual(entry('http://a', 9));
});

it('what another window has not written to its end is not read', async () => {
  const journal = new Journal(folder);
  await journal.add(entry('http://a', 1));
  await writeFile(path.join(folder, '2030.json.part'), JSON.stringify(entry('http://a', 2)));
  expect((await journal.last('http://a'))?.entry).toEqual(entry('http://a', 1));
});

it('the folder is made with those above it', async () => {
  const journal = new Journal(path.join(folder, 'of', 'the', 'extension'));
  expect(await journal.last('http://a')).toBeUndefined();
  expect(await journal.unsettled('http://a')).toEqual([]);
  await journal.add(entry('http://a', 1));
  expect((await journal.last('http://a'))?.entry).toEqual(entry('http://a', 1));
});

it.each([
  ['belongs to someone else still runs', 'EPERM', undefined],
  ['is not there has ended', 'ESRCH', 1],
])('a process that %s', async (_, code, unsettled) => {
  const journal = new Journal(folder);
  await journal.add({ ...entry('http://a', 1), at: new Date().toISOString() });
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error(code), { code });
  });
  try {
    expect((await journal.unsettled('http://a')).length).toBe(unsettled ?? 0);
    expect(kill).toHaveBeenCalledWith(process.pid, 0);
  } finally {
    kill.mockRestore();
  }
});

it('of very many the newest 200 stay', async () => {
  const journal = new Journal(folder);
  const ids: string[] = [];
  for (let second = 0; second < 202; second++) ids.push(await journal.add(entry('http://a', second)));
  expect((await readdir(folder)).sort()).toEqual(ids.slice(2).sort());
});

it.each([
  ['of a window that is gone', 2 ** 30, new Date(), false],
  ['of one that writes just now', process.pid, new Date(), true],
  ['of one whose number another process has by now', process.pid, new Date('2020-01-01'), false],
])('what was half written %s: stays %#', async (_, pid, at, stays) => {
  const journal = new Journal(folder);
  await journal.add(entry('http://a', 1));
  const time = at.toISOString().replaceAll(':', '-');
  const half = `${time}-01234567-89ab-cdef-0123-456789abcdef.${pid}.json.part`;
  await writeFile(path.join(folder, half), '{');
  await journal.removeLeftovers();
  expect((await readdir(folder)).includes(half)).toBe(stays);
  expect((await journal.last('http://a'))?.entry).toEqual(entry('http://a', 1));
});
