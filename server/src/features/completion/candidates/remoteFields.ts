import { knownValue } from '../../../catalogue/catalogue.ts';
import type { CursorTarget } from '../../../join/cursorTarget.ts';
import type { FieldDefinition } from '../../../schema/remoteSchema.ts';
import { isRequired } from '../../../schema/typeReference.ts';
import { describeDefinition, fieldSignature } from '../../hover/describe.ts';
import type { CandidateRequest } from '../candidate.ts';
import { type Candidate, member } from '../candidate.ts';
import { inputSkeleton, type Proposals, proposalsFor } from '../inputSkeleton.ts';
import { emptyObject, type Member, objectOf } from '../skeleton.ts';

/** Fields of the type the path has reached, each with the skeleton its required arguments need. */
export function remoteFieldCandidates(
  target: Extract<CursorTarget, { kind: 'remote-field' }>,
  { cursor }: CandidateRequest,
): Candidate[] {
  // One field a level (R6): beside another there is nothing to complete.
  const others = target.object.children.filter(
    (child) => child.key !== undefined && child.key !== cursor.node,
  );
  if (others.length > 0) return [];
  const fields = target.parentType?.fields ?? [];
  const current = fields.filter((field) => field.deprecationReason === undefined);
  const deprecated = fields.filter((field) => field.deprecationReason !== undefined);
  return [...current, ...deprecated].map((field): Candidate => {
    const proposals = proposalsFor(target.join, cursor);
    const members = requiredMembers(field, target, proposals);
    return {
      label: field.name,
      icon: 'field',
      detail: fieldSignature(field),
      documentation: describeDefinition(field),
      deprecated: field.deprecationReason !== undefined,
      insert: member(
        field.name,
        objectOf(['arguments', members.length === 0 ? emptyObject : objectOf(...members)]),
      ),
      additional: proposals.edits(),
    };
  });
}

function requiredMembers(
  field: FieldDefinition,
  target: Extract<CursorTarget, { kind: 'remote-field' }>,
  proposals: Proposals,
): Member[] {
  const schema = knownValue(target.join.schema);
  return field.arguments
    .filter(isRequired)
    .map((input): Member => [input.name, inputSkeleton(input, schema, proposals, field.name)]);
}
