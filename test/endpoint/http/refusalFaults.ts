import { createHash } from 'node:crypto';
import { expired, otherName, selfSigned } from './selfSigned.ts';
import {
  answer,
  broke,
  redirect,
  redirects,
  type SocketFault,
  says,
  secretIn,
  sends,
  timeout,
} from './socketFault.ts';
import { headOf } from './socketServer.ts';

/** Of who says no: a busy server, redirects, TLS. */
export const refusalFaults: readonly SocketFault[] = [
  // ---- busy
  ...['0', '-1', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT', '99999999'].map((after) => ({
    name: `is busy, and asks to wait "${after}"`,
    strike: says('', { status: '503 Busy', 'retry-after': after }),
    told: /is busy/,
  })),

  // ---- redirects
  ...['301 Moved', '302 Found', '303 See Other', '307 Temporary', '308 Permanent'].map((status) => ({
    name: `redirects to another server (${status})`,
    strike: redirect(status, (elsewhere) => `${elsewhere}/v1/metadata`),
    told: redirects,
    refuses: true,
  })),
  {
    name: 'redirects to itself, for ever',
    strike: redirect('302 Found', () => '/v1/metadata'),
    told: redirects,
    refuses: true,
  },
  {
    name: 'redirects to nowhere',
    strike: redirect('302 Found', () => undefined),
    told: redirects,
    refuses: true,
  },
  {
    name: 'redirects to a file',
    strike: redirect('302 Found', () => 'file:///etc/passwd'),
    told: redirects,
    refuses: true,
  },
  {
    name: 'redirects with the secret',
    strike: ({ end, headers, elsewhere }) =>
      end(
        answer('', {
          status: '302 Found',
          location: `${elsewhere}/?secret=${encodeURIComponent(secretIn(headers))}`,
        }),
      ),
    told: /redirects to .*\[secret\]/,
    needsSecret: true,
    refuses: true,
  },
  {
    name: 'says that nothing has changed',
    strike: sends(headOf('304 Not Modified')),
    told: /redirects|not a Hasura/,
    refuses: true,
  },

  // ---- TLS
  {
    name: 'has a certificate of its own',
    certificate: selfSigned,
    scheme: 'https',
    strike: () => undefined,
    told: /certificate of .* is signed by an authority that is not trusted/,
    refuses: true,
  },
  {
    name: 'has a certificate that is out of date',
    certificate: expired,
    scheme: 'https',
    strike: () => undefined,
    told: /certificate of .* (?:not valid at this time|not trusted)/,
    refuses: true,
  },
  {
    name: 'has a certificate of another name',
    certificate: otherName,
    scheme: 'https',
    strike: () => undefined,
    told: /certificate of .* (?:another name|not trusted)/,
    refuses: true,
  },
  {
    name: 'speaks http where https is asked',
    scheme: 'https',
    connected: (socket) => socket.end(answer('{}')),
    told: /does not speak https|No secure connection/,
    refuses: true,
  },
  {
    name: 'speaks https where http is asked',
    certificate: selfSigned,
    strike: () => undefined,
    told: broke,
  },
  {
    name: 'stalls in the handshake',
    scheme: 'https',
    connected: (socket) => socket.pause(),
    told: timeout,
    stalls: true,
  },
  {
    name: 'ends in the handshake',
    scheme: 'https',
    connected: (socket) => socket.once('data', () => socket.end(Buffer.from('1603030004', 'hex'))),
    told: /broke|No secure connection/,
  },
  {
    name: 'alerts in the handshake',
    scheme: 'https',
    connected: (socket) => socket.once('data', () => socket.end(Buffer.from('15030300020228', 'hex'))),
    told: /No secure connection|broke/,
    refuses: true,
  },
  {
    name: 'sends garbage in the handshake',
    scheme: 'https',
    connected: (socket) => socket.once('data', () => socket.end(createHash('sha512').update('y').digest())),
    told: /does not speak https|No secure connection|broke/,
    refuses: true,
  },
];
