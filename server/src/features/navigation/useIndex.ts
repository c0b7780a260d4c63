import { nextTurn } from '../../../../common/src/nextTurn.ts';
import { type Catalogue, knownValue } from '../../catalogue/catalogue.ts';
import { type DocumentContext, documentContext } from '../../join/documentContext.ts';
import type { NamedThing } from '../../join/namedThing.ts';
import { type DocumentUses, documentUses, indexedUses, type Use } from '../../join/uses.ts';
import type { MetadataModel } from '../../metadata/relationship.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import { property } from '../../syntax/nodes.ts';
import type { SyntaxTree } from '../../syntax/tree.ts';

/** A file with what it names. */
export interface FileUses {
  readonly uri: string;
  readonly uses: DocumentUses;
}

interface KnownUses extends FileUses {
  /** By which they were read. */
  readonly facts: readonly unknown[];
}

/** Longest that others wait while files are looked at, in milliseconds. */
const slice = 20;

/**
 * What every file of a project names. Kept for each file as long as it says the same, and nothing that names depend on
 * is known otherwise: kinds of sources, and schemas of remote schemas.
 */
export class UseIndex {
  readonly #workspace: Workspace;
  readonly #known = new WeakMap<MetadataModel, KnownUses>();
  readonly #facts = new WeakMap<Catalogue, readonly unknown[]>();
  /** The same as long as they are equal. */
  #lastFacts: readonly unknown[] = [];
  readonly #members = new WeakMap<Catalogue, readonly FileUses[]>();
  readonly #configurations = new WeakMap<SyntaxTree, DocumentUses>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  of(context: DocumentContext): DocumentUses {
    const { uri, model, catalogue } = context;
    const facts = this.#factsOf(catalogue);
    return (this.#knownOf(uri, model, facts) ?? this.#read(uri, context, facts)).uses;
  }

  #knownOf(uri: string, model: MetadataModel, facts: readonly unknown[]): KnownUses | undefined {
    const known = this.#known.get(model);
    return known !== undefined && known.uri === uri && isSame(known.facts, facts) ? known : undefined;
  }

  #read(uri: string, context: DocumentContext, facts: readonly unknown[]): KnownUses {
    const read = { uri, facts, uses: documentUses(context) };
    this.#known.set(context.model, read);
    return read;
  }

  /** Looks at what was not looked at yet, and lets others work in between. */
  async prepare(project: Project): Promise<void> {
    let since = performance.now();
    for (const _ of this.#look(project.sharedCatalogue)) {
      if (performance.now() - since < slice) continue;
      await nextTurn();
      since = performance.now();
    }
  }

  /** Remembers what the files of the metadata name; goes on after each that is read. */
  *#look(catalogue: Catalogue): Generator<void> {
    if (this.#members.has(catalogue)) return;
    const { documents } = this.#workspace;
    const facts = this.#factsOf(catalogue);
    const members: FileUses[] = [];
    for (const { uri, model } of catalogue.documents) {
      const known = this.#knownOf(uri, model, facts);
      if (known !== undefined) {
        members.push(known);
        continue;
      }
      const tree = documents.get(documents.keyOf(uri))?.tree ?? emptyTree;
      members.push(this.#read(uri, documentContext(uri, tree, model, catalogue), facts));
      yield;
    }
    this.#members.set(catalogue, members);
  }

  /** The files of the metadata in the order the server reads them, then the configuration, then requests that are open. */
  *filesOf(project: Project): Generator<FileUses> {
    const { documents } = this.#workspace;
    const catalogue = project.sharedCatalogue;
    for (const _ of this.#look(catalogue));
    yield* this.#members.get(catalogue) ?? [];
    const { configurationFile } = project;
    const configuration = configurationFile === undefined ? undefined : documents.get(configurationFile);
    if (configuration !== undefined) {
      yield { uri: configuration.uri, uses: this.ofConfiguration(configuration.tree) };
    }
    for (const key of documents.openKeys()) {
      if (project.files.has(key) || this.#workspace.projectOf(key) !== project) continue;
      const context = this.#workspace.context(key);
      if (context !== undefined) yield { uri: context.uri, uses: this.of(context) };
    }
  }

  /** How many relationships of a project lead to each thing that some lead to. */
  joined(project: Project): ReadonlyMap<string, number> {
    const all = new Map<string, number>();
    for (const { uses } of this.filesOf(project)) {
      for (const [key, count] of uses.joined) all.set(key, (all.get(key) ?? 0) + count);
    }
    return all;
  }

  /** Sources and remote schemas that a configuration file says something of. */
  ofConfiguration(tree: SyntaxTree): DocumentUses {
    const known = this.#configurations.get(tree);
    if (known !== undefined) return known;
    const uses = indexedUses(configurationUses(tree));
    this.#configurations.set(tree, uses);
    return uses;
  }

  #factsOf(catalogue: Catalogue): readonly unknown[] {
    const known = this.#facts.get(catalogue);
    if (known !== undefined) return known;
    const facts = [
      ...catalogue.sources.flatMap(({ name, kind }) => [name, kind]),
      ...catalogue.remoteSchemas.flatMap(({ name, schema }) => [name, knownValue(schema)]),
    ];
    if (!isSame(this.#lastFacts, facts)) this.#lastFacts = facts;
    this.#facts.set(catalogue, this.#lastFacts);
    return this.#lastFacts;
  }
}

/** The walk reads the model alone. */
const emptyTree: SyntaxTree = { language: 'yaml', text: '', roots: [], problems: [], requestLines: [] };

function isSame(before: readonly unknown[], after: readonly unknown[]): boolean {
  return (
    before === after || (before.length === after.length && before.every((each, at) => each === after[at]))
  );
}

function configurationUses(tree: SyntaxTree): readonly Use[] {
  const [root] = tree.roots;
  if (root === undefined) return [];
  const named = (section: string, thing: (name: string) => NamedThing): readonly Use[] =>
    (property(root, section)?.children ?? []).flatMap(({ key }) =>
      typeof key?.value === 'string'
        ? [{ thing: thing(key.value), node: key, declares: false, joinedBy: undefined }]
        : [],
    );
  return [
    ...named('sources', (source) => ({ kind: 'source', source })),
    ...named('remoteSchemas', (remoteSchema) => ({ kind: 'remote-schema', remoteSchema })),
  ];
}
