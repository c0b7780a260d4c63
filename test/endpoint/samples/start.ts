import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Endpoint, type EndpointOptions, startEndpoint } from '../endpoint.ts';
import { payments } from './payments.ts';
import { people } from './people.ts';
import { readProject } from './project.ts';

/** The folder of the project. */
export const samples = fileURLToPath(new URL('../../../samples', import.meta.url));

/** An endpoint with the project in `samples/`: its metadata, its tables with some data, its two remote schemas. */
export async function startSamples(options: EndpointOptions = {}): Promise<Endpoint> {
  const setup = (name: string) => readFile(new URL(`${name}.sql`, import.meta.url), 'utf8');
  const schema = (name: string) => readFile(path.join(samples, 'schema', `${name}.graphql`), 'utf8');
  return startEndpoint({
    databases: { shop: await setup('shop'), helpdesk: await setup('helpdesk') },
    remoteSchemas: {
      people: { typeDefs: await schema('people'), rootValue: people },
      payments: { typeDefs: await schema('payments'), rootValue: payments },
    },
    metadata: await readProject(path.join(samples, 'metadata')),
    ...options,
    environment: {
      SHOP_DATABASE_URL: 'pglite://shop',
      HELPDESK_DATABASE_URL: 'pglite://helpdesk',
      ...options.environment,
    },
  });
}
