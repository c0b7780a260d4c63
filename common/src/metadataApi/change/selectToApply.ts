import { counted } from '../../counted.ts';
import { localized } from '../../localized.ts';
import type { RelationshipPayload } from '../../protocol.ts';
import type { LocalRelationship } from '../plan/applyPlan.ts';
import { firstOf, type Told } from '../plan/outcome.ts';
import type { Question } from '../plan/question.ts';

/** A relationship that can be sent. */
export interface Sendable {
  readonly local: LocalRelationship;
  /** Where it is written: `public_customer.yaml:24`. */
  readonly where: string;
}

/** What is to be sent of the relationships of files. */
export type Selection<Item> =
  | {
      readonly outcome: 'selected';
      readonly sendable: readonly (Sendable & { readonly item: Item })[];
      /** Lines for the question. */
      readonly notes: readonly string[];
    }
  /** None can be; `item`: the one it is said of. */
  | { readonly outcome: 'none'; readonly told: Told; readonly item: Item | undefined }
  | { readonly outcome: 'given-up' }
  /** Given up because of errors that were found here. */
  | { readonly outcome: 'has-errors' };

type Ask = (question: Question) => Promise<boolean>;

/** What can be sent, after the person has agreed to leave out the rest and to send what has errors. */
export async function selectToApply<Item extends { readonly payload: RelationshipPayload }>(
  items: readonly Item[],
  whereOf: (item: Item) => string,
  ask: Ask,
): Promise<Selection<Item>> {
  if (items.length === 0) return { outcome: 'given-up' };
  const { sendable, unreadable, deletions } = partition(items);
  const single = items.length === 1;
  const [unread] = unreadable;
  if (unread !== undefined && single) {
    const { payload } = unread.item;
    const which = payload.name === '' ? localized`This relationship` : nameText(payload);
    return none('error', localized`${which} can’t be sent. ${unread.reason}`, unread.item);
  }
  if (unread !== undefined) {
    const rows = unreadable.map(({ item, reason }) => rowText(item.payload, whereOf(item), reason));
    if (sendable.length === 0) return none('error', noneLeftText(rows), unread.item);
    if (!(await ask(leaveOutQuestion(rows)))) return { outcome: 'given-up' };
  } else if (sendable.length === 0) {
    const message = single
      ? localized`This is a request to delete: choose Delete This Relationship from Hasura for it.`
      : localized`These are requests to delete: there is nothing to apply.`;
    return none('information', message, undefined);
  }
  const question = errorsQuestion(
    sendable.map(({ item }) => item),
    whereOf,
  );
  if (question !== undefined && !(await ask(question))) return { outcome: 'has-errors' };
  return {
    outcome: 'selected',
    sendable: sendable.map(({ item, local }) => ({ item, local, where: whereOf(item) })),
    notes:
      deletions.length === 0 ? [] : [localized`${counted(deletions.length, 'request')} to delete left out.`],
  };
}

function none<Item>(
  severity: Told['severity'],
  message: string,
  item: Item | undefined,
): Extract<Selection<Item>, { outcome: 'none' }> {
  return { outcome: 'none', told: { severity, message, problem: false }, item };
}

/** Whether the others are to be sent without those that can’t be. */
export function leaveOutQuestion(rows: readonly string[]): Question {
  return {
    verb: localized`Leave Them Out`,
    message: cannotBeSent(rows),
    details: rowLines(rows),
    exceptional: true,
  };
}

/** There are no others. */
export function noneLeftText(rows: readonly string[]): string {
  return `${cannotBeSent(rows)} ${rows[0] ?? ''}`;
}

function cannotBeSent(rows: readonly string[]): string {
  return localized`${counted(rows.length, 'relationship')} can’t be sent.`;
}

/** Errors found here stop it, unless the person knows better. */
function errorsQuestion<Item extends { readonly payload: RelationshipPayload }>(
  items: readonly Item[],
  whereOf: (item: Item) => string,
): Question | undefined {
  const wrong = items.filter(({ payload }) => payload.errors.length > 0);
  const [first] = wrong;
  if (first === undefined) return undefined;
  const verb = localized`Apply Anyway`;
  if (items.length === 1) {
    const { errors } = first.payload;
    const count = counted(errors.length, 'error', 'an error');
    return {
      verb,
      message: localized`${nameText(first.payload)} has ${count}.`,
      details: errors,
      exceptional: true,
    };
  }
  const rows = wrong.map((item) => rowText(item.payload, whereOf(item), item.payload.errors.join(' ')));
  const message = localized`${wrong.length} of ${items.length} relationships have errors.`;
  return { verb, message, details: rowLines(rows), exceptional: true };
}

/** `"profile" (public_customer.yaml:24): why` */
export function rowText(named: { readonly name: string }, where: string, text: string): string {
  return `${nameText(named)} (${where}): ${text}`;
}

/** A dialog has no scroll bar. */
function rowLines(rows: readonly string[]): readonly string[] {
  return firstOf(rows, 12);
}

/** Anything that has a relationship of a file. */
interface WithPayload {
  readonly payload: RelationshipPayload;
}

/** Relationships of files, by what can be done with them. */
export interface Partition<Item extends WithPayload> {
  readonly sendable: readonly { readonly item: Item; readonly local: LocalRelationship }[];
  /** Half written, or with parts that can't be read. */
  readonly unreadable: readonly { readonly item: Item; readonly reason: string }[];
  /** Requests to delete: nothing to apply. */
  readonly deletions: readonly Item[];
}

export function partition<Item extends WithPayload>(items: readonly Item[]): Partition<Item> {
  const sendable: { item: Item; local: LocalRelationship }[] = [];
  const unreadable: { item: Item; reason: string }[] = [];
  const deletions: Item[] = [];
  for (const item of items) {
    const { identity, definition, form, obstacle } = item.payload;
    if (form === 'none') deletions.push(item);
    else if (identity === null || obstacle !== null) unreadable.push({ item, reason: obstacle ?? '' });
    else sendable.push({ item, local: { identity, definition } });
  }
  return { sendable, unreadable, deletions };
}

/** `"profile"`, or what stands for it where there is no name yet. */
function nameText({ name }: Pick<RelationshipPayload, 'name'>): string {
  return name === '' ? localized`one without a name` : `"${name}"`;
}
