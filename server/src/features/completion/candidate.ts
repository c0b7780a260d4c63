import type { CursorTarget } from '../../join/cursorTarget.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Cursor } from '../../syntax/cursor/cursor.ts';
import type { TextReplacement } from '../../syntax/textRange.ts';
import type { CompletionLimits } from './completionLimits.ts';
import type { Member, Skeleton } from './skeleton.ts';

/** Something that can be completed, before it is written in the style of the place. Kinds of candidates list them best first. */
export interface Candidate {
  readonly label: string;
  readonly icon: CandidateIcon;
  readonly detail?: string | undefined;
  /** Markdown. */
  readonly documentation?: string | undefined;
  readonly deprecated?: boolean;
  readonly insert: Insertion;
  /** Edits elsewhere in the document that belong to it. */
  readonly additional?: readonly TextReplacement[];
}

/** `members`: keys of the object that is being written; only the first one is inserted where its colon stands already. */
export type Insertion =
  | { readonly kind: 'members'; readonly members: readonly [Member, ...Member[]] }
  | { readonly kind: 'value'; readonly value: Skeleton };

export type CandidateIcon =
  | 'key'
  | 'column'
  | 'field'
  | 'argument'
  | 'variable'
  | 'value'
  | 'table'
  | 'source'
  | 'schema'
  | 'type'
  | 'command';

export function member(name: string, value: Skeleton): Insertion {
  return { kind: 'members', members: [[name, value]] };
}

export function textValue(value: string): Insertion {
  return { kind: 'value', value: { kind: 'string', value } };
}

/** Where something is to be completed. */
export interface CandidateRequest {
  /** The excerpt around the place: its nodes are those of the target. */
  readonly context: DocumentContext;
  /** The whole document. */
  readonly document: DocumentContext;
  readonly cursor: Cursor;
  readonly target: CursorTarget;
  readonly limits: CompletionLimits;
}
