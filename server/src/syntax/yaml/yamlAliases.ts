import { deepestNesting } from '../../../../common/src/nesting.ts';
import { createNode } from '../build.ts';
import type { SyntaxNode, SyntaxProblem } from '../tree.ts';
import type { Findings } from './yamlLibrary.ts';

/** How many nodes the aliases and merge keys of a document may add to it for those who walk through them. */
const EXPANSION_BOUND = 200_000;

const TOO_MUCH = `Aliases expand to more than ${EXPANSION_BOUND} values or ${deepestNesting} levels`;

/**
 * Lets the aliases of a document share the content of their anchors, and brings in what merge keys name.
 * An object whose merge key leads nowhere is `unresolved`: which keys it has is not known.
 */
export function resolveAliases(root: SyntaxNode, findings: Findings): void {
  if (findings.aliases.size > 0 || findings.merging.size > 0) new Resolution(findings).visit(root, 1);
}

/** How far a node reaches for those who walk through aliases. */
interface Extent {
  size: number;
  height: number;
}

class Resolution {
  readonly #findings: Findings;
  readonly #anchored = new Map<string, SyntaxNode>();
  /** Of every node passed; one without is still open. */
  readonly #extents = new Map<SyntaxNode, Extent>();
  #budget = EXPANSION_BOUND;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** In the order of the document, so that an alias means the last anchor before it. */
  visit(node: SyntaxNode, depth: number): Extent {
    const alias = this.#findings.aliases.get(node);
    if (alias !== undefined) {
      const extent = this.#resolve(node, alias, depth);
      this.#extents.set(node, extent);
      return extent;
    }
    const anchor = this.#findings.anchors.get(node);
    if (anchor !== undefined) this.#anchored.set(anchor, node);
    const extent = { size: 1, height: 1 };
    for (const child of node.children) {
      if (child.key) this.#visitKey(child.key);
      enlarge(extent, this.visit(child, depth + 1));
    }
    if (this.#findings.merging.has(node)) this.#merge(node, extent, depth);
    this.#extents.set(node, extent);
    return extent;
  }

  #resolve(node: SyntaxNode, name: string, depth: number): Extent {
    const target = this.#anchored.get(name);
    const extent = target && this.#extents.get(target);
    if (!target || !extent) {
      const message = target
        ? `Alias is inside its own anchor: ${name}`
        : `Unresolved alias (the anchor must be set before the alias): ${name}`;
      this.#fail(node, 'yaml-unresolved-alias', message);
    } else if (!this.#affords(extent, depth)) {
      this.#fail(node, 'alias-expansion', TOO_MUCH);
    } else {
      node.kind = target.kind;
      node.value = target.value;
      node.children = target.children;
      node.tag = target.tag;
      node.aliasOf = target;
      node.unresolved = target.unresolved;
      return extent;
    }
    return { size: 1, height: 1 };
  }

  #affords(extent: Extent, depth: number): boolean {
    if (extent.size > this.#budget || depth + extent.height > deepestNesting) return false;
    this.#budget -= extent.size;
    return true;
  }

  #visitKey(key: SyntaxNode): void {
    const anchor = this.#findings.anchors.get(key);
    if (anchor !== undefined) {
      this.#anchored.set(anchor, key);
      this.#extents.set(key, { size: 1, height: 1 });
    }
    const alias = this.#findings.aliases.get(key);
    if (alias === undefined) return;
    const target = this.#anchored.get(alias);
    if (target?.kind === 'string') {
      key.value = target.value;
      key.aliasOf = target;
    } else if (!target) {
      const message = `Unresolved alias (the anchor must be set before the alias): ${alias}`;
      this.#fail(key, 'yaml-unresolved-alias', message);
    }
  }

  /** Adds what the merge keys of an object name and it has not itself, behind its own. */
  #merge(node: SyntaxNode, extent: Extent, depth: number): void {
    const isMergeKey = ({ key }: SyntaxNode) => key?.value === '<<' && key.style === 'plain';
    const values = node.children.filter(isMergeKey);
    node.children = node.children.filter((child) => !isMergeKey(child));
    const names = new Set(node.children.map((child) => child.key?.value));
    for (const value of values) {
      if (value.unresolved) node.unresolved = true;
      for (const source of value.kind === 'array' ? value.children : [value]) {
        this.#mergeFrom(source, node, names, extent, depth);
      }
    }
  }

  #mergeFrom(
    source: SyntaxNode,
    node: SyntaxNode,
    names: Set<SyntaxNode['value']>,
    extent: Extent,
    depth: number,
  ): void {
    if (source.unresolved) node.unresolved = true;
    else if (source.kind !== 'object') {
      this.#report(source, 'yaml-syntax', 'Merge sources must be maps or map aliases');
    }
    if (source.kind !== 'object') return;
    const missing = source.children.filter((child) => !names.has(child.key?.value));
    for (const child of missing) {
      const added = this.#extents.get(child) ?? { size: 1, height: 1 };
      if (!this.#affords(added, depth + 1)) {
        node.unresolved = true;
        this.#report(source, 'alias-expansion', TOO_MUCH);
        return;
      }
      enlarge(extent, added);
      names.add(child.key?.value);
      const copy = mergedCopy(child, node);
      this.#extents.set(copy, added);
      node.children.push(copy);
    }
  }

  #fail(node: SyntaxNode, code: SyntaxProblem['code'], message: string): void {
    node.unresolved = true;
    this.#report(node, code, message);
  }

  #report({ offset, length }: SyntaxNode, code: SyntaxProblem['code'], message: string): void {
    this.#findings.problems.push({ code, message, offset, length });
  }
}

function enlarge(extent: Extent, by: Extent): void {
  extent.size += by.size;
  extent.height = Math.max(extent.height, by.height + 1);
}

function mergedCopy(child: SyntaxNode, parent: SyntaxNode): SyntaxNode {
  const copy = createNode(
    child.kind,
    child.style,
    child.offset,
    child.length,
    parent,
    child.key,
    child.value,
  );
  copy.children = child.children;
  copy.tag = child.tag;
  copy.aliasOf = child.aliasOf;
  copy.unresolved = child.unresolved;
  copy.merged = true;
  return copy;
}
