import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Journal } from '../../../client/src/endpoint/connection/journal.ts';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import { undoEntry } from '../../../common/src/metadataApi/plan/undo.ts';
import { settleUnfinished } from '../../../common/src/metadataApi/plan/unfinished.ts';
import { definition, inconsistentRelationship, ofCustomer, older, stateOf } from './fakeServer.ts';

const endpoint = { url: 'http://a', host: 'the host' };

let folder: string;
let journal: Journal;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'unfinished-')), 'journal');
  journal = new Journal(folder);
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

/** `profile` is created and `old` replaced: `older` by `definition`. */
const begin = () =>
  journal.add(
    undoEntry('apply', endpoint.url, new Date().toISOString(), [
      { identity: ofCustomer('profile'), before: undefined, after: definition },
      { identity: ofCustomer('old'), before: older, after: definition },
    ]),
  );

/** As if the window had been closed: the process that began it is no more. */
async function close(id: string): Promise<void> {
  const ended = 2 ** 31 - 1;
  await rename(path.join(folder, id), path.join(folder, id.replace(`.${process.pid}.`, `.${ended}.`)));
}

it.each<[string, Record<string, Json>, Json[], RegExp, boolean]>([
  ['was carried out', { profile: definition, old: definition }, [], /It was carried out\.$/, true],
  ['was not', { old: older }, [], /not carried out: nothing was changed/, false],
  [
    'is inconsistent',
    { profile: definition, old: definition },
    [inconsistentRelationship('old', 'no such field')],
    /carried out, but is inconsistent: no such field/,
    true,
  ],
  [
    'was changed since',
    { profile: older, old: definition },
    [],
    /in part, or someone has changed it since: "profile"/,
    true,
  ],
])(
  'when a window is closed in between, the next use says once that it %s',
  async (_, now, objects, expected, kept) => {
    await close(await begin());
    const state = await stateOf(now, objects);
    const told = await settleUnfinished(journal, endpoint, state);
    expect(told.map(({ message }) => message)).toEqual([expect.stringMatching(expected)]);
    expect(told[0]?.message).toContain('The apply of profile (table customer of source shop)');
    expect(await settleUnfinished(journal, endpoint, state)).toEqual([]);
    expect((await journal.last(endpoint.url)) !== undefined).toBe(kept);
  },
);

it('a change under way is left alone: by this window and by another', async () => {
  const id = await begin();
  expect(await settleUnfinished(journal, endpoint, await stateOf({ old: older }))).toEqual([]);
  expect(await journal.last(endpoint.url)).toBeUndefined();
  await journal.settle(id);
  expect((await journal.last(endpoint.url))?.entry.verb).toBe('apply');
});

it('a change whose end is not known is looked at by the next use of that endpoint alone', async () => {
  await journal.leaveOpen(await begin());
  const state = await stateOf({ profile: definition, old: definition });
  expect(await settleUnfinished(journal, { url: 'http://b', host: 'another' }, state)).toEqual([]);
  expect(await settleUnfinished(journal, endpoint, state)).toHaveLength(1);
  expect((await readdir(folder)).filter((name) => /\.\d+\.json$/.test(name))).toEqual([]);
});
