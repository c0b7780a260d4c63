import type { Question } from '../../../../common/src/metadataApi/plan/question.ts';
import type { Endpoint } from '../connection/endpoints.ts';
import { confirm } from './messages.ts';

/**
 * Asks before something is written, with a dialog: a message beside the window hides itself after a while. A protected
 * endpoint has its host on the button as well.
 */
export function ask(endpoint: Endpoint, { verb, message, details }: Question): Promise<boolean> {
  const button = endpoint.protected ? `${verb} on ${endpoint.host}` : verb;
  return confirm('warning', message, details.join('\n'), button);
}
