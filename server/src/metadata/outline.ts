import { isSyntaxNode, nodeAlone } from '../syntax/build.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { MetadataModel } from './relationship.ts';

/**
 * What a document says, as others see it: its nodes say where they stand and what they hold, and not what is around or in them, so
 * that the tree need not be kept. The model itself where others look at more: what is included in it, sources and remote schemas.
 */
export function outlineOf(model: MetadataModel): MetadataModel {
  const { includes, sources, remoteSchemas, actionTypes, otherRequests } = model;
  const isSeenThrough = [includes, sources, remoteSchemas, actionTypes, otherRequests].some(
    ({ length }) => length > 0,
  );
  return isSeenThrough ? model : (new Outline().of(model) as MetadataModel);
}

class Outline {
  readonly #known = new Map<object, object>();

  of(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    if (isSyntaxNode(value)) return this.#node(value);
    if (Array.isArray(value)) {
      if (value.length === 0) return value;
      const items: unknown[] = [];
      this.#known.set(value, items);
      for (const item of value) items.push(this.of(item));
      return items;
    }
    if (value instanceof Map) {
      if (value.size === 0) return value;
      const entries = new Map<unknown, unknown>();
      this.#known.set(value, entries);
      for (const [key, item] of value) entries.set(key, this.of(item));
      return entries;
    }
    const copy: Record<string, unknown> = { ...value };
    this.#known.set(value, copy);
    for (const [key, item] of Object.entries(copy)) copy[key] = this.of(item);
    return copy;
  }

  #node(node: SyntaxNode): SyntaxNode {
    const alone = nodeAlone(node);
    this.#known.set(node, alone);
    return alone;
  }
}
