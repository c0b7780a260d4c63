import type { DocumentContext } from '../join/documentContext.ts';
import type { Join } from '../join/joinPath.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { suggest } from '../schema/suggest.ts';
import type { TextReplacement } from '../syntax/textRange.ts';
import { isProjectCode, projectCodes } from './projectCodes.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { didYouMean } from './support/suggestion.ts';
import { type SuppressedCode, type SuppressionComment, suppressionComments } from './suppressionComments.ts';

/** Reported by `applySuppressions`, which alone knows what the other rules found. */
export const unusedSuppression: Rule = {
  code: 'unused-suppression',
  specification: [],
  title: 'A suppression comment hides nothing, or names no known rule.',
  severity: 'warning',
  needs: 'document',
  check: () => {},
};

export interface SuppressionOptions {
  /** The rules that ran. */
  readonly rules: readonly Rule[];
  /** True for a code that may have found nothing only because it is off, failed or could not be looked for. */
  readonly mayBeSilent: (code: string) => boolean;
}

/** The findings that no comment hides, and one for each suppression that is of no use. */
export function applySuppressions(
  context: DocumentContext,
  findings: readonly Finding[],
  options: SuppressionOptions,
): Finding[] {
  const comments = suppressionComments(context.tree);
  if (comments.length === 0) return [...findings];
  const used = new Set<SuppressedCode>();
  const hide = (finding: Finding): boolean => {
    const hiding = comments.flatMap((comment) => codesThatHide(comment, finding));
    for (const code of hiding) used.add(code);
    return hiding.length > 0;
  };
  const kept = findings.filter((finding) => !hide(finding));
  const unused = comments
    .flatMap((comment) => uselessFindings(context, comment, used, options))
    .filter((finding) => !hide(finding));
  return [...kept, ...unused];
}

function codesThatHide(comment: SuppressionComment, finding: Finding): SuppressedCode[] {
  if (finding.offset < comment.from || finding.offset >= Math.max(comment.to, comment.from + 1)) return [];
  return comment.codes.filter(({ code }) => code === finding.code);
}

function uselessFindings(
  context: DocumentContext,
  comment: SuppressionComment,
  used: ReadonlySet<SuppressedCode>,
  options: SuppressionOptions,
): Finding[] {
  const { text } = context.tree;
  if (comment.scope === undefined) {
    return [
      useless(comment, 'Write remote-relationships-ignore-next-line, -ignore-line or -ignore-file.', [
        removeComment(text, comment),
      ]),
    ];
  }
  if (comment.codes.length === 0) {
    const message = 'This suppression names no rule: write the codes it is to hide behind it.';
    return [useless(comment, message, [removeComment(text, comment)])];
  }
  const known = new Set([...options.rules, ...projectCodes].map(({ code }) => code));
  const unknown = comment.codes.filter(({ code }) => !known.has(code));
  const unused = comment.codes.filter(
    (code) => known.has(code.code) && !used.has(code) && isSurelyUnused(context, comment, code.code, options),
  );
  const unusedFindings =
    unused.length === comment.codes.length
      ? [unusedComment(text, comment)]
      : unused.map((code) => useless(code, unusedMessage([code]), [removeCode(comment, code, unused)], true));
  return [...unknown.map((code) => unknownCode(text, comment, code, known)), ...unusedFindings];
}

function unusedComment(text: string, comment: SuppressionComment): Finding {
  return useless(comment, unusedMessage(comment.codes), [removeComment(text, comment)], true);
}

function unusedMessage(codes: readonly SuppressedCode[]): string {
  return `This suppression hides nothing: no finding of ${codes.map(({ code }) => `"${code}"`).join(', ')} here.`;
}

function unknownCode(
  text: string,
  comment: SuppressionComment,
  code: SuppressedCode,
  known: ReadonlySet<string>,
): Finding {
  const suggestion = suggest(code.code, known);
  const rename: Fix[] =
    suggestion === undefined
      ? []
      : [
          {
            title: `Change to "${suggestion}"`,
            edits: [{ offset: code.offset, length: code.length, text: suggestion }],
            preferred: true,
          },
        ];
  const removal =
    comment.codes.length === 1 ? removeComment(text, comment) : removeCode(comment, code, [code]);
  return useless(code, `There is no rule "${code.code}".${didYouMean(suggestion)}`, [
    ...rename,
    { ...removal, preferred: rename.length === 0 },
  ]);
}

function useless(
  range: { readonly offset: number; readonly length: number },
  message: string,
  fixes: readonly Fix[],
  unnecessary = false,
): Finding {
  return {
    code: unusedSuppression.code,
    severity: unusedSuppression.severity,
    message,
    serverMessage: undefined,
    offset: range.offset,
    length: range.length,
    related: [],
    tags: unnecessary ? ['unnecessary'] : [],
    relationship: undefined,
    fixes,
  };
}

/** Removes the comment, with its line when nothing else is on it. */
function removeComment(text: string, comment: SuppressionComment): Fix {
  const end = comment.offset + comment.length;
  let from = comment.offset;
  while (from > 0 && /[ \t]/.test(text.charAt(from - 1))) from--;
  const atLineStart = from === 0 || text.charAt(from - 1) === '\n';
  const lineBreak = /^[ \t]*(\r?\n|$)/.exec(text.slice(end, end + 200));
  const to = atLineStart && lineBreak !== null ? end + lineBreak[0].length : end;
  const start = atLineStart && lineBreak === null ? comment.offset : from;
  return removal('Remove the suppression', { offset: start, length: to - start, text: '' });
}

/** Removes one of several codes so that removing each of `others` too gives no overlap. */
function removeCode(
  comment: SuppressionComment,
  code: SuppressedCode,
  others: readonly SuppressedCode[],
): Fix {
  const index = comment.codes.indexOf(code);
  const previous = comment.codes[index - 1];
  const next = comment.codes[index + 1];
  const keptBefore = comment.codes.slice(0, index).some((other) => !others.includes(other));
  const from = keptBefore && previous !== undefined ? previous.offset + previous.length : code.offset;
  const to = keptBefore || next === undefined ? code.offset + code.length : next.offset;
  return removal(`Remove "${code.code}"`, { offset: from, length: to - from, text: '' });
}

function removal(title: string, edit: TextReplacement): Fix {
  return { title, edits: [edit], preferred: true };
}

/** Whether the rule had all it needs where the comment applies, and still found nothing there. */
function isSurelyUnused(
  context: DocumentContext,
  comment: SuppressionComment,
  code: string,
  { rules, mayBeSilent }: SuppressionOptions,
): boolean {
  if (code === unusedSuppression.code || mayBeSilent(code)) return false;
  const rule = rules.find((candidate) => candidate.code === code);
  if (rule?.needs === 'document' || isProjectCode(code)) return true;
  const near = context.model.relationships.filter(
    ({ node }) => node.offset < comment.to && comment.from < node.offset + node.length,
  );
  const asked = near.length > 0 ? near : context.model.relationships;
  return asked.every((relationship) => isKnown(context, relationship));
}

/** Whether both sides of a relationship are known, so that no rule was silent about it. */
function isKnown(context: DocumentContext, relationship: Relationship): boolean {
  if (context.lhs(relationship).fields.state === 'unknown') return false;
  if (relationship.definition === undefined) return true;
  const join = context.joins.find((candidate) => candidate.relationship === relationship);
  return join !== undefined && isTargetKnown(join);
}

function isTargetKnown(join: Join): boolean {
  if (join.kind === 'to-remote-schema')
    return join.target.state === 'absent' || join.schema.state !== 'unknown';
  if (join.source.state === 'absent' || join.table.state === 'absent') return true;
  return join.table.state === 'present' && join.table.value.columns.state !== 'unknown';
}
