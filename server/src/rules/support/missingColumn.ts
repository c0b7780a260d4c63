import type { Knowledge } from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { isOutOfStep } from '../../join/missingColumns.ts';
import type { RuleFinding } from '../rule.ts';

/**
 * What to report of a column that is absent. Where migrations alone say so, and do not make all tables of the schema, it is a
 * warning, in `words` where there is no better reason. Nothing where its source is out of step with its migrations: that is said once, by the project.
 */
export function missingColumn<T extends RuleFinding>(
  context: DocumentContext,
  column: Knowledge<unknown>,
  finding: T,
  words: { readonly column: string; readonly table: string | undefined; readonly end: string } | undefined,
): T | undefined {
  const migrations = column.state === 'absent' ? column.migrations : undefined;
  if (migrations === undefined) return finding;
  if (isOutOfStep(context.catalogue, migrations.source)) return undefined;
  if (migrations.complete) return finding;
  if (words === undefined) return { ...finding, severity: 'warning', serverMessage: undefined };
  const of = words.table === undefined ? '' : ` of table "${words.table}"`;
  return {
    ...finding,
    severity: 'warning',
    message: `No migration creates column "${words.column}"${of}.${words.end}`,
    serverMessage: undefined,
  };
}

/** Whether a field may be there, for all that is known for certain. */
export function mayExist(field: Knowledge<unknown>): boolean {
  return field.state === 'unknown' || (field.state === 'absent' && field.migrations?.complete === false);
}
