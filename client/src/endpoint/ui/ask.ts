import type { Question } from '../../../../common/src/metadataApi/plan/question.ts';
import { display, inLines } from '../../ui/displayText.ts';
import { confirm } from '../../ui/messages.ts';

/**
 * Asks before something is written, with a dialog: a message beside the window hides itself after a while. `host`: the
 * button has to name it as well.
 */
export function ask({ verb, message, details }: Question, host: string | undefined): Promise<boolean> {
  const button = host === undefined ? display(verb) : display`${verb} on ${host}`;
  return confirm('warning', display(message), inLines(details), button);
}
