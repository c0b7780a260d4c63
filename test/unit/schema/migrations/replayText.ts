import { Replay } from '../../../../server/src/schema/migrations/replay.ts';
import type { ReplayedDatabase } from '../../../../server/src/schema/migrations/replayedDatabase.ts';
import { loadSqlParser } from '../../../../server/src/schema/migrations/sqlParser.ts';

/** What is said, the files, and what they leave behind. */
export type Cases = readonly (readonly [string, readonly string[], readonly string[]])[];

export const parser = await loadSqlParser();

/** Texts, each a file, read in order. */
export function replayTexts(...texts: readonly string[]): ReplayedDatabase {
  const replay = new Replay(parser);
  for (const [index, text] of texts.entries())
    replay.read({ uri: `file:///${index + 1}.sql`, text, offset: 0 });
  return replay.result();
}

/**
 * What is left, a line for each table: `app.users: id integer!, name text`. `!` is NOT NULL, `?` says that it is not known whether it
 * is, `…` that there may be other columns, `->` leads to the table of a foreign key.
 */
export function shape(...texts: readonly string[]): string[] {
  return shapeOf(replayTexts(...texts));
}

export function shapeOf({ tables }: ReplayedDatabase): string[] {
  return tables.map(({ schema, name, kind, columns, closed, foreignKeys }) => {
    const columnTexts = columns.map((column) => {
      const mark = column.nullable === undefined ? '?' : column.nullable ? '' : '!';
      return `${column.name} ${column.type ?? 'unknown'}${mark}`;
    });
    const keys = (foreignKeys ?? []).map(
      (key) => `(${key.columns.join(', ')}) -> ${key.table.schema}.${key.table.name}`,
    );
    const shown = kind === 'table' ? '' : ` [${kind}]`;
    return `${schema}.${name}${shown}: ${[...columnTexts, ...(closed ? [] : ['…']), ...keys].join(', ')}`;
  });
}
