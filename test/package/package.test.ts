import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packedExtension } from '../../scripts/package.ts';
import { root } from '../../scripts/run.ts';

const kilobyte = 1000;

describe('size', () => {
  it.each([
    ['dist/client.cjs', 400 * kilobyte],
    ['dist/endpoint.cjs', 400 * kilobyte],
    ['dist/server.cjs', 1200 * kilobyte],
  ])('%s is below %d bytes', async (file, limit) => {
    expect((await stat(path.join(root, file))).size).toBeLessThan(limit);
  });

  it('the packed extension is below 2 MB', async () => {
    expect((await stat(await packedExtension())).size).toBeLessThan(2000 * kilobyte);
  });
});

describe('the packed extension', () => {
  it('holds what it needs and nothing else', async () => {
    const names = zipEntries(await readFile(await packedExtension()));
    expect(names.sort()).toEqual(
      [
        '[Content_Types].xml',
        'extension.vsixmanifest',
        'extension/LICENSE.txt',
        'extension/changelog.md',
        'extension/client/media/relationships.svg',
        'extension/dist/cli.cjs',
        'extension/dist/client.cjs',
        'extension/dist/endpoint.cjs',
        'extension/dist/server.cjs',
        'extension/docs/pictures/icon.png',
        'extension/package.json',
        'extension/readme.md',
        'extension/schemas/configuration.schema.json',
        'extension/schemas/table-snapshot.schema.json',
      ].sort(),
    );
  });
});

describe('the bundles', () => {
  it('the client has no code of the server', async () => {
    const client = await readFile(path.join(root, 'dist/client.cjs'), 'utf8');
    // A rule's code: the server's business alone.
    expect(client).not.toContain('unknown-remote-field');
  });

  it('the client has no code that talks to an endpoint: it is loaded when it is first used', async () => {
    const client = await readFile(path.join(root, 'dist/client.cjs'), 'utf8');
    expect(client).toContain('require("./endpoint.cjs")');
    expect(client).not.toContain('X-Hasura-Admin-Secret');
    expect(await readFile(path.join(root, 'dist/endpoint.cjs'), 'utf8')).toContain('X-Hasura-Admin-Secret');
  });

  it('the server and the command line need nothing but Node', async () => {
    for (const file of ['dist/server.cjs', 'dist/cli.cjs']) {
      const text = await readFile(path.join(root, file), 'utf8');
      expect(text, file).not.toMatch(/require\("vscode"\)/);
    }
  });
});

/** The names in a zip file's directory, which ends with a record that says where it starts and how long it is. */
function zipEntries(zip: Buffer): string[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const names: string[] = [];
  let offset = zip.readUInt32LE(end + 16);
  for (let remaining = zip.readUInt16LE(end + 10); remaining > 0; remaining--) {
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(offset + field)) as [
      number,
      number,
      number,
    ];
    names.push(zip.toString('utf8', offset + 46, offset + 46 + name));
    offset += 46 + name + extra + comment;
  }
  return names;
}
