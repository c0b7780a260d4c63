import { carryOut, readOnlyText } from '../../../../common/src/metadataApi/change/carryOut.ts';
import type { ChangeEnvironment } from '../../../../common/src/metadataApi/change/environment.ts';
import type { Operation, Outcome } from '../../../../common/src/metadataApi/change/operation.ts';
import type { Told } from '../../../../common/src/metadataApi/plan/outcome.ts';
import { display } from '../../ui/displayText.ts';
import { type Action, tell } from '../../ui/messages.ts';
import { withProgress } from '../../ui/progress.ts';
import type { CommandContext } from '../commandContext.ts';
import type { ChangeQuestions } from '../ui/changeQuestions.ts';
import type { FileLanguage } from '../ui/definitionDiff.ts';
import { chooseEndpoint, showLog, tellEarlier, tellFailure } from '../ui/messages.ts';
import type { Connection } from './connection.ts';
import type { Endpoint } from './endpoints.ts';

/** False, and told, when the endpoint is only to be read. */
export function mayWrite(endpoint: Endpoint): boolean {
  if (endpoint.readOnly) tellReadOnly(readOnlyText(endpoint));
  return !endpoint.readOnly;
}

function tellReadOnly({ severity, message }: Told): void {
  tell(severity, display(message), chooseEndpoint);
}

export interface ChangeOptions {
  /** What the definitions that are shown are written in. */
  readonly language?: FileLanguage;
  /** Asked is only where the host has to be named. */
  readonly sure?: boolean;
}

/** What carries out a change, by the windows of VS Code. */
export function environmentOf(
  connection: Connection,
  {
    journal,
    questions,
  }: Pick<CommandContext, 'journal'> & { readonly questions: Pick<ChangeQuestions, 'ask'> },
  { language = 'yaml', sure = false }: ChangeOptions = {},
): ChangeEnvironment {
  const { endpoint } = connection;
  return {
    endpoint,
    journal,
    // Another one once a secret was entered.
    get client() {
      return connection.client;
    },
    read: () => connection.tryRead(),
    ask: async (question, host) =>
      (sure && host === undefined) || questions.ask(endpoint.host, question, host, language),
    during: (what, work) => withProgress(display(what), work),
    tell: tellEarlier,
    wasRead: (state) => connection.tellRead({ outcome: 'read', state }),
  };
}

/** Carries out an operation. `undefined`: there is nothing more to say of it. */
export async function change<Item, Report>(
  connection: Connection,
  context: CommandContext,
  operation: Operation<Item, Report>,
  again: () => unknown,
  options: ChangeOptions = {},
): Promise<Extract<Outcome<Item, Report>, { outcome: 'blocked' | 'nothing-to-do' | 'sent' }> | undefined> {
  const environment = environmentOf(connection, context, options);
  const outcome = await carryOut(operation, environment).finally(() => context.diff.close());
  switch (outcome.outcome) {
    case 'given-up':
      return undefined;
    case 'read-only':
      tellReadOnly(outcome.told);
      return undefined;
    case 'not-read':
    case 'failed':
      tellFailure(outcome.failure, connection.host, again);
      return undefined;
    default:
      return outcome;
  }
}

/** Says what came of an operation that has one thing to say; `actions`: what else can be done then. */
export function tellOutcome(
  outcome: Extract<Outcome<unknown>, { outcome: 'blocked' | 'nothing-to-do' | 'sent' }> | undefined,
  ...actions: readonly Action[]
): void {
  if (outcome === undefined) return;
  const { severity, message } = outcome.outcome === 'blocked' ? outcome.told : outcome.report;
  tell(severity, display(message), ...actions, ...(severity === 'information' ? [] : [showLog]));
  if (outcome.outcome === 'sent') tellBroken(outcome.broken);
}

/** Says what else has become inconsistent. */
export function tellBroken(broken: Told | undefined): void {
  if (broken !== undefined) tell(broken.severity, display(broken.message), showLog);
}
