import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { packedExtension } from '../../scripts/package.ts';
import { drive } from '../../scripts/vscode/drive.ts';
import type { TestResult } from './host/mocha.ts';
import { type HostEndpoints, startHostEndpoints } from './hostEndpoints.ts';
import { plainFolder, sampleProject, twoProjects } from './workspaces.ts';

/**
 * The tests of `host/` run inside the extension host of a real VS Code, one window each; here they are listed one by one.
 */
interface Window {
  readonly name: string;
  readonly workspace: (home: string) => Promise<string>;
  readonly trusted: boolean;
  /** What the window talks to. */
  readonly partner?: () => Promise<HostEndpoints>;
}

const windows: readonly Window[] = [
  { name: 'folder', workspace: sampleProject, trusted: true },
  { name: 'multiRoot', workspace: twoProjects, trusted: true },
  { name: 'restricted', workspace: sampleProject, trusted: false },
  { name: 'plain', workspace: plainFolder, trusted: true },
  { name: 'endpoint', workspace: sampleProject, trusted: true, partner: startHostEndpoints },
];

for (const { name, workspace, trusted, partner } of windows) {
  describe(name, async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-e2e-'));
    const beside = await partner?.();
    afterAll(async () => {
      await beside?.stop();
      await rm(home, { recursive: true, force: true });
    });
    const results = (await drive({
      extension: await packedExtension(),
      module: path.join(import.meta.dirname, 'host', `${name}.ts`),
      workspace: await workspace(home),
      trusted,
      // Words of other open files are no completions of ours.
      settings: { 'editor.wordBasedSuggestions': 'off', ...beside?.settings },
      ...(beside && { env: beside.env }),
    })) as readonly TestResult[];
    it('has tests', ({ expect }) => expect(results).not.toEqual([]));
    for (const { title, passed, error } of results) {
      it(title, () => {
        if (!passed) throw new Error(error);
      });
    }
  });
}
