import type { PullPart } from '../../../common/src/metadataApi/pullAll.ts';
import { type Configuration, emptyConfiguration, readConfiguration } from '../project/configuration.ts';
import { schemaEndings, schemaFolders, tablesEnding } from '../project/conventions.ts';
import { directoryOf, joinPath, normalisePath } from '../project/files.ts';
import { configurableCodes } from '../project/knownSchemas.ts';
import type { Project } from '../project/project.ts';
import type { Workspace } from '../project/workspace.ts';
import { CommandError } from './commandError.ts';

/** The file a snapshot goes to. */
export type SnapshotTarget =
  | {
      readonly path: string;
      /** Whether the configuration names the same file for other sources, too. */
      readonly shared: boolean;
    }
  | { readonly problem: string };

/** Where the snapshots of a project are: as its configuration says, where they were found, else by convention. */
export class SnapshotTargets {
  readonly #project: Project;
  readonly #configuration: Configuration;
  /** Folder the paths of the configuration are relative to. */
  readonly #base: string;
  readonly #takenBy = new Map<string, string>();

  /** @throws CommandError when the configuration can't be read: files would be written to the wrong places */
  constructor(workspace: Workspace, project: Project) {
    this.#project = project;
    const path = project.configurationFile;
    this.#base = path === undefined ? project.place.root : directoryOf(path);
    const tree = path === undefined ? undefined : workspace.documents.get(path)?.tree;
    if (path !== undefined && (tree === undefined || tree.problems.length > 0)) {
      throw new CommandError(
        `The configuration file ${path} can't be read. Correct it first: it says where snapshots go.`,
      );
    }
    this.#configuration =
      tree === undefined ? emptyConfiguration : readConfiguration(tree, configurableCodes).configuration;
  }

  /** Folders in which files may be written. */
  get folders(): readonly string[] {
    const { root, metadata } = this.#project.place;
    return [root, this.#base, ...(metadata === undefined ? [] : [directoryOf(metadata)])];
  }

  /** Each path is given to one part only, sources that share one by configuration excepted. */
  of(part: PullPart): SnapshotTarget {
    const target = this.#configured(part) ?? this.#found(part) ?? this.#conventional(part);
    if ('problem' in target) return target;
    const key = target.path.toLowerCase();
    const other = this.#takenBy.get(key);
    const shared = part.what === 'source' && target.shared;
    if (other !== undefined && !shared) return { problem: `${other} goes to the same file: ${target.path}` };
    this.#takenBy.set(key, partText(part));
    return target;
  }

  #configured(part: PullPart): SnapshotTarget | undefined {
    const { sources, remoteSchemas } = this.#configuration;
    const written =
      part.what === 'source'
        ? sources.get(part.name)?.tables?.text
        : remoteSchemas.get(part.name)?.schema?.text;
    if (written === undefined) return undefined;
    const path = this.#resolve(written);
    if (part.what === 'source') {
      const users = [...sources.values()].filter(
        ({ tables }) => tables !== undefined && this.#resolve(tables.text) === path,
      );
      return /\.(?:json|ya?ml)$/i.test(path)
        ? { path, shared: users.length > 1 }
        : { problem: `the configuration names "${written}", which is neither JSON nor YAML` };
    }
    return /[*?[{]|!\(/.test(written)
      ? { problem: `the configuration names the pattern "${written}"; a schema is written to one file` }
      : { path, shared: false };
  }

  #found(part: PullPart): SnapshotTarget | undefined {
    const { sources, remoteSchemas } = this.#project.schemas;
    const use = (part.what === 'source' ? sources : remoteSchemas).find(({ name }) => name === part.name);
    return use?.path === undefined || use.origin !== 'convention'
      ? undefined
      : { path: use.path, shared: false };
  }

  #conventional(part: PullPart): SnapshotTarget {
    if (!isFileName(part.name)) {
      const key = part.what === 'source' ? 'sources' : 'remoteSchemas';
      return { problem: `its name is none for a file; name a file below "${key}" in the configuration file` };
    }
    const folder = schemaFolders(this.#project.place)[0] ?? joinPath(this.#project.place.root, 'schema');
    const ending = part.what === 'source' ? tablesEnding : (schemaEndings[0] ?? '.graphql');
    return { path: joinPath(folder, `${part.name}${ending}`), shared: false };
  }

  #resolve(written: string): string {
    const path = written.replaceAll('\\', '/');
    return /^(?:\/|[A-Za-z]:\/)/.test(path) ? normalisePath(path) : joinPath(this.#base, path);
  }
}

export function partText({ what, name }: PullPart): string {
  return `${what === 'source' ? 'source' : 'remote schema'} ${name}`;
}

/** On every system. */
function isFileName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be in a name of a file
  return !/[\u0000-\u001f/\\:*?"<>|]/.test(name) && !/^\.|[. ]$/.test(name) && name.length <= 200;
}
