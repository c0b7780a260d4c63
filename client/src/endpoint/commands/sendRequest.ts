import { Position, Uri, window } from 'vscode';
import { counted } from '../../../../common/src/counted.ts';
import { localized } from '../../../../common/src/localized.ts';
import { writePlan } from '../../../../common/src/metadataApi/change/carryOut.ts';
import { hostToName } from '../../../../common/src/metadataApi/change/environment.ts';
import { requestAsWritten } from '../../../../common/src/metadataApi/document/commands.ts';
import { hasInexactNumber, type JsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import type { HttpResult } from '../../../../common/src/metadataApi/http/httpResult.ts';
import { brokenText, firstOf } from '../../../../common/src/metadataApi/plan/outcome.ts';
import type { Plan } from '../../../../common/src/metadataApi/plan/plan.ts';
import {
  errorsOf,
  sendQuestion,
  sentText,
  surpriseText,
  undoable,
} from '../../../../common/src/metadataApi/plan/sending.ts';
import { keysRequest, type RequestPayload, requestsRequest } from '../../../../common/src/protocol.ts';
import { display, inLines } from '../../ui/displayText.ts';
import { type FileRange, openAction, rangeOf } from '../../ui/fileRange.ts';
import { confirm, tell } from '../../ui/messages.ts';
import { pick } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';
import { isLensArgument } from '../connection/located.ts';
import { environmentOf, mayWrite, tellBroken } from '../connection/writing.ts';
import { ask } from '../ui/ask.ts';
import { showLog, tellFailure, tellServerDown } from '../ui/messages.ts';

/** A request of a document. */
interface LocatedRequest {
  readonly uri: Uri;
  readonly payload: RequestPayload;
}

/** The command: the request at the cursor is sent as it stands, and the answer shown beside it. */
export async function sendRequest(context: CommandContext, argument: unknown): Promise<void> {
  const located = await locateRequest(context, argument);
  const body = located && (await bodyOf(located));
  if (located === undefined || body === undefined) return;
  const connection = await connect(context, located.uri);
  if (connection === undefined) return;
  const again = () => sendRequest(context, argument);
  const command = requestAsWritten(body, located.payload.api ?? undefined);
  if (command.effect === 'write') {
    if (mayWrite(connection.endpoint)) await change(context, connection, located, body, again);
    return;
  }
  context.problems.clear(located);
  const result = await connection.ask(command, again);
  if (result !== undefined) await tellAnswer(context, connection, located, body, result);
}

/** The request a lens stands above, or the one at the cursor, or one of the file; says why there is none. */
async function locateRequest(
  { server }: CommandContext,
  argument: unknown,
): Promise<LocatedRequest | undefined> {
  const editor = window.activeTextEditor;
  const lens = isLensArgument(argument) ? argument : undefined;
  const uri = lens ? Uri.parse(lens.uri) : editor?.document.uri;
  if (uri === undefined) {
    tell('information', display`Open a file with a request and put the cursor in it.`);
    return undefined;
  }
  const requests = await server.ask(requestsRequest, { uri: uri.toString() });
  if (requests === undefined) {
    tellServerDown();
    return undefined;
  }
  const at = lens ? new Position(lens.position.line, lens.position.character) : editor?.selection.active;
  const around = requests.filter(({ range }) => at !== undefined && rangeOf(range).contains(at));
  // A lens stands where its request begins; another one may end there.
  const payload =
    around.find(({ range }) => at !== undefined && rangeOf(range).start.isEqual(at)) ??
    around[0] ??
    (await pickRequest(requests));
  return payload && { uri, payload };
}

async function pickRequest(requests: readonly RequestPayload[]): Promise<RequestPayload | undefined> {
  const [only, ...others] = requests;
  if (only === undefined) {
    tell('information', display`This file has no requests to the metadata API.`);
    return undefined;
  }
  if (others.length === 0) return only;
  const items = requests.map((payload) => ({
    label: display(payload.type),
    description: display`line ${payload.range.start.line + 1}`,
    payload,
  }));
  return (await pick(items, { title: display`Which request? The cursor is in none.` }))?.payload;
}

/** What is to be sent, unless it can't be read, or has errors and the person does not know better. */
async function bodyOf({ uri, payload }: LocatedRequest): Promise<JsonObject | undefined> {
  const { body, obstacle, errors, type, range } = payload;
  const inexact =
    body !== null && hasInexactNumber(body)
      ? localized`A number in it is too long to be sent unchanged. Write it as a string.`
      : undefined;
  if (body === null || inexact !== undefined) {
    const why = inexact ?? obstacle ?? '';
    tell(
      'error',
      display`This request can’t be sent. ${why}`,
      openAction({ uri, range }, display`Open Request`),
    );
    return undefined;
  }
  if (errors.length === 0) return body;
  const count = counted(errors.length, 'error', 'an error');
  const message = display`${type} has ${count}.`;
  const sure = await confirm('warning', message, inLines(firstOf(errors, 12)), display`Send Anyway`);
  return sure ? body : undefined;
}

/** Asks and sends what changes something; relationships are read before and after. */
async function change(
  context: CommandContext,
  connection: Connection,
  located: LocatedRequest,
  body: JsonObject,
  again: () => unknown,
): Promise<void> {
  const { endpoint, host } = connection;
  const state = await connection.readState(again);
  if (state === undefined) return;
  const { changes, complete, verb } = undoable(body, state);
  if (!(await ask(sendQuestion(body, { changes, complete }, host), hostToName(endpoint)))) return;
  context.problems.clear(located);
  const command = requestAsWritten(body, located.payload.api ?? undefined);
  const attempt = { command, changeOfItem: [], replacesAllMetadata: false };
  const plan: Plan<never> = { items: [], changes, attempts: [attempt] };
  const outcome = await writePlan(environmentOf(connection, context), verb, plan, state);
  if (outcome.outcome === 'conflict') {
    const message = localized`${host} has carried nothing out: its metadata was changed by someone else in the meantime, or since the resource_version that the request names.`;
    tell('error', display(message), { title: display`Try Again`, run: again }, showLog);
    return;
  }
  const { result, broken } = outcome;
  if (result.outcome === 'answered' || result.outcome === 'refused') {
    await tellAnswer(context, connection, located, body, result);
  } else if (changes.length === 0) {
    tellFailure(result, host, again);
  }
  const surprise = surpriseText(outcome, state, host);
  if (surprise !== undefined) {
    const { severity, message, problem } = surprise;
    const place: FileRange = { uri: located.uri, range: located.payload.range };
    if (problem && severity !== 'information') {
      context.problems.add(firstLine(place), { severity, message, host });
    }
    tell(severity, display(message), showLog, openAction(place, display`Open Request`));
  }
  tellBroken(brokenText(broken, host));
}

/** Shows the answer, and where in the request its errors lie. */
async function tellAnswer(
  context: CommandContext,
  { host }: Connection,
  { uri, payload }: LocatedRequest,
  body: JsonObject,
  result: Extract<HttpResult, { readonly outcome: 'answered' | 'refused' }>,
): Promise<void> {
  const errors = errorsOf(body, result);
  const places = await Promise.all(
    errors.map(async ({ error, keys }): Promise<FileRange> => {
      const range = await context.server.ask(keysRequest, {
        uri: uri.toString(),
        position: payload.range.start,
        keys,
      });
      const place = { uri, range: range ?? payload.range };
      context.problems.add(firstLine(place), {
        severity: 'error',
        message: error.reason,
        host,
        code: error.code,
      });
      return place;
    }),
  );
  if (result.outcome === 'answered') {
    const time = new Date().toLocaleTimeString().replaceAll(':', '.');
    const title = `${payload.type} ${time}.json`;
    const text = `${JSON.stringify(result.json, null, 2)}\n`;
    await context.texts.show([host, title], text, 'beside');
  }
  const { severity, message } = sentText(body, result, errors, host);
  const [first] = places;
  tell(severity, display(message), ...(first ? [showLog, openAction(first, display`Open Request`)] : []));
}

/** A problem of something long is underlined where it begins. */
function firstLine({ uri, range }: FileRange): FileRange {
  const { start, end } = range;
  if (start.line === end.line) return { uri, range };
  return { uri, range: { start, end: { line: start.line + 1, character: 0 } } };
}
