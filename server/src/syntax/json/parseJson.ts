import { type JSONVisitor, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { deepestNesting } from '../../../../common/src/nesting.ts';
import { createMissing, createNode, fitChildren, sortProblems, TOO_DEEP } from '../build.ts';
import type { TextRange } from '../textRange.ts';
import type { JsonExtension, NodeKind, SyntaxNode, SyntaxProblem, SyntaxTree } from '../tree.ts';

export interface JsonValue {
  root: SyntaxNode | undefined;
  problems: SyntaxProblem[];
  extensions: JsonExtension[];
  /** True when the root is an object or array whose closing bracket is the last character of the text. */
  closedAtEnd: boolean;
}

/** Objects and arrays that do not end with their own bracket. */
export const unclosed = new WeakSet<SyntaxNode>();

class TooDeep extends Error {}

/** Reads a JSON file; comments and trailing commas are noted, anything else wrong is a `json-syntax` problem. */
export function parseJson(text: string): SyntaxTree {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const { root, problems, extensions } = readJson(start === 0 ? text : text.slice(start), start, 0);
  return {
    language: 'json',
    text,
    roots: root ? [root] : [],
    problems: sortProblems(problems),
    requestLines: [],
    extensions,
  };
}

/**
 * Reads the first JSON value of `text`, which stands at offset `base` of a file, `depth` levels below its root.
 * Offsets of the result are those of the file.
 */
export function readJson(text: string, base: number, depth: number): JsonValue {
  const reader = new JsonReader(text, base, depth);
  try {
    visit(text, reader.visitor(), { allowTrailingComma: true, allowEmptyContent: true });
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return readAroundDepths(text, base, depth);
  }
  reader.finish();
  const { root, problems, extensions, rootEnd } = reader;
  return { root, problems, extensions, closedAtEnd: rootEnd === text.length };
}

/** Reads a text without what is nested too deep in it: of that nothing is known. */
function readAroundDepths(text: string, base: number, depth: number): JsonValue {
  const deep = tooDeep(text, depth);
  let shallow = '';
  let at = 0;
  for (const { offset, length } of deep) {
    shallow += text.slice(at, offset) + 'null'.slice(0, length).padEnd(length);
    at = offset + length;
  }
  const read = readJson(shallow + text.slice(at), base, depth);
  const places = new Set(deep.map(({ offset }) => base + offset));
  const leave = (node: SyntaxNode): void => {
    if (places.has(node.offset)) node.unresolved = true;
    for (const child of node.children) leave(child);
  };
  if (read.root !== undefined) leave(read.root);
  const [first] = deep;
  if (first === undefined) return read;
  const problem = { code: 'json-syntax', message: TOO_DEEP, offset: base + first.offset, length: 1 };
  // What the end of the text cuts off has swallowed all behind it.
  const end = base + (at < text.length ? text.length : (deep.at(-1)?.offset ?? 0));
  return { ...read, problems: [problem, ...read.problems.filter(({ offset }) => offset < end)] };
}

/** Strings, comments and brackets. */
const brackets = /"(?:[^"\\\n]|\\.)*"?|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|[[\]{}]/g;

/** The objects and arrays below the deepest level, found without recursion. */
function tooDeep(text: string, depth: number): TextRange[] {
  const found: TextRange[] = [];
  let level = depth;
  let start = -1;
  for (const { 0: token, index } of text.matchAll(brackets)) {
    if (token === '{' || token === '[') {
      if (++level > deepestNesting && start === -1) start = index;
    } else if (token === '}' || token === ']') {
      if (--level > deepestNesting || start === -1) continue;
      found.push({ offset: start, length: index + 1 - start });
      start = -1;
    }
  }
  if (start !== -1) found.push({ offset: start, length: text.length - start });
  return found;
}

class JsonReader {
  root: SyntaxNode | undefined;
  /** Where the bracket that closes the root ends, -1 while it is not closed. */
  rootEnd = -1;
  readonly problems: SyntaxProblem[] = [];
  readonly extensions: JsonExtension[] = [];
  /** A comma behind which nothing stands yet. */
  #comma = -1;
  readonly #text: string;
  readonly #base: number;
  #depth: number;
  #container: SyntaxNode | undefined;
  #pendingKey: SyntaxNode | undefined;
  #pendingOffset = 0;
  /** Where a string begins that lacks its second quote: it has swallowed the rest of its line. */
  #unclosedString = -1;
  /** What a word without quotes would stand for here. */
  #expected: 'name' | 'value' | undefined;

  constructor(text: string, base: number, depth: number) {
    this.#text = text;
    this.#base = base;
    this.#depth = depth;
  }

  visitor(): JSONVisitor {
    return {
      onObjectBegin: (offset) => this.#open('object', offset),
      onArrayBegin: (offset) => this.#open('array', offset),
      onObjectEnd: (offset) => this.#close(offset, 125),
      onArrayEnd: (offset) => this.#close(offset, 93),
      onObjectProperty: (name, offset, length) => this.#property(name, 'double-quoted', offset, length),
      onLiteralValue: (value: string | number | boolean | null, offset, length) => {
        const style = typeof value === 'string' ? 'double-quoted' : 'plain';
        const start = this.#base + offset;
        const node = createNode(
          kindOf(value),
          style,
          start,
          length,
          this.#container,
          this.#pendingKey,
          value,
        );
        if (offset === this.#unclosedString) node.unresolved = true;
        this.#add(node);
      },
      onSeparator: (character, offset, length) => {
        if (character === ':') {
          this.#pendingOffset = this.#base + offset + length;
          this.#expected = 'value';
        } else {
          this.#completeProperty();
          this.#comma = offset;
          this.#expected = this.#container?.kind === 'object' ? 'name' : 'value';
        }
      },
      onComment: (offset, length) => this.#extension('comment', offset, length),
      onError: (code, offset, length) => this.#error(code, offset, length),
    };
  }

  /** What is still open reaches to the end of the text. */
  finish(): void {
    this.#completeProperty();
    const end = this.#base + this.#text.length;
    for (let node = this.#container; node; node = node.parent) {
      node.length = end - node.offset;
      unclosed.add(node);
    }
  }

  #open(kind: 'object' | 'array', offset: number): void {
    if (++this.#depth > deepestNesting) throw new TooDeep();
    const node = createNode(
      kind,
      'flow',
      this.#base + offset,
      0,
      this.#container,
      this.#pendingKey,
      undefined,
    );
    this.#add(node);
    this.#container = node;
    this.#expected = kind === 'object' ? 'name' : 'value';
  }

  #extension(kind: JsonExtension['kind'], offset: number, length: number): void {
    // A comment that is not closed is told as longer than the text.
    const end = Math.min(offset + length, this.#text.length);
    this.extensions.push({ kind, offset: this.#base + offset, length: end - offset });
  }

  #close(offset: number, bracket: number): void {
    this.#completeProperty();
    if (this.#comma !== -1) this.#extension('trailing comma', this.#comma, 1);
    this.#comma = -1;
    const node = this.#container;
    if (!node) return;
    this.#expected = undefined;
    const closed = this.#text.charCodeAt(offset) === bracket;
    node.length = this.#base + offset + (closed ? 1 : 0) - node.offset;
    fitChildren(node);
    this.#container = node.parent;
    this.#depth--;
    if (!closed) unclosed.add(node);
    if (closed && !node.parent) this.rootEnd = offset + 1;
  }

  #property(name: string, style: 'double-quoted' | 'plain', offset: number, length: number): void {
    this.#completeProperty();
    this.#comma = -1;
    this.#pendingKey = createNode(
      'string',
      style,
      this.#base + offset,
      length,
      this.#container,
      undefined,
      name,
    );
    if (offset === this.#unclosedString) this.#pendingKey.unresolved = true;
    this.#pendingOffset = this.#base + offset + length;
    this.#expected = undefined;
  }

  #add(node: SyntaxNode): void {
    this.#pendingKey = undefined;
    this.#comma = -1;
    this.#expected = undefined;
    const container = this.#container;
    if (!container) this.root ??= node;
    else {
      // A value behind a word without quotes takes its place.
      if (container.kind === 'object') node.key ??= container.children.pop()?.key;
      container.children.push(node);
    }
  }

  #completeProperty(): void {
    if (this.#pendingKey) this.#add(createMissing(this.#pendingOffset, this.#container, this.#pendingKey));
  }

  #error(code: ParseErrorCode, offset: number, length: number): void {
    const message = printParseErrorCode(code);
    const start = Math.min(offset, this.#text.length);
    const end = Math.min(offset + length, this.#text.length);
    this.problems.push({ code: 'json-syntax', message, offset: this.#base + start, length: end - start });
    if (message === 'UnexpectedEndOfString') this.#unclosedString = offset;
    if (message === 'InvalidSymbol') this.#word(this.#text.slice(offset, offset + length), offset, length);
  }

  /** A word without quotes is a name or value being typed: completion needs to see it. */
  #word(word: string, offset: number, length: number): void {
    if (this.#expected === 'name') this.#property(word, 'plain', offset, length);
    else if (this.#expected === 'value') {
      const start = this.#base + offset;
      const node = createNode('string', 'plain', start, length, this.#container, this.#pendingKey, word);
      node.unresolved = true;
      this.#add(node);
    }
  }
}

function kindOf(value: unknown): NodeKind {
  if (value === null) return 'null';
  return typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'boolean';
}
