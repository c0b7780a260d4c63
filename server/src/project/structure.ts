import { fileName } from '../../../common/src/files/fileNames.ts';
import type { ReadFailure } from '../../../common/src/files/readResult.ts';
import { knownValue } from '../catalogue/catalogue.ts';
import { holdsOnlyEntries, loneEntry } from '../metadata/entryLists.ts';
import type { Include, MetadataModel, ReadingContext } from '../metadata/relationship.ts';
import type { Finding, Fix, Severity } from '../rules/rule.ts';
import { didYouMean } from '../rules/support/suggestion.ts';
import { property } from '../syntax/nodes.ts';
import { headRange } from '../syntax/textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { cliReadingFindings, isEmpty, shapeForCli, unresolvedMessage } from './cliReading.ts';
import type { ProjectLocation } from './discovery.ts';
import { type Documents, isWhole, type ParsedDocument } from './documents.ts';
import { baseName, directoryOf, joinPath } from './files.ts';
import { projectFinding } from './findings.ts';
import { DirectoryNames, type IncludeTarget, resolveInclude } from './includes.ts';
import { type IncludeSearch, meantInclude } from './meantInclude.ts';
import { ymlFindings } from './ymlFiles.ts';

/** Which files a project's metadata consists of, found by following its includes (spec 1.2 to 1.5). */
export interface Structure {
  /** Metadata files in the order the server gets them, each with what its place says. */
  readonly members: ReadonlyMap<string, ReadingContext>;
  /** Further files that were followed, below `functions` of a source: nothing is checked in them. */
  readonly functionFiles: ReadonlyMap<string, string | undefined>;
  /** Files that belong here and could not be read: there is none, or not yet. */
  readonly absent: ReadonlySet<string>;
  /** What is wrong with includes, by file. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly sourcesComplete: boolean;
  readonly remoteSchemasComplete: boolean;
  readonly tablesComplete: ReadonlyMap<string, boolean>;
}

/**
 * Reads the metadata of a project; yields after each file, so that the caller can let others work in between.
 */
export function* readStructure(location: ProjectLocation, documents: Documents): Generator<void, Structure> {
  const builder = new StructureBuilder(location, documents);
  for (const [path, context] of entryFiles(location)) {
    yield* builder.visit(documents.keyOfWritten(path), context, undefined, []);
  }
  return builder.structure();
}

/** The files the CLI reads by their fixed names. */
function entryFiles(location: ProjectLocation): [string, ReadingContext][] {
  if (location.metadata === undefined) return [];
  const at = (name: string): string => joinPath(location.metadata ?? '', name);
  const remoteSchemas: [string, ReadingContext] = [at('remote_schemas.yaml'), { role: 'remote-schemas' }];
  const others: [string, ReadingContext][] = [
    [at('actions.yaml'), { role: 'actions' }],
    [at('inherited_roles.yaml'), { role: 'inherited-roles' }],
  ];
  switch (location.layout) {
    case 'v3':
      return [[at('databases/databases.yaml'), { role: 'sources' }], remoteSchemas, ...others];
    case 'v2':
      return [[at('tables.yaml'), { role: 'tables', source: 'default' }], remoteSchemas, ...others];
    case 'other':
      return [[at('sources.yaml'), { role: 'sources' }], remoteSchemas];
    case 'file':
      return [[location.metadata, { role: 'metadata' }]];
    case 'loose':
      return [];
  }
}

/** Whether a metadata document holds remote schemas alone: the rest of it is elsewhere. */
function isFragment({ roots: [root] }: SyntaxTree): boolean {
  if (root === undefined) return false;
  const wrapped = property(root, 'metadata');
  const document = wrapped?.kind === 'object' ? wrapped : root;
  return ['version', 'sources', 'tables'].every((key) => property(document, key) === undefined);
}

/** Which names the disk spells otherwise: `folder "Tables" is spelled "tables"`. */
function spelledOtherwise(written: string, actual: string): string {
  const names = actual.split('/');
  const parts = written.split('/');
  const different = names.flatMap((name, at) => {
    const part = parts[at];
    if (part === undefined || part === name) return [];
    return at === names.length - 1
      ? [`file is spelled "${name}"`]
      : [`folder "${part}" is spelled "${name}"`];
  });
  return different.join(', and the ');
}

class StructureBuilder {
  readonly #members = new Map<string, ReadingContext>();
  readonly #absent = new Set<string>();
  readonly #findings = new Map<string, Finding[]>();
  readonly #tablesComplete = new Map<string, boolean>();
  #sourcesComplete = false;
  #remoteSchemasComplete = false;
  readonly #names: DirectoryNames;
  readonly #location: ProjectLocation;
  readonly #documents: Documents;
  /** Folders that includes may lead to. */
  readonly #folders: readonly string[];

  constructor(location: ProjectLocation, documents: Documents) {
    this.#location = location;
    this.#documents = documents;
    this.#folders = documents.files.roots();
    this.#names = new DirectoryNames(documents.files);
  }

  structure(): Structure {
    for (const [path, finding] of ymlFindings(this.#location, this.#documents, this.#includedAsText)) {
      this.#add(path, finding);
    }
    const { layer } = this.#location;
    return {
      members: this.#members,
      functionFiles: this.#functionFiles,
      absent: this.#absent,
      findings: this.#findings,
      sourcesComplete: this.#sourcesComplete && !layer,
      remoteSchemasComplete: this.#remoteSchemasComplete && !layer,
      tablesComplete: layer
        ? new Map([...this.#tablesComplete.keys()].map((source) => [source, false]))
        : this.#tablesComplete,
    };
  }

  /** `source`: the source whose tables are read; `chain`: the files that led here. */
  *visit(
    path: string,
    place: ReadingContext,
    source: string | undefined,
    chain: readonly string[],
  ): Generator<void> {
    if (this.#members.has(path)) return;
    const document = this.#documents.get(path);
    if (document === undefined) {
      this.#absent.add(path);
      this.#incomplete(source);
      const result = this.#documents.read(path);
      if (!result.ok) this.#addUnread(path, result);
      return;
    }
    const several = this.#cliLayout() && document.tree.roots.length > 1;
    const context = several ? { ...place, firstOnly: true } : place;
    this.#members.set(path, context);
    if (this.#cliLayout()) {
      for (const finding of cliReadingFindings(document.tree, context.role)) this.#add(path, finding);
      if (chain.length > 0 && isWhole(document) && isEmpty(document.tree)) {
        const message =
          'This included file is empty, which crashes the Hasura CLI. Write [] into it, or remove its "!include".';
        this.#add(path, projectFinding('include-empty', message, { offset: 0, length: 0 }));
      }
    }
    if (this.#isEmptyJson(document)) {
      const message = 'This file is empty, which is not valid JSON, so the Hasura CLI fails.';
      this.#add(path, projectFinding('unreadable-file', message, { offset: 0, length: 0 }));
    }
    yield;
    const model = document.model(context);
    const whole = isWhole(document) && holdsEntriesAlone(document, context);
    if (!whole) this.#incomplete(source);
    if (chain.length === 0) {
      this.#checkList(document, context);
      if (context.role === 'sources') this.#sourcesComplete = whole;
      if (context.role === 'metadata') this.#sourcesComplete = whole && !isFragment(document.tree);
      if (context.role === 'remote-schemas' || context.role === 'metadata')
        this.#remoteSchemasComplete = whole;
      if (context.source !== undefined) {
        this.#sourcesComplete = whole;
        this.#tablesComplete.set(context.source, whole);
      }
      for (const entry of model.sources) {
        // `tablesComplete` of the entry is false only because of an include here: those are followed below.
        const name = knownValue(entry.name);
        const included = model.includes.some((include) => include.source === entry);
        if (name !== undefined && (entry.tablesComplete || included) && !this.#tablesComplete.has(name)) {
          this.#tablesComplete.set(name, whole);
        }
      }
    }
    for (const include of model.includes) {
      yield* this.#follow(document, context, include, source, [...chain, path]);
    }
    // What the project asks of it from now on, it can tell without its tree.
    document.outline(context);
    cliShape(document, context);
    this.#documents.rest(path);
  }

  #checkList({ key, tree }: ParsedDocument, { role }: ReadingContext): void {
    const entry = loneEntry(tree, role);
    if (entry === undefined) return;
    const message =
      property(entry.node, entry.key) === undefined
        ? 'This file must contain a list, not a mapping, which makes the Hasura CLI fail.'
        : `This file must contain a list, not one entry: write "- " before "${entry.key}", and indent the rest.`;
    this.#add(key, projectFinding('wrong-kind', message, headRange(entry.node)));
  }

  *#follow(
    document: ParsedDocument,
    context: ReadingContext,
    include: Include,
    outerSource: string | undefined,
    chain: readonly string[],
  ): Generator<void> {
    const { key } = document;
    const top = chain.length === 1;
    if ((this.#cliLayout() || this.#isMetadataFile()) && top && !isResolved(context, include)) {
      this.#report(key, 'include-not-resolved', unresolvedMessage(include.node), include);
      // Deeper down it stands for no source, table or remote schema.
      if (include.node.parent?.parent === undefined) this.#unknownHere(context);
      return;
    }
    const name = include.source?.name;
    const source = (name && knownValue(name)) ?? outerSource;
    const target = this.#withoutLinksOut(resolveInclude(this.#names, key, include.path, this.#folders));
    const next = this.#checkTarget(document, context, target, include);
    const inFunctions =
      include.section === 'functions' || chain.some((path) => this.#functionFiles.has(path));
    if (next === undefined) {
      if (!inFunctions) this.#unknownHere(context, source);
      return;
    }
    if (chain.includes(next)) {
      const names = [...chain.slice(chain.indexOf(next)), next].map(baseName).join('" includes "');
      this.#report(key, 'include-cycle', `These files include each other: "${names}".`, include);
      if (!inFunctions) this.#incomplete(source);
      return;
    }
    if (inFunctions) {
      yield* this.#visitFunctions(next, source, chain);
      return;
    }
    const nextContext = contextOfInclude(context, include, source, document.model(context));
    if (nextContext !== undefined) yield* this.visit(next, nextContext, source, chain);
  }

  /** Files that were meant are looked for so often. */
  #searches = 20;
  readonly #functionFiles = new Map<string, string | undefined>();
  /** Files of which an include gives the text. */
  readonly #includedAsText = new Set<string>();

  /** Files below `functions` say nothing about relationships; only their includes count. */
  *#visitFunctions(path: string, source: string | undefined, chain: readonly string[]): Generator<void> {
    if (this.#functionFiles.has(path)) return;
    this.#functionFiles.set(path, source);
    const result = this.#documents.read(path);
    if (!result.ok || !result.text.includes('!include')) return;
    const document = this.#documents.get(path);
    if (document === undefined) return;
    yield;
    for (const include of document.model({}).includes) {
      yield* this.#follow(document, {}, include, source, [...chain, path]);
    }
  }

  /** Reports a target that is no YAML file; the path to go on with, if there is one. */
  #checkTarget(
    document: ParsedDocument,
    context: ReadingContext,
    target: IncludeTarget,
    include: Include,
  ): string | undefined {
    const { key } = document;
    switch (target.kind) {
      case 'yaml':
        return target.path;
      case 'text':
        this.#includedAsText.add(target.path);
        this.#report(
          key,
          'include-not-yaml',
          `Only files ending in ".yaml" are included as YAML: the server gets the text of "${baseName(target.path)}" as one string.`,
          include,
        );
        return undefined;
      case 'directory':
        this.#report(
          key,
          'include-not-found',
          `"${include.path}" is a directory, but a file is expected here.`,
          include,
        );
        return undefined;
      case 'missing':
        this.#reportMissing(document.model(context).includes, key, include);
        return undefined;
      case 'outside':
        this.#report(
          key,
          'include-outside-workspace',
          `"${include.path}" is outside the workspace and is not read. The Hasura CLI does read it, so its content is not known here.`,
          include,
        );
        return undefined;
      case 'case': {
        const found = this.#documents.files.read(target.path).ok;
        const next = target.actual.endsWith('.yaml') ? target.actual : undefined;
        if (fileName(target.path) === fileName(target.actual)) {
          // Systems that do not tell them apart change them as they like.
          if (found) return next;
          const message = `"${include.path}" does not exist: the accents in the file's name are encoded differently, though they look the same. Retype the name here, or rename the file.`;
          this.#report(key, 'include-case', message, include, { severity: 'error' });
          return next;
        }
        const spelled = spelledOtherwise(target.path, target.actual);
        this.#report(
          key,
          'include-case',
          found
            ? `The ${spelled}: on case-sensitive file systems, "${include.path}" is not found.`
            : `"${include.path}" does not exist: the ${spelled}.`,
          include,
          { severity: found ? 'warning' : 'error' },
        );
        return next;
      }
      case 'backslash': {
        const found = this.#documents.files.read(target.path).ok;
        const right = `Write "${include.path.replaceAll('\\', '/')}", which works everywhere.`;
        this.#report(
          key,
          'include-backslash',
          found
            ? `"${include.path}" is found only on Windows. ${right}`
            : `"${include.path}" does not exist: only Windows reads a backslash as a slash. ${right}`,
          include,
          { severity: found ? 'warning' : 'error' },
        );
        return target.actual.endsWith('.yaml') ? target.actual : undefined;
      }
    }
  }

  #reportMissing(includes: readonly Include[], key: string, include: Include): void {
    const message = `The included file "${include.path}" does not exist.`;
    if (/^\s/.test(include.path)) {
      const space = ' Its name begins with a space: write one space after "!include".';
      this.#report(key, 'include-not-found', message + space, include);
      return;
    }
    const { metadata } = this.#location;
    const isSearched = metadata !== undefined && this.#cliLayout() && this.#searches-- > 0;
    const near = isSearched
      ? meantInclude(this.#searchFrom(metadata, key, includes), include.path)
      : undefined;
    const isOutside = near !== undefined && this.#documents.files.isOutside(joinPath(directoryOf(key), near));
    const meant = isOutside ? undefined : near;
    const { offset, length } = include;
    const isPlain = length === include.path.length;
    const fixes =
      meant === undefined || !isPlain
        ? []
        : [{ title: `Change to "${meant}"`, edits: [{ offset, length, text: meant }], preferred: false }];
    this.#report(key, 'include-not-found', message + didYouMean(meant), include, { fixes });
  }

  #searchFrom(metadata: string, from: string, includes: readonly Include[]): IncludeSearch {
    const included = new Set(includes.map(({ path }) => joinPath(directoryOf(from), path)));
    const isFree = (path: string) => !included.has(path);
    return { names: this.#names, metadata, from, isFree };
  }

  /** A link may lead out of the folders that its path lies in. */
  #withoutLinksOut(target: IncludeTarget): IncludeTarget {
    const path = target.kind === 'case' || target.kind === 'backslash' ? target.actual : target.path;
    return target.kind !== 'missing' && this.#documents.files.isOutside(path)
      ? { kind: 'outside', path }
      : target;
  }

  #addUnread(path: string, { problem, message }: ReadFailure): void {
    const outside = problem === 'outside-workspace';
    // A project need not have all of these files; what `config.yaml` names is reported there.
    if (problem === 'missing' || (outside && this.#location.unread !== undefined)) return;
    const code = outside ? 'outside-workspace' : 'unreadable-file';
    this.#add(path, projectFinding(code, message, { offset: 0, length: 0 }));
  }

  /** What an include that can't be followed leaves open. */
  #unknownHere(context: ReadingContext, source?: string): void {
    if (context.role === 'remote-schemas') this.#remoteSchemasComplete = false;
    else if (source !== undefined) this.#incomplete(source);
    else if (context.role === 'sources' || context.role === 'metadata') this.#sourcesComplete = false;
    else this.#incomplete(context.source);
  }

  #incomplete(source: string | undefined): void {
    if (source !== undefined) this.#tablesComplete.set(source, false);
  }

  #cliLayout(): boolean {
    return this.#location.layout === 'v3' || this.#location.layout === 'v2';
  }

  /** A `metadata_file` of `config.yaml`: the CLI resolves no includes in it (C7). */
  #isMetadataFile(): boolean {
    const { layout, root, cliConfiguration } = this.#location;
    if (layout !== 'file') return false;
    const name = baseName(cliConfiguration);
    return this.#documents.files.list(root)?.some((entry) => entry.name === name) === true;
  }

  /** C9 */
  #isEmptyJson({ tree }: ParsedDocument): boolean {
    return (
      tree.language === 'json' && tree.roots.length === 0 && tree.text.trim() === '' && this.#isMetadataFile()
    );
  }

  #report(
    key: string,
    code: string,
    message: string,
    include: Include,
    options: { readonly severity?: Severity; readonly fixes?: readonly Fix[] } = {},
  ): void {
    this.#add(key, projectFinding(code, message, include, options));
  }

  #add(key: string, finding: Finding): void {
    const list = this.#findings.get(key) ?? [];
    list.push(finding);
    this.#findings.set(key, list);
  }
}

/** See `holdsOnlyEntries`. */
export function holdsEntriesAlone(document: ParsedDocument, { role }: ReadingContext): boolean {
  return document.told(`entries ${role}`, (tree) => holdsOnlyEntries(tree, role));
}

/** See `shapeForCli`. */
export function cliShape(document: ParsedDocument, { role }: ReadingContext): string {
  return document.told(`shape ${role}`, (tree) => shapeForCli(tree, role));
}

/** The CLI resolves includes below `tables` and `functions` of a source alone. */
function isResolved(context: ReadingContext, { section }: Include): boolean {
  return context.role === 'sources' && (section === 'tables' || section === 'functions');
}

/** What an included file is, by the place it is included at; `undefined` when it is nothing we read. */
function contextOfInclude(
  context: ReadingContext,
  { node, section }: Include,
  source: string | undefined,
  model: MetadataModel,
): ReadingContext | undefined {
  const owner = source === undefined ? {} : { source };
  const place = placeIn(node);
  if (context.role === 'remote-schemas' || context.role === 'remote-schema-types') {
    if (/^remote_relationships /.test(place)) return { role: 'remote-schema-types' };
    return /^(?:item )?$/.test(place) ? { role: context.role } : undefined;
  }
  if (context.role === 'relationships' || context.role === 'definition') {
    if (place === '') return context;
    if (context.role === 'definition') return undefined;
    if (place === 'item ') return context;
    if (!/^definition (?:item )?$/.test(place)) return undefined;
    return { ...context, role: 'definition', ...relationshipAround(node) };
  }
  const [key = ''] = place.split(' ');
  if (key === 'tables') return { role: 'tables', ...owner };
  if (/^(?:item )?remote_relationships /.test(place)) {
    return { role: 'relationships', ...owner, ...tableAround(node, model) };
  }
  if (/^definition item remote_relationships /.test(place)) {
    return { role: 'definition', ...owner, ...tableAround(node, model), ...relationshipAround(node) };
  }
  const isTop = place === '' && (context.role === 'tables' || context.role === 'table');
  if (isTop) return { role: context.role, ...owner };
  const isItem =
    context.role === 'tables' ? place === 'item ' : section === 'tables' && place.startsWith('item tables ');
  return isItem && context.role !== 'table' ? { role: 'table', ...owner } : undefined;
}

/** The keys above a node, the nearest first, each with a blank behind it; `item ` for a place in a list. */
function placeIn(node: SyntaxNode): string {
  let place = '';
  for (let each: SyntaxNode | undefined = node; each?.parent !== undefined; each = each.parent) {
    place += `${each.key === undefined ? 'item' : String(each.key.value)} `;
  }
  return place;
}

/** The table in whose entry a node stands. */
function tableAround(node: SyntaxNode, { tables }: MetadataModel): Pick<ReadingContext, 'table'> {
  for (let each: SyntaxNode | undefined = node; each !== undefined; each = each.parent) {
    const entry = tables.find((table) => table.node === each);
    if (entry?.table.state === 'present') return { table: entry.table };
  }
  return {};
}

/** The relationship that a node defines. */
function relationshipAround({ parent }: SyntaxNode): Pick<ReadingContext, 'relationship'> {
  const name = parent && property(parent, 'name')?.value;
  return typeof name === 'string' ? { relationship: name } : {};
}
