import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Certificate } from './server.ts';

/** Also the authority that has signed the certificate: for those who are to trust it. */
export const selfSignedFile = fileURLToPath(new URL('selfSigned.pem', import.meta.url));

const pem = readFileSync(selfSignedFile, 'utf8');

/** Of `localhost` and 127.0.0.1, signed by itself: nobody trusts it who is not told to. */
export const selfSigned: Certificate = { key: pem, cert: pem };
