import type { PullPart } from '../../../common/src/metadataApi/pull/pullAll.ts';
import { nextTurn } from '../../../common/src/nextTurn.ts';
import { knownValue, type Source } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import { isComplete } from '../schema/completeness.ts';
import type { SchemaFile } from '../schema/loadedRemoteSchema.ts';
import { loadRemoteSchema } from '../schema/remoteSchemaCache.ts';
import { parse } from '../syntax/parse.ts';
import { columnsSign, schemaEndings } from './conventions.ts';
import { baseName, directoryOf, isAbsolute, isInside, joinPath, relativePath } from './files.ts';
import { findByGlob, patternSign } from './globs.ts';
import { isGraphqlToolFile, schemasNamedIn } from './graphqlToolFiles.ts';
import { nearbyFiles } from './nearbyFiles.ts';
import type { Project } from './project.ts';
import {
  meetsDemand,
  namesAskedFor,
  type RemoteSchemaDemand,
  remoteSchemaDemands,
} from './remoteSchemaDemand.ts';
import type { Workspace } from './workspace.ts';

/** Files of the workspace that have all that relationships ask of a remote schema, or metadata of the tables of a source. */
export interface SchemaCandidate {
  /** Paths and patterns, as the configuration has them but absolute. */
  readonly references: readonly string[];
}

/** A source or remote schema of which nothing is known, and for which something was found. */
export interface FoundCandidates {
  readonly part: PullPart;
  /** The best first. */
  readonly candidates: readonly SchemaCandidate[];
}

export type SchemaCandidates = readonly FoundCandidates[];

/** What a search may cost. */
export interface SearchLimits {
  /** Files and folders that are looked at. */
  readonly entries: number;
  /** Of the texts that are read, together. */
  readonly characters: number;
  /** Of work, in milliseconds; others work in between. */
  readonly time: number;
}

export const searchLimits: SearchLimits = { entries: 20_000, characters: 32_000_000, time: 2000 };

/** Longest that others wait. */
const slice = 20;
/** A longer file is passed over: parsing it would keep others waiting. */
const longestFile = 4_000_000;
const mostCandidates = 3;
/** In a folder of more files nobody has split one schema. */
const mostParts = 200;

/** Looks for schemas that nobody named, when asked and not before. An answer is kept until something changes. */
export class CandidateSearch {
  readonly #workspace: Workspace;
  readonly #limits: SearchLimits;
  readonly #kept = new Map<string, { readonly from: string; readonly answer: Promise<SchemaCandidates> }>();

  constructor(workspace: Workspace, limits: SearchLimits = searchLimits) {
    this.#workspace = workspace;
    this.#limits = limits;
  }

  /** For the remote schemas of a project, as its files and one more document ask of them, and for its sources. */
  of(project: Project, document: DocumentContext | undefined): Promise<SchemaCandidates> {
    const demands = this.#demands(project, document);
    const sources = missingSources(project);
    if (demands.size + sources.length === 0) return Promise.resolve([]);
    const { root } = project.location;
    const from = JSON.stringify([
      this.#workspace.diskVersion,
      [...demands].map(([name, { text }]) => [name, text]),
      sources.length === 0 ? [] : [project.factsVersion, sources.map(({ name }) => name)],
    ]);
    const known = this.#kept.get(root);
    if (known?.from === from) return known.answer;
    const answer = new Search(this.#workspace, project, demands, sources, this.#limits).run();
    this.#kept.set(root, { from, answer });
    return answer;
  }

  #demands(project: Project, document: DocumentContext | undefined): ReadonlyMap<string, RemoteSchemaDemand> {
    const missing = project.schemas.remoteSchemas.filter(({ origin }) => origin === undefined);
    if (missing.length === 0) return new Map();
    const own = [...project.files.keys()].map((key) => this.#workspace.context(key));
    const all = new Map([...own, document].flatMap((each) => (each === undefined ? [] : [[each.uri, each]])));
    const demands = remoteSchemaDemands(all.values());
    return new Map(
      missing.flatMap(({ name }) => {
        const demand = demands.get(name);
        return demand === undefined ? [] : [[name, demand] as const];
      }),
    );
  }
}

/** Those of whose tables nothing is known, and no schema of Hasura is in use. */
function missingSources(project: Project): readonly Source[] {
  return project.schemas.sources.flatMap(({ name, origin }) => {
    const source = origin === undefined ? knownValue(project.sharedCatalogue.source(name)) : undefined;
    return source === undefined || source.hasuraSchema?.isUsed === true ? [] : [source];
  });
}

interface Found extends SchemaCandidate {
  readonly part: PullPart;
  readonly texts: ReadonlySet<string>;
  rank: number;
}

class Search {
  readonly #workspace: Workspace;
  readonly #project: Project;
  readonly #demands: ReadonlyMap<string, RemoteSchemaDemand>;
  readonly #sources: readonly Source[];
  readonly #limits: SearchLimits;
  /** By part. */
  readonly #found = new Map<string, Found[]>();
  readonly #folders = new Set<string>();
  #characters = 0;
  #work = 0;
  #since = performance.now();

  constructor(
    workspace: Workspace,
    project: Project,
    demands: ReadonlyMap<string, RemoteSchemaDemand>,
    sources: readonly Source[],
    limits: SearchLimits,
  ) {
    this.#workspace = workspace;
    this.#project = project;
    this.#demands = demands;
    this.#sources = sources;
    this.#limits = limits;
  }

  async run(): Promise<SchemaCandidates> {
    const { files } = this.#workspace.documents;
    const folders = nearbyFiles(
      files.list,
      this.#project.location,
      this.#workspace.folders,
      this.#limits.entries,
    );
    for (const { folder, files: names } of folders) {
      for (const name of names) {
        const isToolFile = isGraphqlToolFile(name);
        if (!isToolFile && !mayBeSchema(name)) continue;
        if (!(await this.#goesOn())) return this.#best();
        if (isToolFile) await this.#lookAtToolFile(folder, name);
        else this.#lookAt(joinPath(folder, name));
      }
      if (!(await this.#goesOn())) break;
    }
    return this.#best();
  }

  /** Lets others work; false when enough was done. */
  async #goesOn(): Promise<boolean> {
    const now = performance.now();
    if (now - this.#since >= slice) {
      this.#work += now - this.#since;
      await nextTurn();
      this.#since = performance.now();
    }
    return this.#work < this.#limits.time && this.#characters < this.#limits.characters;
  }

  #lookAt(path: string): void {
    const file = this.#read(path);
    if (file === undefined) return;
    const asking = [...this.#demands].filter(([, demand]) => speaksOf(file.text, demand));
    const isOfHasura = this.#sources.length > 0 && file.text.includes(columnsSign);
    const isWhole = (asking.length > 0 || isOfHasura) && this.#take([path], [file], asking);
    const isPart = [...this.#demands.values()].some((demand) => speaksOf(file.text, demand, 'in part'));
    if (!isWhole && isPart && !isJson(path)) this.#lookAtFolders(directoryOf(path));
  }

  /** The schemas that another tool was told of. */
  async #lookAtToolFile(folder: string, name: string): Promise<void> {
    const file = this.#read(joinPath(folder, name));
    if (file === undefined || file.text.length > longestToolFile) return;
    for (const { name: project, references } of schemasNamedIn(parse(file.text, 'yaml'))) {
      if (!(await this.#goesOn())) return;
      const paths = references.map((reference) => this.#filesOf(folder, reference));
      const all = [...new Set(paths.flatMap((each) => each ?? []))];
      if (paths.includes(undefined) || all.length > mostParts || !all.every(mayBePart)) continue;
      const files = all.map((path) => this.#read(path)).filter((each) => each !== undefined);
      if (files.length < all.length) continue;
      const absolute = references.map((reference) => joinPath(folder, reference));
      this.#take(absolute, files, [...this.#demands], project);
    }
  }

  /** The files of the workspace that a path or a pattern leads to; `undefined` for anything else. */
  #filesOf(folder: string, reference: string): readonly string[] | undefined {
    const { files } = this.#workspace.documents;
    const { folders } = this.#workspace;
    const isOwn = (path: string): boolean => folders.some((each) => isInside(path, each));
    const listed = (directory: string) =>
      isOwn(directory) ? files.list(directory)?.filter(({ linked }) => !linked) : undefined;
    if (isAbsolute(reference)) return undefined;
    if (patternSign.test(reference)) {
      const { paths, problem } = findByGlob(listed, folder, reference.replace(/^(?:\.\/)+/, ''), mostAround);
      return problem === undefined && paths.length > 0 ? paths : undefined;
    }
    const path = joinPath(folder, reference);
    const isThere = listed(directoryOf(path))?.some(
      ({ name, kind }) => kind === 'file' && name === baseName(path),
    );
    return isThere === true ? [path] : undefined;
  }

  /** A schema that is split: all SDL of a folder, or below the one around it. */
  #lookAtFolders(folder: string): void {
    const { folders } = this.#workspace;
    for (const [top, pattern] of [
      [folder, '*'],
      [folder, '**/*'],
      [directoryOf(folder), '**/*'],
    ] as const) {
      const parts = joinPath(top, pattern);
      // A workspace folder holds more than one schema.
      if (this.#folders.has(parts) || folders.includes(top)) continue;
      this.#folders.add(parts);
      if (!folders.some((each) => isInside(top, each))) continue;
      for (const ending of sdlEndings) {
        const paths = this.#partsBelow(top, ending, pattern === '*');
        if (paths.length < 2 || paths.length > mostParts) continue;
        const files = paths.map((path) => this.#read(path)).filter((file) => file !== undefined);
        if (files.length < paths.length) continue;
        this.#take([`${parts}${ending}`], files, [...this.#demands]);
      }
    }
  }

  #partsBelow(top: string, ending: string, isFlat: boolean): readonly string[] {
    const { files } = this.#workspace.documents;
    const paths: string[] = [];
    const place = { root: top, folder: top };
    for (const { folder, files: names } of nearbyFiles(files.list, place, [], mostAround)) {
      if (isFlat && folder !== top) break;
      for (const name of names) if (name.endsWith(ending)) paths.push(joinPath(folder, name));
      if (paths.length > mostParts) break;
    }
    return paths;
  }

  /** Keeps a schema for what it has all of; whether it is whole. */
  #take(
    references: readonly string[],
    files: readonly SchemaFile[],
    asking: readonly (readonly [string, RemoteSchemaDemand])[],
    project = '',
  ): boolean {
    const { schema, problems } = loadRemoteSchema(files);
    // What is no schema among the parts would be reported from then on.
    if (schema === undefined || (files.length > 1 && problems.length > 0)) return false;
    if (!isComplete(schema)) return false;
    const texts = new Set(files.map((file) => file.text));
    const keep = (what: PullPart['what'], name: string): void =>
      this.#keep(
        { what, name },
        { references, texts, rank: this.#rank(name, references, texts.size, project) },
      );
    for (const [name, demand] of asking) if (meetsDemand(schema, demand)) keep('remote-schema', name);
    if ([...texts].some((text) => text.includes(columnsSign))) {
      for (const source of this.#sources)
        if (source.useOfHasuraSchema(schema).isUsed) keep('source', source.name);
    }
    return true;
  }

  #keep(part: PullPart, candidate: Omit<Found, 'part'>): void {
    const { texts, rank } = candidate;
    const key = JSON.stringify([part.what, part.name]);
    const found = this.#found.get(key) ?? [];
    const same = found.find((other) => isSame(texts, other.texts));
    if (same !== undefined) {
      same.rank = Math.min(same.rank, rank);
      return;
    }
    // What is part of a larger schema lacks what the rest of it has.
    const others = found.filter(
      (other) => other.texts.size === 1 || ![...other.texts].every((text) => texts.has(text)),
    );
    this.#found.set(key, [...others, { part, ...candidate }]);
  }

  /** Called like the remote schema is best, generated copies are worst; of the same the nearest, which was found first. */
  #rank(name: string, references: readonly string[], count: number, project: string): number {
    const [path = ''] = references;
    const { folders } = this.#workspace;
    const folder = folders.find((each) => isInside(path, each)) ?? '';
    const words = `${relativePath(folder, path)} ${project}`.toLowerCase();
    const isNamed = squeezed(words).includes(squeezed(name.toLowerCase()));
    const isGenerated = /(?:^|\/)(?:dist|build|out|coverage|target|__generated__)\//.test(words);
    return (isNamed ? 0 : 4) + (isGenerated ? 2 : 0) + (count > 1 ? 1 : 0);
  }

  #read(path: string): SchemaFile | undefined {
    const result = this.#workspace.documents.read(path);
    if (!result.ok) return undefined;
    this.#characters += result.text.length;
    if (result.text.length > longestFile) return undefined;
    return { uri: this.#workspace.documents.uri(path), text: result.text };
  }

  #best(): SchemaCandidates {
    return [...this.#found.values()].flatMap((found) => {
      const best = found.toSorted((a, b) => a.rank - b.rank).slice(0, mostCandidates);
      const part = best[0]?.part;
      return part === undefined ? [] : [{ part, candidates: best.map(({ references }) => ({ references })) }];
    });
  }
}

const sdlEndings = schemaEndings.filter((ending) => !isJson(ending));
/** Files and folders among which the parts of a schema are looked for. */
const mostAround = 5000;
const longestToolFile = 200_000;

function mayBePart(path: string): boolean {
  return schemaEndings.some((ending) => path.endsWith(ending));
}

function mayBeSchema(name: string): boolean {
  return isJson(name)
    ? /schema|introspection|graphql/i.test(baseName(name))
    : sdlEndings.some((ending) => name.endsWith(ending));
}

function isJson(name: string): boolean {
  return name.endsWith('.json');
}

/** A cheap look, before anything is parsed. */
function speaksOf(
  text: string,
  demand: RemoteSchemaDemand,
  how: 'in whole' | 'in part' = 'in whole',
): boolean {
  const names = namesAskedFor(demand);
  return how === 'in whole'
    ? names.every((name) => text.includes(name))
    : names.some((name) => text.includes(name));
}

function isSame(texts: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return texts.size === others.size && [...texts].every((text) => others.has(text));
}

function squeezed(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
