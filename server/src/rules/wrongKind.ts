import type { ShapeProblem } from '../model/relationship.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Fix } from './rule.ts';
import { shapeRule, shapeWords, valueRange } from './shapeRule.ts';

export const wrongKind = shapeRule(
  {
    code: 'wrong-kind',
    specification: ['R6', '2'],
    title: 'A value has the wrong kind: a string where a list belongs, a list where an object belongs.',
    severity: 'error',
  },
  ['wrong-kind'],
  (problem, context) => ({
    message: `${subject(problem)} must be ${kindWords(problem.expected)}, not ${kindWords(problem.node.kind)}.`,
    range: valueRange(context, problem.node),
    fixes: listFixes(problem),
  }),
);

function subject({ key, shape, node }: ShapeProblem): string {
  if (key !== undefined) return `"${key}"`;
  if (node.key === undefined && node.parent?.kind === 'array') return `An item of ${shapeWords(shape)}`;
  const words = shapeWords(shape);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const words: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  null: 'null',
  'string, object or array': 'a string, an object or a list',
};

function kindWords(kind: string | undefined): string {
  return words[kind?.toLowerCase() ?? ''] ?? kind ?? 'something else';
}

/** One name where a list of names belongs. */
function listFixes({ expected, node }: ShapeProblem): readonly Fix[] {
  if (expected !== 'Array' || !isName(node)) return [];
  return [
    {
      title: 'Make it a list',
      edits: [
        { offset: node.offset, length: 0, text: '[' },
        { offset: node.offset + node.length, length: 0, text: ']' },
      ],
      preferred: true,
    },
  ];
}

function isName(node: SyntaxNode): boolean {
  return node.aliasOf === undefined && typeof node.value === 'string' && /^\w+$/.test(node.value);
}
