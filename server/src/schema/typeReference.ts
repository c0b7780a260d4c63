import type { InputValue, TypeReference } from './remoteSchema.ts';

/** `[String!]!` as GraphQL writes it. */
export function typeReferenceText(type: TypeReference): string {
  const inner = type.kind === 'named' ? type.name : `[${typeReferenceText(type.of)}]`;
  return type.nonNull ? `${inner}!` : inner;
}

/** The name below all list and non-null wrappers. */
export function namedTypeOf(type: TypeReference): string {
  return type.kind === 'named' ? type.name : namedTypeOf(type.of);
}

/** Number of list wrappers. */
export function listDepth(type: TypeReference): number {
  return type.kind === 'named' ? 0 : 1 + listDepth(type.of);
}

/** Non-null and without a default: it must be supplied in a query (spec R22). */
export function isRequired(input: Pick<InputValue, 'type' | 'hasDefault'>): boolean {
  return input.type.nonNull && !input.hasDefault;
}

/** A nullable named type. */
export function namedType(name: string): TypeReference {
  return { kind: 'named', name, nonNull: false };
}

/** A nullable list of `of`. */
export function listOf(of: TypeReference): TypeReference {
  return { kind: 'list', of, nonNull: false };
}
