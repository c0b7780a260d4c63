import { isGraphqlName } from '../../../../../common/src/graphqlName.ts';
import type { CursorTarget } from '../../../join/cursorTarget.ts';
import type { LhsField } from '../../../join/joinPath.ts';
import type { TypeReference } from '../../../schema/remoteSchema.ts';
import { listDepth } from '../../../schema/typeReference.ts';
import type { CandidateRequest } from '../candidate.ts';
import { type Candidate, textValue } from '../candidate.ts';
import { agrees, fieldCandidate, rankFields } from '../joinFields.ts';
import { lhsFieldEdits, listedFields } from '../lhsFieldEdits.ts';
import { listOf, openObject, type Skeleton } from '../skeleton.ts';
import { argumentCandidates } from './arguments.ts';
import { booleanCandidates } from './names.ts';

/**
 * Variables that suit the argument, the best first, those of fields not listed yet with the edit that lists them;
 * booleans for a Boolean. Values of enums can't be written in a definition, so there are none.
 */
export function argumentValueCandidates(
  target: Extract<CursorTarget, { kind: 'value' }>,
  request: CandidateRequest,
): Candidate[] {
  const { expected, expectedType } = target.value;
  if (expectedType?.kind === 'input-object') return inputObjectCandidates(target, request);
  const variables = variableCandidates(target, expected, request);
  if (expectedType?.name !== 'Boolean') return variables.map(({ candidate }) => candidate);
  const sorted = (fit: boolean) =>
    variables.filter(({ fits }) => fits === fit).map(({ candidate }) => candidate);
  return [...sorted(true), ...booleanCandidates(), ...sorted(false)];
}

interface VariableCandidate {
  readonly candidate: Candidate;
  /** Its type agrees with what the argument expects, as far as that is known. */
  readonly fits: boolean;
}

function variableCandidates(
  target: Extract<CursorTarget, { kind: 'value' }>,
  expected: TypeReference | undefined,
  { cursor, limits }: CandidateRequest,
): VariableCandidate[] {
  const location = { name: target.argument.argument.name.value, owner: target.owner, expected };
  const candidates: VariableCandidate[] = [];
  const ranked = limits.best(rankFields(target.join, location), ({ field }) => field.name);
  for (const { field, listed, agreement } of ranked) {
    const edits = listed ? [] : lhsFieldEdits(target.join, cursor, [field.name]);
    if (edits === undefined) continue;
    const shown = fieldCandidate(field);
    const candidate: Candidate = {
      ...shown,
      label: `$${field.name}`,
      icon: 'variable',
      detail: listed ? shown.detail : [shown.detail, 'adds it to the join fields'].filter(Boolean).join(', '),
      insert: variable(field, expected),
      additional: edits,
    };
    candidates.push({ candidate, fits: agreement >= agrees });
  }
  // Listed names nobody knows: the columns are not loaded.
  const known = new Set(candidates.map(({ candidate }) => candidate.label));
  for (const name of listedFields(target.join) ?? []) {
    if (known.has(`$${name}`) || !isGraphqlName(name) || target.join.lhs.field(name).state === 'absent')
      continue;
    const label = `$${name}`;
    candidates.push({ candidate: { label, icon: 'variable', insert: textValue(label) }, fits: true });
  }
  return candidates;
}

/** A single value for a list goes into a list of one. */
function variable(field: LhsField, expected: TypeReference | undefined): Candidate['insert'] {
  let value: Skeleton = { kind: 'string', value: `$${field.name}` };
  const lists = expected === undefined ? 0 : listDepth(expected) - listDepthOf(field);
  if (lists === 1) value = listOf(value);
  return { kind: 'value', value };
}

function listDepthOf(field: LhsField): number {
  return field.graphqlType === undefined ? 0 : listDepth(field.graphqlType);
}

/** Keys of the input object that is expected, or the empty object or list to begin with. */
function inputObjectCandidates(
  target: Extract<CursorTarget, { kind: 'value' }>,
  request: CandidateRequest,
): Candidate[] {
  const { expected, expectedType } = target.value;
  if (expectedType === undefined) return [];
  if (request.cursor.style !== 'block') {
    const lists = expected === undefined ? 0 : listDepth(expected);
    return [
      {
        label: lists === 0 ? '{}' : '[{}]',
        icon: 'value',
        detail: expectedType.name,
        insert: { kind: 'value', value: lists === 0 ? openObject : listOf(openObject) },
      },
    ];
  }
  return argumentCandidates(
    {
      ...target,
      kind: 'argument',
      inputs: expectedType.inputFields,
      owner: expectedType,
      argument: undefined,
      object: target.value.value.node,
    },
    request,
  );
}
