import type { DocumentContext } from '../join/documentContext.ts';
import { TOO_DEEP } from '../syntax/build.ts';
import { isKeyNode } from '../syntax/cursor/cursor.ts';
import { lineStart } from '../syntax/lines.ts';
import { nodeAt } from '../syntax/nodes.ts';
import { RangeIndex } from '../syntax/rangeIndex.ts';
import { strayLine } from '../syntax/strayLine.ts';
import type { TextRange } from '../syntax/textRange.ts';
import type { SyntaxNode, SyntaxProblem, SyntaxTree } from '../syntax/tree.ts';
import type { Finding, Rule } from './rule.ts';

const syntaxCodes: ReadonlySet<string> = new Set(['json-syntax', 'yaml-syntax']);

/** Rules that need no catalogue, and still compare names or count values. */
const comparing: ReadonlySet<string> = new Set([
  'unlisted-variable',
  'unused-lhs-field',
  'duplicate-lhs-field',
  'lhs-field-name',
  'multiple-list-elements',
  'duplicate-relationship',
  'relationship-name',
]);

/**
 * Leaves out what is said of names and values in relationships whose text is broken: they are cut off there, or have
 * swallowed their neighbours. The syntax error is what has to be mended first; what is wrong with the shape stays.
 */
export function withoutDamaged(
  context: DocumentContext,
  findings: readonly Finding[],
  rules: readonly Rule[],
): readonly Finding[] {
  const decided = withoutCut(context, withoutMisread(context, withoutUndecided(context, findings)));
  const uncertain = new Set(
    rules.filter(({ code, needs }) => needs !== 'document' || comparing.has(code)).map(({ code }) => code),
  );
  const places = new RangeIndex(damagedRelationships(context));
  return decided.filter(({ code, offset }) => !uncertain.has(code) || !places.touches(offset));
}

/** What a stray line is taken for. */
const ofStrayLines: ReadonlySet<string> = new Set(['unknown-key', 'unknown-table-key', 'wrong-kind']);

/** Leaves out what is said of a line of YAML that is wrong as a whole: the error of its syntax stands at the same place. */
function withoutMisread({ tree }: DocumentContext, findings: readonly Finding[]): readonly Finding[] {
  if (tree.language !== 'yaml') return findings;
  const broken = new Set(
    tree.problems.filter(({ code }) => syntaxCodes.has(code)).map(({ offset }) => offset),
  );
  return findings.filter(({ code, offset }) => !ofStrayLines.has(code) || !broken.has(offset));
}

/** What is said of keys. */
const ofKeys: ReadonlySet<string> = new Set([
  ...ofStrayLines,
  'missing-key',
  'definition-form',
  'remote-field-shape',
]);

/**
 * Leaves out what is said of the keys of an object that a broken line ends or begins, and of all that stands behind it in
 * the same entry: that line has cut it in two.
 */
function withoutCut({ tree }: DocumentContext, findings: readonly Finding[]): readonly Finding[] {
  const first =
    tree.foreign === undefined ? tree.problems.find((problem) => isCut(problem, tree.text)) : undefined;
  // Where all is read around that line, nothing is cut.
  if (first === undefined || strayLine(tree.text, tree.problems) !== undefined) return findings;
  const line = lineStart(tree.text, first.offset);
  const next = tree.language === 'yaml' ? entryBehind(tree, line) : undefined;
  return findings.filter(({ code, offset }) => {
    if (!ofKeys.has(code)) return true;
    if (offset >= line) return next !== undefined && offset >= next.offset;
    const node = spokenOf(tree, offset);
    if (node === undefined) return true;
    const nodeEnd = node.offset + node.length;
    return tree.text.slice(nodeEnd, line).trim() !== '';
  });
}

/** What a finding about keys is about: it stands at the key of that, or at the first key of an item. */
function spokenOf(tree: SyntaxTree, offset: number): SyntaxNode | undefined {
  const node = nodeAt(tree, offset);
  if (node === undefined || !isKeyNode(node)) return node;
  const { parent } = node;
  const index = parent?.children.findIndex(({ key }) => key === node) ?? -1;
  return index === 0 && parent?.key === undefined ? parent : parent?.children[index];
}

/** Whether an object or a list ends, or begins, where it was not meant to. */
function isCut({ code, message, offset }: SyntaxProblem, text: string): boolean {
  if (message === TOO_DEEP) return true;
  if (code === 'yaml-syntax') return cuts.test(message);
  const bracket = text.charAt(offset);
  if (message === 'PropertyNameExpected') return bracket === '{' || bracket === '[';
  return bracket === '}' && text.slice(0, offset).trimEnd().endsWith(',');
}

/** What goes wrong with lines, not within one. */
const cuts =
  /^(?:Tabs are not allowed|Nested mappings|Implicit (?:map )?keys|All mapping items|Sequence item without)/;

/**
 * The item of a list of the whole file behind the one that a line stands in. What has no `-` belongs to that: the parser
 * takes it for an item.
 */
function entryBehind({ roots, text }: SyntaxTree, line: number): SyntaxNode | undefined {
  const items = roots.find(({ kind }) => kind === 'array')?.children ?? [];
  const index = items.findLastIndex((item) => item.offset <= line);
  return index === -1
    ? undefined
    : items
        .slice(index + 1)
        .find((item) => text.slice(lineStart(text, item.offset), item.offset).includes('-'));
}

/** Findings that say that something is there twice. */
const repeating = /^(?:duplicate|overridden)-|^name-conflict/;

/** Leaves out what is said between conflict markers, and of two of a kind where a template may write one of them. */
function withoutUndecided({ tree }: DocumentContext, findings: readonly Finding[]): readonly Finding[] {
  if (tree.foreign === undefined) return findings;
  const conflicts = new RangeIndex(tree.foreign.conflicts);
  const conditional = new RangeIndex(tree.foreign.conditional);
  return findings.filter(
    ({ code, offset }) =>
      syntaxCodes.has(code) ||
      // The markers themselves, in JSON.
      code === 'unreadable-file' ||
      !(conflicts.touches(offset) || (repeating.test(code) && conditional.touches(offset))),
  );
}

function damagedRelationships({ tree, model }: DocumentContext): readonly TextRange[] {
  const broken = tree.problems.filter(({ code }) => syntaxCodes.has(code));
  const places = new RangeIndex(broken);
  return model.relationships.map(({ node }) => node).filter((node) => places.startsIn(node));
}
