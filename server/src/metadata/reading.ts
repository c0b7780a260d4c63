import { below, property } from '../syntax/nodes.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { cliScalar, hasEscapedSlash, mayStopCli, stopsCli } from '../syntax/yaml/cliScalar.ts';
import { isGiven, isOpaque, keyText, serverKind } from './nodes.ts';
import type { MetadataModel, Property, ShapeProblem } from './relationship.ts';

/** What a model is collected in while a tree is read. */
export type Collected = {
  -readonly [Part in keyof MetadataModel]: MetadataModel[Part] extends readonly (infer Item)[]
    ? Item[]
    : never;
};

/** API endpoint a request is sent to, where the document says it (`.http` files). */
export type Endpoint = 'v1/metadata' | 'v1/query' | 'v2/query';

export interface Reading {
  readonly tree: SyntaxTree;
  readonly model: Collected;
  /** Where shape problems go: `model.shapeProblems`, or a list nobody reads for candidates. */
  readonly problems: ShapeProblem[];
  /** How many more nodes may be read: more than the text has characters can only come from aliases of aliases. */
  readonly budget: { left: number };
  /** Name of the relationship being read, for its problems. */
  relationship: string | undefined;
  endpoint: Endpoint | undefined;
  /** The Hasura CLI reads the document and sends what it makes of it; not so for requests, and for JSON as it stands. */
  readByCli: boolean;
  /** It is the file of sources, whose names the CLI itself reads. */
  isDatabases: boolean;
}

export function startReading(tree: SyntaxTree): Reading {
  const model: Collected = {
    roles: [],
    sources: [],
    tables: [],
    remoteSchemas: [],
    requestedPermissions: [],
    actionTypes: [],
    inheritedRoles: [],
    relationships: [],
    includes: [],
    otherRequests: [],
    shapeProblems: [],
  };
  return {
    tree,
    model,
    problems: model.shapeProblems,
    budget: { left: tree.text.length + 10_000 },
    relationship: undefined,
    endpoint: undefined,
    readByCli: false,
    isDatabases: false,
  };
}

/** Reads without reporting: for forms the server would not get to. */
export function muted(reading: Reading): Reading {
  return { ...reading, problems: [] };
}

/** Counts one more node; false when aliases have multiplied the document beyond its own size. */
export function spend(reading: Reading): boolean {
  return reading.budget.left-- > 0;
}

type Reported<Problem extends ShapeProblem> = Problem extends unknown
  ? Omit<Problem, 'relationship' | 'serverMessage'> & { readonly serverMessage?: string }
  : never;

export function report(reading: Reading, problem: Reported<ShapeProblem>): void {
  reading.problems.push({ serverMessage: undefined, ...problem, relationship: reading.relationship });
}

/** A key the server asks for is not written; `prefix` is what the server puts before its text. */
export function reportMissing(
  reading: Reading,
  owner: SyntaxNode,
  shape: string,
  key: string,
  prefix = '',
): void {
  report(reading, {
    kind: 'key-not-found',
    node: owner,
    shape,
    key,
    serverMessage: `${prefix}key "${key}" not found`,
  });
}

/**
 * A value of the wrong kind. `parsed` is what the server says it was parsing, where that is known; without it only
 * the part of the text that every build has is given.
 */
export function reportKind(
  reading: Reading,
  node: SyntaxNode,
  shape: string,
  expected: string,
  details: { readonly key?: string; readonly prefix?: string; readonly parsed?: string } = {},
): void {
  const parsing = details.parsed === undefined ? '' : `parsing ${details.parsed} failed, `;
  report(reading, {
    kind: 'wrong-kind',
    node,
    shape,
    key: details.key,
    expected,
    serverMessage: `${details.prefix ?? ''}${parsing}expected ${expected}, but encountered ${serverKind(node)}`,
  });
}

/**
 * Reports keys the server ignores in `node`, and keys written twice where no parser refuses that.
 * Those in `ifNull` may stand there as `null`, which counts as not written.
 */
export function checkKeys(
  reading: Reading,
  node: SyntaxNode,
  shape: string,
  allowed: readonly string[],
  ifNull: readonly string[] = [],
): void {
  for (const child of node.children) {
    const key = keyText(child);
    if (child.key === undefined || isOpaque(child.key) || allowed.includes(key)) continue;
    if (isGiven(child) || !ifNull.includes(key)) {
      report(reading, { kind: 'unknown-key', node: child.key, shape, key, allowed });
    }
  }
  checkDuplicates(reading, node, shape);
}

/** YAML's parser refuses equal keys by itself, so this is for JSON. */
export function checkDuplicates(reading: Reading, node: SyntaxNode, shape: string): void {
  if (reading.tree.language === 'yaml' || node.children.length < 2) return;
  const seen = new Set<string>();
  for (const child of node.children) {
    const key = keyText(child);
    if (seen.has(key) && child.key !== undefined)
      report(reading, { kind: 'duplicate-key', node: child.key, shape, key });
    seen.add(key);
  }
}

/** What the Hasura CLI makes of a scalar of the document, where that is not what it says (R63). */
export function cliReading({ readByCli, tree }: Reading, node: SyntaxNode): ReturnType<typeof cliScalar> {
  const { style, offset, length } = node.aliasOf ?? node;
  if (!readByCli || style !== 'plain' || isTagged(tree, node.aliasOf ?? node)) return undefined;
  return cliScalar(tree.text.slice(offset, offset + length));
}

/** Whether the Hasura CLI stops at a scalar of the document (C3). */
export function isCliStop({ readByCli, tree }: Reading, node: SyntaxNode): boolean {
  if (!readByCli || node.aliasOf !== undefined || node.merged === true) return false;
  const text = tree.text.slice(node.offset, node.offset + node.length);
  if (node.style === 'double-quoted') return hasEscapedSlash(text);
  return node.style === 'plain' && stopsCli(text) && !isTagged(tree, node);
}

/** Whether a tag says what a scalar is, one of YAML's own (`!!str`) included. */
function isTagged({ text }: SyntaxTree, { tag, offset }: SyntaxNode): boolean {
  return tag !== undefined || /!!\w{1,12}[ \t]$/.test(text.slice(Math.max(0, offset - 20), offset));
}

/** Reports every scalar at which the Hasura CLI stops; of most documents their text tells that there is none. */
export function checkCliStops(reading: Reading, root: SyntaxNode): void {
  if (!reading.readByCli || !mayStopCli(reading.tree.text)) return;
  for (const node of below(root)) {
    if (!spend(reading)) return;
    for (const scalar of node.key === undefined ? [node] : [node.key, node]) {
      if (scalar.children.length === 0 && isCliStop(reading, scalar)) {
        report(reading, { kind: 'cli-stop', node: scalar, shape: 'document' });
      }
    }
  }
}

/** Reports a name that the Hasura CLI sends as a boolean or a number. */
export function checkName(reading: Reading, node: SyntaxNode, shape: string): void {
  if (node.kind !== 'string' || cliReading(reading, node) === undefined) return;
  report(reading, { kind: 'cli-scalar', node, shape, key: String(node.value) });
}

/** A non-empty string below `key`. An optional one may be missing or `null`. */
export function readText(
  reading: Reading,
  owner: SyntaxNode,
  key: string,
  shape: string,
  optional = false,
): Property<string> {
  const node = property(owner, key);
  if (node === undefined) {
    if (!optional) reportMissing(reading, owner, shape, key);
    return { state: 'missing', owner };
  }
  if (isOpaque(node)) return { state: 'unknown', node };
  if (optional && !isGiven(node)) return { state: 'missing', owner };
  if (typeof node.value !== 'string') {
    reportKind(reading, node, shape, 'String', { key });
    return { state: 'malformed', node };
  }
  if (node.value === '') {
    report(reading, { kind: 'empty-string', node, shape, key, serverMessage: 'empty string not allowed' });
    return { state: 'malformed', node };
  }
  // The CLI itself reads the name of a source, as a text.
  if (shape !== 'source') checkName(reading, node, shape);
  return { state: 'present', value: node.value, node };
}

/**
 * Reads the objects of a list below `key`. `unknown` takes what is filled in later in place of one of them, or of all: it may be
 * any.
 */
export function readEntries(
  reading: Reading,
  list: SyntaxNode,
  key: string,
  { read, unknown }: { read(item: SyntaxNode): void; unknown(item: SyntaxNode): void },
): void {
  if (list.unresolved) unknown(list);
  if (!isGiven(list) || isOpaque(list)) return;
  if (list.kind !== 'array') {
    reportKind(reading, list, key, 'Array', { key });
    return;
  }
  for (const item of list.children) {
    if (!spend(reading)) return;
    if (item.unresolved) unknown(item);
    if (isOpaque(item)) continue;
    if (item.kind === 'object') read(item);
    else reportKind(reading, item, `${key} item`, 'Object');
  }
}
