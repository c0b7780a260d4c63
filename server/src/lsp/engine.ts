import type { ReadableFolders } from '../../../common/src/files/readableFiles.ts';
import { pathOfUri } from '../project/files.ts';
import { nodeFileSystem } from '../project/nodeFiles.ts';
import type { OpenTexts } from '../project/openTexts.ts';
import { Workspace } from '../project/workspace.ts';
import { LazyReplay } from '../schema/migrations/lazyReplay.ts';
import { ReplayCache } from '../schema/migrations/replayCache.ts';
import type { Client } from './client.ts';

export { rootAround } from '../project/rootAround.ts';
/** Everything that is loaded only after `initialize` is answered. */
export { Announcements } from './announcements.ts';
export { ClientRequests } from './clientRequests.ts';
export { DiskWatch } from './diskWatch.ts';
export { Features } from './features.ts';
export { fileStatus } from './status.ts';
export { filesChanged, OutsideWatchers, watchFiles } from './watching.ts';

export function createWorkspace(
  { reportYamlSyntax, trusted, cacheFolder }: Pick<Client, 'reportYamlSyntax' | 'trusted' | 'cacheFolder'>,
  openTexts: OpenTexts,
  looksAtDisk: boolean,
  log: (message: string) => void,
  replayed: () => void,
): Workspace {
  const disk = (readable: ReadableFolders) =>
    nodeFileSystem(readable, (folder) => log(`The folder ${folder} can't be read.`));
  const cache = cacheFolder === undefined ? undefined : new ReplayCache(cacheFolder, () => workspace.folders);
  const replay = new LazyReplay(cache);
  const variables = trusted ? { environment: process.env } : {};
  const workspace = new Workspace({
    disk,
    openTexts,
    trusted,
    reportYamlSyntax,
    looksAtDisk,
    replaySql: (files) => replay.replay(files),
    replayed,
    log,
    ...variables,
  });
  return workspace;
}

/** Paths of the folders that lie on disk. */
export function pathsOf(uris: readonly string[]): string[] {
  return uris.map((uri) => pathOfUri(uri)).filter((path) => path !== undefined);
}
