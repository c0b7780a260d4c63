import type { Relationship } from '../metadata/relationship.ts';
import type { Finding } from '../rules/rule.ts';

/** The errors that stand within a relationship. `findings`: of its document. */
export function errorsIn(
  findings: readonly Finding[],
  { node }: Pick<Relationship, 'node'>,
): readonly Finding[] {
  return findings.filter(
    ({ severity, offset }) =>
      severity === 'error' && node.offset <= offset && offset < node.offset + node.length,
  );
}
