import type { RemoteSchemaJoin } from '../../join/joinPath.ts';
import type { FieldDefinition, InputValue, RemoteSchema, TypeReference } from '../../schema/remoteSchema.ts';
import { isRequired, namedTypeOf } from '../../schema/typeReference.ts';
import type { TextReplacement } from '../../syntax/textRange.ts';
import type { CandidateRequest } from './candidate.ts';
import { mostLines } from './completionLimits.ts';
import { bestField } from './joinFields.ts';
import { lhsFieldEdits, listedFields } from './lhsFieldEdits.ts';
import {
  emptyObject,
  listOf,
  literalStop,
  type Member,
  objectOf,
  openObject,
  proposal,
  type Skeleton,
  stop,
} from './skeleton.ts';

/** The variables of one skeleton, and those of them whose field must be listed first. */
export interface Proposals {
  /** The variable for an input, with its `$`; `undefined` when no field suits. */
  variable(input: InputValue, owner: string): string | undefined;
  /** The edits that list the fields proposed. */
  edits(): readonly TextReplacement[];
}

const deepest = 4;

/** Chooses variables for the skeletons of a list, each of which begins anew. */
export function proposalsFor(
  join: RemoteSchemaJoin,
  { cursor, limits }: Pick<CandidateRequest, 'cursor' | 'limits'>,
): () => Proposals {
  const listed = listedFields(join);
  const canAdd = lhsFieldEdits(join, cursor, ['probe']) !== undefined;
  const count = join.lhs.fields.state === 'present' ? join.lhs.fields.value.length : 0;
  // The columns are not loaded: the one field that is listed is what is meant.
  const [only, ...more] = listed ?? [];
  const isOnly = only !== undefined && more.length === 0 && join.lhs.field(only).state === 'unknown';
  return () => {
    const added: string[] = [];
    return {
      variable: (input, owner) => {
        if (!limits.mayWeigh(count)) return undefined;
        const chosen = bestField(join, input, owner, canAdd);
        if (chosen === undefined) return isOnly ? `$${only}` : undefined;
        const { name } = chosen.field;
        if (!chosen.listed && !added.includes(name)) added.push(name);
        return `$${name}`;
      },
      edits: () => (added.length === 0 ? [] : (lhsFieldEdits(join, cursor, added) ?? [])),
    };
  };
}

/** What to write, and the edits that list the fields it proposes. */
interface Proposed {
  readonly skeleton: Skeleton;
  readonly edits: readonly TextReplacement[];
}

/**
 * What to write for an argument or input field: a variable, or the object or one-element list its type asks for; the empty
 * object where that would be too long.
 */
export function inputSkeleton(
  input: InputValue,
  schema: RemoteSchema | undefined,
  proposals: Proposals,
  owner: string,
): Proposed {
  const skeleton = skeletonOfType(input, input.type, { schema, proposals, left: mostLines - 2 }, owner, 0);
  return skeleton === undefined
    ? { skeleton: emptyInput(input.type), edits: [] }
    : { skeleton, edits: proposals.edits() };
}

/** The required arguments of a remote field; the empty object where they would be too long. */
export function argumentsSkeleton(
  field: FieldDefinition,
  schema: RemoteSchema | undefined,
  proposals: Proposals,
): Proposed {
  const required = field.arguments.filter(isRequired);
  if (required.length === 0) return { skeleton: emptyObject, edits: [] };
  const members = membersOf(required, { schema, proposals, left: mostLines - 3 }, field.name, 0);
  return members === undefined
    ? { skeleton: openObject, edits: [] }
    : { skeleton: objectOf(...members), edits: proposals.edits() };
}

interface Writing {
  readonly schema: RemoteSchema | undefined;
  readonly proposals: Proposals;
  /** Lines that may still be written. */
  left: number;
}

/** `undefined` when there is no room for it. */
function membersOf(
  inputs: readonly InputValue[],
  writing: Writing,
  owner: string,
  depth: number,
): readonly Member[] | undefined {
  // A line for each, and one for the bracket that closes them.
  writing.left -= inputs.length + 1;
  if (writing.left < 0) return undefined;
  const members: Member[] = [];
  for (const input of inputs) {
    const skeleton = skeletonOfType(input, input.type, writing, owner, depth);
    if (skeleton === undefined) return undefined;
    members.push([input.name, skeleton]);
  }
  return members;
}

function skeletonOfType(
  input: InputValue,
  type: TypeReference,
  writing: Writing,
  owner: string,
  depth: number,
): Skeleton | undefined {
  if (type.kind === 'list') {
    const item = skeletonOfType(input, type.of, writing, owner, depth);
    return item && listOf(item);
  }
  const named = writing.schema?.type(namedTypeOf(type));
  if (named?.kind === 'input-object') {
    const required = depth < deepest ? named.inputFields.filter(isRequired) : [];
    if (required.length === 0) return openObject;
    const members = membersOf(required, writing, named.name, depth + 1);
    return members && objectOf(...members);
  }
  const variable = writing.proposals.variable(input, owner);
  if (variable !== undefined) return proposal(variable);
  return named?.name === 'Boolean' ? literalStop('true', 'false') : stop;
}

/** Of an input object: brackets, and the place to go on between them. */
function emptyInput(type: TypeReference): Skeleton {
  return type.kind === 'list' ? listOf(emptyInput(type.of)) : openObject;
}
