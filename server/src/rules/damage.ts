import type { DocumentContext } from '../join/documentContext.ts';
import { RangeIndex } from '../syntax/rangeIndex.ts';
import type { TextRange } from '../syntax/textRange.ts';
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
  const decided = withoutMisread(context, withoutUndecided(context, findings));
  const damaged = damagedRelationships(context);
  if (damaged.length === 0) return decided;
  const uncertain = new Set(
    rules.filter(({ code, needs }) => needs !== 'document' || comparing.has(code)).map(({ code }) => code),
  );
  const places = new RangeIndex(damaged);
  return decided.filter(({ code, offset }) => !uncertain.has(code) || !places.touches(offset));
}

/** What a stray line is taken for. */
const ofStrayLines: ReadonlySet<string> = new Set(['unknown-key', 'unknown-table-key', 'wrong-kind']);

/** Leaves out what is said of a line of YAML that is wrong as a whole: the error of its syntax stands at the same place. */
function withoutMisread({ tree }: DocumentContext, findings: readonly Finding[]): readonly Finding[] {
  if (tree.language !== 'yaml' || tree.problems.length === 0) return findings;
  const broken = new Set(
    tree.problems.filter(({ code }) => syntaxCodes.has(code)).map(({ offset }) => offset),
  );
  return findings.filter(({ code, offset }) => !ofStrayLines.has(code) || !broken.has(offset));
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
      !(conflicts.touches(offset) || (repeating.test(code) && conditional.touches(offset))),
  );
}

function damagedRelationships({ tree, model }: DocumentContext): readonly TextRange[] {
  const broken = tree.problems.filter(({ code }) => syntaxCodes.has(code));
  if (broken.length === 0) return [];
  const places = new RangeIndex(broken);
  return model.relationships.map(({ node }) => node).filter((node) => places.startsIn(node));
}
