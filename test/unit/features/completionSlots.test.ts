import { describe, expect, it } from 'vitest';
import { InsertTextMode } from 'vscode-languageserver-types';
import { around, languages, rows } from './definitionSlots.ts';
import { completeAt, marker, surroundings } from './support.ts';

describe('completion of a definition', () => {
  it.each(rows)('%s in %s style', (_, style, { first, not, choose, ...texts }) => {
    const [before, after] = texts[style];
    const completed = completeAt(around[style](before), languages[style]);
    expect(completed.labels.slice(0, first.length)).toEqual(first);
    for (const label of not ?? []) expect(completed.labels).not.toContain(label);
    expect(completed.choose(choose)).toBe(around[style](after));
  });

  it.each(rows)('%s in %s style, without snippets', (_, style, { choose, ...texts }) => {
    const completed = completeAt(around[style](texts[style][0]), languages[style], surroundings, {
      snippets: false,
    });
    expect(completed.choose(choose).replace(marker, '')).toBe(
      around[style](texts[style][1]).replace(marker, ''),
    );
  });
});

describe('completion of a definition, in an editor that indents what is inserted', () => {
  it.each(rows)('%s in %s style', (_, style, { choose, ...texts }) => {
    const [before, after] = texts[style];
    const completed = completeAt(around[style](before), languages[style], surroundings, {
      indents: true,
      insertTextMode: InsertTextMode.adjustIndentation,
    });
    expect(completed.choose(choose)).toBe(around[style](after));
  });
});
