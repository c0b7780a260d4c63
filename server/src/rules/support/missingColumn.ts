import type { Knowledge } from '../../catalogue/catalogue.ts';
import { goneWords } from '../../catalogue/tableConsistency.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { isOutOfStep } from '../../join/missingColumns.ts';
import type { RuleFinding } from '../rule.ts';
import { didYouMean } from './suggestion.ts';
import { relatedPlace } from './tableNames.ts';

/**
 * What to report of a column that is absent. Where migrations alone say so it is a warning if they do not make all tables of the
 * schema, and if the source is out of step with them and nothing the table has is like the name: a missing migration would
 * explain it. `words` are those of a column that there is nothing better to say of.
 */
export function missingColumn<T extends RuleFinding>(
  context: DocumentContext,
  column: Knowledge<unknown>,
  finding: T,
  words:
    | {
        readonly column: string;
        readonly table: string | undefined;
        readonly suggestion: string | undefined;
      }
    | undefined,
): T {
  const migrations = column.state === 'absent' ? column.migrations : undefined;
  if (migrations === undefined) return finding;
  const { gone } = migrations;
  if (gone !== undefined) {
    const related = [
      ...(finding.related ?? []),
      ...relatedPlace(`It is ${gone.how} here.`, gone.origin.location),
    ];
    if (words === undefined) return { ...finding, related };
    const owner = words.table === undefined ? 'The table' : `Table "${words.table}"`;
    const message = `${owner} has no column "${words.column}": ${goneWords(gone)}.${didYouMean(words.suggestion)}`;
    return { ...finding, message, related };
  }
  const isExplained =
    words !== undefined &&
    words.suggestion === undefined &&
    isOutOfStep(context.catalogue, migrations.source);
  if (migrations.complete && !isExplained) return finding;
  if (words === undefined) return { ...finding, severity: 'warning', serverMessage: undefined };
  // They may have made it once, and dropped or renamed it.
  const table = words.table === undefined ? 'the table' : `table "${words.table}"`;
  return {
    ...finding,
    severity: 'warning',
    message: `The migrations leave ${table} without column "${words.column}".${didYouMean(words.suggestion)}`,
    serverMessage: undefined,
  };
}

/** Whether a field may be there, for all that is known for certain. */
export function mayExist(field: Knowledge<unknown>): boolean {
  return field.state === 'unknown' || (field.state === 'absent' && field.migrations?.complete === false);
}
