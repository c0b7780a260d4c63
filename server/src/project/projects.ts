import {
  decidesByContent,
  decidesProjects,
  decisionOf,
  discoverProjects,
  nothingToSay,
  type ProjectLocation,
  type Recognition,
} from './discovery.ts';
import { baseName, type DocumentKey, directoryOf, isInside, isPath, joinPath } from './files.ts';
import { Project, type ProjectEnvironment } from './project.ts';

/** The projects of all workspace folders, and which of them a document belongs to. */
export class Projects {
  /** Those that were found and read. */
  found: readonly Project[] = [];
  folders: readonly string[] = [];
  readonly #environment: ProjectEnvironment;
  /** Folders in which projects are to be looked for. */
  readonly #undiscovered = new Set<string>();
  /** Documents whose text may say something else about which projects there are than it did. */
  readonly #edited = new Set<DocumentKey>();
  /** What those that were edited said about it when projects were last looked for. */
  readonly #decisions = new Map<DocumentKey, string>();
  readonly #recognition: Recognition;
  /** Projects found and not read yet, by folder. */
  readonly #incoming = new Map<string, readonly Project[]>();
  /** Projects that stand for what belongs to none: by folder, or by document for an export opened alone. */
  readonly #alone = new Map<string, Project>();
  #changes = 0;
  /** The project that each file of the metadata belongs to: the first of several. */
  readonly #byMember = this.fromAll((found) => firstByKey(found, (project) => [...project.files.keys()]));
  /** The project of each directory in which one begins, or has its metadata. */
  readonly #byDirectory = this.fromAll((found) =>
    firstByKey(found, ({ location: { metadata, root } }) =>
      metadata === undefined ? [root] : [metadata, root],
    ),
  );

  constructor(environment: ProjectEnvironment) {
    this.#environment = environment;
    const { documents } = environment;
    this.#recognition = {
      environment: environment.variables,
      tree: (path) => documents.get(path)?.tree,
      spelled: (path) => documents.keyOfWritten(path),
      isMetadataDocument: (path) => documents.get(path)?.isMetadata === true,
    };
  }

  /** A project may say something else than before. */
  changed(): void {
    this.#changes++;
  }

  /** What all that were found say together; worked out anew when one of them may say something else. */
  fromAll<T>(workOut: (found: readonly Project[]) => T): () => T {
    let known: { readonly value: T; readonly changes: number } | undefined;
    return () => {
      const changes = this.#changes;
      if (known?.changes !== changes) known = { value: workOut(this.found), changes };
      return known.value;
    };
  }

  /** Those that documents can belong to now. */
  inUse(): readonly Project[] {
    return [...this.found, ...this.#alone.values()];
  }

  /** Those that have to be told of changes. */
  every(): readonly Project[] {
    return [...new Set([...this.inUse(), ...[...this.#incoming.values()].flat()])];
  }

  setFolders(paths: readonly string[]): void {
    for (const path of paths) if (!this.folders.includes(path)) this.#undiscovered.add(path);
    // What lies outside of its own folder may be read, or no longer, because of another.
    for (const { location } of this.every()) {
      if (paths.includes(location.folder) && reachesOut(location)) this.#undiscovered.add(location.folder);
    }
    this.folders = [...paths];
    this.found = this.#inOrder(this.found.filter(({ location }) => paths.includes(location.folder)));
    this.#alone.clear();
    this.changed();
    for (const project of this.found) project.foldersChanged();
  }

  /** Looks for projects; they count once `load` is through, so that nobody has to read them all at once. */
  async discover(): Promise<void> {
    const { files } = this.#environment.documents;
    this.#readDecisions();
    for (const folder of [...this.#undiscovered]) {
      this.#undiscovered.delete(folder);
      const locations = await discoverProjects(files, folder, this.#recognition);
      if (!this.folders.includes(folder)) continue;
      const before = new Map(this.found.map((project) => [JSON.stringify(project.location), project]));
      const projects = locations.map(
        (location) => before.get(JSON.stringify(location)) ?? new Project(location, this.#environment),
      );
      this.#incoming.set(folder, projects);
    }
  }

  *load(): Generator<void> {
    for (const [folder, projects] of this.#incoming) {
      for (const project of projects) yield* project.load();
      this.#incoming.delete(folder);
      if (!this.folders.includes(folder)) continue;
      const others = this.found.filter(({ location }) => location.folder !== folder);
      this.found = this.#inOrder([...others, ...projects]);
      this.#alone.clear();
      this.changed();
    }
  }

  /** By their folders: where two lie in each other, the earlier counts, whichever was read first. */
  #inOrder(projects: readonly Project[]): readonly Project[] {
    const { folders } = this;
    return projects.toSorted(
      (a, b) => folders.indexOf(a.location.folder) - folders.indexOf(b.location.folder),
    );
  }

  /** The project a document belongs to: the one with the longest folder; one of its own where there is none. */
  of(key: DocumentKey): Project {
    const project = this.#around(key);
    if (project?.files.has(key) === true) return project;
    if (this.#environment.documents.get(key)?.isMetadata === true) return this.#standIn(key, key, project);
    return project ?? this.#standIn(this.#folderOf(key) ?? '', undefined, undefined);
  }

  closed(key: DocumentKey): void {
    if (this.#alone.delete(key)) this.changed();
  }

  /** Whether there may be other projects than those that were found. */
  get toDiscover(): boolean {
    this.#readDecisions();
    return this.#undiscovered.size > 0;
  }

  /** What a document says changed, in the editor or on disk. */
  documentChanged(key: DocumentKey): void {
    if (decidesByContent(key)) this.#edited.add(key);
  }

  #readDecisions(): void {
    for (const key of this.#edited) {
      const decision = decisionOf(key, this.#environment.documents.files, this.#recognition);
      if (decision !== this.#decisions.get(key)) this.#discoverAround(key);
      this.#decisions.set(key, decision);
    }
    this.#edited.clear();
  }

  fileChanged(path: DocumentKey, cameOrWent: boolean): void {
    for (const project of this.every()) project.fileEvent(path, cameOrWent);
    this.documentChanged(path);
    if (!cameOrWent) return;
    // A name without an ending may be that of a directory.
    const decides = decidesProjects(path) || !baseName(path).slice(0, -1).includes('.');
    if (decides) this.#discoverAround(path);
    for (const { location } of this.every()) {
      if (!names(location, path, decides)) continue;
      // What a `config.yaml` names may lie in another folder of the workspace.
      if (this.folders.includes(location.folder)) this.#undiscovered.add(location.folder);
    }
  }

  /** Folders may lie in each other: each has its projects. */
  #discoverAround(path: string): void {
    for (const folder of this.folders) if (isInside(path, folder)) this.#undiscovered.add(folder);
  }

  #around(key: DocumentKey): Project | undefined {
    const member = this.#byMember().get(key);
    if (member !== undefined) return member;
    const best = nearest(key, this.#byDirectory());
    // An unsaved document has no folder: where there is one project only, it is meant.
    return best ?? (isPath(key) || this.found.length !== 1 ? undefined : this.found[0]);
  }

  #folderOf(key: DocumentKey): string | undefined {
    let longest: string | undefined;
    for (const folder of this.folders) {
      if (isInside(key, folder) && folder.length > (longest?.length ?? -1)) longest = folder;
    }
    return longest;
  }

  #standIn(name: string, metadata: string | undefined, around: Project | undefined): Project {
    const known = this.#alone.get(name);
    if (known !== undefined) return known;
    const folder = this.#folderOf(name) ?? '';
    const root = metadata === undefined ? folder : directoryOf(metadata);
    const project = new Project(
      {
        layout: metadata === undefined ? 'loose' : 'file',
        folder,
        root,
        metadata,
        ...nothingToSay,
        migrations: joinPath(root, 'migrations'),
        cliConfiguration: this.#recognition.spelled(joinPath(root, 'config.yaml')),
        configuration: around?.location.configuration,
      },
      this.#environment,
    );
    this.#alone.set(name, project);
    this.changed();
    return project;
  }
}

/**
 * Whether a `config.yaml` may lead elsewhere now that a path came or went: a file may have any name that it gives it, and a
 * folder comes with the first file in it. `decides`: in a metadata directory, the path can make another project of it.
 */
function names({ metadata, awaited }: ProjectLocation, path: string, decides: boolean): boolean {
  if (awaited !== undefined && isInside(path, awaited)) return true;
  if (metadata === undefined) return false;
  return metadata === path || (decides && (isInside(path, metadata) || isInside(metadata, path)));
}

function reachesOut({ folder, metadata, awaited }: ProjectLocation): boolean {
  return [metadata, awaited].some((path) => path !== undefined && !isInside(path, folder));
}

function firstByKey(
  projects: readonly Project[],
  keysOf: (project: Project) => readonly string[],
): ReadonlyMap<string, Project> {
  const byKey = new Map<string, Project>();
  for (const project of projects) {
    for (const key of keysOf(project)) if (!byKey.has(key)) byKey.set(key, project);
  }
  return byKey;
}

/** Of the path itself, or of the nearest directory above it that has one. */
function nearest(key: DocumentKey, byDirectory: ReadonlyMap<string, Project>): Project | undefined {
  for (let at = isPath(key) ? key : '/'; ; at = directoryOf(at)) {
    const found = byDirectory.get(at);
    if (found !== undefined) return found;
    // `/` holds everything, be it a path or not.
    if (at === directoryOf(at)) return byDirectory.get('/');
  }
}
