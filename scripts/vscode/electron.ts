/** The desktop VS Code, downloaded: for machines that can (`VSCODE_TEST_DOWNLOAD=1`), and for macOS and Windows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from '../run.ts';
import { writeSettings } from './settings.ts';

export interface ElectronOptions {
  /** The module whose `run` is called in the extension host. */
  readonly tests: string;
  readonly workspace: string;
  readonly trusted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env: NodeJS.ProcessEnv;
}

/** Loads the extension from the repository: `dist/` must be built. `VSCODE_TEST_VERSION` chooses the VS Code. */
export async function driveElectron(options: ElectronOptions): Promise<void> {
  const { VSCODE_TEST_VERSION: version = 'stable' } = process.env;
  const home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-vscode-'));
  try {
    await writeSettings(path.join(home, 'User'), options.settings);
    await runTests({
      version,
      extensionDevelopmentPath: root,
      extensionTestsPath: options.tests,
      extensionTestsEnv: options.env,
      launchArgs: [
        options.workspace,
        ...['--user-data-dir', home, '--disable-extensions'],
        ...(options.trusted === false ? [] : ['--disable-workspace-trust']),
      ],
    });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
