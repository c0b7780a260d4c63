import { knownValue } from '../../../catalogue/catalogue.ts';
import type { CursorTarget } from '../../../join/cursorTarget.ts';
import { isRequired } from '../../../schema/typeReference.ts';
import { propertyNames } from '../../../syntax/nodes.ts';
import { describeDefinition, inputType } from '../../hover/describe.ts';
import type { CandidateRequest } from '../candidate.ts';
import { type Candidate, member } from '../candidate.ts';
import { inputSkeleton, proposalsFor } from '../inputSkeleton.ts';

/** Arguments of a remote field, or fields of an input object, that are not given yet; required ones first. */
export function argumentCandidates(
  target: Extract<CursorTarget, { kind: 'argument' }>,
  request: CandidateRequest,
): Candidate[] {
  const { owner } = target;
  if (owner === undefined) return [];
  const present = new Set(target.object.kind === 'object' ? propertyNames(target.object) : []);
  const inputs = target.inputs.filter((input) => !present.has(input.name));
  const ordered = [...inputs.filter(isRequired), ...inputs.filter((input) => !isRequired(input))];
  const schema = knownValue(target.join.schema);
  const proposals = proposalsFor(target.join, request);
  return request.limits
    .best(ordered, ({ name }) => name)
    .map((input): Candidate => {
      const { skeleton, edits } = inputSkeleton(input, schema, proposals(), owner.name);
      return {
        label: input.name,
        icon: 'argument',
        detail: isRequired(input) ? `${inputType(input)} (required)` : inputType(input),
        documentation: describeDefinition(input),
        deprecated: input.deprecationReason !== undefined,
        insert: member(input.name, skeleton),
        additional: edits,
      };
    });
}
