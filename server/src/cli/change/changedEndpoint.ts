import { isLoopback, originOf } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import type { ChangedEndpoint } from '../../../../common/src/metadataApi/change/environment.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import { property } from '../../syntax/nodes.ts';
import type { Connection } from '../connect.ts';

/**
 * The endpoint of a connection with what the project's configuration says of that origin. A repository can add protection,
 * never lift it: every host but this machine is protected.
 */
export function changedEndpoint(
  connection: Connection,
  workspace: Workspace,
  project: Project,
): ChangedEndpoint {
  const { url } = connection;
  const said = flagsOf(url, workspace, project);
  return {
    name: connection.address,
    url,
    host: connection.client.host,
    protected: !isLoopback(url) || said.has('protected'),
    readOnly: said.has('readOnly'),
  };
}

/** The flags that are true of any endpoint of the configuration at that origin. */
function flagsOf(url: string, { documents }: Workspace, { configurationFile }: Project): ReadonlySet<string> {
  const [root] =
    (configurationFile === undefined ? undefined : documents.get(configurationFile))?.tree.roots ?? [];
  const endpoints = root && property(root, 'endpoints');
  const flags = new Set<string>();
  for (const endpoint of endpoints?.children ?? []) {
    const written = property(endpoint, 'url')?.value;
    if (typeof written !== 'string' || originOf(written) !== originOf(url)) continue;
    for (const flag of ['protected', 'readOnly'])
      if (property(endpoint, flag)?.value === true) flags.add(flag);
  }
  return flags;
}
