import type { DocumentContext } from '../join/documentContext.ts';
import type { ShapeProblem, ShapeProblemOf } from '../metadata/relationship.ts';
import { contentRange, headRange, nodeRange, type TextRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Fix, Rule, Severity } from './rule.ts';
import { serverTextOfVersion } from './support/olderTexts.ts';

/** What a shape rule says about one problem. */
export interface ShapeDescription {
  readonly message: string;
  readonly range: TextRange;
  readonly fixes?: readonly Fix[] | undefined;
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** In place of the rule's own. */
  readonly severity?: Severity;
  /** In place of the text the model gives for current servers; `null`: the server says nothing. */
  readonly serverMessage?: string | null;
}

/** A rule that turns the problems of some kinds into findings. `describe` gives `undefined` where there is nothing to say. */
export function shapeRule<Kind extends ShapeProblem['kind']>(
  rule: Pick<Rule, 'code' | 'specification' | 'title' | 'severity'>,
  kinds: readonly Kind[],
  describe: (problem: ShapeProblemOf<Kind>, context: DocumentContext) => ShapeDescription | undefined,
): Rule {
  return {
    ...rule,
    needs: 'document',
    check: (context, report) => {
      for (const problem of context.model.shapeProblems) {
        if (!isOneOf(problem, kinds)) continue;
        const description = describe(problem, context);
        if (description === undefined) continue;
        const server =
          description.serverMessage === undefined ? problem.serverMessage : description.serverMessage;
        report({
          ...(description.severity === undefined ? {} : { severity: description.severity }),
          message: description.message,
          serverMessage: serverTextOfVersion(server ?? undefined, context.catalogue.serverVersion),
          ...description.range,
          fixes: description.fixes ?? [],
          tags: description.tags ?? [],
          relationship: problem.relationship,
        });
      }
    },
  };
}

function isOneOf<Kind extends ShapeProblem['kind']>(
  problem: ShapeProblem,
  kinds: readonly Kind[],
): problem is ShapeProblemOf<Kind> {
  return kinds.some((kind) => kind === problem.kind);
}

/** A shape in words: `"to_source"`, `this remote_relationships item`. */
export function shapeWords(shape: string): string {
  if (shape === 'metadata') return 'this document';
  return /^[a-z_]+$/.test(shape) && shape !== 'request' && shape !== 'source'
    ? `"${shape}"`
    : `this ${shape}`;
}

/** A value as a whole: a scalar's content, a collection on one line; else where it begins. */
export function valueRange(context: DocumentContext, node: SyntaxNode): TextRange {
  if (node.length === 0) return headRange(node);
  if (node.kind !== 'object' && node.kind !== 'array') return contentRange(node);
  const text = context.tree.text.slice(node.offset, node.offset + node.length);
  return node.style === 'flow' && !text.includes('\n') ? nodeRange(node) : headRange(node);
}
