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
  const damaged = damagedRelationships(context);
  if (damaged.length === 0) return findings;
  const uncertain = new Set(
    rules.filter(({ code, needs }) => needs !== 'document' || comparing.has(code)).map(({ code }) => code),
  );
  const places = new RangeIndex(damaged);
  return findings.filter(({ code, offset }) => !uncertain.has(code) || !places.touches(offset));
}

function damagedRelationships({ tree, model }: DocumentContext): readonly TextRange[] {
  const broken = tree.problems.filter(({ code }) => syntaxCodes.has(code));
  if (broken.length === 0) return [];
  const places = new RangeIndex(broken);
  return model.relationships.map(({ node }) => node).filter((node) => places.startsIn(node));
}
