import { createHash, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { unnoticed } from './diskAnswers.ts';
import { readRegularBytes } from './regularFile.ts';

let digest: string | undefined;

/** Another text for other code, which may understand the same files otherwise: what one keeps, another does not use. */
export function programDigest(): string {
  if (digest === undefined) {
    // In a bundle it is the path of the bundle, in which all code is.
    const file = import.meta.url.startsWith('file:') ? fileURLToPath(import.meta.url) : import.meta.url;
    const code = unnoticed(() => readRegularBytes(file));
    digest = code instanceof Uint8Array ? createHash('sha256').update(code).digest('hex') : randomUUID();
  }
  return digest;
}
