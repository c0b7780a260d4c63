import type { Api } from '../../common/src/metadataApi/document/commands.ts';
import { isJsonObject } from '../../common/src/metadataApi/document/json.ts';

/**
 * What was chosen, with all that was seen then. When any of it is different now, it is not what was chosen, and is asked
 * anew. Holds no secret.
 */
export interface EndpointChoice {
  readonly name: string;
  readonly url: string;
  readonly paths: Partial<Record<Api, string>>;
  readonly protected: boolean;
  readonly readOnly: boolean;
  /** Where the secret comes from, in the user's words; `null`: from nowhere. */
  readonly secretSource: string | null;
}

/** What was kept, if it says all of that: earlier versions kept less. */
export function readChoice(kept: unknown): EndpointChoice | undefined {
  if (!isJsonObject(kept)) return undefined;
  const { name, url, paths, protected: isProtected, readOnly, secretSource } = kept;
  const whole =
    typeof name === 'string' &&
    typeof url === 'string' &&
    isJsonObject(paths) &&
    typeof isProtected === 'boolean' &&
    typeof readOnly === 'boolean' &&
    (secretSource === null || typeof secretSource === 'string');
  return whole
    ? { name, url, paths: paths as EndpointChoice['paths'], protected: isProtected, readOnly, secretSource }
    : undefined;
}
