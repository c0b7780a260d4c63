import { boundedList } from '../../../common/src/boundedText.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { ArgumentStep, PathStep, RemoteSchemaJoin } from '../join/joinPath.ts';
import type { InputValue } from '../schema/remoteSchema.ts';
import { isRequired, typeReferenceText } from '../schema/typeReference.ts';
import { contentRange, headRange, type TextRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Rule, RuleFinding } from './rule.ts';
import { remoteSchemaJoins, stepsBelowNonObjects, typedValueUses } from './support/joinReaders.ts';
import { relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';

/**
 * Required arguments and input fields that the definition does not give (R22): the server leaves them to the query
 * on the last step of the path, and sends nothing on the steps before.
 */
export const unsuppliedRequiredArgument: Rule = {
  code: 'unsupplied-required-argument',
  specification: ['R22'],
  title: 'A required argument is not given.',
  severity: 'information',
  check(context, report) {
    for (const { join, missing, kind, words, step, range } of inputsMissing(context)) {
      report({
        ...findingFor(missing, kind, words, step, range),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};

/** Required inputs that an object does not give. */
export interface MissingInputs {
  readonly join: RemoteSchemaJoin;
  readonly step: PathStep;
  readonly missing: readonly InputValue[];
  readonly kind: 'argument' | 'field';
  /** The remote field or input type they belong to. */
  readonly owner: string;
  readonly words: string;
  /** Where they would be written. */
  readonly object: SyntaxNode;
  readonly range: TextRange;
}

/** All of a document, in the order in which they are reported. */
export function inputsMissing(context: DocumentContext): readonly MissingInputs[] {
  const found: MissingInputs[] = [];
  const astray = stepsBelowNonObjects(context);
  for (const join of remoteSchemaJoins(context)) {
    for (const step of join.path) {
      if (astray.has(step.step)) continue;
      if (step.field.state !== 'present' || step.step.arguments.state !== 'present') continue;
      const object = step.step.arguments.node;
      const missing = missingInputs(step.field.value.arguments, step.arguments, object);
      if (missing.length === 0) continue;
      const owner = step.step.name.value;
      const range = contentRange(step.step.name.node);
      const words = `remote field "${owner}"`;
      found.push({ join, step, missing, kind: 'argument', owner, words, object, range });
    }
  }
  for (const { join, step, value } of typedValueUses(context, 'object')) {
    const { value: given, expectedType } = value;
    if (expectedType?.kind !== 'input-object') continue;
    const missing = missingInputs(expectedType.inputFields, value.fields, given.node);
    if (missing.length === 0) continue;
    const owner = expectedType.name;
    const words = `input object "${owner}"`;
    const [object, range] = [given.node, headRange(given.node)];
    found.push({ join, step, missing, kind: 'field', owner, words, object, range });
  }
  return found;
}

function missingInputs(
  inputs: readonly InputValue[],
  given: readonly ArgumentStep[],
  node: SyntaxNode,
): InputValue[] {
  // Something that can't be read may give any of them.
  if (node.unresolved) return [];
  const names = new Set(given.map(({ argument }) => argument.name.value));
  return inputs.filter((input) => isRequired(input) && !names.has(input.name));
}

function findingFor(
  missing: readonly InputValue[],
  kind: 'argument' | 'field',
  owner: string,
  step: PathStep,
  range: TextRange,
): RuleFinding {
  const list = boundedList(missing.map(({ name, type }) => `"${name}" (${typeReferenceText(type)})`));
  const what = `Required ${kind}${missing.length > 1 ? 's' : ''} ${list} of ${owner}`;
  const are = missing.length > 1 ? 'are' : 'is';
  return {
    severity: step.last ? 'information' : 'warning',
    message: step.last
      ? `${what} must be supplied at query time.`
      : `${what} ${are} not given, and can't be supplied at query time on a step before the last: every query will fail in the remote server.`,
    ...range,
    related: missing
      .slice(0, 10)
      .flatMap(({ name, location }) => relatedPlace(`"${name}" is declared here.`, location)),
  };
}
