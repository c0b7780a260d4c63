import type { NamedType } from './remoteSchema.ts';

const descriptions: Readonly<Record<string, string>> = {
  Int: 'A signed 32-bit integer.',
  Float: 'A signed double-precision number.',
  String: 'Text.',
  Boolean: '`true` or `false`.',
  ID: 'An identifier, written as text or as an integer.',
};

/** The scalars every GraphQL schema has, whether it declares them or not. */
export const builtInScalars: ReadonlyMap<string, NamedType> = new Map(
  Object.entries(descriptions).map(([name, description]) => [
    name,
    {
      kind: 'scalar',
      name,
      description,
      fields: [],
      inputFields: [],
      enumValues: [],
      interfaces: [],
      memberTypes: [],
      location: undefined,
      field: () => undefined,
      inputField: () => undefined,
    },
  ]),
);

export function isBuiltInScalar(name: string): boolean {
  return builtInScalars.has(name);
}
