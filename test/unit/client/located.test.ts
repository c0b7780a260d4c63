import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandContext } from '../../../client/src/endpoint/commandContext.ts';
import {
  locate,
  locateAgain,
  locateKnown,
  locateSelected,
} from '../../../client/src/endpoint/connection/located.ts';
import { tellServerDown } from '../../../client/src/endpoint/ui/messages.ts';
import { tell } from '../../../client/src/ui/messages.ts';
import { type Entry, pick } from '../../../client/src/ui/quickPick.ts';

interface Editor {
  /** Lines of the selection in the active editor; `undefined`: none is active. */
  selected: readonly [first: number, last: number] | undefined;
}

const editor = vi.hoisted((): Editor => ({ selected: undefined }));

vi.mock('vscode', async () => {
  const { URI } = await import('vscode-uri');
  const { Position, Range } = await import('./fakeRanges.ts');
  return {
    Position,
    Range,
    Uri: { parse: URI.parse },
    window: {
      get activeTextEditor() {
        if (editor.selected === undefined) return undefined;
        const [first, last] = editor.selected;
        return {
          document: { uri: URI.parse('file:///active.yaml') },
          selection: new Range(first, 0, last, 0),
        };
      },
    },
  };
});
vi.mock('../../../client/src/ui/messages.ts', () => ({ tell: vi.fn() }));
vi.mock('../../../client/src/ui/quickPick.ts', () => ({ pick: vi.fn() }));
vi.mock('../../../client/src/endpoint/ui/messages.ts', () => ({ tellServerDown: vi.fn() }));

beforeEach(() => {
  editor.selected = undefined;
  vi.clearAllMocks();
});

/** A relationship on some lines. */
function payload(name: string, first: number, last: number, isKnown = true) {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  return {
    name,
    range,
    nameRange: range,
    identity: isKnown ? { name } : null,
    obstacle: isKnown ? null : 'Its table can’t be read.',
  };
}

const all = [payload('one', 2, 5), payload('two', 5, 9), payload('', 12, 15, false)];

interface Question {
  readonly uri: string;
  readonly position?: { readonly line: number };
}

/** A server that knows these, and what it was asked. */
function contextOf(payloads: readonly ReturnType<typeof payload>[] | undefined = all) {
  const asked: Question[] = [];
  const server = {
    ask: async (_: unknown, question: Question) => {
      asked.push(question);
      const at = question.position?.line;
      return payloads?.filter(
        ({ range }) => at === undefined || (range.start.line <= at && at <= range.end.line),
      );
    },
  };
  return { context: { server } as unknown as CommandContext, asked };
}

const lens = (line: number) => ({ uri: 'file:///lens.yaml', position: { line, character: 0 } });
const nameOf = (located: Awaited<ReturnType<typeof locate>>) =>
  located && `${located.payload.name} of ${located.uri.path}`;

describe('the relationship of a command', () => {
  it.each<[string, unknown, Editor['selected'], string]>([
    ['at the cursor', undefined, [7, 7], 'two of /active.yaml'],
    ['of a lens, wherever the cursor is', lens(2), [7, 7], 'one of /lens.yaml'],
    ['of a lens, where another one ends', lens(5), undefined, 'two of /lens.yaml'],
    ['of a lens that stands a line off', lens(6), undefined, 'two of /lens.yaml'],
    [
      'at the cursor, for an argument that is no lens',
      { uri: 'file:///lens.yaml' },
      [3, 3],
      'one of /active.yaml',
    ],
  ])('is the one %s', async (_, argument, selected, expected) => {
    editor.selected = selected;
    expect(nameOf(await locate(contextOf().context, argument))).toBe(expected);
    expect(pick).not.toHaveBeenCalled();
    expect(tell).not.toHaveBeenCalled();
  });

  it('is chosen where the cursor is in none', async () => {
    editor.selected = [10, 10];
    const offered: string[] = [];
    vi.mocked(pick).mockImplementation(async (entries) => {
      const list = entries as readonly Entry[];
      offered.push(...list.map(({ label, description }) => `${label}, ${description}`));
      return list[1];
    });
    const { context, asked } = contextOf();
    expect(nameOf(await locate(context, undefined))).toBe('two of /active.yaml');
    expect(offered).toEqual(['one, line 3', 'two, line 6', 'without a name, line 13']);
    expect(asked).toEqual([
      { uri: 'file:///active.yaml', position: { line: 10, character: 0 } },
      { uri: 'file:///active.yaml' },
    ]);
    vi.mocked(pick).mockResolvedValue(undefined);
    expect(await locate(context, undefined)).toBeUndefined();
    expect(tell).not.toHaveBeenCalled();
  });

  it.each<[string, Editor['selected'], Parameters<typeof contextOf>[0] | null, readonly string[], number]>([
    [
      'no file is open',
      undefined,
      all,
      ['Open a file with remote relationships and put the cursor in one.'],
      0,
    ],
    ['the file has none', [1, 1], [], ['This file has no remote relationships.'], 0],
    ['the server is down', [1, 1], null, [], 1],
  ])('is none, and it is said why: %s', async (_, selected, payloads, words, downs) => {
    editor.selected = selected;
    const server = { ask: async () => undefined };
    const context =
      payloads === null ? ({ server } as unknown as CommandContext) : contextOf(payloads).context;
    expect(await locate(context, undefined)).toBeUndefined();
    expect(vi.mocked(tell).mock.calls.map(([, text]) => String(text))).toEqual(words);
    expect(tellServerDown).toHaveBeenCalledTimes(downs);
  });

  it('has to be known', async () => {
    editor.selected = [3, 3];
    expect((await locateKnown(contextOf().context, undefined))?.identity).toEqual({ name: 'one' });
    expect(tell).not.toHaveBeenCalled();
    editor.selected = [13, 13];
    expect(await locateKnown(contextOf().context, undefined)).toBeUndefined();
    expect(vi.mocked(tell).mock.calls[0]?.slice(0, 2).map(String)).toEqual([
      'error',
      'It is not known which relationship this is. Its table can’t be read.',
    ]);
    editor.selected = undefined;
    expect(await locateKnown(contextOf().context, undefined)).toBeUndefined();
  });

  it('is found again by what it is, wherever it is by now', async () => {
    editor.selected = [3, 3];
    const located = await locate(contextOf().context, undefined);
    if (located === undefined) throw new Error('not found');
    const moved = contextOf([payload('two', 1, 2), payload('one', 20, 22)]).context;
    expect((await locateAgain(moved, located))?.range.start.line).toBe(20);
    expect(await locateAgain(contextOf([]).context, located)).toBeUndefined();
  });

  it.each<[string, unknown, Editor['selected'], readonly string[]]>([
    ['all that are selected', undefined, [3, 7], ['one', 'two']],
    ['none that a selection only touches', undefined, [9, 13], ['']],
    ['the one at the cursor', undefined, [7, 7], ['two']],
    ['the one of a lens, whatever is selected', lens(2), [3, 7], ['one']],
    ['none', undefined, undefined, []],
  ])('may be several: %s', async (_, argument, selected, names) => {
    editor.selected = selected;
    const several = await locateSelected(contextOf().context, argument);
    expect(several.map((each) => each.payload.name)).toEqual(names);
  });
});
