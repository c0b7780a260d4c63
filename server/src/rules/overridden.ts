import type { DocumentContext } from '../join/documentContext.ts';
import { RangeIndex } from '../syntax/rangeIndex.ts';
import type { TextRange } from '../syntax/textRange.ts';
import type { Finding, Rule } from './rule.ts';
import { overriddenEntries } from './support/overriddenEntries.ts';

/** Rules that need no catalogue, and still are about what the server checks behind the parsing. */
const semantic: ReadonlySet<string> = new Set([
  'relationship-name',
  'lhs-field-name',
  'unlisted-variable',
  'unused-lhs-field',
  'duplicate-lhs-field',
  'null-value',
  'multiple-list-elements',
  'empty-field-mapping',
]);

/**
 * Leaves out what the server never gets to check, because a later entry of the same name takes the place of this one (R60).
 * What it can't read at all stays.
 */
export function withoutOverridden(
  context: DocumentContext,
  findings: readonly Finding[],
  rules: readonly Rule[],
): readonly Finding[] {
  const entries = overriddenEntries(context).map(({ entry }) => entry);
  const left = new Set(
    rules
      .filter(({ code, needs }) =>
        needs === 'document' ? semantic.has(code) : code !== 'overridden-duplicate',
      )
      .map(({ code }) => code),
  );
  const overridden = new RangeIndex(entries);
  const targets = new RangeIndex(targetNames(context));
  const isIn = (index: RangeIndex<TextRange>, offset: number) =>
    !index.overlapping(offset, offset + 1).next().done;
  return findings.filter(
    ({ code, offset }) => !(left.has(code) || isIn(targets, offset)) || !isIn(overridden, offset),
  );
}

/** Names of target tables that can't be read: the server reads them when it resolves the relationship (R31). */
function targetNames({ model }: DocumentContext): TextRange[] {
  return model.relationships.flatMap(({ definition }) =>
    definition?.kind === 'to-source' && definition.table.state === 'malformed' ? [definition.table.node] : [],
  );
}
