import type { NamedTypeKind } from './remoteSchema.ts';

/** The word by which SDL defines a type of each kind. */
export const typeKeywords: Readonly<Record<NamedTypeKind, string>> = {
  object: 'type',
  interface: 'interface',
  union: 'union',
  scalar: 'scalar',
  enum: 'enum',
  'input-object': 'input',
};
