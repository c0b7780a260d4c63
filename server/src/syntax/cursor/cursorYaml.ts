import { lineEnd, lineStart } from '../lines.ts';
import type { WordContext } from './writingPosition.ts';
import { blockPlace } from './yamlBlockPlace.ts';
import { excerptOf } from './yamlExcerpt.ts';
import { flowPlace } from './yamlFlowPlace.ts';
import { indentationAt } from './yamlIndentation.ts';
import { levelsFrom, lineAbove } from './yamlLines.ts';
import { scanYaml } from './yamlScan.ts';
import { wordAt } from './yamlWord.ts';

/** The place at `offset` of a YAML text. Needs no tree: only the lines around it are read. */
export function yamlPlace(text: string, offset: number, inItem: boolean): WordContext | undefined {
  const line = lineStart(text, offset);
  const at = Math.min(offset, lineEnd(text, offset > line ? offset - 1 : offset));
  const above = lineAbove(text, line);
  const levels = levelsFrom(text, above);
  const excerpt = excerptOf(text, line, levels);
  const state = scanYaml(text, excerpt.start, at);
  if (state.comment || state.blockScalar) return undefined;
  if (state.quote !== undefined && state.quote < line) return undefined;
  const flow = state.brackets.length > 0;
  const word = wordAt(text, line, at, state.quote, flow);
  if (word === undefined || word.start > at) return undefined;
  const typed = text.slice(word.start, at);
  const indentation = indentationAt(text, levels);
  const common = {
    word: word.quote === '' ? typed : typed.slice(1),
    start: word.start,
    end: word.end,
    quote: word.quote,
    quoteTyped: word.quote !== '',
    indentationUnit: indentation.unit,
    dashIndentation: indentation.dash,
    multiline: false,
    listsOnLines: false,
    lineIndentation: /^ */.exec(text.slice(line, word.start))?.[0] ?? '',
    newline: text.slice(0, 4000).includes('\r\n') ? '\r\n' : '\n',
  };
  const written = flow
    ? flowPlace(text, line, word, state.brackets)
    : blockPlace(text, line, word, above, levels, inItem);
  if (written === undefined) return undefined;
  return { writing: { ...common, ...written.writing }, excerpt: { ...excerpt, splices: written.splices } };
}
