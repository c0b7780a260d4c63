import { describe, expect, it } from 'vitest';
import { cappedFindings } from '../../../server/src/lsp/cappedFindings.ts';
import type { Finding, Severity } from '../../../server/src/rules/rule.ts';

function findings(count: number, code: string, severity: Severity = 'warning', from = 0): Finding[] {
  return Array.from({ length: count }, (_, index) => ({
    code,
    severity,
    message: `${code} ${index}`,
    serverMessage: 'refused',
    offset: from + index,
    length: 1,
    related: [],
    tags: ['unnecessary'],
    relationship: undefined,
    fixes: [{ title: 'Fix', edits: [], preferred: true }],
  }));
}

describe('what an editor is sent of one file', () => {
  it('is all of it when it is little', () => {
    const few = [...findings(20, 'a'), ...findings(20, 'b')];
    expect(cappedFindings(few)).toEqual(few);
  });

  it('is the first 20 of a kind, and how many more there are where the next one stands', () => {
    const shown = cappedFindings(findings(16_000, 'unknown-key'));
    expect(shown).toHaveLength(21);
    expect(shown.slice(0, 20)).toEqual(findings(20, 'unknown-key'));
    expect(shown[20]).toMatchObject({
      code: 'unknown-key',
      severity: 'warning',
      message: '… and 15,980 more in this file.',
      serverMessage: undefined,
      offset: 20,
      fixes: [],
    });
  });

  it('leaves other kinds alone', () => {
    const shown = cappedFindings([...findings(25, 'a'), ...findings(3, 'b', 'error', 25)]);
    expect(shown.map(({ code }) => code)).toEqual([...Array<string>(21).fill('a'), 'b', 'b', 'b']);
  });

  it('is 1,000 for a file, the errors first, in the order of the text', () => {
    const kinds = Array.from({ length: 100 }, (_, kind) =>
      findings(20, `code-${kind}`, kind < 10 ? 'hint' : 'error', kind * 100),
    ).flat();
    const shown = cappedFindings(kinds);
    expect(shown).toHaveLength(1000);
    expect(shown.slice(0, -1).every(({ severity }) => severity === 'error')).toBe(true);
    expect(shown.slice(0, -1).map(({ offset }) => offset)).toEqual(
      shown
        .slice(0, -1)
        .map(({ offset }) => offset)
        .toSorted((a, b) => a - b),
    );
    expect(shown.at(-1)?.message).toBe('… and 1,001 more in this file.');
  });
});
