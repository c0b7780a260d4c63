import { fileName, sameFileKey, whyNoFileName } from '../../../common/src/files/fileNames.ts';
import { partText } from '../../../common/src/metadataApi/pull/partText.ts';
import type { PullPart } from '../../../common/src/metadataApi/pull/pullAll.ts';
import type { SnapshotTarget } from '../../../common/src/metadataApi/pull/snapshotWriter.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { schemaEndings, schemaFolders, tablesEnding } from './conventions.ts';
import type { Documents } from './documents.ts';
import { directoryOf, isInside, joinPath, writtenPath } from './files.ts';
import { configurableCodes } from './knownSchemas.ts';
import type { Project } from './project.ts';
import type { Workspace } from './workspace.ts';

/** A configuration file, or the editor's settings. */
interface Layer {
  /** `the configuration names`: for messages. */
  readonly names: string;
  readonly configuration: Configuration;
  /** Folder its paths are relative to. */
  readonly base: string;
}

/**
 * Where the snapshots of a project are: as its configuration file or the settings say, where they were found, else by
 * convention.
 */
export class SnapshotTargets {
  readonly #project: Project;
  readonly #documents: Documents;
  /** The first that names a file counts. */
  readonly #layers: readonly Layer[];
  readonly #takenBy = new Map<string, string>();

  private constructor(project: Project, documents: Documents, layers: readonly Layer[]) {
    this.#project = project;
    this.#documents = documents;
    this.#layers = layers;
  }

  /** A problem when the configuration file can't be read: files would be written to the wrong places. */
  static of(workspace: Workspace, project: Project): SnapshotTargets | { readonly problem: string } {
    const layers: Layer[] = [];
    const path = project.configurationFile;
    if (path !== undefined) {
      const tree = workspace.documents.get(path)?.tree;
      if (tree === undefined || tree.problems.length > 0) {
        const problem = `The configuration file ${path} can't be read. Correct it first: it says where snapshots go.`;
        return { problem };
      }
      const { configuration } = readConfiguration(tree, configurableCodes);
      layers.push({ names: 'the configuration names', configuration, base: directoryOf(path) });
    }
    const { folder } = project.location;
    const { configuration } = workspace.settingsOf(folder);
    if (configuration.sources.size + configuration.remoteSchemas.size > 0) {
      layers.push({ names: 'the settings name', configuration, base: folder });
    }
    return new SnapshotTargets(project, workspace.documents, layers);
  }

  /** The sources and remote schemas of which the project speaks. */
  get known(): readonly PullPart[] {
    const { sources, remoteSchemas } = this.#project.schemas;
    return [
      ...sources.map(({ name }): PullPart => ({ what: 'source', name })),
      ...remoteSchemas.map(({ name }): PullPart => ({ what: 'remote-schema', name })),
    ];
  }

  /** Each path is given to one part only, sources that share one by configuration excepted. */
  of(part: PullPart): SnapshotTarget {
    const target = this.#configured(part) ?? this.#found(part) ?? this.#conventional(part);
    if ('problem' in target) return target;
    const key = sameFileKey(target.path);
    const other = this.#takenBy.get(key);
    const shared = part.what === 'source' && target.shared;
    if (other !== undefined && !shared) return { problem: `${other} goes to the same file: ${target.path}` };
    this.#takenBy.set(key, partText(part));
    return target;
  }

  #configured(part: PullPart): SnapshotTarget | undefined {
    const named = this.#named(part);
    if (named === undefined) return undefined;
    const { written, path } = named;
    if (part.what === 'source') {
      return /\.(?:json|ya?ml)$/i.test(path)
        ? { path, shared: this.#sourcesIn(path) > 1 }
        : { problem: `${named.names} "${written}", which is neither JSON nor YAML` };
    }
    if (named.several) return { problem: `${named.names} several files; a schema is written to one file` };
    return /[*?[{]|!\(/.test(written)
      ? { problem: `${named.names} the pattern "${written}"; a schema is written to one file` }
      : { path, shared: false };
  }

  /** The file that is named for a part. */
  #named({ what, name }: PullPart) {
    for (const { names, configuration, base } of this.#layers) {
      const { sources, remoteSchemas } = configuration;
      const written = what === 'source' ? sources.get(name)?.tables : remoteSchemas.get(name)?.schema;
      const [file, ...others] = written === undefined ? [] : [written].flat();
      if (file === undefined) continue;
      const path = this.#documents.keyOfWritten(writtenPath(file.text, base));
      return { names, written: file.text, several: others.length > 0, path };
    }
    return undefined;
  }

  /** For how many sources a file is named. */
  #sourcesIn(path: string): number {
    const names = new Set(this.#layers.flatMap(({ configuration }) => [...configuration.sources.keys()]));
    return [...names].filter((name) => this.#named({ what: 'source', name })?.path === path).length;
  }

  #found(part: PullPart): SnapshotTarget | undefined {
    const { sources, remoteSchemas } = this.#project.schemas;
    const use = (part.what === 'source' ? sources : remoteSchemas).find(({ name }) => name === part.name);
    return use?.path === undefined || use.origin !== 'convention'
      ? undefined
      : { path: use.path, shared: false };
  }

  /** Where others were found, if that is in the project; else beside `config.yaml`. Metadata may lie elsewhere. */
  #folder(): string {
    const { location, schemas } = this.#project;
    const found = [...schemas.sources, ...schemas.remoteSchemas].flatMap(({ origin, path }) =>
      origin === 'convention' && path !== undefined ? directoryOf(path) : [],
    );
    const folders = schemaFolders(location, this.#documents).filter((each) => isInside(each, location.root));
    return (
      folders.find((each) => found.includes(each)) ??
      this.#documents.keyOfWritten(joinPath(location.root, 'schema'))
    );
  }

  #conventional(part: PullPart): SnapshotTarget {
    const ending = part.what === 'source' ? tablesEnding : (schemaEndings[0] ?? '.graphql');
    const name = fileName(`${part.name}${ending}`);
    const reason = whyNoFileName(part.name) ?? whyNoFileName(name);
    if (reason !== undefined) {
      const key = part.what === 'source' ? 'sources' : 'remoteSchemas';
      return {
        problem: `its name can't be a file name: ${reason}; name a file below "${key}" in the configuration file`,
      };
    }
    return { path: joinPath(this.#folder(), name), shared: false };
  }
}
