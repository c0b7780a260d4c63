import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import type { ArgumentValue } from '../metadata/relationship.ts';
import { isBuiltInScalar } from '../schema/builtInScalars.ts';
import type { TypeReference } from '../schema/remoteSchema.ts';
import { suggest } from '../schema/suggest.ts';
import { literalAgrees } from '../schema/typeCompatibility.ts';
import { namedTypeOf, typeReferenceText } from '../schema/typeReference.ts';
import { quoteScalar, replaceContent } from '../syntax/edit/scalarText.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import type { Fix, Rule } from './rule.ts';
import {
  argumentDeclaration,
  argumentWords,
  sentence,
  typedValueUses,
  type ValueUse,
} from './support/joinReaders.ts';
import { offeredNames } from './support/lhsFieldAbsence.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { didYouMean } from './support/suggestion.ts';

type Literal = Extract<ArgumentValue, { kind: 'literal' }>;

/** A literal whose type is not the expected one (R23, spec 5.1). */
export const literalType: Rule = {
  code: 'literal-type',
  specification: ['R23', 'R63'],
  title: 'A literal has the wrong type.',
  severity: 'error',
  check(context, report) {
    const idTakesOthers = context.catalogue.serverVersion.atLeast(2, 0);
    for (const use of typedValueUses(context, 'literal')) {
      const { join } = use;
      const { value, expected } = use.value;
      if (expected === undefined || use.value.expectedType === undefined) continue;
      const text = literalAgrees(value.type, expected, idTakesOthers);
      if (text === undefined) continue;
      const variable = variableMeant(use, value);
      const byCli =
        value.byCli === undefined
          ? ''
          : ` Without quotes, the Hasura CLI reads ${String(value.node.value)} as ${literalWords[value.type]}.`;
      report({
        // How another reader of YAML takes it is not known.
        ...(value.byCli === undefined ? {} : { severity: 'warning' }),
        message: `${messageFor(use, value, expected, idTakesOthers)}${byCli}${didYouMean(variable === undefined ? booleanMeant(value, expected) : `$${variable}`)}`,
        serverMessage: inconsistentObject(context, join.relationship, text),
        ...contentRange(value.node),
        related: argumentDeclaration(use),
        relationship: relationshipName(join.relationship),
        fixes:
          idTakesOthers || namedTypeOf(expected) !== 'ID'
            ? fixesFor(context.tree, value, expected, variable)
            : [],
      });
    }
  },
};

function messageFor(
  use: ValueUse<'literal'>,
  value: Literal,
  expected: TypeReference,
  idTakesOthers: boolean,
): string {
  const { expectedType } = use.value;
  const what = `${sentence(argumentWords(use))} takes`;
  const instead = use.step.last
    ? 'Use a join field ("$…"), or leave it out and supply it at query time.'
    : 'Use a join field ("$…") instead.';
  switch (expectedType?.kind) {
    case 'enum':
      return `${what} a value of enum ${expectedType.name}, and an enum value can't be written in a relationship: a string is always a String. ${instead}`;
    case 'input-object':
      return `${what} an object (${typeReferenceText(expected)}), but ${literalWords[value.type]} is given.`;
    case 'scalar':
      if (!isBuiltInScalar(expectedType.name)) {
        return `${what} ${typeReferenceText(expected)}, and the server refuses every literal for a custom scalar. ${instead}`;
      }
  }
  if (expectedType?.name === 'Float') {
    return value.type === 'Int'
      ? `${what} ${typeReferenceText(expected)}, and the server refuses whole numbers for it (1.0 counts as one). ${instead}`
      : `${what} ${typeReferenceText(expected)}, but ${literalWords[value.type]} is given.`;
  }
  if (expectedType?.name === 'ID' && !idTakesOthers) {
    return `${what} ${typeReferenceText(expected)}, and the server refuses every literal for an ID before version 2.0.`;
  }
  return `${what} ${typeReferenceText(expected)}, but ${literalWords[value.type]} is given.`;
}

const literalWords = {
  Int: 'a whole number',
  Float: 'a fractional number',
  Boolean: 'a boolean',
  String: 'a string',
} as const;

/** The join field a text names when its `$` was forgotten. */
function variableMeant({ join }: ValueUse, { node }: Literal): string | undefined {
  const listed = join.lhsFields.map(({ name }) => name.value);
  return [...listed, ...offeredNames(join.lhs)].find((name) => name === node.value && isGraphqlName(name));
}

/** The boolean that a text is nearly: `ture`. */
function booleanMeant(
  { node, type }: Pick<Literal, 'node' | 'type'>,
  expected: TypeReference,
): string | undefined {
  if (type !== 'String' || expected.kind === 'list' || namedTypeOf(expected) !== 'Boolean') return undefined;
  const booleans = ['true', 'false'];
  const text = String(node.value);
  const near = booleans.includes(text) ? undefined : suggest(text, booleans);
  // `male` is as near to `false` as `fasle` is.
  return near !== undefined && lettersOf(text) === lettersOf(near) ? near : undefined;
}

function lettersOf(word: string): string {
  return [...word.toLowerCase()].sort().join('');
}

function fixesFor(
  tree: SyntaxTree,
  { node, type }: Pick<Literal, 'node' | 'type'>,
  expected: TypeReference,
  variable: string | undefined,
): Fix[] {
  if (node.aliasOf !== undefined || node.style === 'block-scalar') return [];
  if (variable !== undefined) {
    return [
      { title: `Change to "$${variable}"`, edits: [replaceContent(node, `$${variable}`)], preferred: true },
    ];
  }
  const written = tree.text.slice(node.offset, node.offset + node.length);
  const text = String(node.value);
  const base = namedTypeOf(expected);
  // What is in quotes was meant as a text.
  const meant = node.style === 'plain' ? booleanMeant({ node, type }, expected) : undefined;
  const replacement =
    (base === 'String' || base === 'ID') && type !== 'String'
      ? quoteScalar(written, 'double-quoted', tree.language)
      : type === 'String' && base !== undefined && literalPatterns[base]?.test(text) === true
        ? text
        : meant;
  if (replacement === undefined || replacement === written) return [];
  const edit = { offset: node.offset, length: node.length, text: replacement };
  return [{ title: `Change to ${replacement}`, edits: [edit], preferred: true }];
}

/** What the text of a literal looks like that may stand without its quotes. */
const literalPatterns: Readonly<Record<string, RegExp>> = {
  Int: /^-?(?:0|[1-9]\d*)$/,
  Float: /^-?(?:0|[1-9]\d*)\.\d*[1-9]$/,
  Boolean: /^(?:true|false)$/,
};
