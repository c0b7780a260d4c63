import { counted } from '../../counted.ts';
import { localized } from '../../localized.ts';
import type { JsonObject } from '../document/json.ts';
import type { HttpResult } from '../http/httpResult.ts';
import type { Done } from './executePlan.ts';
import { listed, outcomeText, type Told } from './outcome.ts';
import type { Question } from './question.ts';
import type { ServerState } from './serverState.ts';
import type { UndoEntry } from './undo.ts';
import {
  commandsIn,
  dangersIn,
  errorsInAnswer,
  type PlacedError,
  placeBelowRequest,
  relationshipChanges,
  type WrittenChanges,
} from './writtenRequest.ts';

/** What is asked before a request that changes something is sent as it stands. */
export function sendQuestion(
  body: JsonObject,
  { changes, complete }: WrittenChanges,
  host: string,
): Question {
  const commands = commandsIn(body);
  const replaced = changes.filter(({ before, after }) => before !== undefined && after !== undefined);
  const removed = changes.filter(({ after }) => after === undefined);
  const names = (those: typeof changes) =>
    listed(
      those.map(({ identity }) => `"${identity.name}"`),
      ', ',
    );
  return {
    verb: localized`Send`,
    message: localized`Send ${listed(commands, ', ')} to ${host}?`,
    details: [
      ...dangersIn(body),
      ...(replaced.length === 0 ? [] : [localized`The server has ${names(replaced)}, which is replaced.`]),
      ...(removed.length === 0 ? [] : [localized`The server has ${names(removed)}, which is deleted.`]),
      undoText({ changes, complete }),
    ],
  };
}

function undoText({ changes, complete }: WrittenChanges): string {
  if (!complete) return localized`The request is sent as it is. It can’t be undone from here.`;
  return changes.length === 0
    ? localized`The server has no relationship that it would delete.`
    : localized`Undo Last Apply or Delete gives the server back what it had.`;
}

/** What the request does to relationships, and how the journal calls it; nothing to keep when it does more than that. */
export function undoable(
  body: JsonObject,
  state: ServerState,
): WrittenChanges & { readonly verb: UndoEntry['verb'] | undefined } {
  const written = relationshipChanges(body, state);
  const { changes, complete } = written;
  if (!complete || changes.length === 0) return { ...written, verb: undefined };
  return { ...written, verb: changes.every(({ after }) => after === undefined) ? 'delete' : 'apply' };
}

/** The errors that an answer holds: of a refusal one, of a bulk that goes on each. */
export function errorsOf(body: JsonObject, result: HttpResult): readonly PlacedError[] {
  if (result.outcome === 'answered') return errorsInAnswer(body, result.json);
  if (result.outcome !== 'refused') return [];
  return [{ error: result.error, keys: placeBelowRequest(result.error) }];
}

/** What came of a request, in a sentence. */
export function sentText(
  body: JsonObject,
  result: HttpResult,
  errors: readonly PlacedError[],
  host: string,
): Told {
  const what = listed(commandsIn(body), ', ');
  const reasons = listed(errors.map(({ error }) => error.reason));
  if (result.outcome === 'answered') {
    return errors.length === 0
      ? { severity: 'information', message: localized`Sent: ${host} answered ${what}.`, problem: false }
      : {
          severity: 'error',
          message: localized`${host} answered ${what}, but refused ${counted(errors.length, 'item', 'an item')} of it: ${reasons}`,
          problem: true,
        };
  }
  return {
    severity: 'error',
    message: localized`Nothing was changed: ${host} refused ${what}: ${reasons}`,
    problem: true,
  };
}

/**
 * What became of the relationships of a request that is not as was to be expected; those refused are told anyway.
 * `undefined`: nothing.
 */
export function surpriseText(
  { verdicts, result, afterwards }: Done,
  state: ServerState,
  host: string,
): Told | undefined {
  const { kindOf } = (afterwards ?? state).document;
  const settled = result.outcome === 'answered' || result.outcome === 'refused';
  const told = verdicts
    .filter(({ outcome }) => outcome !== 'not-carried-out' || !settled)
    .map((verdict) => outcomeText(verdict, result, host, kindOf))
    // After a clear answer it goes without saying what is as it should be.
    .filter(({ severity }) => severity !== 'information' || !settled);
  const [first] = told;
  if (first === undefined) return undefined;
  const { severity } = told.find((each) => each.severity === 'error') ?? first;
  return {
    severity,
    message: listed(told.map(({ message }) => message)),
    problem: told.some(({ problem }) => problem),
  };
}
