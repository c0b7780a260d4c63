import { deepestNesting } from '../../../../common/src/nesting.ts';
import { createMissing, createNode, fitChildren } from '../build.ts';
import type { NodeStyle, SyntaxNode } from '../tree.ts';
import { type Findings, readScalarWithLibrary, reportDuplicateKeys } from './yamlLibrary.ts';
import { endOfQuoted, isBlank, isMarker } from './yamlLines.ts';
import { isSeparator, kindOfValue, quoted, resolvePlain } from './yamlScalars.ts';

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const COMMA = 44;
const DASH = 45;
const COLON = 58;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Characters no plain scalar of a flow collection begins with; `-` may, before something that is part of the scalar. */
const indicators = new Set([...' ?:,[]{}#&*!|>\'"%@`\t\r\n'].map((character) => character.charCodeAt(0)));

/** The library counts the levels of a piece by its tokens, some of which are no nodes: near the limit it decides. */
const deepest = deepestNesting - 8;

/**
 * Reads a flow collection, over as many lines as it has, however far left they stand: libyaml, by which the Hasura CLI
 * reads, asks for no indentation there. Whatever is wrong in it, and what is rare (tags, anchors, pairs in
 * a list), is left to the YAML library, which reads the same tree where both can.
 */
export class FlowReader {
  readonly #text: string;
  readonly #end: number;
  readonly #findings: Findings;
  #position = 0;
  /** Whether what stands on further lines decided. */
  #isOverLines = false;

  constructor(text: string, findings: Findings) {
    this.#text = text;
    this.#end = text.length;
    this.#findings = findings;
  }

  /** The collection whose bracket stands at `position`; `undefined` where the library has to read it. */
  read(
    position: number,
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
    depth: number,
  ): SyntaxNode | undefined {
    const known = this.#findings.problems.length;
    this.#position = position;
    this.#isOverLines = false;
    const node = this.#collection(parent, key, depth);
    if (node !== undefined) return node;
    this.#findings.problems.length = known;
    if (this.#isOverLines) this.#findings.open.push(position);
    return undefined;
  }

  #collection(
    parent: SyntaxNode | undefined,
    key: SyntaxNode | undefined,
    depth: number,
  ): SyntaxNode | undefined {
    if (depth >= deepest) return undefined;
    const isMapping = this.#code() === OPEN_BRACE;
    const close = isMapping ? CLOSE_BRACE : CLOSE_BRACKET;
    const start = this.#position++;
    const node = createNode(isMapping ? 'object' : 'array', 'flow', start, 0, parent, key, undefined);
    for (;;) {
      if (!this.#skipSpace()) return undefined;
      if (this.#code() === close) break;
      const child = isMapping ? this.#pair(node, depth) : this.#value(node, undefined, depth);
      if (child === undefined || !this.#skipSpace()) return undefined;
      node.children.push(child);
      const code = this.#code();
      if (code === COMMA) this.#position++;
      else if (code !== close) return undefined;
    }
    this.#position++;
    node.length = this.#position - start;
    fitChildren(node);
    if (isMapping) reportDuplicateKeys(node, this.#findings.problems);
    return node;
  }

  #pair(parent: SyntaxNode, depth: number): SyntaxNode | undefined {
    const start = this.#position;
    const key = this.#scalar(parent, undefined, true);
    // A merge key, or one on several lines.
    if (key === undefined || (key.value === '<<' && key.style === 'plain')) return undefined;
    if (this.#text.slice(start, this.#position).includes('\n')) return undefined;
    if (typeof key.value !== 'string') key.value = this.#text.slice(start, this.#position);
    key.kind = 'string';
    if (!this.#skipSpace()) return undefined;
    const code = this.#code();
    if (code === COMMA || code === CLOSE_BRACE) return createMissing(key.offset + key.length, parent, key);
    if (code !== COLON) return undefined;
    const behind = ++this.#position;
    // Behind a quoted key, the value may follow at once.
    if (key.style === 'plain' && !this.#isBehindPlain(behind)) return undefined;
    if (!this.#skipSpace()) return undefined;
    const next = this.#code();
    if (next === COMMA || next === CLOSE_BRACE) return createMissing(behind, parent, key);
    return this.#value(parent, key, depth);
  }

  #value(parent: SyntaxNode, key: SyntaxNode | undefined, depth: number): SyntaxNode | undefined {
    const code = this.#code();
    if (code === OPEN_BRACE || code === OPEN_BRACKET) return this.#collection(parent, key, depth + 1);
    return this.#scalar(parent, key, false);
  }

  #scalar(parent: SyntaxNode, key: SyntaxNode | undefined, isKey: boolean): SyntaxNode | undefined {
    const code = this.#code();
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) return this.#quoted(code, parent, key);
    return this.#plain(parent, key, isKey);
  }

  #quoted(quote: number, parent: SyntaxNode, key: SyntaxNode | undefined): SyntaxNode | undefined {
    const start = this.#position;
    const glance = quoted(this.#text, start, this.#end, quote);
    if (glance !== undefined) {
      this.#position = glance.end;
      return createNode('string', glance.style, start, glance.end - start, parent, key, glance.value);
    }
    this.#isOverLines = true;
    const end = endOfQuoted(this.#text, start);
    const style = quote === SINGLE_QUOTE ? 'single-quoted' : 'double-quoted';
    return end === undefined ? undefined : this.#byLibrary(end, style, parent, key);
  }

  #plain(parent: SyntaxNode, key: SyntaxNode | undefined, isKey: boolean): SyntaxNode | undefined {
    const text = this.#text;
    const start = this.#position;
    const first = text.charCodeAt(start);
    if (indicators.has(first) || (first === DASH && this.#isBehindPlain(start + 1))) return undefined;
    let last = start;
    let lines = 1;
    for (let index = start; index < this.#end; index++) {
      const code = text.charCodeAt(index);
      if (code === SPACE || code === TAB) continue;
      if (isBracketOrComma(code) || (code === COLON && this.#isBehindPlain(index + 1))) break;
      if (code === HASH && isBlank(text.charCodeAt(index - 1))) break;
      if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(index + 1) === LINE_FEED)) {
        if (isKey) break;
        const next = this.#nextContent(index);
        if (next === undefined) return undefined;
        const following = text.charCodeAt(next);
        if (isBracketOrComma(following) || following === HASH) break;
        lines++;
        index = next - 1;
        continue;
      }
      if (code === CARRIAGE_RETURN) return undefined;
      last = index;
    }
    if (lines > 1) return this.#byLibrary(last + 1, 'plain', parent, key);
    this.#position = last + 1;
    const value = resolvePlain(text.slice(start, last + 1));
    return createNode(kindOfValue(value), 'plain', start, last + 1 - start, parent, key, value);
  }

  /** The scalar up to `end`, which has several lines or rare escapes. */
  #byLibrary(
    end: number,
    style: NodeStyle,
    parent: SyntaxNode,
    key: SyntaxNode | undefined,
  ): SyntaxNode | undefined {
    const piece = { text: this.#text, start: this.#position, end };
    const scalar = readScalarWithLibrary(piece, style, parent, this.#findings);
    if (scalar === undefined) return undefined;
    scalar.key = key;
    this.#position = end;
    return scalar;
  }

  #code(): number {
    return this.#position < this.#end ? this.#text.charCodeAt(this.#position) : Number.NaN;
  }

  /** Whether a plain scalar may end before `position`, behind a colon or dash. */
  #isBehindPlain(position: number): boolean {
    return isSeparator(this.#text, position, this.#end) || isBracketOrComma(this.#text.charCodeAt(position));
  }

  /** Goes on to the next token, past comments; false where the library has to look. */
  #skipSpace(): boolean {
    const text = this.#text;
    for (;;) {
      const code = this.#code();
      if (code === SPACE || code === TAB) this.#position++;
      else if (code === LINE_FEED || code === CARRIAGE_RETURN) {
        const next = this.#nextContent(this.#position);
        if (next === undefined) return false;
        this.#position = next;
      } else if (code === HASH) {
        const before = text.charCodeAt(this.#position - 1);
        if (!isBlank(before) && before !== LINE_FEED) return false;
        const end = text.indexOf('\n', this.#position);
        if (end === -1 || end >= this.#end) return false;
        this.#position = end;
      } else return this.#position < this.#end;
    }
  }

  /** The first content behind the line break at `position`; `undefined` where the document ends, or the library has to look. */
  #nextContent(position: number): number | undefined {
    this.#isOverLines = true;
    const text = this.#text;
    let line = position;
    for (;;) {
      if (text.charCodeAt(line) === CARRIAGE_RETURN) line++;
      if (text.charCodeAt(line) !== LINE_FEED) return undefined;
      line++;
      let content = line;
      while (content < this.#end && isBlank(text.charCodeAt(content))) content++;
      if (content >= this.#end) return undefined;
      const code = text.charCodeAt(content);
      if (code === LINE_FEED || code === CARRIAGE_RETURN) line = content;
      else return code === COLON || isMarker(text, line, this.#end) ? undefined : content;
    }
  }
}

function isBracketOrComma(code: number): boolean {
  return (
    code === COMMA ||
    code === OPEN_BRACKET ||
    code === CLOSE_BRACKET ||
    code === OPEN_BRACE ||
    code === CLOSE_BRACE
  );
}
