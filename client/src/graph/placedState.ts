import type { TextPosition } from '../../../common/src/protocol.ts';

/** The state of a relationship, and where it begins. */
export interface PlacedState {
  readonly uri: string;
  readonly start: TextPosition;
  /** In a person's words. */
  readonly text: string;
  /** Both sides differ, or the server does not use what it has. */
  readonly isDifferent: boolean;
}
