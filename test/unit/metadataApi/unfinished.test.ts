import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../../common/src/metadataApi/change/journal.ts';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import type { Change } from '../../../common/src/metadataApi/plan/changes.ts';
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
    /in part, or someone changed it since: "profile"/,
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

describe('what is told', () => {
  const { url } = endpoint;
  const at = '2026-05-01T12:00:00.000Z';
  const begun = `on the host, begun ${new Date(at).toLocaleString()}, was interrupted`;
  const settle = async (
    verb: 'apply' | 'delete' | 'rename',
    changes: readonly Change[],
    now: Record<string, Json>,
    objects: Json[] = [],
  ) => {
    await journal.leaveOpen(await journal.add(undoEntry(verb, url, at, changes)));
    const told = await settleUnfinished(journal, endpoint, await stateOf(now, objects));
    expect(told).toHaveLength(1);
    expect(await journal.unsettled(url)).toEqual([]);
    return { ...told[0], kept: (await journal.last(url)) !== undefined };
  };
  const created = (name: string): Change => ({
    identity: ofCustomer(name),
    before: undefined,
    after: definition,
  });
  const replaced = (name: string): Change => ({ ...created(name), before: older });
  const deleted = (name: string): Change => ({ ...created(name), before: definition, after: undefined });
  const named = (...names: string[]) =>
    names.map((name) => `${name} (table customer of source shop)`).join(', ');

  it.each<[string, Parameters<typeof settle>, string, string, boolean]>([
    [
      'what was carried out',
      ['apply', [created('a'), replaced('b')], { a: definition, b: definition }],
      'information',
      `The apply of ${named('a', 'b')} ${begun}. It was carried out.`,
      true,
    ],
    [
      'a deletion that was carried out',
      ['delete', [deleted('a')], {}],
      'information',
      `The delete of ${named('a')} ${begun}. It was carried out.`,
      true,
    ],
    [
      'a rename that was carried out',
      ['rename', [deleted('a'), created('b')], { b: definition }],
      'information',
      `The rename of ${named('a', 'b')} ${begun}. It was carried out.`,
      true,
    ],
    [
      'what was not carried out',
      ['apply', [created('a'), replaced('b')], { b: older }],
      'warning',
      `The apply of ${named('a', 'b')} ${begun}. It was not carried out: nothing was changed.`,
      false,
    ],
    [
      'what is inconsistent, each reason once',
      [
        'apply',
        [created('a'), created('b'), created('c')],
        { a: definition, b: definition, c: definition },
        [
          inconsistentRelationship('a', 'no such field'),
          inconsistentRelationship('b', 'no such field'),
          inconsistentRelationship('c', 'no such type'),
        ],
      ],
      'warning',
      `The apply of ${named('a', 'b', 'c')} ${begun}. It was carried out, but is inconsistent: no such field; no such type`,
      true,
    ],
    [
      'a rename to what is inconsistent',
      [
        'rename',
        [deleted('a'), created('b')],
        { b: definition },
        [inconsistentRelationship('b', 'no such field')],
      ],
      'warning',
      `The rename of ${named('a', 'b')} ${begun}. It was carried out, but is inconsistent: no such field`,
      true,
    ],
    [
      'what the server does not check, beside what it does',
      [
        'apply',
        [created('a')],
        { a: definition },
        [
          {
            type: 'source',
            name: 'source shop',
            reason: 'Inconsistent object: no connection',
            definition: 'shop',
          },
        ],
      ],
      'warning',
      `The apply of ${named('a')} ${begun}. It was carried out, but is inconsistent: no connection`,
      true,
    ],
    [
      'what was carried out in part: of four those that were not, or are another’s',
      [
        'apply',
        [created('applied'), created('inconsistent'), created('missing'), replaced('another')],
        { applied: definition, inconsistent: definition, another: { to_remote_schema: {} } },
        [inconsistentRelationship('inconsistent', 'no such field')],
      ],
      'warning',
      `The apply of ${named('applied', 'inconsistent', 'missing', 'another')} ${begun}. It was carried out in part, or someone changed it since: "missing", "another".`,
      true,
    ],
  ])('of %s', async (_, given, severity, message, kept) => {
    expect(await settle(...given)).toEqual({ severity, message, problem: false, kept });
  });

  it('of several changes, each by itself', async () => {
    for (const name of ['a', 'b']) {
      await journal.leaveOpen(await journal.add(undoEntry('apply', url, at, [created(name)])));
    }
    const told = await settleUnfinished(journal, endpoint, await stateOf({ b: definition }));
    const texts = told.map(({ message }) => message.replace(/.*interrupted\. /, ''));
    expect(texts.sort()).toEqual(['It was carried out.', 'It was not carried out: nothing was changed.']);
    expect((await journal.last(url))?.entry.changes[0]?.identity.name).toBe('b');
  });
});
