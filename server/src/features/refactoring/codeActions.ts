import { quoted } from '../../../../common/src/foreignText.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Finding, Fix } from '../../rules/rule.ts';
import { lineStart } from '../../syntax/lines.ts';
import type { TextReplacement } from '../../syntax/textRange.ts';
import type { SyntaxTree } from '../../syntax/tree.ts';
import type { FileChange } from './fileChange.ts';
import type { Listing } from './listFile.ts';
import { requiredArgumentsFix } from './requiredArguments.ts';
import type { fileRewriteKinds } from './rewriteKinds.ts';
import { splitFix } from './splitRemoteField.ts';

type CodeActionKind =
  | 'quickfix'
  | 'refactor.rewrite'
  | 'source.fixAll'
  | (typeof fileRewriteKinds)[keyof typeof fileRewriteKinds];

export interface CodeAction {
  readonly title: string;
  readonly kind: CodeActionKind;
  readonly preferred: boolean;
  readonly edits: readonly TextReplacement[];
  /** An edit of another file, in place of one of the document. */
  readonly elsewhere?: FileChange;
  /** What it puts right; `undefined` for the whole file. */
  readonly finding: Finding | undefined;
}

/** Between two UTF-16 offsets, both included. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/** Findings that are offered fixes at once: a whole file may be selected. */
const most = 100;

/**
 * Quick fixes of the findings that touch a range, then for each rule among them a comment that suppresses it: on its
 * line, or in the whole of a `.http` file, whose bodies are sent as they are, and the end of the rule in the project.
 * `findings` are those of the document; `turnOff` is what a rule's end takes, if it can be, and `list` what
 * includes the file.
 */
export function codeActions(
  context: DocumentContext,
  findings: readonly Finding[],
  range: OffsetRange,
  turnOff: (code: string) => FileChange | undefined,
  list: () => Listing | undefined,
): CodeAction[] {
  const touched = findings
    .filter((finding) => finding.offset <= range.end && range.start <= finding.offset + finding.length)
    .slice(0, most);
  const fixes = touched.flatMap((finding) =>
    [...finding.fixes, ...proposedFixes(context, finding)].map(
      (fix): CodeAction => ({
        title: fix.title,
        kind: 'quickfix',
        preferred: fix.preferred,
        edits: fix.edits,
        finding,
      }),
    ),
  );
  const unlisted = touched.find(({ code }) => code === 'unlisted-file');
  const listings = unlisted === undefined ? [] : listingOf(unlisted, list());
  return [...fixes, ...listings, ...suppressions(context, touched), ...disablings(touched, turnOff)];
}

function listingOf(finding: Finding, listing: Listing | undefined): CodeAction[] {
  if (listing === undefined) return [];
  const title = `Include this file in ${quoted(listing.list)}`;
  return [{ title, kind: 'quickfix', preferred: true, edits: [], elsewhere: listing.edit, finding }];
}

/** Fixes that propose something: they are not for all who check files. */
function proposedFixes(context: DocumentContext, finding: Finding): readonly Fix[] {
  const fix =
    finding.code === 'unsupplied-required-argument'
      ? requiredArgumentsFix(context, finding)
      : finding.code === 'remote-field-shape'
        ? splitFix(context, finding)
        : undefined;
  return fix === undefined ? [] : [fix];
}

function disablings(
  findings: readonly Finding[],
  turnOff: (code: string) => FileChange | undefined,
): CodeAction[] {
  const first = new Map(findings.toReversed().map((finding) => [finding.code, finding]));
  return [...first.values()].toReversed().flatMap((finding) => {
    const elsewhere = turnOff(finding.code);
    if (elsewhere === undefined) return [];
    const title = `Disable ${finding.code} in this project`;
    return [{ title, kind: 'quickfix' as const, preferred: false, edits: [], elsewhere, finding }];
  });
}

/** Every preferred fix of the file at once; of fixes that overlap, the first. `undefined` when there is none. */
export function fixAll(findings: readonly Finding[]): CodeAction | undefined {
  const edits: TextReplacement[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find((candidate) => candidate.preferred);
    if (fix === undefined || fix.edits.some((edit) => overlapsOneOf(edits, edit))) continue;
    for (const edit of fix.edits) edits.splice(placeOf(edits, edit.offset), 0, edit);
  }
  if (edits.length === 0) return undefined;
  return {
    title: 'Fix everything that can be fixed',
    kind: 'source.fixAll',
    preferred: false,
    edits,
    finding: undefined,
  };
}

/**
 * Whether an edit touches one of those, which stand in order and apart. Insertions at the same place count: which comes
 * first would be chance.
 */
function overlapsOneOf(edits: readonly TextReplacement[], edit: TextReplacement): boolean {
  const at = placeOf(edits, edit.offset + edit.length);
  const last = edits[at - 1];
  return last !== undefined && last.offset + last.length >= edit.offset;
}

/** Where an edit at that offset goes: behind all that begin there or before. */
function placeOf(edits: readonly TextReplacement[], offset: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edits[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function suppressions({ tree, uri }: DocumentContext, findings: readonly Finding[]): CodeAction[] {
  const known = new Set<string>();
  if (!mayHoldComments(tree, uri)) return [];
  const wholeFile = tree.language === 'http';
  return findings.flatMap((finding) => {
    const line = wholeFile ? 0 : lineStart(tree.text, finding.offset);
    const mark = `${finding.code} ${line}`;
    const edit = known.has(mark) ? undefined : suppressionComment(tree, finding.code, line);
    known.add(mark);
    if (edit === undefined) return [];
    return [
      {
        title: `Suppress ${finding.code} ${wholeFile ? 'in this file' : 'on this line'}`,
        kind: 'quickfix' as const,
        preferred: false,
        edits: [edit],
        finding,
      },
    ];
  });
}

const unsuppressible: ReadonlySet<string> = new Set(['unused-suppression', 'yaml-syntax']);

/** Plain JSON can't; where comments are written already, or the file's name says so, it is read by something that can. */
function mayHoldComments({ language, text }: SyntaxTree, uri: string): boolean {
  return language !== 'json' || /\.(?:jsonc|json5)$/i.test(uri) || /^[ \t]*\/[/*]/m.test(text);
}

/** A comment on a line of its own above; `undefined` for what no comment hides. */
function suppressionComment(tree: SyntaxTree, code: string, line: number): TextReplacement | undefined {
  if (unsuppressible.has(code)) return undefined;
  const { text } = tree;
  const indentation = /^[ \t\uFEFF]*/.exec(text.slice(line, line + 1000))?.[0].replace('\uFEFF', '') ?? '';
  const sign = tree.language === 'json' ? '//' : '#';
  const scope = tree.language === 'http' ? 'file' : 'next-line';
  const newline = text.slice(line).match(/\r?\n/)?.[0] ?? text.match(/\r?\n/)?.[0] ?? '\n';
  const offset = text.charCodeAt(line) === 0xfeff ? line + 1 : line;
  return {
    offset,
    length: 0,
    text: `${indentation}${sign} remote-relationships-ignore-${scope} ${code}${newline}`,
  };
}
