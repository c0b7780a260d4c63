/** What a person is asked before something is written. */
export interface Question {
  /** On the button. */
  readonly verb: string;
  readonly message: string;
  readonly details: readonly string[];
}
