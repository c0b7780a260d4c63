import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Endpoint, type EndpointOptions, startEndpoint } from '../endpoint.ts';
import { payments } from './payments.ts';
import { people } from './people.ts';
import { readProject } from './project.ts';
import { databaseSetup, samples } from './setup.ts';

/** An endpoint with the project in `samples/`: its metadata, its tables with some data, its two remote schemas. */
export async function startSamples(options: EndpointOptions = {}): Promise<Endpoint> {
  const schema = (name: string) => readFile(path.join(samples, 'schema', `${name}.graphql`), 'utf8');
  return startEndpoint({
    databases: {
      shop: await databaseSetup('shop'),
      helpdesk: await databaseSetup('helpdesk'),
      delivery: await databaseSetup('delivery'),
    },
    remoteSchemas: {
      people: { typeDefs: await schema('people'), rootValue: people },
      payments: { typeDefs: await schema('payments'), rootValue: payments },
    },
    metadata: await readProject(path.join(samples, 'metadata')),
    ...options,
    environment: {
      SHOP_DATABASE_URL: 'pglite://shop',
      HELPDESK_DATABASE_URL: 'pglite://helpdesk',
      DELIVERY_DATABASE_URL: 'pglite://delivery',
      ...options.environment,
    },
  });
}
