import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  Lexer,
  type Pair,
  type ParsedNode,
  Parser,
  type Scalar,
  type YAMLError,
} from 'yaml';
import { deepestNesting } from '../../../../common/src/nesting.ts';
import { createMissing, createNode, endOfChildren, fitChildren, TOO_DEEP, trimmedEnd } from '../build.ts';
import type { NodeKind, NodeStyle, SyntaxNode, SyntaxProblem } from '../tree.ts';

/** What is found on the way and needs a look at the whole document. */
export interface Findings {
  readonly problems: SyntaxProblem[];
  /** Names of the anchored nodes. */
  readonly anchors: Map<SyntaxNode, string>;
  /** Names the aliases refer to. */
  readonly aliases: Map<SyntaxNode, string>;
  /** Objects with a merge key. */
  readonly merging: Set<SyntaxNode>;
  /** As in the tree. */
  readonly open: number[];
}

/** A part of a file to be read with the library: `column` spaces, then the text from `start` to `end`. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly column: number;
  /** Levels above the piece's root. */
  readonly depth: number;
  /** The root is only there to hold an entry, which goes to another block: duplicate keys are sought there. */
  readonly isEntry: boolean;
}

/** Block collections the library read: nothing in them can be reread without the rest. */
export const readByLibrary = new WeakSet<SyntaxNode>();

/** Values of entries that the library read together with something before them. */
export const joinedEntries = new WeakSet<SyntaxNode>();

/** The documents of a piece as our nodes; `parent` becomes that of the roots. */
export function readWithLibrary(
  piece: Piece,
  parent: SyntaxNode | undefined,
  findings: Findings,
): SyntaxNode[] {
  const source = ' '.repeat(piece.column) + piece.text.slice(piece.start, piece.end);
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent' });
  const { tokens, tooDeepAt } = readTokens(source, deepestNesting - piece.depth);
  const documents = [...composer.compose(tokens)];
  const errors = documents.length === 0 ? composer.streamInfo().errors : firstErrors(documents);
  return new Conversion(piece, findings, tooDeepAt).convert(documents, errors, parent);
}

/** A scalar of several lines, or with rare escapes, that is all of the text; `undefined` where it is not, or is wrong. */
export function readScalarWithLibrary(
  text: Pick<Piece, 'text' | 'start' | 'end'>,
  style: NodeStyle,
  parent: SyntaxNode | undefined,
  findings: Findings,
): SyntaxNode | undefined {
  const known = findings.problems.length;
  const [scalar, ...others] = readWithLibrary(
    { ...text, column: 0, depth: 0, isEntry: false },
    parent,
    findings,
  );
  const { start, end } = text;
  const isWhole = scalar?.style === style && scalar.offset === start && scalar.length === end - start;
  return isWhole && others.length === 0 && findings.problems.length === known ? scalar : undefined;
}

/** What libyaml, and so the Hasura CLI, takes: `[id]# of the row`. */
const TOUCHING_COMMENT = 'Comments must be separated from other tokens';

/** Of each document: where the library has lost its way, every word that follows is an error to it. */
function firstErrors(documents: readonly Document.Parsed[]): YAMLError[] {
  return documents.flatMap(({ errors }) => {
    const [first] = errors
      .filter(({ message }) => !message.startsWith(TOUCHING_COMMENT))
      .toSorted((a, b) => a.pos[0] - b.pos[0]);
    return first ?? [];
  });
}

/**
 * The structure of a text up to where it gets deeper than the limit: past that, the library would recurse until its
 * stack ends. Its lexer does not, so the depth is watched from token to token.
 */
function readTokens(source: string, limit: number): { tokens: CST.Token[]; tooDeepAt: number | undefined } {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(source)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    // Beside the collections: the document, and the scalar being read.
    if (parser.stack.length <= limit + 2) continue;
    const tooDeepAt = parser.offset - lexeme.length;
    for (const token of parser.end()) tokens.push(token);
    return { tokens, tooDeepAt };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, tooDeepAt: undefined };
}

const NO_KEY = 'Before this colon a key is missing.';

type Content = ParsedNode | Pair | null | undefined;

class Conversion {
  readonly #piece: Piece;
  readonly #findings: Findings;
  readonly #shift: number;
  readonly #contentEnd: number;
  #tooDeep: number | undefined;

  /** `tooDeepAt`: where the library stopped in the piece, if it did. */
  constructor(piece: Piece, findings: Findings, tooDeepAt: number | undefined) {
    this.#piece = piece;
    this.#findings = findings;
    this.#shift = piece.start - piece.column;
    this.#contentEnd = trimmedEnd(piece.text, piece.start, piece.end);
    if (tooDeepAt !== undefined) this.#tooDeep = this.#at(tooDeepAt);
  }

  convert(documents: Document.Parsed[], errors: YAMLError[], parent: SyntaxNode | undefined): SyntaxNode[] {
    const roots = documents.map((document) => {
      const [start] = document.range;
      return this.#node(document.contents, this.#at(start), parent, undefined, this.#piece.depth);
    });
    if (this.#tooDeep !== undefined) this.#report(TOO_DEEP, this.#tooDeep, this.#tooDeep + 1);
    else {
      for (const error of errors) {
        const message = error.message.split('\n', 1)[0] ?? '';
        this.#report(message, this.#at(error.pos[0]), this.#at(error.pos[1]));
      }
    }
    return roots;
  }

  #report(message: string, start: number, end: number): void {
    const offset = Math.min(start, this.#contentEnd);
    const length = Math.max(0, Math.min(end, this.#contentEnd) - offset);
    this.#findings.problems.push({ code: 'yaml-syntax', message, offset, length });
  }

  /** An offset of the file for one of the piece's text; white space at the end counts to nobody. */
  #at(position: number): number {
    return Math.max(this.#piece.start, Math.min(position + this.#shift, this.#contentEnd));
  }

  /** `fallback` is where a value stands that nobody wrote. */
  #node(
    content: Content,
    fallback: number,
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
    depth: number,
  ): SyntaxNode {
    if (!content) return createMissing(fallback, parent, key);
    if (isPair(content)) return this.#singlePair(content, parent, depth);
    const node = this.#unanchored(content, parent, key, depth);
    if ('anchor' in content && content.anchor) this.#findings.anchors.set(node, content.anchor);
    const tag = content.tag;
    if (tag && tag.length > 1 && tag.startsWith('!')) node.tag = tag;
    return node;
  }

  #unanchored(
    content: ParsedNode,
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
    depth: number,
  ): SyntaxNode {
    const offset = this.#at(content.range[0]);
    const end = this.#at(content.range[1]);
    if (isAlias(content)) {
      const node = createNode('null', 'plain', offset, end - offset, parent, key, null);
      this.#findings.aliases.set(node, content.source);
      return node;
    }
    if (isScalar(content)) return this.#scalar(content, offset, end, parent, key);
    if (depth >= deepestNesting) {
      this.#tooDeep = Math.min(this.#tooDeep ?? offset, offset);
      return createMissing(offset, parent, key);
    }
    const style: NodeStyle = content.flow ? 'flow' : 'block';
    const node = createNode(isMap(content) ? 'object' : 'array', style, offset, 0, parent, key, undefined);
    if (isMap(content)) this.#pairs(content.items, node, depth);
    else {
      for (const item of content.items)
        node.children.push(this.#node(item, offset, node, undefined, depth + 1));
    }
    fitChildren(node);
    if (style === 'block') readByLibrary.add(node);
    const last = style === 'block' ? endOfChildren(node) : trimmedEnd(this.#piece.text, offset, end);
    node.length = last - offset;
    return node;
  }

  #pairs(pairs: readonly Pair<unknown, unknown>[], node: SyntaxNode, depth: number): void {
    for (const pair of pairs) node.children.push(this.#pair(pair, node, depth));
    // It may have been meant for a list, or for one word.
    if (node.key !== undefined && isNoKey(pairs[0]?.key)) node.unresolved = true;
    if (depth > this.#piece.depth || !this.#piece.isEntry) reportDuplicateKeys(node, this.#findings.problems);
  }

  #pair(pair: Pair<unknown, unknown>, node: SyntaxNode, depth: number): SyntaxNode {
    const key = this.#key(pair.key as Content, node);
    if (isNoKey(pair.key)) {
      const { text } = this.#piece;
      while (/\s/.test(text.charAt(key.offset))) key.offset++;
      this.#report(NO_KEY, key.offset, key.offset + 1);
    }
    if (key.value === '<<' && key.style === 'plain') this.#findings.merging.add(node);
    return this.#node(pair.value as Content, key.offset + key.length, node, key, depth + 1);
  }

  /** `[a: b]`: an item that is a pair without braces. */
  #singlePair(pair: Pair, parent: SyntaxNode | undefined, depth: number): SyntaxNode {
    const node = createNode('object', 'flow', 0, 0, parent, undefined, undefined);
    node.children.push(this.#pair(pair, node, depth));
    node.offset = node.children[0]?.key?.offset ?? 0;
    node.length = endOfChildren(node) - node.offset;
    return node;
  }

  /** Keys are strings, as in JSON: `1:` is the key `"1"`. */
  #key(content: Content, node: SyntaxNode): SyntaxNode {
    if (!content || isPair(content))
      return createNode('string', 'plain', node.offset, 0, node, undefined, '');
    const offset = this.#at(content.range[0]);
    if (isScalar(content)) {
      const key = this.#scalar(content, offset, this.#at(content.range[1]), node, undefined);
      if (typeof key.value !== 'string') key.value = content.source ?? '';
      key.kind = 'string';
      if (content.anchor) this.#findings.anchors.set(key, content.anchor);
      return key;
    }
    const end = trimmedEnd(this.#piece.text, offset, this.#at(content.range[1]));
    const key = createNode(
      'string',
      'plain',
      offset,
      end - offset,
      node,
      undefined,
      this.#piece.text.slice(offset, end),
    );
    if (isAlias(content)) this.#findings.aliases.set(key, content.source);
    return key;
  }

  #scalar(
    scalar: Scalar.Parsed,
    offset: number,
    end: number,
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
  ): SyntaxNode {
    const style = styleOf(scalar);
    if (style === 'block-scalar') end = trimmedEnd(this.#piece.text, offset, end);
    // Right behind the colon or dash, where the library stands behind the white space.
    if (offset === end) offset = end = trimmedBlanks(this.#piece.text, this.#piece.start, offset);
    const { value } = scalar as { value: unknown };
    const kind = kindOf(value);
    const decoded = kind === 'string' && typeof value !== 'string' ? scalar.source : value;
    return createNode(kind, style, offset, end - offset, parent, key, decoded as SyntaxNode['value']);
  }
}

function kindOf(value: unknown): NodeKind {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string';
}

function styleOf(scalar: Scalar.Parsed): NodeStyle {
  switch (scalar.type) {
    case 'QUOTE_SINGLE':
      return 'single-quoted';
    case 'QUOTE_DOUBLE':
      return 'double-quoted';
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL':
      return 'block-scalar';
    default:
      return 'plain';
  }
}

function trimmedBlanks(text: string, start: number, end: number): number {
  while (end > start && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
  return end;
}

/** Before a colon stands nothing, for which YAML reads an empty key. */
function isNoKey(key: unknown): boolean {
  return (
    key === null || (isScalar(key) && key.source === '' && key.type === 'PLAIN' && !key.tag && !key.anchor)
  );
}

/** A `yaml-duplicate-key` problem at each key that was written before in the same object. */
export function reportDuplicateKeys(node: SyntaxNode, problems: SyntaxProblem[]): void {
  const children = node.children;
  if (children.length < 2) return;
  const seen = new Set<SyntaxNode['value']>();
  for (const { key } of children) {
    if (!key) continue;
    if (!seen.has(key.value)) seen.add(key.value);
    else {
      const { offset, length } = key;
      problems.push({ code: 'yaml-duplicate-key', message: 'Map keys must be unique', offset, length });
    }
  }
}
