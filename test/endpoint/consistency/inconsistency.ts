import type { Json, JsonObject } from '../json.ts';
import type { Metadata } from '../metadata/metadata.ts';

/** A piece of metadata that can be right or wrong on its own. */
export interface MetadataObject {
  readonly type: string;
  /** Type, name and place: the same for the same object, and what "newly inconsistent" goes by. */
  readonly name: string;
  readonly definition: Json;
  /** The metadata without it, for `drop_inconsistent_metadata`. */
  drop(metadata: Metadata): Metadata;
}

export interface Inconsistency {
  readonly reason: string;
  /** One, or several that conflict with each other. */
  readonly objects: readonly MetadataObject[];
  readonly message?: Json;
}

/** A rule that is broken: its text, to which the place is added by whoever knows it. */
export class Violation extends Error {}

export function inconsistent(object: MetadataObject, text: string, message?: Json): Inconsistency {
  const reason = `Inconsistent object: ${text}`;
  return { reason, objects: [object], ...(message === undefined ? {} : { message }) };
}

export function conflicting(objects: readonly MetadataObject[], field: string): Inconsistency {
  return {
    reason: `Conflicting objects: conflicting definitions for field ${JSON.stringify(field)}`,
    objects,
  };
}

/** The shapes of spec section 8. */
export function inconsistencyJson({ reason, objects, message }: Inconsistency): JsonObject {
  const [first, ...others] = objects.map(({ type, name, definition }) => ({ type, name, definition }));
  return others.length > 0 ? { reason, objects: [first ?? null, ...others] } : { ...first, reason, message };
}

/** The outcome of a check, or the violation's text. */
export function violationOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Violation) return error.message;
    throw error;
  }
}
