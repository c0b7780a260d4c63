/**
 * Starts the embedded endpoint with the project in `samples/` as it stands, and prints its address:
 * `node test/endpoint/main.ts [--port 8080] [--data <directory>] [--server-version 2.48]`. Without a directory
 * everything is gone when it ends. `HASURA_GRAPHQL_ADMIN_SECRET` in the environment is its admin secret.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startSamples } from './samples/start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    'server-version': { type: 'string' },
  },
});

const { HASURA_GRAPHQL_ADMIN_SECRET: adminSecret } = process.env;
const endpoint = await startSamples({
  port: Number(values.port),
  ...(values.data === undefined ? {} : { dataDirectory: values.data }),
  ...(adminSecret ? { adminSecret } : {}),
  ...(values['server-version'] === undefined ? {} : { serverVersion: values['server-version'] }),
});
process.stdout.write(`${endpoint.url}\n`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await endpoint.close();
