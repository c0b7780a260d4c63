import type { At } from '../at.ts';
import { listJson, names } from '../changes.ts';
import type { State } from '../consistency/state.ts';
import { buildState } from '../facts.ts';
import type { Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { type Command, type Context, type Outcome, type Plain, success } from './command.ts';

function readItems(args: At, read: (item: At) => Command): readonly Command[] {
  return args.list().map(read);
}

/** Runs a command and puts its place on what it refuses. */
export async function runPlaced(command: Command, state: State, context: Context): Promise<Outcome> {
  try {
    return await command.run(state, context);
  } catch (error) {
    if (!(error instanceof Refusal) || error.path !== undefined) throw error;
    const { code, message, status, internal } = error;
    throw new Refusal(code, message, { status, internal, path: command.path });
  }
}

/** Items see what those before them did; the first refusal is the whole answer. */
async function runInTurn(items: readonly Command[], state: State, context: Context): Promise<Outcome> {
  const answers: Json[] = [];
  let current = state;
  for (const item of items) {
    const outcome = await runPlaced(item, current, context);
    answers.push(outcome.answer);
    current = outcome.state ?? current;
  }
  return { answer: answers, state: current };
}

const bulk: Plain = {
  read: (args, { readItem }) => {
    const items = readItems(args, readItem);
    return {
      modifies: items.some(({ modifies }) => modifies),
      readOnly: items.every(({ readOnly }) => readOnly),
      run: (state, context) => runInTurn(items, state, context),
    };
  },
};

export const bulkCommands: Readonly<Record<string, Plain>> = {
  bulk,

  bulk_keep_going: {
    since: [2, 24, 0],
    read: (args, { readItem }) => {
      const items = readItems(args, readItem);
      return {
        modifies: items.some(({ modifies }) => modifies),
        run: async (state, context) => {
          const answers: Json[] = [];
          let current = state;
          for (const item of items) {
            try {
              const outcome = await item.run(current, context);
              answers.push(outcome.answer);
              current = outcome.state ?? current;
            } catch (error) {
              if (!(error instanceof Refusal)) throw error;
              // Here the place carries no index.
              answers.push(error.body(args.path));
            }
          }
          return { answer: answers, state: current };
        },
      };
    },
  },

  bulk_atomic: {
    since: [2, 28, 0],
    read: (args, { readItem }) => {
      const items = readItems(args, readItem);
      return {
        modifies: true,
        run: async (state, context) => {
          let { metadata } = state;
          for (const item of items) {
            const { atomic } = item;
            if (!atomic || !context.release.since(...atomic.since)) {
              throw new Refusal('unexpected', 'Bulk atomic does not support this command', { status: 500 });
            }
            metadata = atomic.apply(metadata, state);
          }
          const next = await buildState(metadata, state.facts, context);
          const before = names(state.cache.inconsistencies);
          const news = next.cache.inconsistencies.filter(({ objects }) =>
            objects.some(({ name }) => !before.has(name)),
          );
          if (news.length > 0) {
            const internal = news.map((item) => listJson([item]));
            throw new Refusal('bad-request', 'Schema inconsistency', { internal });
          }
          return { answer: success, state: next };
        },
      };
    },
  },
};

/** The bulks of `/v2/query`. */
export const queryBulkCommands: Readonly<Record<string, Plain>> = {
  bulk,
  concurrent_bulk: {
    since: [2, 17, 0],
    read: (args, { readItem }) => {
      const items = readItems(args, readItem);
      return {
        readOnly: true,
        run: async (state, context) => {
          if (!items.every(({ readOnly }) => readOnly)) {
            const text = 'Only read-only queries are allowed in a concurrent_bulk';
            throw new Refusal('unexpected', text, { status: 500 });
          }
          const outcomes = await Promise.all(items.map((item) => runPlaced(item, state, context)));
          return { answer: outcomes.map(({ answer }) => answer) };
        },
      };
    },
  },
};
