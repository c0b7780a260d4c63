import { nextLine } from '../lines.ts';
import type { Level } from './yamlLines.ts';
import { firstColumn, readLine } from './yamlLines.ts';

/** How a YAML file indents its blocks. */
export interface YamlIndentation {
  /** One level of a mapping. */
  readonly unit: string;
  /** From a key to the dashes of the list below it; empty where lists are not indented. */
  readonly dash: string;
}

const looked = 8000;
const widest = 8;

/** As the lines that lead to the place have it, else as the file begins, else two blanks. */
export function indentationAt(text: string, levels: readonly Level[]): YamlIndentation {
  let unit: number | undefined;
  let dash: number | undefined;
  const take = (from: number, to: number, isDash: boolean) => {
    const width = to - from;
    if (isDash) {
      if (width >= 0 && width <= widest) dash ??= width;
    } else if (width > 0 && width <= widest) unit ??= width;
  };
  levels.forEach((level, at) => {
    const outer = levels[at + 1];
    if (outer === undefined || outer.dash || !outer.line.key || !outer.line.opens) return;
    if (level.column === firstColumn(level.line)) take(outer.column, level.column, level.dash);
  });
  let above = readLine(text, 0);
  for (let at = 0; at < Math.min(text.length, looked); at = nextLine(text, at)) {
    if (unit !== undefined && dash !== undefined) break;
    const line = readLine(text, at);
    if (line === undefined) continue;
    if (above?.key && above.opens && firstColumn(line) >= above.content) {
      take(above.content, firstColumn(line), line.dashes.length > 0);
    }
    above = line;
  }
  return { unit: ' '.repeat(unit ?? (dash || 2)), dash: ' '.repeat(dash ?? unit ?? 2) };
}
