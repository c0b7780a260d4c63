import { loneEntry } from '../metadata/entryLists.ts';
import { isInclude, isOpaque } from '../metadata/nodes.ts';
import type { DocumentRole } from '../metadata/relationship.ts';
import type { Finding } from '../rules/rule.ts';
import { below } from '../syntax/nodes.ts';
import { headRange, nodeRange } from '../syntax/textRange.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { projectFinding } from './findings.ts';

/** What the Hasura CLI fails at, or leaves out, in a file that it reads (C5, C8, C16). */
export function cliReadingFindings(tree: SyntaxTree, role: DocumentRole | undefined): readonly Finding[] {
  const findings: Finding[] = [];
  const [root, ...others] = tree.roots;
  const next = others.find(({ kind, children }) => kind !== 'null' || children.length > 0);
  if (next !== undefined) {
    const message =
      'The Hasura CLI reads only the first document of a file and ignores everything from here on. Move it before the "---", or into a separate file.';
    findings.push(projectFinding('ignored-document', message, headRange(next)));
  }
  if (root === undefined || !tree.text.includes('include')) return findings;
  for (const [node, message] of unresolvedIncludes(root, tree.text, role)) {
    findings.push(projectFinding('include-not-resolved', message, nodeRange(node)));
  }
  return findings;
}

/** What else of a file decides what is said of it as one the CLI reads: as long as it stays the same, so does that. */
export function shapeForCli(tree: SyntaxTree, role: DocumentRole | undefined): string {
  const { length, 0: root } = tree.roots;
  const unlisted = loneEntry(tree, role) !== undefined;
  return ` ${length} ${root?.kind} ${unlisted} ${cliReadingFindings(tree, role).length}`;
}

const fails =
  'The Hasura CLI fails here and builds no metadata at all: it resolves "!include" only below "tables" and "functions" of a source in databases.yaml.';

/** Those that nobody looks for where includes are followed. */
function* unresolvedIncludes(
  root: SyntaxNode,
  text: string,
  role: DocumentRole | undefined,
): Generator<readonly [SyntaxNode, string]> {
  for (const node of below(root)) {
    if (/!!include[ \t]+$/.test(text.slice(Math.max(0, node.offset - 20), node.offset))) {
      yield [node, 'The Hasura CLI fails at this tag: write "!include", with one exclamation mark.'];
    } else if (node.aliasOf !== undefined && isInclude(node.aliasOf)) {
      yield [
        node,
        'The Hasura CLI fails at an alias that stands for an "!include": write the "!include" itself.',
      ];
    }
  }
  if (role !== 'sources' || root.kind !== 'array') return;
  for (const source of root.children) {
    if (isInclude(source)) yield [source, fails];
    for (const part of source.children) {
      if (part.key?.value === 'tables' || part.key?.value === 'functions') continue;
      for (const node of below(part)) {
        if (!isInclude(node) || node.aliasOf !== undefined) continue;
        yield [node, node.tag === undefined ? unresolvedText : fails];
      }
    }
  }
}

/** What is said of an include that reaches the server as a text. */
export const unresolvedText =
  'The Hasura CLI resolves "!include" only below "tables" and "functions" of a source in databases.yaml. Here the server gets this text unchanged.';

/** What is said of an include in a place where the CLI resolves none. */
export function unresolvedMessage(node: SyntaxNode): string {
  return node.tag === undefined ? unresolvedText : fails;
}

/** Whether the CLI finds nothing in an included file, at which it crashes (C9). */
export function isEmpty({ roots }: SyntaxTree): boolean {
  const [root] = roots;
  return root === undefined || (root.kind === 'null' && !isOpaque(root));
}
