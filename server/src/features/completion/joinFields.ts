import { isGraphqlName } from '../../../../common/src/graphqlName.ts';
import { knownValue } from '../../catalogue/catalogue.ts';
import type { LhsField, RemoteSchemaJoin } from '../../join/joinPath.ts';
import type { InputValue, TypeReference } from '../../schema/remoteSchema.ts';
import { agreementRank } from '../../schema/typeCompatibility.ts';
import { isRequired } from '../../schema/typeReference.ts';
import { joinFieldType } from '../hover/describe.ts';
import { prose } from '../hover/markdown.ts';
import type { Candidate } from './candidate.ts';
import { listedFields } from './lhsFieldEdits.ts';

/** A field of the left-hand side as the value of an argument. */
export interface RankedField {
  readonly field: LhsField;
  readonly listed: boolean;
  /** As `agreementRank`: 0 differs, 3 and more agrees. */
  readonly agreement: number;
  /** Named like the argument, or like the remote field and the argument together. */
  readonly namedAlike: boolean;
}

/** What an argument is called and expects. */
export interface ArgumentPlace {
  readonly name: string | undefined;
  /** The remote field or input type it belongs to. */
  readonly owner: string | undefined;
  readonly expected: TypeReference | undefined;
}

/** From `agreementRank`: the types agree. */
export const agrees = 3;

/** Every field that can be a variable, the one that suits the argument best first: by type, then name, then whether it is listed. */
export function rankFields(join: RemoteSchemaJoin, place: ArgumentPlace): RankedField[] {
  return scoredFields(join, place).sort((a, b) => b.score - a.score);
}

interface ScoredField extends RankedField {
  readonly score: number;
}

function scoredFields(join: RemoteSchemaJoin, place: ArgumentPlace): ScoredField[] {
  const schema = knownValue(join.schema);
  const likeness = likenessTo(place);
  return variablesOf(join).map(({ field, plain, listed }) => {
    const agreement =
      place.expected === undefined ? 2 : agreementRank(field.graphqlType, place.expected, schema);
    const alike = likeness(plain);
    const suits = agreement >= agrees ? 100 : agreement > 0 ? 50 : 0;
    const score = suits + alike + (listed ? 30 : 0) + agreement;
    return { field, listed, agreement, namedAlike: alike > 0, score };
  });
}

interface Variable {
  readonly field: LhsField;
  readonly plain: string;
  readonly listed: boolean;
}

/** A list proposes variables for many arguments of one join. */
const variables = new WeakMap<RemoteSchemaJoin, readonly Variable[]>();

function variablesOf(join: RemoteSchemaJoin): readonly Variable[] {
  if (join.lhs.fields.state !== 'present') return [];
  let found = variables.get(join);
  if (found === undefined) {
    const listed = listedFields(join);
    found = join.lhs.fields.value
      .filter(({ name }) => isGraphqlName(name))
      .map((field) => ({
        field,
        plain: plainName(field.name),
        listed: listed?.has(field.name) ?? false,
      }));
    variables.set(join, found);
  }
  return found;
}

/** From `agreementRank`: the same type, or the same kind of value. */
const sameKind = 4;

/**
 * The field that suits an input well enough to be proposed for it; `undefined` when none does. One that is not listed yet
 * only where it may be.
 */
export function bestField(
  join: RemoteSchemaJoin,
  input: InputValue,
  owner: string,
  mayList: boolean,
): RankedField | undefined {
  const isNeeded = isRequired(input);
  const suits = ({ agreement, namedAlike, listed }: RankedField): boolean =>
    listed
      ? agreement >= agrees || (agreement > 0 && namedAlike)
      : mayList && ((agreement > 0 && namedAlike) || (isNeeded && agreement >= sameKind));
  let best: ScoredField | undefined;
  for (const field of scoredFields(join, { name: input.name, owner, expected: input.type })) {
    if ((best === undefined || field.score > best.score) && suits(field)) best = field;
  }
  return best;
}

/** `customer_id` is like arguments `customerId` and `customer`, and like argument `id` of field `customer`; `id` alone says little. */
function likenessTo({ name, owner }: ArgumentPlace): (plain: string) => number {
  if (name === undefined) return () => 0;
  const own = plainName(name);
  const owned = owner === undefined ? undefined : plainName(owner + name);
  const identified = `${own}id`;
  return (plain) => {
    if (plain === owned) return 40;
    if (plain === own) return plain === 'id' ? 20 : 35;
    return plain === identified || `${plain}id` === own ? 33 : 0;
  };
}

/** A name as it is compared with others. */
export function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** `customer.id` is like `customer_id`, `ticket_id` like `ticket.id`; names that are equal, too, but `id` alone says less. */
export function mappingLikeness(
  field: string | undefined,
  owner: string | undefined,
  column: string,
  table: string,
): 0 | 1 | 2 | 3 {
  if (field === undefined) return 3;
  const [left, right] = [plainName(field), plainName(column)];
  if (left === right && left !== 'id') return 0;
  if (owner !== undefined && plainName(owner + field) === right) return 1;
  if (left === plainName(table + column)) return 1;
  return left === right ? 2 : 3;
}

/** A field of the left-hand side as it is shown in a list. */
export function fieldCandidate(field: LhsField): Omit<Candidate, 'insert'> {
  return {
    label: field.name,
    icon: 'column',
    detail:
      field.origin === 'computed-field' ? `${field.type ?? ''} (computed)`.trim() : joinFieldType(field),
    documentation: field.description === undefined ? undefined : prose(field.description),
  };
}
