/** A browser to draw VS Code's window in: `CHROME_PATH`, an installed Chromium or Chrome, else one from the npm registry. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { cached } from '../cache.ts';
import { root, run, runOrFail } from '../run.ts';

const packageFolder = path.join(root, 'node_modules/@sparticuz/chromium');

/** Nothing but the page under test may be fetched, and root (in a container) has no sandbox. */
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  const installed = await installedBrowser();
  return chromium.launch({
    headless: true,
    timeout: 120_000,
    ...(installed === undefined ? await browserFromNpm() : { executablePath: installed, args: switches }),
  });
}

async function installedBrowser(): Promise<string | undefined> {
  const { CHROME_PATH: chosen } = process.env;
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROME_PATH names no file: ${chosen}`);
    return chosen;
  }
  return wellKnownPlaces().find((place) => existsSync(place));
}

function wellKnownPlaces(): string[] {
  switch (process.platform) {
    case 'darwin':
      return [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
      ];
    case 'win32':
      return ['C:\\Program Files', 'C:\\Program Files (x86)'].map((folder) =>
        path.join(folder, 'Google\\Chrome\\Application\\chrome.exe'),
      );
    default: {
      const { PATH: folders = '' } = process.env;
      return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].flatMap((name) =>
        folders.split(path.delimiter).map((folder) => path.join(folder, name)),
      );
    }
  }
}

/** `@sparticuz/chromium`: Chromium, a font and the few libraries a bare machine lacks, for Linux on x64. */
async function browserFromNpm(): Promise<LaunchOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium found. Install one, or name one in CHROME_PATH.');
  }
  const { default: packaged } = await import('@sparticuz/chromium');
  const folder = await cached(`chromium-${await packagedVersion()}`, unpackBrowser);
  const executablePath = path.join(folder, 'chromium');
  // Chromium looks for its fonts where this says; without any font it draws no text at all.
  const fonts = path.join(folder, 'fonts.conf');
  await writeFile(fonts, fontConfiguration(folder));
  const env = { ...process.env, FONTCONFIG_FILE: fonts };
  const bare = (await run(executablePath, ['--version'], { env })).code !== 0;
  return {
    executablePath,
    args: [...packaged.args, '--disable-background-networking'],
    env: bare ? { ...env, LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') } : env,
  };
}

async function packagedVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** The package unpacks into the temporary folder only, which is therefore set for a process of its own. */
async function unpackBrowser(folder: string): Promise<void> {
  const archives = path.join(packageFolder, 'bin');
  const script = `import { inflate } from '@sparticuz/chromium';
    for (const archive of process.argv.slice(1)) await inflate(archive);`;
  const names = (await readdir(archives)).map((name) => path.join(archives, name));
  await runOrFail(process.execPath, ['--input-type=module', '--eval', script, ...names], {
    env: { ...process.env, TMPDIR: folder },
  });
}

function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${path.join(folder, 'fonts')}</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
