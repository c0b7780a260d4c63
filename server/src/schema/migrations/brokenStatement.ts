import { type Catalogue, findRelation, markWild, open } from './catalogue.ts';
import type { SqlStatement } from './splitStatements.ts';
import type { SqlParser, SqlToken } from './sqlParser.ts';
import { qualifiedName } from './types.ts';

/** What comes between the kind of an object and its name. */
const betweenKindAndName = new Set(['IF', 'NOT', 'EXISTS', 'ONLY', 'CONCURRENTLY']);

const kindsWithShape = new Set(['TABLE', 'VIEW', 'TYPE']);

/** What a statement that does not parse names becomes unknown; all does when it may have swallowed others. */
export function spoilNamed(catalogue: Catalogue, parser: SqlParser, statement: SqlStatement): void {
  if (statement.unclosed) {
    markWild(catalogue);
    return;
  }
  const tokens = parser.scan(statement.text);
  for (const [index, token] of tokens.entries()) {
    if (!kindsWithShape.has(token.text.toUpperCase())) continue;
    const relation = findRelation(catalogue, qualifiedName(nameAt(tokens, index + 1)));
    if (!relation) continue;
    open(relation);
    if (/^drop$/i.test(tokens[index - 1]?.text ?? '')) relation.existence = 'maybe';
  }
}

function nameAt(tokens: readonly SqlToken[], start: number): string[] {
  let index = start;
  while (betweenKindAndName.has(tokens[index]?.text.toUpperCase() ?? '')) index++;
  const names: string[] = [];
  for (; index < tokens.length; index += 2) {
    names.push(nameOf(tokens[index]?.text ?? ''));
    if (tokens[index + 1]?.text !== '.') break;
  }
  return names;
}

function nameOf(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}
