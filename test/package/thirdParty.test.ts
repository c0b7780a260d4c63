import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/run.ts';
import {
  bundledPackages,
  noticesFile,
  packageName,
  readMetafile,
  sbomFile,
} from '../../scripts/thirdParty.ts';

describe('what is bundled of others', () => {
  let notices: string;
  let packages: readonly { readonly name: string; readonly version: string; readonly folder: string }[];

  beforeAll(async () => {
    notices = await readFile(path.join(root, noticesFile), 'utf8');
    packages = await Promise.all(
      bundledPackages(await readMetafile()).map(async (folder) => ({
        ...(JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8')) as {
          name: string;
          version: string;
        }),
        folder,
      })),
    );
  });

  it('is of all bundles', async () => {
    const { outputs } = await readMetafile();
    expect(Object.keys(outputs).filter((file) => file.endsWith('.cjs'))).toEqual([
      'dist/server.cjs',
      'dist/cli.cjs',
      'dist/commandLine.cjs',
      'dist/api.cjs',
      'dist/mcp.cjs',
      'dist/dagre.cjs',
      'dist/client.cjs',
      'dist/endpoint.cjs',
      'dist/graph.cjs',
    ]);
    // Some of each side, so that the list is no empty one.
    expect(packages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['graphql', 'yaml', 'vscode-languageclient', 'vscode-languageserver']),
    );
  });

  it('has a notice each, and nothing else has one', () => {
    const titles = [...notices.matchAll(/^=+\n\n(\S+ \S+)/gm)].map(([, title]) => title);
    expect(titles.toSorted()).toEqual(packages.map(({ name, version }) => `${name} ${version}`).toSorted());
  });

  it('is there with its licence word by word', async () => {
    const licence = await readFile(path.join(root, 'node_modules/graphql/LICENSE'), 'utf8');
    expect(notices).toContain(licence.trim());
  });

  it('has the notices of the C code that the parser of SQL is made of', () => {
    for (const name of ['PostgreSQL Global Development Group', 'Lukas Fittl', 'protobuf-c', 'Yann Collet']) {
      expect(notices).toContain(name);
    }
  });

  it('is in the software bill of materials, with its version, licence and package URL', async () => {
    const sbom = JSON.parse(await readFile(path.join(root, sbomFile), 'utf8')) as {
      bomFormat: string;
      metadata: { component: { name: string; version: string } };
      components: { group?: string; name: string; version: string; purl: string; licenses: unknown[] }[];
    };
    expect(sbom.bomFormat).toBe('CycloneDX');
    expect(sbom.metadata.component.name).toBe('hasura-remote-relationships');
    for (const { name, version } of packages) {
      const component = sbom.components.find(
        (each) => packageName(each) === name && each.version === version,
      );
      expect(component?.purl, name).toMatch(new RegExp(`^pkg:npm/${name.replace('@', '%40')}@${version}`));
      expect(component?.licenses.length, name).toBeGreaterThan(0);
    }
  });
});
