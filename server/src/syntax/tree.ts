/**
 * One located tree for JSON and YAML. Above `syntax/` nobody knows which language a file is in.
 * All offsets and lengths are UTF-16 code units in the text of the file.
 */

export type NodeKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** How a node is written: decides the text of an edit or a completion beside it. */
export type NodeStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'block-scalar' | 'block' | 'flow';

export interface SyntaxNode {
  kind: NodeKind;
  style: NodeStyle;
  /**
   * Where the value stands, quotes and brackets included. A value that is not written (`key:` at the end
   * of a line) is a `null` node of length 0 right behind its colon or dash. An alias stands where `*name` stands.
   */
  offset: number;
  length: number;
  /** The object or array this node is in; of a key: the object. `undefined` for a root. */
  parent: SyntaxNode | undefined;
  /** The key of this value when `parent` is an object. */
  key: SyntaxNode | undefined;
  /** Values of an object (each with its `key`, in the order written) or items of an array; empty for scalars. */
  children: SyntaxNode[];
  /** The decoded scalar; `null` for null nodes; `undefined` for collections. */
  value: string | number | boolean | null | undefined;
  /** An explicit local YAML tag, with its `!`: `!include`. */
  tag: string | undefined;
  /**
   * The anchored node an alias stands for. `kind`, `value` and `children` are then the anchor's own
   * (the children keep their own `parent`, offsets and place). `undefined` for everything that is no alias.
   */
  aliasOf: SyntaxNode | undefined;
  /** True for a property that came in through a merge key (`<<`): it stands where its anchor was written. */
  merged: boolean;
  /**
   * True for an alias without an anchor, cyclic, or past the expansion bound, for a JSON string without its second quote,
   * for what holds a placeholder, and for an object with such a key: nothing may be said of its value.
   */
  unresolved: boolean;
}

export type SyntaxLanguage = 'json' | 'yaml' | 'http';

export interface SyntaxProblem {
  /** kebab-case, stable: `yaml-syntax`, `yaml-duplicate-key`, `yaml-unresolved-alias`, `alias-expansion`, `json-syntax`. */
  code: string;
  message: string;
  offset: number;
  length: number;
}

/** What JSON does not have, and editors take in it. */
export interface JsonExtension {
  readonly kind: 'comment' | 'trailing comma';
  readonly offset: number;
  readonly length: number;
}

/** The request line of a `.http`/`.rest` request whose JSON body is the root of the same index. */
export interface HttpRequestLine {
  method: string;
  /** As written: a path or a URL. */
  target: string;
  offset: number;
  length: number;
}

type LineRange = Readonly<Pick<SyntaxNode, 'offset' | 'length'>>;

export interface SyntaxTree {
  readonly language: SyntaxLanguage;
  readonly text: string;
  /** One for each YAML document, each JSON body of a `.http` file, or the one JSON value; empty for an empty file. */
  readonly roots: readonly SyntaxNode[];
  readonly problems: readonly SyntaxProblem[];
  /** Only for `http`: parallel to `roots`. */
  readonly requestLines: readonly HttpRequestLine[];
  /** What stands between lines that are none of the language: sides of a merge conflict, parts of a template. */
  readonly foreign?: { readonly conflicts: readonly LineRange[]; readonly conditional: readonly LineRange[] };
  /** Only for `json`: what the file holds of them, in order. */
  readonly extensions?: readonly JsonExtension[];
  /** Only for `yaml`, in order: where something begins that is not closed, or wrong, over several lines: further ones may mend it. */
  readonly open?: readonly number[];
  /** False when another text was read than the file's own: then no part of it can be read alone. */
  readonly isPatchable?: boolean;
}
