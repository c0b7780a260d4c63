import { castsImplicitly, isPreferredType, typeCategory } from './builtinTypes.ts';
import type { Catalogue, SqlType } from './catalogue.ts';
import { baseType, sameType, withoutModifiers } from './types.ts';

/** The type of an expression; a literal in quotes, and NULL, takes the type of what it stands beside. */
export interface Typed {
  readonly type: SqlType | undefined;
  readonly literal: boolean;
}

export const unknownType: Typed = { type: undefined, literal: false };

export const literal: Typed = { type: undefined, literal: true };

export const text: SqlType = { base: 'text' };

export function typed(type: SqlType | undefined): Typed {
  return { type, literal: false };
}

/** A literal that nothing gives a type is a text. */
export function settled({ type, literal }: Typed): SqlType | undefined {
  return literal ? text : type;
}

/** The one type of several expressions, as UNION, CASE, COALESCE and VALUES need. */
export function commonType(catalogue: Catalogue, all: readonly Typed[]): Typed {
  const [first] = all;
  if (all.some((each) => !each.literal && !each.type)) return unknownType;
  const types = all.flatMap(({ type }) => type ?? []);
  if (!first || types.length === 0) return literal;
  const chosen = types.length === all.length && allSame(types) ? types[0] : commonBase(catalogue, types);
  if (!chosen) return unknownType;
  const agree = all.every(
    ({ type }) => type && sameType(type, chosen) && type.modifiers === types[0]?.modifiers,
  );
  const modifiers = agree ? types[0]?.modifiers : undefined;
  return typed({ ...withoutModifiers(chosen), ...(modifiers !== undefined && { modifiers }) });
}

function allSame([first, ...rest]: readonly SqlType[]): boolean {
  return first !== undefined && rest.every((type) => sameType(type, first));
}

function commonBase(catalogue: Catalogue, types: readonly SqlType[]): SqlType | undefined {
  let chosen: SqlType | undefined;
  for (const each of types) {
    const next = baseType(catalogue, each);
    if (!next) return undefined;
    if (!chosen || sameType(chosen, next)) chosen ??= next;
    else {
      const better = betterOf(chosen, next);
      if (!better) return undefined;
      chosen = better;
    }
  }
  return chosen;
}

function betterOf(one: SqlType, other: SqlType): SqlType | undefined {
  if (typeof one.base !== 'string' || typeof other.base !== 'string' || one.array || other.array)
    return undefined;
  const category = typeCategory(one.base);
  if (category === undefined || category !== typeCategory(other.base)) return undefined;
  const change =
    !isPreferredType(one.base) &&
    castsImplicitly(one.base, other.base) &&
    !castsImplicitly(other.base, one.base);
  return change ? other : one;
}
