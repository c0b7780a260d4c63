import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../../client/src/endpoint/connection/connection.ts';
import { change, tellBroken, tellOutcome } from '../../../client/src/endpoint/connection/writing.ts';
import { tellFailure } from '../../../client/src/endpoint/ui/messages.ts';
import { tell } from '../../../client/src/ui/messages.ts';
import { carryOut } from '../../../common/src/metadataApi/change/carryOut.ts';
import type { Told } from '../../../common/src/metadataApi/plan/outcome.ts';

const chooseEndpoint = { title: 'Choose Endpoint' };
const showLog = { title: 'Show Log' };

vi.mock('../../../client/src/endpoint/ui/messages.ts', () => ({
  chooseEndpoint: { title: 'Choose Endpoint' },
  showLog: { title: 'Show Log' },
  tellEarlier: vi.fn(),
  tellFailure: vi.fn(),
}));
vi.mock('../../../client/src/ui/messages.ts', () => ({ tell: vi.fn() }));
vi.mock('../../../client/src/ui/progress.ts', () => ({ withProgress: vi.fn() }));
vi.mock('../../../client/src/endpoint/ui/ask.ts', () => ({ ask: vi.fn() }));
vi.mock('../../../common/src/metadataApi/change/carryOut.ts', () => ({ carryOut: vi.fn() }));

beforeEach(() => vi.clearAllMocks());

const told = (severity: Told['severity'], message = 'so it is'): Told => ({
  severity,
  message,
  problem: false,
});
const failure = { outcome: 'unauthorized', status: 401, error: undefined } as const;
const again = () => undefined;

/** What the command gets, after the change came to this. */
async function changed(outcome: object): Promise<unknown> {
  vi.mocked(carryOut).mockResolvedValue(outcome as never);
  const context = { diff: { close: () => undefined } };
  return change({ endpoint: {}, host: 'h.example' } as Connection, context as never, {} as never, again);
}

describe('what a command is told of a change', () => {
  it('nothing when it was given up', async () => {
    expect(await changed({ outcome: 'given-up' })).toBeUndefined();
    expect([vi.mocked(tell).mock.calls, vi.mocked(tellFailure).mock.calls]).toEqual([[], []]);
  });

  it('nothing at an endpoint that is only read, but the person is', async () => {
    expect(await changed({ outcome: 'read-only', told: told('warning') })).toBeUndefined();
    expect(vi.mocked(tell).mock.calls).toEqual([['warning', 'so it is', chooseEndpoint]]);
  });

  it.each(['not-read', 'failed'])(
    'nothing when it is %s, but the person is, with a way to try again',
    async (outcome) => {
      expect(await changed({ outcome, failure })).toBeUndefined();
      expect(vi.mocked(tellFailure).mock.calls).toEqual([[failure, 'h.example', again]]);
      expect(tell).not.toHaveBeenCalled();
    },
  );

  it.each(['blocked', 'nothing-to-do', 'sent'])('what came of it when it is %s', async (outcome) => {
    expect(await changed({ outcome })).toEqual({ outcome });
    expect([vi.mocked(tell).mock.calls, vi.mocked(tellFailure).mock.calls]).toEqual([[], []]);
  });
});

describe('what a person is told of a change', () => {
  const undo = { title: 'Undo' } as never;
  it.each<[string, object | undefined, unknown[][]]>([
    ['nothing', undefined, []],
    [
      'why it is blocked',
      { outcome: 'blocked', told: told('error') },
      [['error', 'so it is', undo, showLog]],
    ],
    [
      'that there is nothing to do',
      { outcome: 'nothing-to-do', report: told('information') },
      [['information', 'so it is', undo]],
    ],
    [
      'what came of it, and what else broke',
      { outcome: 'sent', report: told('warning'), broken: told('warning', 'broken') },
      [
        ['warning', 'so it is', undo, showLog],
        ['warning', 'broken', showLog],
      ],
    ],
    [
      'what came of it, where nothing broke',
      { outcome: 'sent', report: told('information'), broken: undefined },
      [['information', 'so it is', undo]],
    ],
  ])('%s', (_, outcome, calls) => {
    tellOutcome(outcome as Parameters<typeof tellOutcome>[0], undo);
    expect(vi.mocked(tell).mock.calls).toEqual(calls);
  });

  it('nothing where nothing broke', () => {
    tellBroken(undefined);
    expect(tell).not.toHaveBeenCalled();
  });
});
