import { performance } from 'node:perf_hooks';
import { graphRequest, type RelationshipGraph } from '../common/src/protocol.ts';
import type { BenchServer } from './server.ts';

const owners = 400;
const targets = 100;

/** A project whose relationships lead from 400 tables to 100 others, a few of which many lead to. */
export function generateGraph(): Map<string, string> {
  const tables = Array.from({ length: owners + targets }, (_, index) => {
    const head = `- table: { schema: public, name: table_${index} }\n`;
    // The square makes some of them hubs.
    const target = owners + Math.floor((index / owners) ** 2 * targets);
    return index >= owners
      ? head
      : `${head}  remote_relationships:
    - name: to_${target}
      definition:
        to_source:
          relationship_type: array
          source: default
          table: { schema: public, name: table_${target} }
          field_mapping: { id: owner_id }
`;
  });
  return new Map([
    ['config.yaml', 'version: 3\nmetadata_directory: metadata\n'],
    ['metadata/version.yaml', 'version: 3\n'],
    [
      'metadata/databases/databases.yaml',
      '- name: default\n  kind: postgres\n  configuration: {}\n  tables: "!include default/tables/tables.yaml"\n',
    ],
    ['metadata/databases/default/tables/tables.yaml', tables.join('')],
  ]);
}

/** Milliseconds of the graph of such a project, laid out, each time it is asked for; and what is wrong with it. */
export async function measureGraph(
  server: BenchServer,
  uri: string,
  rounds: number,
): Promise<{ readonly times: readonly number[]; readonly wrong: string | undefined }> {
  const times: number[] = [];
  let graph: RelationshipGraph | null = null;
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    graph = await server.connection.sendRequest<RelationshipGraph | null>(graphRequest.method, { uri });
    times.push(performance.now() - begin);
  }
  const [nodes, edges] = [graph?.nodes.length, graph?.edges.length];
  const isWhole = nodes === owners + targets && edges === owners;
  return { times, wrong: isWhole ? undefined : `${nodes} nodes and ${edges} edges` };
}
