import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Certificate } from './server.ts';

/** Also the authority that has signed the certificate: for those who are to trust it. */
export const selfSignedFile = fileURLToPath(new URL('selfSigned.pem', import.meta.url));

/** Of `localhost` and 127.0.0.1, signed by itself: nobody trusts it who is not told to. */
export const selfSigned = read('selfSigned.pem');

/** Of `localhost` and 127.0.0.1, signed by itself, and out of date since 2020. */
export const expired = read('expired.pem');

/** Of `other.example`, signed by itself. */
export const otherName = read('otherName.pem');

function read(name: string): Certificate {
  const pem = readFileSync(new URL(name, import.meta.url), 'utf8');
  return { key: pem, cert: pem };
}
