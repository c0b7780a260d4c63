export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

export interface Row {
  readonly what: string;
  readonly median: number;
  readonly p95: number;
  readonly unit: 'ms' | 'MiB' | 'KB';
  /** Median in units of the floor. */
  readonly ratio?: { readonly value: number; readonly of: string };
  readonly goal: string;
  /** `undefined` where the row is for information. */
  readonly met: boolean | undefined;
}

/** The rows as a table in plain text. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.median.toFixed(1),
    Number.isNaN(row.p95) ? '' : row.p95.toFixed(1),
    row.unit,
    row.ratio === undefined ? '' : `${row.ratio.value.toFixed(2)} × ${row.ratio.of}`,
    row.goal,
    row.met === undefined ? '' : row.met ? 'met' : 'MISSED',
  ]);
  const all = [['what', 'median', 'p95', 'unit', 'ratio', 'goal', ''], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
