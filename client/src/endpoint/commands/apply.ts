import { commands } from 'vscode';
import { endpointAddress } from '../../../../common/src/endpoint/endpointText.ts';
import { localized } from '../../../../common/src/localized.ts';
import { applyOperation } from '../../../../common/src/metadataApi/change/applyOperation.ts';
import type { Outcome } from '../../../../common/src/metadataApi/change/operation.ts';
import { selectToApply } from '../../../../common/src/metadataApi/change/selectToApply.ts';
import type { ApplyItem } from '../../../../common/src/metadataApi/plan/applyPlan.ts';
import {
  type ApplyReport,
  detailsText,
  type ReportLine,
  summaryOf,
} from '../../../../common/src/metadataApi/plan/applyReport.ts';
import { keysInItem } from '../../../../common/src/metadataApi/plan/plan.ts';
import { keysRequest } from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import { type FileRange, fileRangeText, openAction } from '../../ui/fileRange.ts';
import { type Action, tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';
import { fileRangeOf, type Located } from '../connection/located.ts';
import { change, tellBroken } from '../connection/writing.ts';
import { ask } from '../ui/ask.ts';
import { languageOfFile } from '../ui/definitionDiff.ts';
import { showLog } from '../ui/messages.ts';
import { undoActions } from './undoLastChange.ts';

/** An endpoint gets relationships as they are written here, all or none, whether it has some of those names or not. */
export async function apply(
  context: CommandContext,
  located: readonly Located[],
  again: () => unknown,
): Promise<void> {
  const selection = await selectToApply(located, whereOf, (question) => ask(question, undefined));
  if (selection.outcome === 'has-errors') {
    void commands.executeCommand('workbench.actions.view.problems');
  } else if (selection.outcome === 'none') {
    const { told, item } = selection;
    tell(told.severity, display(told.message), ...openActions(item));
  }
  if (selection.outcome !== 'selected') return;
  const { sendable, notes } = selection;
  const connection = await connect(context, sendable[0]?.item.uri);
  if (connection === undefined) return;
  const items = sendable.map(({ item }) => item);
  if (!connection.endpoint.readOnly) for (const item of items) context.problems.clear(item);
  const operation = applyOperation(sendable, notes);
  const language = languageOfFile(items[0]?.uri.path ?? '');
  const outcome = await change(connection, context, operation, again, { language });
  if (outcome?.outcome === 'blocked') {
    const { told, index } = outcome;
    tell(told.severity, display(told.message), ...openActions(items[index]));
  } else if (outcome !== undefined) {
    await tellApplied(context, connection, items, outcome);
  }
}

function whereOf(located: Located): string {
  return fileRangeText(fileRangeOf(located));
}

function openActions(located: Located | undefined): readonly Action[] {
  return located === undefined ? [] : [openAction(fileRangeOf(located))];
}

type Applied = Extract<Outcome<ApplyItem, ApplyReport>, { readonly outcome: 'nothing-to-do' | 'sent' }>;

/** What became of each, in one message, a text with all of them, and Problems. */
async function tellApplied(
  context: CommandContext,
  connection: Connection,
  items: readonly Located[],
  outcome: Applied,
): Promise<void> {
  const { host, endpoint } = connection;
  const { lines, kindOf } = outcome.report;
  const done = outcome.outcome === 'sent' ? outcome.done : undefined;
  const problems = await placeProblems(context, connection, items, lines);
  const placeOf = (line: ReportLine): FileRange | undefined => {
    const located = items[line.index];
    return problems.get(line) ?? (located && fileRangeOf(located));
  };
  const placed = (line: ReportLine): string => {
    const place = placeOf(line);
    return place === undefined ? '' : fileRangeText(place);
  };
  const { severity, message } = summaryOf(lines, host, done, placed);
  const bad = lines.find((line) => line.severity === 'error') ?? lines.find(({ problem }) => problem);
  const place = bad && placeOf(bad);
  const details: Action = {
    title: display`Show Details`,
    run: () => {
      const at = new Date().toLocaleString();
      const head = localized`Applied to ${endpoint.name} (${endpointAddress(endpoint.url)}), ${at}`;
      return context.texts.show([host, 'Apply.txt'], detailsText(lines, head, kindOf, placed), 'here');
    },
  };
  const undo = await undoActions(context, connection, outcome);
  tell(
    severity,
    display(message),
    ...(severity === 'information' ? undo : []),
    ...(lines.length > 1 ? [details] : []),
    ...(severity === 'information' ? [] : [showLog, ...(place ? [openAction(place)] : []), ...undo]),
  );
  if (outcome.outcome === 'sent') tellBroken(outcome.broken);
}

/** What the server says goes to Problems; of each line the place it got there. */
async function placeProblems(
  context: CommandContext,
  { host }: Connection,
  items: readonly Located[],
  lines: readonly ReportLine[],
): Promise<ReadonlyMap<ReportLine, FileRange>> {
  const places = new Map<ReportLine, FileRange>();
  for (const line of lines) {
    const located = items[line.index];
    if (!line.problem || line.severity === 'information' || located === undefined) continue;
    const place = await placeOfProblem(context, located, line);
    places.set(line, place);
    const { severity, message, refusal } = line;
    context.problems.add(place, { severity, message, host, code: refusal?.error.code });
  }
  return places;
}

/** The part of the definition that a refusal names; else the name. */
async function placeOfProblem(
  { server }: CommandContext,
  located: Located,
  { refusal }: ReportLine,
): Promise<FileRange> {
  const { uri, payload } = located;
  const keys = refusal === undefined ? [] : keysInItem(refusal.argumentKeys, payload.definition);
  if (keys.length === 0) return fileRangeOf(located);
  const position = payload.range.start;
  const range = await server.ask(keysRequest, { uri: uri.toString(), position, keys });
  return range ? { uri, range } : fileRangeOf(located);
}
