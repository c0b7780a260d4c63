import { boundedList, boundedName, boundedText } from '../../../common/src/boundedText.ts';
import { knownValue } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Join } from '../join/joinPath.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { lazy } from '../schema/lazy.ts';
import { suggest } from '../schema/suggest.ts';
import { lineStart } from '../syntax/lines.ts';
import { RangeIndex } from '../syntax/rangeIndex.ts';
import type { TextRange, TextReplacement } from '../syntax/textRange.ts';
import { isProjectCode, projectCodes } from './projectCodes.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { didYouMean } from './support/suggestion.ts';
import { type SuppressedCode, type SuppressionComment, suppressionComments } from './suppressionComments.ts';

/** Reported by `applySuppressions`, which alone knows what the other rules found. */
export const unusedSuppression: Rule = {
  code: 'unused-suppression',
  specification: [],
  title: 'A suppression comment hides nothing, or names an unknown rule.',
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
  const hiding = new HidingCodes(context.tree.text, comments);
  const knowledge = new Knowledge(context, options);
  const kept = findings.filter((finding) => !hiding.hide(finding));
  const unused = comments
    .flatMap((comment) => uselessFindings(context, comment, hiding.used, knowledge))
    .filter((finding) => !hiding.hide(finding));
  return [...kept, ...unused];
}

/** What the comments of a file hide, by line. */
class HidingCodes {
  readonly used = new Set<SuppressedCode>();
  readonly #text: string;
  readonly #inFile = new Map<string, SuppressedCode[]>();
  /** By the start of the line, then by code. */
  readonly #inLine = new Map<number, Map<string, SuppressedCode[]>>();

  constructor(text: string, comments: readonly SuppressionComment[]) {
    this.#text = text;
    for (const { scope, codes, from } of comments) {
      if (scope === undefined) continue;
      const here = scope === 'file' ? this.#inFile : (this.#inLine.get(from) ?? new Map());
      if (scope !== 'file') this.#inLine.set(from, here);
      for (const code of codes) {
        const same = here.get(code.code);
        if (same === undefined) here.set(code.code, [code]);
        else same.push(code);
      }
    }
  }

  hide(finding: Finding): boolean {
    const line = lineStart(this.#text, finding.offset);
    const inFile = this.#use(this.#inFile, finding);
    return this.#use(this.#inLine.get(line), finding) || inFile;
  }

  #use(codes: ReadonlyMap<string, SuppressedCode[]> | undefined, { code }: Finding): boolean {
    const hiding = codes?.get(code);
    if (hiding === undefined) return false;
    // All that hide one finding hide it: looked at once, however many findings there are.
    for (const each of hiding.splice(1)) this.used.add(each);
    for (const each of hiding) this.used.add(each);
    return true;
  }
}

function uselessFindings(
  context: DocumentContext,
  comment: SuppressionComment,
  used: ReadonlySet<SuppressedCode>,
  knowledge: Knowledge,
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
    const message = 'This suppression names no rule: write the codes to hide after it.';
    return [useless(comment, message, [removeComment(text, comment)])];
  }
  const { known } = knowledge;
  const unknown = comment.codes.filter(({ code }) => !known.has(code));
  const unused = comment.codes.filter(
    (code) => known.has(code.code) && !used.has(code) && knowledge.isSurelyUnused(comment, code.code),
  );
  const unusedFindings =
    unused.length === comment.codes.length
      ? [unusedComment(text, comment)]
      : removals(comment, unused).map(([code, fix]) => useless(code, unusedMessage([code]), [fix], true));
  return [...unknown.map((code) => unknownCode(text, comment, code, known)), ...unusedFindings];
}

function unusedComment(text: string, comment: SuppressionComment): Finding {
  return useless(comment, unusedMessage(comment.codes), [removeComment(text, comment)], true);
}

function unusedMessage(codes: readonly SuppressedCode[]): string {
  const names = boundedList([...new Set(codes.map(({ code }) => `"${code}"`))]);
  return `This suppression hides nothing: no finding of ${names} here.`;
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
  const removal = comment.codes.length === 1 ? removeComment(text, comment) : removeCode(comment, code);
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
    message: boundedText(message),
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

/** Removes one of several codes. */
function removeCode(comment: SuppressionComment, code: SuppressedCode): Fix {
  const index = comment.codes.indexOf(code);
  return removeCodeAt(comment, code, index, index > 0);
}

/** Removes each of several codes so that all together give no overlap. */
function removals(
  comment: SuppressionComment,
  codes: readonly SuppressedCode[],
): readonly (readonly [SuppressedCode, Fix])[] {
  const gone = new Set(codes);
  const firstKept = comment.codes.findIndex((code) => !gone.has(code));
  return comment.codes.flatMap((code, index) =>
    gone.has(code)
      ? [[code, removeCodeAt(comment, code, index, firstKept !== -1 && firstKept < index)] as const]
      : [],
  );
}

function removeCodeAt(
  comment: SuppressionComment,
  code: SuppressedCode,
  index: number,
  keptBefore: boolean,
): Fix {
  const previous = comment.codes[index - 1];
  const next = comment.codes[index + 1];
  const from = keptBefore && previous !== undefined ? previous.offset + previous.length : code.offset;
  const to = keptBefore || next === undefined ? code.offset + code.length : next.offset;
  return removal(`Remove "${boundedName(code.code)}"`, { offset: from, length: to - from, text: '' });
}

function removal(title: string, edit: TextReplacement): Fix {
  return { title, edits: [edit], preferred: true };
}

/** What had to be known for a rule to find something. */
class Knowledge {
  /** Codes that can be suppressed. */
  readonly known: ReadonlySet<string>;
  readonly #context: DocumentContext;
  readonly #mayBeSilent: (code: string) => boolean;
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #places: () => RangeIndex<TextRange & { readonly relationship: Relationship }>;
  readonly #joins: () => ReadonlyMap<Relationship, Join>;
  readonly #all: () => boolean;

  constructor(context: DocumentContext, { rules, mayBeSilent }: SuppressionOptions) {
    this.known = new Set([...rules, ...projectCodes].map(({ code }) => code));
    this.#context = context;
    this.#mayBeSilent = mayBeSilent;
    this.#rules = new Map(rules.map((rule) => [rule.code, rule]));
    const { relationships } = context.model;
    this.#places = lazy(
      () =>
        new RangeIndex(
          relationships.map((relationship) => {
            const { offset, length } = relationship.node;
            return { offset, length, relationship };
          }),
        ),
    );
    this.#joins = lazy(() => new Map(context.joins.map((join) => [join.relationship, join])));
    this.#all = lazy(() => relationships.every((relationship) => this.#isKnown(relationship)));
  }

  /** Whether the rule had all it needs where the comment applies, and still found nothing there. */
  isSurelyUnused({ from, to }: SuppressionComment, code: string): boolean {
    if (code === unusedSuppression.code || this.#mayBeSilent(code)) return false;
    if (this.#rules.get(code)?.needs === 'document' || isProjectCode(code)) return true;
    const near = [...this.#places().overlapping(from, to)];
    return near.length > 0 ? near.every(({ relationship }) => this.#isKnown(relationship)) : this.#all();
  }

  /** Whether both sides of a relationship are known, so that no rule was silent about it. */
  #isKnown(relationship: Relationship): boolean {
    const lhs = this.#context.lhs(relationship);
    if (lhs.fields.state === 'unknown') return false;
    if (lhs.kind === 'table' && knownValue(lhs.table)?.isByHasuraSchema === true) return false;
    if (relationship.definition === undefined) return true;
    const join = this.#joins().get(relationship);
    return join !== undefined && isTargetKnown(join);
  }
}

function isTargetKnown(join: Join): boolean {
  if (join.kind === 'to-remote-schema')
    return join.target.state === 'absent' || join.schema.state !== 'unknown';
  if (join.source.state === 'absent' || join.table.state === 'absent') return true;
  const table = knownValue(join.table);
  return table !== undefined && table.columns.state !== 'unknown' && !table.isByHasuraSchema;
}
