import { type Catalogue, findRelation, forgetGone, markWild, open } from './catalogue.ts';
import { ddlWords } from './routines.ts';
import type { SqlStatement } from './splitStatements.ts';
import type { SqlParser, SqlToken } from './sqlParser.ts';
import { qualifiedName } from './types.ts';

/** What comes between the kind of an object and its name. */
const betweenKindAndName = new Set(['IF', 'NOT', 'EXISTS', 'ONLY', 'CONCURRENTLY']);

const kindsWithShape = new Set(['TABLE', 'VIEW', 'TYPE']);

/** What a statement that does not parse names becomes unknown; all does when it may have swallowed others. */
export function spoilNamed(catalogue: Catalogue, parser: SqlParser, statement: SqlStatement): void {
  // A newer database may know it.
  forgetGone(catalogue);
  const tokens = parser.scan(statement.text);
  const isCertain = namesAll(tokens) && !placeholder.test(statement.text);
  if (!isCertain && ddlWords.test(statement.text)) {
    markWild(catalogue);
    return;
  }
  for (const [index, token] of tokens.entries()) {
    if (!kindsWithShape.has(token.text.toUpperCase())) continue;
    const name = qualifiedName(nameAt(tokens, index + 1));
    const relation = findRelation(catalogue, name);
    if (!relation) continue;
    open(relation);
    if (/^drop$/i.test(tokens[index - 1]?.text ?? '')) relation.existence = 'maybe';
  }
}

/** `{{x}}`, `:x`, `%(x)s`: what stands there is known to another program alone. */
const placeholder = /[{}]|(?<!:):["'A-Za-z_]|%\(/;

const ordinaryName = /^(?:"[^"{}$]+"|[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*)$/;

/** Whether each object is named by what can be nothing but a name: a placeholder stands for any. */
function namesAll(tokens: readonly SqlToken[]): boolean {
  const kinds = tokens.flatMap(({ text }, index) => (kindsWithShape.has(text.toUpperCase()) ? [index] : []));
  return (
    kinds.length > 0 &&
    kinds.every((index) => {
      const names = writtenAt(tokens, index + 1);
      return names.length > 0 && names.every((each) => ordinaryName.test(each));
    })
  );
}

function nameAt(tokens: readonly SqlToken[], start: number): string[] {
  return writtenAt(tokens, start).map(nameOf);
}

/** The parts of a name as they are written. */
function writtenAt(tokens: readonly SqlToken[], start: number): string[] {
  let index = start;
  while (betweenKindAndName.has(tokens[index]?.text.toUpperCase() ?? '')) index++;
  const names: string[] = [];
  for (; index < tokens.length; index += 2) {
    names.push(tokens[index]?.text ?? '');
    if (tokens[index + 1]?.text !== '.') break;
  }
  return names;
}

function nameOf(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}
