import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/cli/lint.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

/** A checkout with the line ends of Windows, or with a mark at the beginning of each file, is said the same of. */

const samples = fileURLToPath(new URL('../../../samples', import.meta.url));

async function findings(change: (text: string) => string): Promise<unknown> {
  const folder = new TemporaryFolder();
  for (const entry of readdirSync(samples, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) folder.write(path.relative(samples, file), change(readFileSync(file, 'utf8')));
  }
  return lint({
    paths: ['.'],
    configuration: undefined,
    workingDirectory: folder.path,
    note: (message) => {
      throw new Error(message);
    },
  });
}

describe('the samples', () => {
  it.each<[string, (text: string) => string]>([
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['CRLF, and none at the end', (text) => text.trimEnd().replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
  ])('have the same mistakes at the same places with %s', async (_, change) => {
    const wanted = await findings((text) => text);
    expect(wanted).toContainEqual(expect.objectContaining({ severity: 'error' }));
    expect(await findings(change)).toEqual(wanted);
  });
});
