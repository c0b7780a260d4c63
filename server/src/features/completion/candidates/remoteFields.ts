import { knownValue } from '../../../catalogue/catalogue.ts';
import type { CursorTarget } from '../../../join/cursorTarget.ts';
import { describeDefinition, fieldSignature } from '../../hover/describe.ts';
import type { CandidateRequest } from '../candidate.ts';
import { type Candidate, member } from '../candidate.ts';
import { argumentsSkeleton, proposalsFor } from '../inputSkeleton.ts';
import { objectOf } from '../skeleton.ts';

/** Fields of the type the path has reached, each with the skeleton its required arguments need. */
export function remoteFieldCandidates(
  target: Extract<CursorTarget, { kind: 'remote-field' }>,
  request: CandidateRequest,
): Candidate[] {
  // One field a level (R6): beside another there is nothing to complete.
  const others = target.object.children.filter(
    (child) => child.key !== undefined && child.key !== request.cursor.node,
  );
  if (others.length > 0) return [];
  const fields = target.parentType?.fields ?? [];
  const current = fields.filter((field) => field.deprecationReason === undefined);
  const deprecated = fields.filter((field) => field.deprecationReason !== undefined);
  const schema = knownValue(target.join.schema);
  const proposals = proposalsFor(target.join, request);
  return request.limits
    .best([...current, ...deprecated], ({ name }) => name)
    .map((field): Candidate => {
      const { skeleton, edits } = argumentsSkeleton(field, schema, proposals());
      return {
        label: field.name,
        icon: 'field',
        detail: fieldSignature(field),
        documentation: describeDefinition(field),
        deprecated: field.deprecationReason !== undefined,
        insert: member(field.name, objectOf(['arguments', skeleton])),
        additional: edits,
      };
    });
}
