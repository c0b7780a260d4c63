import type { RelationshipPayload } from '../../protocol.ts';
import type { LocalRelationship } from './applyPlan.ts';

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
export function nameText({ name }: Pick<RelationshipPayload, 'name'>): string {
  return name === '' ? 'one without a name' : `"${name}"`;
}
