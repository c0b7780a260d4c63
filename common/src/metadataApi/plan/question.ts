import type { Json } from '../document/json.ts';

/** What a person is asked before something is written. */
export interface Question {
  /** What to answer when it is to be done: on the button. */
  readonly verb: string;
  readonly message: string;
  readonly details: readonly string[];
  /** About something that is not as it should be: who has agreed beforehand to what is to be done has not to this. */
  readonly exceptional?: boolean;
  /** To be seen side by side before it is answered. */
  readonly changes?: readonly ShownChange[];
}

/** A definition that a server has, and the one it will have; `undefined`: not there. */
export interface ShownChange {
  readonly name: string;
  /** Whose relationship it is: names alone may be the same. */
  readonly owner: string;
  readonly now: Json | undefined;
  readonly after: Json | undefined;
}
