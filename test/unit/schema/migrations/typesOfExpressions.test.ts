import { describe, expect, it } from 'vitest';
import { expressionsByType, setup } from './cases/typesOfExpressions.ts';
import { replayTexts } from './replayText.ts';

const cases = Object.entries(expressionsByType).flatMap(([type, expressions]) =>
  expressions.split(';').map((expression): [string, string] => [expression.trim(), type]),
);

describe('a column of a view', () => {
  it.each(cases)('%s: %s', (expression, type) => {
    const { tables } = replayTexts(`${setup} CREATE VIEW w AS SELECT ${expression} AS r FROM t`);
    const columns = tables.find(({ name }) => name === 'w')?.columns;
    expect(columns?.map((column) => [column.name, column.type ?? 'unknown'])).toEqual([['r', type]]);
  });
});
