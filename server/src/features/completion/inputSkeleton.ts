import type { RemoteSchemaJoin } from '../../join/joinPath.ts';
import type { InputValue, RemoteSchema, TypeReference } from '../../schema/remoteSchema.ts';
import { isRequired, namedTypeOf } from '../../schema/typeReference.ts';
import type { Cursor } from '../../syntax/cursor/cursor.ts';
import type { TextReplacement } from '../../syntax/textRange.ts';
import { agrees, type RankedField, rankFields } from './joinFieldRanking.ts';
import { lhsFieldEdits, listedFields } from './lhsFieldEdits.ts';
import {
  listOf,
  literalStop,
  type Member,
  objectOf,
  openObject,
  proposal,
  type Skeleton,
  stop,
} from './skeleton.ts';

/** Chooses the variables a skeleton proposes, and remembers those whose field must be listed first. */
export interface Proposals {
  /** The variable for an input, with its `$`; `undefined` when no field suits. */
  variable(input: InputValue, owner: string): string | undefined;
  /** The edits that list the fields proposed. */
  edits(): readonly TextReplacement[];
}

/** From `agreementRank`: the same type, or the same kind of value. */
const sameKind = 4;
const deepest = 4;

export function proposalsFor(join: RemoteSchemaJoin, cursor: Cursor): Proposals {
  const listed = listedFields(join);
  const added: string[] = [];
  const canAdd = lhsFieldEdits(join, cursor, ['probe']) !== undefined;
  const suits = ({ agreement, namedAlike, listed: isListed }: RankedField, needed: boolean) =>
    isListed
      ? agreement >= agrees || (agreement > 0 && namedAlike)
      : canAdd && ((agreement > 0 && namedAlike) || (needed && agreement >= sameKind));
  return {
    variable: (input, owner) => {
      const location = { name: input.name, owner, expected: input.type };
      const chosen = rankFields(join, location).find((field) => suits(field, isRequired(input)));
      if (chosen === undefined) {
        // The columns are not loaded: the one field that is listed is what is meant.
        const [only, ...more] = listed ?? [];
        const unknown = only !== undefined && join.lhs.field(only).state === 'unknown';
        return unknown && more.length === 0 ? `$${only}` : undefined;
      }
      const { name } = chosen.field;
      if (!chosen.listed && !added.includes(name)) added.push(name);
      return `$${name}`;
    },
    edits: () => (added.length === 0 ? [] : (lhsFieldEdits(join, cursor, added) ?? [])),
  };
}

/** What to write for an argument or input field: a variable, or the object or one-element list its type asks for. */
export function inputSkeleton(
  input: InputValue,
  schema: RemoteSchema | undefined,
  proposals: Proposals,
  owner: string,
): Skeleton {
  return skeletonOfType(input, input.type, schema, proposals, owner, 0);
}

function skeletonOfType(
  input: InputValue,
  type: TypeReference,
  schema: RemoteSchema | undefined,
  proposals: Proposals,
  owner: string,
  depth: number,
): Skeleton {
  if (type.kind === 'list') {
    return listOf(skeletonOfType(input, type.of, schema, proposals, owner, depth));
  }
  const named = schema?.type(namedTypeOf(type));
  if (named?.kind === 'input-object') {
    const required = depth < deepest ? named.inputFields.filter(isRequired) : [];
    if (required.length === 0) return openObject;
    return objectOf(
      ...required.map(
        (field): Member => [
          field.name,
          skeletonOfType(field, field.type, schema, proposals, named.name, depth + 1),
        ],
      ),
    );
  }
  const variable = proposals.variable(input, owner);
  if (variable !== undefined) return proposal(variable);
  return named?.name === 'Boolean' ? literalStop('true', 'false') : stop;
}
