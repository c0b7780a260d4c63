import type { SqlFile } from '../schema/migrations/replayedDatabase.ts';
import { property } from '../syntax/nodes.ts';
import { parse } from '../syntax/parse.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/** The SQL that an `up.yaml` of the older Hasura CLI runs; its other steps change metadata, which is read elsewhere. */
export function sqlSteps(uri: string, text: string): readonly SqlFile[] {
  const files: SqlFile[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.kind === 'array') {
      for (const item of node.children) visit(item);
      return;
    }
    const type = property(node, 'type')?.value;
    const args = property(node, 'args');
    if (args === undefined) return;
    if (type === 'bulk') visit(args);
    const sql = typeof type === 'string' && runsSql.test(type) ? property(args, 'sql') : undefined;
    if (sql === undefined) return;
    const isReadable = typeof sql.value === 'string' && sql.aliasOf === undefined;
    files.push(isReadable ? stepOf(uri, text, sql, String(sql.value)) : unreadStep(uri, sql.offset));
  };
  const { roots, problems } = parse(text, 'yaml');
  for (const root of roots) visit(root);
  const [problem] = problems;
  return problem === undefined ? files : [...files, unreadStep(uri, problem.offset)];
}

/** What it does is not known: SQL is included that is not here. */
function unreadStep(uri: string, offset: number): SqlFile {
  return { uri, text: '\\i', offset };
}

const runsSql = /^(?:(?:pg|citus|cockroach)_)?run_sql$/;

/** SQL reads as well with the indentation of a block in front of its lines; so its offsets are those of the file. */
function stepOf(uri: string, text: string, { style, offset, length }: SyntaxNode, value: string): SqlFile {
  if (style !== 'block-scalar') return { uri, text: value, offset: style === 'plain' ? offset : offset + 1 };
  const header = text.indexOf('\n', offset) + 1;
  return { uri, text: text.slice(header, offset + length), offset: header };
}
