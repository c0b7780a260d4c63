/** The settings of a VS Code that is started here: nothing that speaks up by itself or draws over what is looked at. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const quiet = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
};

/** Writes `settings.json` into the folder VS Code reads its settings from. */
export async function writeSettings(
  folder: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ ...quiet, ...settings }, null, 2));
}
