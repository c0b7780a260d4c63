import { boundedText, cutText } from '../../../common/src/boundedText.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import { withBoundedSuggestions } from '../schema/suggest.ts';
import { withoutDamaged } from './damage.ts';
import { rules } from './list.ts';
import { withoutOverridden } from './overridden.ts';
import { isProjectCode } from './projectCodes.ts';
import type { Finding, Rule, RuleFinding } from './rule.ts';
import { type RuleSettings, severitySetting, withSeverities } from './settings.ts';
import { applySuppressions } from './suppressions.ts';

export interface CheckOptions {
  /** Told of a rule that threw; the other rules still run. */
  readonly onError?: (rule: string, error: unknown) => void;
  /**
   * What the project found in this file (includes, reading): takes part in severities, suppressions and order.
   * Not given: not known, so no suppression of these codes is called unused.
   */
  readonly projectFindings?: readonly Finding[];
  /** The rules to run; all of them by default. */
  readonly rules?: readonly Rule[];
}

/**
 * Everything there is to say about a document: every rule, then the user's severities and suppressions.
 * Sorted by place, each finding once. Never throws.
 */
export function checkDocument(
  context: DocumentContext,
  settings: RuleSettings,
  options: CheckOptions = {},
): Finding[] {
  return withBoundedSuggestions(() => check(context, settings, options));
}

function check(context: DocumentContext, settings: RuleSettings, options: CheckOptions): Finding[] {
  const list = options.rules ?? rules;
  const found: Finding[] = [];
  /** Rules that could not say all they had to say. */
  const failed = new Set<string>();
  for (const rule of list) {
    if (severitySetting(settings, rule.code) === 'off') continue;
    try {
      rule.check(context, (finding) => found.push(completeFinding(rule, finding)));
    } catch (error) {
      failed.add(rule.code);
      options.onError?.(rule.code, error);
    }
  }
  for (const finding of options.projectFindings ?? []) found.push(finding);

  const reported = withSeverities(found, settings);
  try {
    const kept = applySuppressions(context, reported, {
      rules: list,
      mayBeSilent: (code) =>
        failed.has(code) ||
        severitySetting(settings, code) === 'off' ||
        (isProjectCode(code) && options.projectFindings === undefined),
    });
    const sound = withoutOverridden(context, withoutDamaged(context, kept, list), list);
    return inOrder(withSeverities(sound, settings));
  } catch (error) {
    options.onError?.('unused-suppression', error);
    return inOrder(reported);
  }
}

/** A program may look it up by its name: only what nobody would write is cut. */
const longestRelationship = 10_000;

function completeFinding(rule: Rule, finding: RuleFinding): Finding {
  return {
    code: rule.code,
    severity: finding.severity ?? rule.severity,
    message: boundedText(finding.message),
    serverMessage: finding.serverMessage === undefined ? undefined : boundedText(finding.serverMessage),
    offset: finding.offset,
    length: finding.length,
    related: finding.related ?? [],
    tags: finding.tags ?? [],
    relationship:
      finding.relationship === undefined ? undefined : cutText(finding.relationship, longestRelationship),
    fixes: finding.fixes ?? [],
  };
}

/** By place; one that several relationships gave (an anchor used twice) once. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const sorted = findings.toSorted(
    (a, b) => a.offset - b.offset || a.length - b.length || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
  const here = new Set<string>();
  return sorted.filter((finding, index) => {
    const before = sorted[index - 1];
    if (before?.offset !== finding.offset || before.length !== finding.length) here.clear();
    return here.size < here.add(`${finding.code} ${finding.message}`).size;
  });
}
