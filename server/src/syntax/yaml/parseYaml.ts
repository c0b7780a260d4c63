import { createMissing, sortProblems } from '../build.ts';
import { restoredMessage, restorePlaceholders, withPlainPlaceholders } from '../placeholders.ts';
import type { SyntaxNode, SyntaxTree } from '../tree.ts';
import { resolveAliases } from './yamlAliases.ts';
import { BlockReader } from './yamlBlocks.ts';
import { type Findings, readWithLibrary } from './yamlLibrary.ts';
import { LineCursor } from './yamlLines.ts';
import { restIsBlank } from './yamlScalars.ts';

/** Trees in which an alias, anchor or merge key ties places to each other: no entry can be reread alone. */
export const tiedTrees = new WeakSet<SyntaxTree>();

/** Reads a YAML file, with all its documents. */
export function parseYaml(written: string): SyntaxTree {
  const text = withPlainPlaceholders(written);
  const findings = createFindings();
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const roots = readDocuments(text, start, findings) ?? readStream(text, start, findings);
  for (const root of roots) resolveAliases(root, findings);
  if (text !== written) {
    restorePlaceholders(roots);
    for (const problem of findings.problems) problem.message = restoredMessage(problem.message);
  }
  const problems = sortProblems(findings.problems);
  const { open } = findings;
  const tree: SyntaxTree = { language: 'yaml', text: written, roots, problems, requestLines: [], open };
  if (isTied(findings)) tiedTrees.add(tree);
  return tree;
}

export function createFindings(): Findings {
  return { problems: [], anchors: new Map(), aliases: new Map(), merging: new Set(), open: [] };
}

export function isTied(findings: Findings): boolean {
  return findings.anchors.size + findings.aliases.size + findings.merging.size > 0;
}

/** All of the text by the library. */
function readStream(text: string, start: number, findings: Findings): SyntaxNode[] {
  findings.problems.length = 0;
  findings.anchors.clear();
  findings.aliases.clear();
  findings.merging.clear();
  findings.open.length = 0;
  return readWithLibrary(
    { text, start, end: text.length, column: 0, depth: 0, isEntry: false },
    undefined,
    findings,
  );
}

/**
 * Document by document; `undefined` with directives, `...`, content on the line of a `---`, entries without
 * a key, or a byte order mark that is not the first character: it means something else where a piece begins.
 */
function readDocuments(text: string, start: number, findings: Findings): SyntaxNode[] | undefined {
  if (text.includes('\uFEFF', start)) return undefined;
  const reader = new BlockReader(text, text.length, findings);
  const { cursor } = reader;
  const roots: SyntaxNode[] = [];
  let marker: number | undefined;
  for (cursor.seek(start); ; cursor.advance()) {
    if (cursor.column !== -1) {
      if (text[cursor.position] === '%') return undefined;
      roots.push(
        reader.readBlock(undefined, undefined, -1, 0) ??
          readOverLines(reader, findings) ??
          readDocument(text, start, reader, findings),
      );
    } else if (marker !== undefined) roots.push(createMissing(marker + 3, undefined, undefined));
    if (reader.gaveUp) return undefined;
    if (cursor.position >= text.length) return roots;
    marker = cursor.position;
    if (text[marker] !== '-' || !restIsBlank(text, marker + 3, text.length)) return undefined;
    start = cursor.lineEnd(marker) + 1;
  }
}

/** A document that is one flow collection or quoted scalar; `undefined`, with the cursor unmoved, where the library has to read it. */
function readOverLines(reader: BlockReader, { problems }: Findings): SyntaxNode | undefined {
  const { cursor } = reader;
  const known = problems.length;
  const node = reader.readOverLines(cursor.position, undefined, undefined, 0);
  if (node === undefined) return undefined;
  const rest = new LineCursor(cursor.text, cursor.end);
  rest.advance(node.offset + node.length);
  if (rest.column !== -1) {
    problems.length = known;
    return undefined;
  }
  cursor.advance(node.offset + node.length);
  return node;
}

/** One document by the library; its text begins at `start`, the cursor goes to its end. */
function readDocument(text: string, start: number, reader: BlockReader, findings: Findings): SyntaxNode {
  const { cursor } = reader;
  while (cursor.column !== -1) cursor.advance();
  const end = cursor.lineStart;
  const piece = { text, start, end, column: 0, depth: 0, isEntry: false };
  return readWithLibrary(piece, undefined, findings)[0] ?? createMissing(start, undefined, undefined);
}
