/** The embedded endpoint with the sample project, as a window of the real VS Code is given it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEndpoint } from '../endpoint/endpoint.ts';
import { selfSigned } from '../endpoint/http/selfSigned.ts';
import { startSamples } from '../endpoint/samples/start.ts';

export interface HostEndpoints {
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Named `practice` in the settings; its secret stands in the environment. Other names lead to nothing that answers. */
export async function startHostEndpoints(): Promise<HostEndpoints> {
  const adminSecret = `secret-of-the-host-test-${process.pid}`;
  const endpoint = await startSamples({ adminSecret });
  const secure = await startEndpoint({ adminSecret, certificate: selfSigned });
  const adminSecretVariable = 'PRACTICE_SECRET';
  return {
    env: { PRACTICE_URL: endpoint.url, PRACTICE_CONTROL: endpoint.controlUrl, PRACTICE_SECRET: adminSecret },
    settings: {
      'remoteRelationships.endpoints': {
        practice: { url: endpoint.url, adminSecretVariable },
        guarded: { url: endpoint.url, adminSecretVariable, readOnly: true },
        'without a secret': { url: `${endpoint.url}/` },
        'with another secret': { url: endpoint.url, adminSecretVariable: 'PATH' },
        'nobody there': { url: `http://127.0.0.1:${await freePort()}`, adminSecretVariable },
        'no such name': { url: 'http://hasura.invalid', adminSecretVariable, protected: false },
        'not trusted': { url: secure.url, adminSecretVariable },
        'no https': { url: endpoint.url.replace('http:', 'https:'), adminSecretVariable },
      },
    },
    stop: async () => {
      await endpoint.close();
      await secure.close();
    },
  };
}

/** A port at which nobody listens any more. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
