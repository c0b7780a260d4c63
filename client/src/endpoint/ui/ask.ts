import type { Question } from '../../../../common/src/metadataApi/plan/question.ts';
import { display, inLines } from '../../ui/displayText.ts';
import { confirm } from '../../ui/messages.ts';
import type { Endpoint } from '../connection/endpoints.ts';

/**
 * Asks before something is written, with a dialog: a message beside the window hides itself after a while. A protected
 * endpoint has its host on the button as well.
 */
export function ask(endpoint: Endpoint, { verb, message, details }: Question): Promise<boolean> {
  const button = endpoint.protected ? display`${verb} on ${endpoint.host}` : display(verb);
  return confirm('warning', display(message), inLines(details), button);
}
