import { type DefinitionNode, type NameNode, parse } from 'graphql';
import { type FederationSigns, federationSigns } from './federation.ts';
import { parseSdl, type SdlProblem, tooDeeplyNested } from './parseSdl.ts';

/** The definitions, if the text could be read, and what is wrong with it and where (UTF-16 units). */
export interface SdlDefinitions {
  readonly definitions: readonly SdlDefinition[] | undefined;
  readonly problem: SdlProblem | undefined;
}

/**
 * One definition or extension. Of a large schema a project uses few types, so only what is asked of each is kept: the rest is
 * parsed anew, by itself, where it is used.
 */
export class SdlDefinition {
  readonly kind: DefinitionNode['kind'];
  /** `undefined` of `schema` and of a query without a name. */
  readonly name: string | undefined;
  /** Of its name, in the text; 0 without a name. */
  readonly nameOffset: number;
  /** Whether a field, input field or enum value of it is there twice. */
  readonly repeatsMember: boolean;
  readonly federation: FederationSigns | undefined;
  readonly #stretch: Stretch;
  readonly #index: number;

  constructor(stretch: Stretch, index: number, node: DefinitionNode) {
    const name = 'name' in node ? node.name : undefined;
    this.kind = node.kind;
    this.name = name?.value;
    this.nameOffset = name?.loc === undefined ? 0 : stretch.start + name.loc.start;
    this.repeatsMember = repeatsName(membersOf(node));
    this.federation = federationSigns(node);
    this.#stretch = stretch;
    this.#index = index;
  }

  /** Its places are from the `start` of `text`. */
  get node(): DefinitionNode {
    return this.#stretch.nodes()[this.#index] as DefinitionNode;
  }

  /** A part of the file's text, in which the definition is. */
  get text(): string {
    return this.#stretch.text;
  }

  /** Where in the file `text` begins. */
  get start(): number {
    return this.#stretch.start;
  }
}

/** A part of a text that is SDL by itself. */
class Stretch {
  readonly text: string;
  readonly start: number;
  #nodes: readonly DefinitionNode[] | undefined;

  constructor(text: string, start: number, nodes?: readonly DefinitionNode[]) {
    this.text = text;
    this.start = start;
    this.#nodes = nodes;
  }

  nodes(): readonly DefinitionNode[] {
    this.#nodes ??= parse(this.text).definitions;
    return this.#nodes;
  }

  definitions(nodes: readonly DefinitionNode[]): readonly SdlDefinition[] {
    return nodes.map((node, index) => new SdlDefinition(this, index, node));
  }
}

/** Reads the definitions of GraphQL SDL, that of earlier times too; never throws. */
export function readSdlDefinitions(text: string): SdlDefinitions {
  const definitions = tooDeeplyNested(text) === undefined ? readInStretches(text) : undefined;
  if (definitions !== undefined) return { definitions, problem: undefined };
  const { document, problem } = parseSdl(text);
  return { definitions: document && heldDefinitions(text, document.definitions), problem };
}

/** Definitions that are kept as they were parsed from the text. */
export function heldDefinitions(text: string, nodes: readonly DefinitionNode[]): readonly SdlDefinition[] {
  return new Stretch(text, 0, nodes).definitions(nodes);
}

/**
 * Where a definition may begin: no definition that is whole goes on with one of these words, or with a description, so what is
 * SDL up to there is the same SDL in the whole text.
 */
const beginning = /\n\r?\n(?=directive|enum|extend|input|interface|scalar|schema|type|union|")/g;
/** A description may have such a line. Of a text with mistakes little is read in vain. */
const mostInVain = 8;

function readInStretches(text: string): readonly SdlDefinition[] | undefined {
  const definitions: SdlDefinition[] = [];
  let start = 0;
  let inVain = 0;
  const take = (end: number): void => {
    try {
      const part = text.slice(start, end);
      const nodes = parse(part).definitions;
      for (const definition of new Stretch(part, start).definitions(nodes)) definitions.push(definition);
      start = end;
    } catch {
      inVain += 1;
    }
  };
  for (const { index, 0: found } of text.matchAll(beginning)) {
    take(index + found.length);
    if (inVain > mostInVain) return undefined;
  }
  take(text.length);
  return start === text.length && definitions.length > 0 ? definitions : undefined;
}

/** Names a definition declares: fields, input fields or enum values. */
export function membersOf(node: DefinitionNode): readonly { readonly name: NameNode }[] {
  if ('fields' in node) return node.fields ?? [];
  if ('values' in node) return node.values ?? [];
  return [];
}

/** Comparing a few names costs less than hashing them, and a large schema has many types of a few fields. */
function repeatsName(members: readonly { readonly name: NameNode }[]): boolean {
  if (members.length > 12) return new Set(members.map(({ name }) => name.value)).size < members.length;
  for (let later = 1; later < members.length; later += 1) {
    const name = members[later]?.name.value;
    for (let earlier = 0; earlier < later; earlier += 1) {
      if (members[earlier]?.name.value === name) return true;
    }
  }
  return false;
}
