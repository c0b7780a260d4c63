import { Uri } from 'vscode';
import {
  type PullPart,
  partsOf,
  pullParts,
  readPulledServer,
} from '../../../../common/src/metadataApi/pull/pullAll.ts';
import { missingThere } from '../../../../common/src/metadataApi/pull/snapshotWriter.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { keepVersion } from '../../seenVersions.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import { tellServerDown } from '../ui/messages.ts';
import { introspectionOffer } from './introspectRemoteSchemas.ts';
import { keepPulled, tellPulled } from './keepPulled.ts';
import { chooseParts, SnapshotPlaces, serverDown } from './snapshotPlaces.ts';

/** What the command may be given: the project, by a file of it or its folder, and what to pull without asking. */
export interface PullArgument {
  readonly uri: string;
  readonly parts: readonly PullPart[];
  /** What goes to new files alone is not shown beforehand: nothing can be lost. */
  readonly atOnce?: boolean;
}

/** The command: the project's table snapshots and remote schemas are written anew from what the endpoint says. */
export async function pullSnapshots(context: CommandContext, argument: unknown): Promise<void> {
  const asked = isPullArgument(argument) ? argument : undefined;
  const wanted = asked?.parts.filter(({ what }) => what === 'remote-schema').map(({ name }) => name);
  const withoutHasura = (project: HasuraProject) =>
    introspectionOffer(context, project, wanted, asked?.atOnce);
  const connection = await connect(context, asked && Uri.parse(asked.uri), withoutHasura);
  if (connection === undefined) return;
  if (context.server.state.kind !== 'running') {
    tellServerDown(serverDown);
    return;
  }
  const { project, client, host } = connection;
  const again = () => pullSnapshots(context, argument);
  const server = await connection.read(readPulledServer, again, () => withoutHasura(project));
  if (server === undefined) return;
  await keepVersion(context.extension.workspaceState, project.folder, server.version.text);
  const parts = asked?.parts ?? partsOf(server.document);
  if (parts.length === 0) {
    tell('information', display`${host} has neither sources nor remote schemas.`);
    return;
  }
  const places = await SnapshotPlaces.ask(context, project, parts);
  const chosen = places && (await chooseParts(parts, places, host, asked?.atOnce === true));
  if (places === undefined || chosen === undefined) return;
  const kept = await keepPulled(context, host, places, (options) =>
    pullParts(client, server, chosen, options),
  );
  const missing = asked ? [] : missingThere(places.known, server.document);
  for (const message of missing) context.log.warn(message);
  const lacking = [
    ...kept.flatMap(({ part, state }) => (state === 'failed' ? [part] : [])),
    ...(asked ? [] : places.known.filter(({ name }) => !server.document.remoteSchemas.has(name))),
  ].flatMap(({ what, name }) => (what === 'remote-schema' ? [name] : []));
  tellPulled(context, kept, {
    from: host,
    missing,
    instead: await introspectionOffer(context, project, lacking),
    again: (failed) => pullSnapshots(context, { uri: project.folder.toString(), parts: failed }),
  });
}

function isPullArgument(value: unknown): value is PullArgument {
  return typeof value === 'object' && value !== null && 'uri' in value && 'parts' in value;
}
