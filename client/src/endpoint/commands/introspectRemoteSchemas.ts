import { env, workspace } from 'vscode';
import { quoted } from '../../../../common/src/foreignText.ts';
import { localized } from '../../../../common/src/localized.ts';
import { listed } from '../../../../common/src/metadataApi/plan/outcome.ts';
import {
  introspectOwnServer,
  type OwnServer,
  ownServer,
} from '../../../../common/src/metadataApi/pull/ownServer.ts';
import type { PartResult, PullPart } from '../../../../common/src/metadataApi/pull/pullAll.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display, inLines } from '../../ui/displayText.ts';
import { type Action, confirm } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { requestTimeout } from '../connection/connection.ts';
import { agreementKey, IntrospectionAgreements } from '../connection/introspectionAgreements.ts';
import { loopbackMeaning } from '../connection/remoteMachine.ts';
import { tellUntrusted } from '../ui/messages.ts';
import { type Keeping, keepPulled, tellPulled } from './keepPulled.ts';
import { chooseParts, SnapshotPlaces } from './snapshotPlaces.ts';

/**
 * Offers to ask remote schemas at their own URLs, where Hasura can't tell or there is none. `undefined`: of none of them it is known
 * where it is. `names`: all of the project unless said.
 */
export async function introspectionOffer(
  context: CommandContext,
  project: HasuraProject,
  names?: readonly string[],
  atOnce = false,
): Promise<Action | undefined> {
  if (names?.length === 0) return undefined;
  const places = await SnapshotPlaces.find(context, project, []);
  const known = [...(places?.addresses.keys() ?? [])].filter((name) => names?.includes(name) ?? true);
  if (known.length === 0) return undefined;
  return {
    title:
      known.length === 1
        ? display`Ask the Remote Schema Itself…`
        : display`Ask the Remote Schemas Themselves…`,
    run: () => introspectRemoteSchemas(context, project, known, atOnce),
  };
}

/** Writes remote schemas anew from what their own servers say, as far as the person agrees to their being asked. */
async function introspectRemoteSchemas(
  context: CommandContext,
  project: HasuraProject,
  names: readonly string[],
  atOnce: boolean,
): Promise<void> {
  if (!workspace.isTrusted) {
    tellUntrusted();
    return;
  }
  const parts = names.map((name): PullPart => ({ what: 'remote-schema', name }));
  const places = await SnapshotPlaces.ask(context, project, parts);
  if (places === undefined) return;
  const servers = new Map(names.map((name) => [name, ownServer(places.addresses.get(name), process.env)]));
  const from = hostsText([...servers.values()]);
  const chosen = await chooseParts(parts, places, from, atOnce);
  if (chosen === undefined) return;
  const wanted = new Map([...servers].filter(([name]) => chosen.some((part) => part.name === name)));
  const agreed = new Map<string, boolean>();
  const results = new Map<string, PartResult | OwnServer>();
  for (const [name, server] of wanted) {
    if ('problem' in server) {
      results.set(name, refused(server.problem, false));
      continue;
    }
    const key = agreementKey(server);
    const goes = agreed.get(key) ?? (await agrees(context, project, server, wanted));
    agreed.set(key, goes);
    results.set(name, goes ? server : refused('', true));
  }
  if ([...results.values()].every((result) => 'outcome' in result && isCancelled(result))) return;
  const kept = await keepPulled(context, from, places, (options) =>
    introspectAll(context, project, results, options),
  );
  const again = (failed: readonly PullPart[]) =>
    introspectRemoteSchemas(
      context,
      project,
      failed.map(({ name }) => name),
      atOnce,
    );
  tellPulled(context, kept, { from, missing: [], instead: undefined, again });
}

function refused(message: string, cancelled: boolean): PartResult {
  return { outcome: 'failed', message, cancelled };
}

function isCancelled(result: PartResult): boolean {
  return result.outcome === 'failed' && result.cancelled;
}

/** Asks before a server is asked, until host and variables were agreed to; which of the remote schemas are there is said. */
async function agrees(
  { extension }: CommandContext,
  { folder }: HasuraProject,
  server: OwnServer,
  all: ReadonlyMap<string, OwnServer | { readonly problem: string }>,
): Promise<boolean> {
  const agreements = new IntrospectionAgreements(extension.workspaceState);
  if (agreements.has(folder, server)) return true;
  const { host, origin, url, variables, plainHttpWarning } = server;
  const there = [...all].flatMap(([name, each]) =>
    !('problem' in each) && agreementKey(each) === agreementKey(server) ? [quoted(name)] : [],
  );
  const message =
    variables.length === 0
      ? display`Ask ${host} for its schema?`
      : display`Send the values of ${listed(variables, ', ')} to ${host}?`;
  const details = [
    there.length === 1
      ? localized`The project’s metadata has remote schema ${listed(there, ', ')} at ${origin}.`
      : localized`The project’s metadata has remote schemas ${listed(there, ', ')} at ${origin}.`,
    variables.length === 0
      ? localized`No environment variable is sent.`
      : localized`They are environment variables, and part of the request that asks for its schema.`,
    plainHttpWarning,
    loopbackMeaning(url, env.remoteName),
    localized`It is asked again when the host or the variables are others.`,
  ].filter((line) => line !== undefined);
  if (!(await confirm('warning', message, inLines(details), display`Ask ${host}`))) return false;
  await agreements.add(folder, server);
  return true;
}

/** One after the other: one that fails does not keep the others. */
async function introspectAll(
  { log }: CommandContext,
  { folder }: HasuraProject,
  servers: ReadonlyMap<string, PartResult | OwnServer>,
  { signal, starting, finished }: Keeping,
): Promise<void> {
  let index = 0;
  for (const [name, server] of servers) {
    const part: PullPart = { what: 'remote-schema', name };
    starting?.(part, index++, servers.size);
    const result =
      'outcome' in server
        ? server
        : await introspectOwnServer(
            server,
            {
              fetch: (url, init) => globalThis.fetch(url, init),
              timeout: requestTimeout(folder),
              // Without the URL, which may hold a variable's value.
              log: ({ outcome, status }) =>
                log.info(
                  `POST to ${server.host}, for ${quoted(name)}: ${[status, outcome].filter(Boolean).join(', ')}`,
                ),
            },
            signal,
          );
    finished(part, result);
  }
}

function hostsText(servers: readonly (OwnServer | { readonly problem: string })[]): string {
  const hosts = new Set(servers.flatMap((server) => ('host' in server ? [server.host] : [])));
  const [host] = hosts;
  return host !== undefined && hosts.size === 1 ? host : localized`the remote schemas themselves`;
}
