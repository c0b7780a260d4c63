/**
 * Starts the embedded endpoint with the project in `samples/` and prints its address:
 * `node test/endpoint/main.ts [--port 8080] [--data <directory>] [--admin-secret <secret>] [--server-version 2.48]`.
 * Without a directory everything is gone when it ends.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startSamples } from './samples/start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    'admin-secret': { type: 'string' },
    'server-version': { type: 'string' },
  },
});

const endpoint = await startSamples({
  port: Number(values.port),
  ...(values.data === undefined ? {} : { dataDirectory: values.data }),
  ...(values['admin-secret'] === undefined ? {} : { adminSecret: values['admin-secret'] }),
  ...(values['server-version'] === undefined ? {} : { serverVersion: values['server-version'] }),
});
process.stdout.write(`${endpoint.url}\n`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await endpoint.close();
