import type { ShapeProblemOf } from '../metadata/relationship.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Fix } from './rule.ts';
import { shapeRule, shapeWords, valueRange } from './shapeRule.ts';
import { tableParserText, unreadableTableText } from './support/tableNameText.ts';

type WrongKind = ShapeProblemOf<'wrong-kind'>;

export const wrongKind = shapeRule(
  {
    code: 'wrong-kind',
    specification: ['R6', 'R61', 'R65', '2'],
    title: 'A value has the wrong kind: a string instead of a list, or a list instead of an object.',
    severity: 'error',
  },
  ['wrong-kind'],
  (problem, context) => ({
    message: `${subject(problem)} must be ${kindWords(problem.expected)}, not ${valueWords(problem.node)}${wholeFile(problem)}.`,
    range: valueRange(context, problem.node),
    fixes: listFixes(problem),
    ...unreadableTableText(context, problem, tableParserText),
  }),
);

function subject({ key, shape, node }: WrongKind): string {
  if (key !== undefined) return `"${key}"`;
  const isItem = node.key === undefined && node.parent?.kind === 'array';
  if (isItem && !shape.endsWith(' item')) return `An item of ${shapeWords(shape)}`;
  const words = shapeWords(shape);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Of a list that is a file of its own. */
function wholeFile({ node, expected }: WrongKind): string {
  return node.parent === undefined && expected === 'Array' && node.kind === 'object'
    ? ': the Hasura CLI takes all that the file holds for the list'
    : '';
}

const words: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  bool: 'a boolean',
  null: 'null',
  'string, object or array': 'a string, an object or a list',
};

function kindWords(kind: string): string {
  return words[kind.toLowerCase()] ?? kind;
}

/** A list that could be right if it were not empty says so. */
function valueWords({ kind, children }: SyntaxNode): string {
  return kind === 'array' && children.length === 0 ? 'an empty list' : kindWords(kind);
}

/** One name where a list of names belongs. */
function listFixes({ expected, node }: WrongKind): readonly Fix[] {
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
