import { expect } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { checkDocument } from '../../../server/src/rules/check.ts';
import type { Finding, Fix, Severity } from '../../../server/src/rules/rule.ts';
import { defaultRuleSettings } from '../../../server/src/rules/settings.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf, type Surroundings } from './surroundings.ts';
import { expectKnownWording } from './wordings.ts';

export { contextOf, type Surroundings, type TableFixture } from './surroundings.ts';

export interface ExpectedFinding {
  readonly code: string;
  /** What the range covers, exactly as in the text. */
  readonly text?: string;
  readonly message?: string | RegExp;
  readonly serverMessage?: string | RegExp | undefined;
  readonly severity?: Severity;
  readonly relationship?: string;
  /** The whole text after the (preferred or only) fix. Only compared in the language of the row. */
  readonly fixed?: string;
  /** The titles of all fixes, with `?` behind those to choose, which are not preferred. */
  readonly fixes?: readonly string[];
  /** What the related places cover, in the order given. */
  readonly related?: readonly string[];
}

/** Runs every rule on a text. A rule that throws fails the test. */
export function findingsIn(
  text: string,
  surroundings: Surroundings = {},
  language: SyntaxLanguage = 'yaml',
): Finding[] {
  return checkDocument(
    contextOf(text, surroundings, language),
    { ...defaultRuleSettings, ...surroundings.settings },
    {
      onError: (rule, error) => {
        throw new Error(`rule ${rule} threw`, { cause: error });
      },
    },
  );
}

/**
 * Checks a YAML text and its JSON twin: exactly the expected findings, in the order of their places, no others.
 * A part of the text in `⟦…⟧` is the range of the finding at that position in the list: the brackets are taken out
 * before the text is read. A text without a twin (comments, anchors, tags, several documents) is checked alone.
 */
export function expectFindings(
  marked: string,
  expected: readonly ExpectedFinding[],
  surroundings: Surroundings = {},
): void {
  const { text, ranges } = takeMarks(marked);
  const found = findingsIn(text, surroundings);
  const shown = found.map((finding) => describeFinding(finding, text));
  expect(
    found.map(({ code }) => code),
    `found: ${shown.join('\n')}`,
  ).toEqual(expected.map(({ code }) => code));
  for (const [index, range] of ranges.entries()) {
    const finding = found[index];
    expect(finding && [finding.offset, finding.length], shown[index]).toEqual(range);
  }
  compare(found, expected, text);
  expectSameWithCarriageReturns(found, text, surroundings, 'yaml');

  const twin = jsonTwin(text);
  if (twin === undefined) return;
  const foundInTwin = findingsIn(twin, surroundings, 'json');
  const told = (finding: Finding) =>
    JSON.stringify([
      finding.code,
      finding.severity,
      finding.message,
      finding.serverMessage,
      finding.relationship,
    ]);
  expect(foundInTwin.map(told).toSorted(), 'in the JSON twin').toEqual(found.map(told).toSorted());
  expectReadable(foundInTwin, twin, 'json');
  expectSameWithCarriageReturns(foundInTwin, twin, surroundings, 'json');
  expectReadable(found, text, 'yaml');
}

/** Checks that nothing is reported, in YAML and in its JSON twin, of a text that is Hasura's. */
export function expectNothing(text: string, surroundings: Surroundings = {}): void {
  expect(contextOf(text, surroundings).model.roles, 'what the text is').not.toContain('none');
  expectFindings(text, [], surroundings);
}

/** Checks a text of one language only, by `expectFindings`' rules. */
export function expectFindingsIn(
  language: SyntaxLanguage,
  marked: string,
  expected: readonly ExpectedFinding[],
  surroundings: Surroundings = {},
): void {
  const { text, ranges } = takeMarks(marked);
  const found = findingsIn(text, surroundings, language);
  const shown = found.map((finding) => describeFinding(finding, text));
  expect(
    found.map(({ code }) => code),
    `found: ${shown.join('\n')}`,
  ).toEqual(expected.map(({ code }) => code));
  for (const [index, range] of ranges.entries()) {
    const finding = found[index];
    expect(finding && [finding.offset, finding.length], shown[index]).toEqual(range);
  }
  compare(found, expected, text);
  expectSameWithCarriageReturns(found, text, surroundings, language);
}

/** As a checkout on Windows may have it, a text has the same mistakes at the same places, and fixes keep its line ends. */
function expectSameWithCarriageReturns(
  found: readonly Finding[],
  text: string,
  surroundings: Surroundings,
  language: SyntaxLanguage,
): void {
  if (text.includes('\r')) return;
  const converted = (part: string): string => part.replaceAll('\n', '\r\n');
  const told = (findings: readonly Finding[], given: string, convert: (part: string) => string) =>
    findings.map(({ code, message, offset, length, fixes }) => ({
      code,
      message,
      before: convert(given.slice(0, offset)),
      covered: convert(given.slice(offset, offset + length)),
      fixed: fixes.map((fix) => convert(applyFix(given, fix))),
    }));
  const foundThere = findingsIn(converted(text), surroundings, language);
  expect(
    told(foundThere, converted(text), (part) => part),
    'with CRLF',
  ).toEqual(told(found, text, converted));
}

/** The text after a fix. */
export function applyFix(text: string, fix: Fix): string {
  return fix.edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (result, edit) => result.slice(0, edit.offset) + edit.text + result.slice(edit.offset + edit.length),
      text,
    );
}

function compare(found: readonly Finding[], expected: readonly ExpectedFinding[], text: string): void {
  for (const finding of found) expectKnownWording(finding);
  for (const [index, want] of expected.entries()) {
    const finding = found[index];
    if (finding === undefined) continue;
    const shown = describeFinding(finding, text);
    if (want.text !== undefined) {
      expect(text.slice(finding.offset, finding.offset + finding.length), shown).toBe(want.text);
    }
    if (want.message !== undefined) expect(finding.message, shown).toEqual(matching(want.message));
    if ('serverMessage' in want) {
      expect(finding.serverMessage, shown).toEqual(
        want.serverMessage === undefined ? undefined : matching(want.serverMessage),
      );
    }
    if (want.severity !== undefined) expect(finding.severity, shown).toBe(want.severity);
    if (want.relationship !== undefined) expect(finding.relationship, shown).toBe(want.relationship);
    if (want.related !== undefined) {
      const related = finding.related.map(({ location }) =>
        text.slice(location.offset, location.offset + location.length),
      );
      expect(related, shown).toEqual(want.related);
    }
    if (want.fixes !== undefined) expect(offered(finding), shown).toEqual(want.fixes);
    if (want.fixed !== undefined) {
      const fix = finding.fixes.find(({ preferred }) => preferred) ?? finding.fixes[0];
      expect(fix && applyFix(text, fix), shown).toBe(want.fixed);
    }
  }
}

/** The titles of a finding's fixes, with `?` behind those to choose, which are not preferred. */
function offered({ fixes }: Finding): string[] {
  return fixes.map(({ title, preferred }) => (preferred ? title : `${title}?`));
}

function matching(wanted: string | RegExp): unknown {
  return typeof wanted === 'string' ? wanted : expect.stringMatching(wanted);
}

/** Every range lies in the text, and every fix leaves a text that can be read as well as before. */
export function expectReadable(findings: readonly Finding[], text: string, language: SyntaxLanguage): void {
  const readable = parse(text, language).problems.length === 0;
  for (const finding of findings) {
    expect(finding.offset, finding.code).toBeGreaterThanOrEqual(0);
    expect(finding.offset + finding.length, finding.code).toBeLessThanOrEqual(text.length);
    if (!readable) continue;
    for (const fix of finding.fixes) {
      const after = applyFix(text, fix);
      expect(parse(after, language).problems, `${finding.code}: ${fix.title}\n${after}`).toEqual([]);
    }
  }
}

function describeFinding(finding: Finding, text: string): string {
  const covered = text.slice(finding.offset, finding.offset + finding.length);
  const server = finding.serverMessage === undefined ? '' : ` [server: ${finding.serverMessage}]`;
  return `${finding.severity} ${finding.code} at "${covered}": ${finding.message}${server}`;
}

function takeMarks(marked: string): { text: string; ranges: [number, number][] } {
  const ranges: [number, number][] = [];
  let text = '';
  for (const part of marked.split('⟦').entries()) {
    const [index, piece] = part;
    const close = index === 0 ? -1 : piece.indexOf('⟧');
    if (close === -1) {
      text += piece;
      continue;
    }
    ranges.push([text.length, close]);
    text += piece.slice(0, close) + piece.slice(close + 1);
  }
  return { text, ranges };
}

/** The same data as JSON; `undefined` for what JSON can't say or would say differently. */
function jsonTwin(text: string): string | undefined {
  if (/(^|\s)[#&*!]|^---|<<:/m.test(text)) return undefined;
  try {
    return JSON.stringify(parseYaml(text), null, 2);
  } catch {
    return undefined;
  }
}
