import type { RemoteSchemaAddress } from '../../../common/src/metadataApi/pull/ownServer.ts';
import { remoteSchemaAddress } from '../metadata/remoteSchemaAddress.ts';
import type { Project } from './project.ts';
import type { Workspace } from './workspace.ts';

/** Where the remote schemas of the project are; of two of one name the later counts. */
export function remoteSchemaAddresses(
  workspace: Workspace,
  project: Project,
): ReadonlyMap<string, RemoteSchemaAddress | undefined> {
  const models = [...project.files.keys()].flatMap((file) => workspace.context(file)?.model ?? []);
  return new Map(
    models
      .flatMap(({ remoteSchemas }) => remoteSchemas)
      .flatMap(({ name, node }) =>
        name.state === 'present' ? [[name.value, remoteSchemaAddress(node)] as const] : [],
      ),
  );
}
