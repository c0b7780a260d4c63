import type { Finding } from '../rules/rule.ts';
import { nodeAt } from '../syntax/nodes.ts';
import type { SyntaxTree } from '../syntax/tree.ts';

/** The findings without those that say the same of the same key, or the same item, of one object or list again. */
export function distinctMistakes(findings: readonly Finding[], tree: SyntaxTree | undefined): Finding[] {
  const said = new Set<string>();
  return findings.filter(({ code, message, offset }) => {
    const node = tree && nodeAt(tree, offset);
    if (node?.parent === undefined || node.value === undefined || node.value === null) return true;
    const mistake = JSON.stringify([code, node.parent.offset, node.value, message]);
    return said.size < said.add(mistake).size;
  });
}
