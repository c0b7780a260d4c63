import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { remoteSchema, source } from '../../contract/worlds/world.ts';
import type { Json } from '../../endpoint/endpoint.ts';
import { readProject } from '../../endpoint/samples/project.ts';
import { databaseSetup, samples } from '../../endpoint/samples/setup.ts';
import { objects } from '../facts.ts';
import type { Arena } from './arena.ts';
import { relationshipRequests, requestsOf } from './requestsOf.ts';

/** The project in `samples/`: its relationships, right and wrong ones, and the requests beside it. */
export async function sampleArena(): Promise<Arena> {
  const metadata = await readProject(path.join(samples, 'metadata'));
  const sources = objects(metadata['sources']);
  const schemas = objects(metadata['remote_schemas']);
  const sql = await Promise.all(sources.map(({ name }) => databaseSetup(String(name))));
  const servers = schemas.map(async ({ name }) => {
    const typeDefs = await readFile(path.join(samples, 'schema', `${name}.graphql`), 'utf8');
    return [String(name), { typeDefs }] as const;
  });
  const requests = await readFile(path.join(samples, 'requests', 'create_relationships.json'), 'utf8');
  return {
    name: 'the samples',
    world: {
      sql: sql.join('\n'),
      sources: sources.map(({ name, tables, kind }) => source(String(name), objects(tables), String(kind))),
      remoteSchemas: schemas.map(({ name, remote_relationships }) =>
        remoteSchema(String(name), { remote_relationships }),
      ),
      servers: Object.fromEntries(await Promise.all(servers)),
    },
    requests: [...requestsOf(metadata), ...relationshipRequests(JSON.parse(requests) as Json)],
  };
}
