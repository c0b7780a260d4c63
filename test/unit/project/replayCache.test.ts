import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LazyReplay } from '../../../server/src/schema/migrations/lazyReplay.ts';
import { Replay } from '../../../server/src/schema/migrations/replay.ts';
import { ReplayCache } from '../../../server/src/schema/migrations/replayCache.ts';
import type { ReplayedDatabase, SqlFile } from '../../../server/src/schema/migrations/replayedDatabase.ts';
import { makeLink, noModes } from '../../machine.ts';
import { replayedTable } from '../support/replayed.ts';
import { TemporaryFolder } from './temporaryFolder.ts';

const read = vi.spyOn(Replay.prototype, 'read');
beforeEach(() => void read.mockClear());

const filesOf = (...texts: readonly string[]): SqlFile[] =>
  texts.map((text, index) => ({ uri: `file:///${index + 1}.sql`, text, offset: 0 }));

const users = 'CREATE TABLE users (id uuid PRIMARY KEY, é text); COMMENT ON TABLE users IS $$\n$$;';
const orders = 'CREATE TABLE orders (id int, user_id uuid REFERENCES users);';
const files = filesOf(users, orders);

const columnsOf = ({ tables }: ReplayedDatabase): readonly string[] =>
  tables.map(({ name, columns }) => `${name}: ${columns.map((column) => column.name).join(', ')}`);

const cacheIn = (folder: string, strangers: readonly string[] = []): ReplayCache =>
  new ReplayCache(folder, () => strangers);

const entriesOf = (folder: TemporaryFolder, below = 'cache'): readonly string[] => {
  try {
    return readdirSync(join(folder.file(below), 'migrations'));
  } catch {
    return [];
  }
};

const summed = (content: string): string =>
  `${createHash('sha256').update(content).digest('hex')}\n${content}`;

const written = (folder: TemporaryFolder): Promise<unknown> =>
  vi.waitFor(() => expect(entriesOf(folder)).toEqual([expect.stringMatching(/^[\da-f]{64}\.json$/)]));

describe('a replay', () => {
  it('reads a last file that is new or edited alone, and each other edit from the beginning', async () => {
    const replay = new LazyReplay();
    const reads = async (...texts: readonly string[]): Promise<number> => {
      read.mockClear();
      const found = await replay.replay(filesOf(...texts));
      const count = read.mock.calls.length;
      expect(found).toEqual(await new LazyReplay().replay(filesOf(...texts)));
      return count;
    };
    const late = 'ALTER TABLE users ADD COLUMN late int;';
    expect(await reads(users, orders)).toBe(2);
    expect(await reads(users, orders, '')).toBe(1);
    expect(await reads(users, orders, late)).toBe(1);
    expect(await reads(users, orders, `${late} DROP TABLE orders;`)).toBe(1);
    expect(await reads(users, orders)).toBe(0);
    expect(await reads(users, late)).toBe(2);
    expect(await reads(users.replace('users', 'people'), late)).toBe(2);
  });
});

describe('what replays left behind, on disk', () => {
  it('spares the next program to read the SQL', async () => {
    const folder = new TemporaryFolder();
    const first = await new LazyReplay(cacheIn(folder.file('cache'))).replay(files);
    expect(read).toHaveBeenCalledTimes(2);
    await written(folder);
    const second = await new LazyReplay(cacheIn(folder.file('cache'))).replay(files);
    expect(read).toHaveBeenCalledTimes(2);
    expect(second).toEqual(first);
    expect(columnsOf(second)).toEqual(['users: id, é', 'orders: id, user_id']);
  });

  it('is not made of texts that are typed, whether the first was read or kept', async () => {
    const folder = new TemporaryFolder();
    const cache = cacheIn(folder.file('cache'));
    cache.write(files, await new LazyReplay().replay(files));
    const write = vi.spyOn(cache, 'write');
    const replay = new LazyReplay(cache);
    for (const end of ['', '-', '--']) {
      const found = await replay.replay(filesOf(users, orders + end));
      expect(columnsOf(found)).toEqual(['users: id, é', 'orders: id, user_id']);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(write).not.toHaveBeenCalled();
    expect(entriesOf(folder)).toHaveLength(1);
  });

  it('is of use for exactly the same files', async () => {
    const folder = new TemporaryFolder();
    const cache = cacheIn(folder.file('cache'));
    cache.write(files, await new LazyReplay().replay(files));
    expect(cache.read(files)).toBeDefined();
    const [one, two] = files as [SqlFile, SqlFile];
    for (const others of [
      [one],
      [two, one],
      [one, two, two],
      [one, { ...two, text: `${orders} ` }],
      [one, { ...two, uri: 'file:///3.sql' }],
      [one, { ...two, offset: 1 }],
      [
        { ...one, text: `${users}${orders}` },
        { ...two, text: '' },
      ],
    ]) {
      expect(cache.read(others)).toBeUndefined();
    }
  });

  it('is written at the start, not while something is typed', async () => {
    const folder = new TemporaryFolder();
    const replay = new LazyReplay(cacheIn(folder.file('cache')));
    await replay.replay(files);
    await written(folder);
    const [before] = entriesOf(folder);
    await replay.replay([...files, ...filesOf('CREATE TABLE typed (id int)')]);
    await replay.replay(filesOf('CREATE TABLE other (id int)', orders));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(entriesOf(folder)).toEqual([before]);
  });

  it.each<[string, (file: string) => void]>([
    ['empty', (file) => writeFileSync(file, '')],
    ['cut off', (file) => writeFileSync(file, readFileSync(file).subarray(0, -10))],
    ['changed', (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('user_id', 'owner_id'))],
    ['without its sum', (file) => writeFileSync(file, '{"tables":[],"functions":[],"problems":[]}')],
    ['another thing with the right sum', (file) => writeFileSync(file, summed('{"tables":{"length":1}}'))],
    ['no JSON with the right sum', (file) => writeFileSync(file, summed('{'))],
    ['no text', (file) => writeFileSync(file, new Uint8Array(1000).fill(0xff))],
    ['too long', (file) => writeFileSync(file, new Uint8Array(16 * 1024 * 1024 + 1))],
    [
      'a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('is not used where it is %s', async (_, spoil) => {
    const folder = new TemporaryFolder();
    await new LazyReplay(cacheIn(folder.file('cache'))).replay(files);
    await written(folder);
    spoil(join(folder.file('cache'), 'migrations', entriesOf(folder)[0] ?? ''));
    read.mockClear();
    const again = await new LazyReplay(cacheIn(folder.file('cache'))).replay(files);
    expect(read).toHaveBeenCalledTimes(2);
    expect(columnsOf(again)).toEqual(['users: id, é', 'orders: id, user_id']);
  });

  it.each([
    ['the workspace', 'workspace/cache', 'workspace'],
    ['the workspace itself', 'workspace', 'workspace'],
    ['the Git repository around it', 'repository/cache', 'repository/hasura'],
  ])('is neither read nor written in %s', async (_, below, stranger) => {
    const folder = new TemporaryFolder({
      'repository/.git/HEAD': '',
      'repository/hasura/x': '',
      'workspace/x': '',
    });
    const planted = {
      tables: [replayedTable('users', { planted: 'text' })],
      goneTables: [],
      functions: [],
      problems: [],
    };
    cacheIn(folder.file(below)).write(files, planted);
    expect(cacheIn(folder.file(below)).read(files)).toEqual(planted);
    const cache = cacheIn(folder.file(below), [folder.file('elsewhere'), folder.file(stranger)]);
    expect(cache.read(files)).toBeUndefined();
    const [name = ''] = entriesOf(folder, below);
    rmSync(join(folder.file(below), 'migrations', name));
    cache.write(files, planted);
    expect(entriesOf(folder, below)).toEqual([]);
  });

  it('is neither read nor written where a link leads into the workspace', async () => {
    const folder = new TemporaryFolder({ 'workspace/cache/x': '' });
    makeLink(folder.file('workspace/cache'), folder.file('cache'));
    const planted = { tables: [], goneTables: [], functions: [], problems: [] };
    cacheIn(folder.file('cache')).write(files, planted);
    const cache = cacheIn(folder.file('cache'), [folder.file('workspace')]);
    expect(cache.read(files)).toBeUndefined();
    cache.write(filesOf(users), planted);
    expect(entriesOf(folder)).toHaveLength(1);
  });

  it('costs nothing but time where it can not be written', async () => {
    const folder = new TemporaryFolder({ cache: 'a file' });
    const found = await new LazyReplay(cacheIn(folder.file('cache'))).replay(files);
    expect(found.tables).toHaveLength(2);
    cacheIn(folder.file('cache')).write(files, found);
    expect(readFileSync(folder.file('cache'), 'utf8')).toBe('a file');
  });

  it('is for the person alone, and the oldest goes', async () => {
    const folder = new TemporaryFolder();
    const cache = cacheIn(folder.file('cache'));
    const empty = { tables: [], goneTables: [], functions: [], problems: [] };
    cache.write(filesOf('first'), empty);
    const [first = ''] = entriesOf(folder);
    const path = join(folder.file('cache'), 'migrations', first);
    if (noModes === undefined) expect(statSync(path).mode & 0o777).toBe(0o600);
    utimesSync(path, 1, 1);
    const left = '.remote-relationships-1-00000000-0000-0000-0000-000000000000.tmp';
    writeFileSync(join(folder.file('cache'), 'migrations', left), '');
    utimesSync(join(folder.file('cache'), 'migrations', left), 1, 1);
    for (let index = 0; index < 64; index++) cache.write(filesOf(`${index}`), empty);
    expect(entriesOf(folder)).toHaveLength(64);
    expect(entriesOf(folder)).not.toContain(first);
    expect(cache.read(filesOf('0'))).toEqual(empty);
  });
});
