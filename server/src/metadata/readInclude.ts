import { withoutTrailing } from '../../../common/src/trailing.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { isInclude } from './nodes.ts';
import { type Reading, spend } from './reading.ts';
import type { DocumentRole, Include, SourceEntry } from './relationship.ts';

/** Finds every `!include` of a document (spec 1.3). Whether the CLI follows it there is the project's question. */
export function readIncludes(
  reading: Reading,
  root: SyntaxNode,
  role: DocumentRole,
  sources: readonly SourceEntry[],
): void {
  if (role === 'none' || role === 'request') return;
  if (role !== 'sources' && role !== 'metadata') {
    collect(reading, root, undefined, undefined);
    return;
  }
  for (const source of sources) {
    for (const section of ['tables', 'functions']) {
      const node = property(source.node, section);
      if (node !== undefined) collect(reading, node, source, section);
    }
  }
}

/** What an alias stands for is visited where it is written. */
function collect(
  reading: Reading,
  from: SyntaxNode,
  source: SourceEntry | undefined,
  section: string | undefined,
): void {
  const open: SyntaxNode[] = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.aliasOf !== undefined || node.merged || !spend(reading)) continue;
    if (node.key !== undefined && isInclude(node.key)) add(node.key);
    if (isInclude(node)) add(node);
    for (const child of node.children.toReversed()) open.push(child);
  }

  function add(node: SyntaxNode): void {
    reading.model.includes.push(includeOf(reading.tree.text, node, source, section));
  }
}

function includeOf(
  text: string,
  node: SyntaxNode,
  source: SourceEntry | undefined,
  section: string | undefined,
): Include {
  const path = includePath(node);
  const written = text.slice(node.offset, node.offset + node.length);
  const at = path === '' ? -1 : written.lastIndexOf(path);
  return at < 0
    ? { node, path, offset: node.offset, length: node.length, source, section }
    : { node, path, offset: node.offset + at, length: path.length, source, section };
}

/** The path as the CLI reads it: of a tag the scalar as it is, of a string all behind its first blank. */
export function includePath(node: SyntaxNode): string {
  const value = String(node.value ?? '');
  if (node.tag === '!include') return value;
  return withoutTrailing(value.split(' ').slice(1).join(' ').replace(/^"+/, ''), '"');
}
