import { commands } from 'vscode';
import { endpointAddress } from '../../../../common/src/endpoint/endpointText.ts';
import { ownerText } from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import {
  type ApplyItem,
  type LocalRelationship,
  planApply,
  shownDefinition,
} from '../../../../common/src/metadataApi/plan/applyPlan.ts';
import {
  applyConflict,
  applyQuestion,
  isChanging,
} from '../../../../common/src/metadataApi/plan/applyQuestion.ts';
import {
  detailsText,
  failureOf,
  type ReportLine,
  reportOf,
  summaryOf,
} from '../../../../common/src/metadataApi/plan/applyReport.ts';
import type { Execution } from '../../../../common/src/metadataApi/plan/executePlan.ts';
import { brokenText, firstOf } from '../../../../common/src/metadataApi/plan/outcome.ts';
import { nameText, partition } from '../../../../common/src/metadataApi/plan/partition.ts';
import { blockedItems, keysInItem, type Plan } from '../../../../common/src/metadataApi/plan/plan.ts';
import type { ServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import { keysRequest } from '../../../../common/src/protocol.ts';
import { type DisplayText, display, inLines } from '../../ui/displayText.ts';
import { type Action, confirm, tell } from '../../ui/messages.ts';
import { type Connection, connect } from '../connection/connection.ts';
import {
  type FileRange,
  fileRangeOf,
  fileRangeText,
  type Located,
  openAction,
} from '../connection/located.ts';
import { mayWrite, write } from '../connection/writing.ts';
import type { Services } from '../services.ts';
import type { Tools } from '../tools.ts';
import { ask } from '../ui/ask.ts';
import { showLog, tellFailure } from '../ui/messages.ts';

/** A relationship that can be sent, and where it is written. */
interface Sendable {
  readonly item: Located;
  readonly local: LocalRelationship;
}

/** An endpoint gets relationships as they are written here, all or none, whether it has some of those names or not. */
export async function apply(
  services: Services,
  tools: Tools,
  located: readonly Located[],
  again: () => unknown,
): Promise<void> {
  const chosen = await choose(located);
  const [first] = chosen?.sendable ?? [];
  if (chosen === undefined || first === undefined) return;
  const connection = await connect(services, first.item.uri);
  if (connection === undefined || !mayWrite(connection.endpoint)) return;
  for (const { item } of chosen.sendable) tools.problems.clear(item);
  try {
    await new Applying(services, tools, connection, chosen.sendable, again).run(chosen.notes);
  } finally {
    await tools.diff.close();
  }
}

/** What can be sent, after the person has agreed to leave out the rest and to send what has errors. */
async function choose(
  located: readonly Located[],
): Promise<{ readonly sendable: readonly Sendable[]; readonly notes: readonly string[] } | undefined> {
  const { sendable, unreadable, deletions } = partition(located);
  const [only, ...others] = located;
  if (only !== undefined && others.length === 0) {
    if (deletions.length > 0) {
      tell('information', display`This is a request to delete: choose Delete Relationship for it.`);
    }
    const [{ reason } = { reason: '' }] = unreadable;
    if (unreadable.length > 0) {
      const which = only.payload.name === '' ? 'This relationship' : nameText(only.payload);
      tell('error', display`${which} can’t be sent. ${reason}`, openAction(fileRangeOf(only)));
    }
  } else if (unreadable.length > 0) {
    const rows = unreadable.map(({ item, reason }) => rowText(item, reason));
    if (!(await leaveOut(rows, sendable.length, unreadable[0]?.item))) return undefined;
  } else if (sendable.length === 0 && deletions.length > 0) {
    tell('information', display`These are requests to delete: there is nothing to apply.`);
  }
  if (sendable.length === 0 || !(await withoutErrors(sendable))) return undefined;
  const notes = deletions.length === 0 ? [] : [`${counted(deletions.length, 'request')} to delete left out.`];
  return { sendable, notes };
}

/** Whether the others are to be sent without those that can't be. */
async function leaveOut(
  rows: readonly string[],
  others: number,
  first: Located | undefined,
): Promise<boolean> {
  const message = `${counted(rows.length, 'relationship')} can’t be sent.`;
  if (others > 0) return confirm('warning', display(message), rowLines(rows), display`Leave Them Out`);
  tell('error', display`${message} ${rows[0] ?? ''}`, ...(first ? [openAction(fileRangeOf(first))] : []));
  return false;
}

/** Errors found here stop it, unless the person knows better. */
async function withoutErrors(sendable: readonly Sendable[]): Promise<boolean> {
  const wrong = sendable.map(({ item }) => item).filter(({ payload }) => payload.errors.length > 0);
  const [first] = wrong;
  if (first === undefined) return true;
  const count = wrong.reduce((sum, { payload }) => sum + payload.errors.length, 0);
  const errors = count === 1 ? 'an error' : `${count} errors`;
  const single = sendable.length === 1;
  const sure = await confirm(
    'warning',
    single
      ? display`${nameText(first.payload)} has ${errors}.`
      : display`${wrong.length} of ${sendable.length} relationships have errors.`,
    single
      ? inLines(first.payload.errors)
      : rowLines(wrong.map((item) => rowText(item, item.payload.errors.join(' ')))),
    display`Apply Anyway`,
  );
  if (!sure) void commands.executeCommand('workbench.actions.view.problems');
  return sure;
}

function rowText(located: Located, text: string): string {
  return `${nameText(located.payload)} (${fileRangeText(fileRangeOf(located))}): ${text}`;
}

/** A dialog has no scroll bar. */
function rowLines(rows: readonly string[]): DisplayText {
  return inLines(firstOf(rows, 12));
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

class Applying {
  readonly #services: Services;
  readonly #tools: Tools;
  readonly #connection: Connection;
  readonly #sendable: readonly Sendable[];
  readonly #locals: readonly LocalRelationship[];
  readonly #again: () => unknown;

  constructor(
    services: Services,
    tools: Tools,
    connection: Connection,
    sendable: readonly Sendable[],
    again: () => unknown,
  ) {
    this.#services = services;
    this.#tools = tools;
    this.#connection = connection;
    this.#sendable = sendable;
    this.#locals = sendable.map(({ local }) => local);
    this.#again = again;
  }

  /** Reads, asks and sends; begins again when someone else was faster. */
  async run(notes: readonly string[]): Promise<void> {
    const { endpoint, host } = this.#connection;
    let seen: ServerState | undefined;
    for (;;) {
      const state = await this.#connection.readState(this.#again);
      const plan = state && (await this.#plan(state));
      if (state === undefined || plan === undefined) return;
      if (plan.attempts.length === 0) {
        await this.#tell(plan, state, undefined);
        return;
      }
      await this.#showDiff(plan, state);
      const conflict = seen && applyConflict(this.#locals, host, seen, state);
      const question = applyQuestion(plan, host, state, [...(conflict ?? []), ...notes]);
      if (!(await ask(endpoint, question))) return;
      const outcome = await write(this.#connection, this.#tools.journal, 'apply', plan, state);
      if (outcome.outcome === 'done') {
        await this.#tell(plan, state, outcome);
        return;
      }
      seen = state;
    }
  }

  /** Without those that this server can't take, when the person agrees. */
  async #plan(state: ServerState): Promise<Plan<ApplyItem> | undefined> {
    const plan = planApply(this.#locals, state);
    const blocked = blockedItems(plan);
    const [first] = blocked;
    if (first === undefined) return plan;
    const place = this.#item(plan.items.indexOf(first));
    if (plan.items.length === 1) {
      const text = `"${first.identity.name}" is not sent. ${first.block.message}`;
      tell('error', display(text), ...(place ? [openAction(fileRangeOf(place))] : []));
      return undefined;
    }
    const rows = blocked.map((item) => {
      const located = this.#item(plan.items.indexOf(item));
      return located ? rowText(located, item.block.message) : item.block.message;
    });
    const agreed = await leaveOut(rows, plan.items.length - blocked.length, place);
    return agreed ? planApply(this.#locals, state, { leaveOutBlocked: true }) : undefined;
  }

  async #showDiff(plan: Plan<ApplyItem>, state: ServerState): Promise<void> {
    const changes = plan.items.filter(isChanging).map(({ identity, now, definition }) => ({
      name: identity.name,
      owner: ownerText(identity, state.document.kindOf),
      now: now && shownDefinition(now.definition, state),
      after: shownDefinition(definition, state),
    }));
    await this.#tools.diff.show(this.#connection.host, changes);
  }

  async #tell(
    plan: Plan<ApplyItem>,
    state: ServerState,
    done: Extract<Execution, { outcome: 'done' }> | undefined,
  ): Promise<void> {
    const { host, endpoint } = this.#connection;
    const { kindOf } = (done?.afterwards ?? state).document;
    const failure = failureOf(done);
    if (failure !== undefined) {
      tellFailure(failure, host, this.#again);
      return;
    }
    const lines = reportOf(plan, host, kindOf, done);
    const places = await this.#placeProblems(lines);
    const placed = (line: ReportLine): string => {
      const place = places.get(line) ?? this.#place(line);
      return place === undefined ? '' : fileRangeText(place);
    };
    const { severity, message } = summaryOf(lines, host, done, placed);
    const bad = lines.find((line) => line.severity === 'error') ?? lines.find(({ problem }) => problem);
    const place = bad && (places.get(bad) ?? this.#place(bad));
    const details: Action = {
      title: display`Show Details`,
      run: () => {
        const at = new Date().toLocaleString();
        const text = detailsText(
          lines,
          `Applied to ${endpoint.name} (${endpointAddress(endpoint.url)}), ${at}`,
          kindOf,
          placed,
        );
        return this.#tools.texts.show([host, 'Apply.txt'], text, 'here');
      },
    };
    const actions = [
      ...(lines.length > 1 ? [details] : []),
      ...(severity === 'information' ? [] : [showLog, ...(place ? [openAction(place)] : [])]),
    ];
    tell(severity, display(message), ...actions);
    const others = done && brokenText(done.broken, host);
    if (others !== undefined) tell('warning', display(others), showLog);
  }

  /** What the server says goes to Problems; of each line the place it got there. */
  async #placeProblems(lines: readonly ReportLine[]): Promise<ReadonlyMap<ReportLine, FileRange>> {
    const places = new Map<ReportLine, FileRange>();
    for (const line of lines) {
      const located = this.#item(line.index);
      if (!line.problem || line.severity === 'information' || located === undefined) continue;
      const place = await this.#placeOfProblem(located, line);
      places.set(line, place);
      const { severity, message, refusal } = line;
      const { host } = this.#connection;
      this.#tools.problems.add(place, { severity, message, host, code: refusal?.error.code });
    }
    return places;
  }

  /** The part of the definition that a refusal names; else the name. */
  async #placeOfProblem(located: Located, { refusal }: ReportLine): Promise<FileRange> {
    const { uri, payload } = located;
    const keys = refusal === undefined ? [] : keysInItem(refusal.argumentKeys, payload.definition);
    if (keys.length === 0) return fileRangeOf(located);
    const range = await this.#services.server.ask(keysRequest, {
      uri: uri.toString(),
      position: payload.range.start,
      keys,
    });
    return range ? { uri, range } : fileRangeOf(located);
  }

  #place({ index }: ReportLine): FileRange | undefined {
    const located = this.#item(index);
    return located && fileRangeOf(located);
  }

  #item(index: number): Located | undefined {
    return this.#sendable[index]?.item;
  }
}
