import { readFile, stat } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packedExtension, packedForNpm } from '../../scripts/package.ts';
import { root } from '../../scripts/run.ts';
import { readTgz, readZip } from './archives.ts';

const kilobyte = 1000;

describe('size', () => {
  it.each([
    ['dist/client.cjs', 450 * kilobyte],
    ['dist/endpoint.cjs', 400 * kilobyte],
    ['dist/server.cjs', 1275 * kilobyte],
    ['dist/graph.cjs', 20 * kilobyte],
  ])('%s is below %d bytes', async (file, limit) => {
    expect((await stat(path.join(root, file))).size).toBeLessThan(limit);
  });

  it('the packed extension is below 2 MB', async () => {
    expect((await stat(await packedExtension())).size).toBeLessThan(2000 * kilobyte);
  });
});

describe('the packed extension', () => {
  it('holds what it needs and nothing else', async () => {
    const names = readZip(await readFile(await packedExtension())).map(({ name }) => name);
    expect(names.sort()).toEqual(
      [
        '[Content_Types].xml',
        'extension.vsixmanifest',
        'extension/LICENSE.txt',
        'extension/changelog.md',
        'extension/client/media/ci.md',
        'extension/client/media/graph.css',
        'extension/client/media/http.language.json',
        'extension/client/media/http.tmLanguage.json',
        'extension/client/media/relationships.svg',
        'extension/dist/ThirdPartyNotices.txt',
        'extension/dist/cli.cjs',
        'extension/dist/client.cjs',
        'extension/dist/commandLine.cjs',
        'extension/dist/dagre.cjs',
        'extension/dist/endpoint.cjs',
        'extension/dist/graph.cjs',
        'extension/dist/libpg-query.wasm',
        'extension/dist/server.cjs',
        ...['apply', 'completion', 'diagnostic', 'icon', 'missing-schemas'].map(
          (picture) => `extension/docs/pictures/${picture}.png`,
        ),
        'extension/package.json',
        'extension/package.nls.json',
        'extension/readme.md',
        'extension/schemas/configuration.schema.json',
        'extension/schemas/table-snapshot.schema.json',
      ].sort(),
    );
  });
});

describe('the npm package', () => {
  it('holds the command line, the servers and the API, and nothing else', async () => {
    const names = readTgz(await readFile(await packedForNpm())).map(({ name }) => name);
    expect(names.sort()).toEqual(
      [
        'package/LICENSE',
        'package/README.md',
        'package/dist/api.cjs',
        'package/dist/api.d.cts',
        'package/dist/ThirdPartyNotices.txt',
        'package/dist/cli.cjs',
        'package/dist/commandLine.cjs',
        'package/dist/dagre.cjs',
        'package/dist/libpg-query.wasm',
        'package/dist/mcp.cjs',
        'package/dist/server.cjs',
        'package/package.json',
        'package/schemas/configuration.schema.json',
        'package/schemas/table-snapshot.schema.json',
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

  it('what runs outside of VS Code needs nothing but Node', async () => {
    const beside: Readonly<Record<string, readonly string[]>> = {
      server: ['./dagre.cjs'],
      cli: ['./server.cjs', './commandLine.cjs'],
      commandLine: ['./mcp.cjs', './dagre.cjs'],
    };
    for (const bundle of ['server', 'cli', 'commandLine', 'api', 'mcp']) {
      const text = await readFile(path.join(root, `dist/${bundle}.cjs`), 'utf8');
      const asked = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name);
      expect(asked, bundle).not.toEqual([]);
      const others = asked.filter((name) => !isBuiltin(name) && !beside[bundle]?.includes(name));
      expect(others, bundle).toEqual([]);
    }
  });

  it('what a page runs needs nothing, and makes nothing of text but text', async () => {
    const page = await readFile(path.join(root, 'dist/graph.cjs'), 'utf8');
    expect(page).toContain('acquireVsCodeApi');
    expect(page).not.toMatch(
      /\brequire\(|\bimport\(|\beval\(|\bFunction\(|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\bfetch\(|XMLHttpRequest|WebSocket/,
    );
  });

  it('no bundle makes a way of its own to what is installed around it', async () => {
    for (const name of ['server', 'cli', 'api', 'mcp', 'dagre', 'client', 'endpoint', 'graph']) {
      expect(await readFile(path.join(root, `dist/${name}.cjs`), 'utf8'), name).not.toContain(
        'createRequire',
      );
    }
  });
});
