/**
 * What the bundles have of other people's work, by esbuild's own account of them: a software bill of materials
 * (SBOM, CycloneDX), and the notices that their licences ask to be passed on.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { root, runOrFail } from './run.ts';

/** Where they are written by `scripts/bundle.ts`; both packages have the notices. */
export const noticesFile = 'dist/ThirdPartyNotices.txt';
export const sbomFile = 'dist/sbom.cdx.json';
const metafileFile = 'dist/metafile.json';

/** The folders of the packages that some output has text of, relative to the root: `node_modules/yaml`. */
export function bundledPackages(metafile: Metafile): readonly string[] {
  const folders = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([input]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  return [...new Set(folders)].toSorted();
}

/** Writes SBOM and notices of what was bundled. Rejects when a library comes without the text of its licence. */
export async function writeThirdParty(metafile: Metafile): Promise<void> {
  await writeFile(path.join(root, metafileFile), JSON.stringify(metafile));
  await runOrFail(process.execPath, [
    path.join(root, 'node_modules/@cyclonedx/cyclonedx-esbuild/bin/cyclonedx-esbuild-cli.js'),
    ...['--gather-license-texts', '--output-reproducible', '--validate'],
    ...['--output-file', sbomFile, metafileFile],
  ]);
  const sbom = JSON.parse(await readFile(path.join(root, sbomFile), 'utf8')) as Sbom;
  const libraries = await Promise.all(bundledPackages(metafile).map((folder) => readLibrary(folder, sbom)));
  await writeFile(path.join(root, noticesFile), noticesOf(libraries));
}

/** The metafile of the last whole bundling. */
export async function readMetafile(): Promise<Metafile> {
  return JSON.parse(await readFile(path.join(root, metafileFile), 'utf8')) as Metafile;
}

/** The part of a CycloneDX document that is read here. */
interface Sbom {
  readonly components: readonly Component[];
}

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
  readonly externalReferences?: readonly { readonly type: string; readonly url: string }[];
  readonly evidence?: {
    readonly licenses?: readonly { readonly license?: { readonly text?: { readonly content: string } } }[];
  };
}

export interface Library {
  readonly name: string;
  readonly version: string;
  /** As its package names it: `MIT`. */
  readonly licence: string;
  readonly homepage: string | undefined;
  /** The licence's text, and what the library itself passes on. */
  readonly texts: readonly string[];
}

async function readLibrary(folder: string, { components }: Sbom): Promise<Library> {
  const { name, version } = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const component = components.find((each) => packageName(each) === name && each.version === version);
  if (!component) throw new Error(`${folder} is in a bundle, but not in the SBOM.`);
  const licences = (component.evidence?.licenses ?? []).flatMap(
    ({ license }) => license?.text?.content ?? [],
  );
  return {
    name,
    version,
    licence: (component.licenses ?? [])
      .map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '')
      .join(', '),
    homepage: component.externalReferences?.find(({ type }) => type === 'website')?.url,
    texts:
      licences.length === 0
        ? []
        : [...licences.map(decoded), ...(await passedOn(folder)), ...(await unsaid(name))],
  };
}

/** CycloneDX keeps the scope of a package apart from its name. */
export function packageName({ group, name }: { readonly group?: string; readonly name: string }): string {
  return group ? `${group}/${name}` : name;
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** Notices of what a library has taken in itself. */
async function passedOn(folder: string): Promise<readonly string[]> {
  const absolute = path.join(root, folder);
  const files = (await readdir(absolute))
    .filter((name) => /^third-?party-?notices?\b/i.test(name))
    .toSorted();
  return Promise.all(files.map((name) => readFile(path.join(absolute, name), 'utf8')));
}

/** What a library has taken in without saying so in its package. */
async function unsaid(name: string): Promise<readonly string[]> {
  const file = path.join(root, 'scripts/notices', `${name.replaceAll('/', '-')}.txt`);
  return existsSync(file) ? [await readFile(file, 'utf8')] : [];
}

/** The text of the notices. Throws when a library has none. */
export function noticesOf(libraries: readonly Library[]): string {
  const silent = libraries.filter(({ texts }) => texts.every((text) => text.trim() === ''));
  if (silent.length > 0) {
    const names = silent.map(({ name, version }) => `${name}@${version}`).join(', ');
    throw new Error(`Bundled without the text of a licence: ${names}.`);
  }
  const entries = libraries.map(({ name, version, licence, homepage, texts }) => {
    const title = `${name} ${version}${licence && ` (${licence})`}`;
    return [homepage === undefined ? title : `${title}\n${homepage}`, ...texts.map(tidy)].join('\n\n');
  });
  const line = `\n\n${'='.repeat(80)}\n\n`;
  return `${['Remote Relationships for Hasura contains the libraries below, each under its own licence.', ...entries].join(line)}\n`;
}

function tidy(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF/, '')
    .trim();
}
