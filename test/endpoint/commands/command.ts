import type { At } from '../at.ts';
import type { State } from '../consistency/state.ts';
import type { FactsContext } from '../facts.ts';
import type { Json } from '../json.ts';
import type { Kind } from '../kinds.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Release } from '../release.ts';

/** A request that was understood. */
export interface Command {
  readonly type: string;
  /** Where refusals of its execution are said to be. */
  readonly path: string;
  /** Whether it changes the metadata, or may: then the resource version grows. */
  readonly modifies: boolean;
  /** Whether it may run in a `concurrent_bulk`. */
  readonly readOnly: boolean;
  /** Its part of a `bulk_atomic`; absent when it cannot be in one. */
  readonly atomic?: Atomic | undefined;
  run(state: State, context: Context): Promise<Outcome>;
}

/** A change that is checked later, together with the others of its bulk. */
export interface Atomic {
  readonly since: Version;
  /** `state` is what the bulk began with, `metadata` what the items before left. */
  apply(metadata: Metadata, state: State): Metadata;
}

export type Version = readonly [major: number, minor: number, patch: number];

export interface Outcome {
  readonly answer: Json;
  /** The state after it; absent when it changes nothing. */
  readonly state?: State;
}

export interface Context extends FactsContext {
  readonly release: Release;
  /** The version the request began with. */
  readonly resourceVersion: number;
}

/** What a command's reader is given beside its args. */
export interface ReadContext {
  readonly release: Release;
  readonly settings: Context['settings'];
  /** The envelope's `version`. */
  readonly version: 1 | 2;
  /** Whether the command carries a backend's prefix. */
  readonly prefixed: boolean;
  /** Whether `version` was written. */
  readonly versionGiven: boolean;
  /** Reads an item of a bulk, as the same endpoint reads a request. */
  readonly readItem: (item: At) => Command;
}

/** What a reader makes of the args; type and path are added by whoever called it. */
export type Body = Pick<Command, 'run'> & Partial<Pick<Command, 'modifies' | 'readOnly' | 'atomic'>>;

export interface Plain {
  readonly since?: Version;
  read(args: At, context: ReadContext): Body;
}

/** A command that carries a backend's prefix. */
export interface Prefixed {
  readonly since?: Version;
  /** When only some kinds have it, or have it from different releases on. */
  supports?(kind: Kind, release: Release): boolean;
  read(args: At, kind: Kind, context: ReadContext): Body;
}

export const success: Json = { message: 'success' };
