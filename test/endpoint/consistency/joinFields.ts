import type { GraphQLObjectType } from 'graphql';
import type { DatabaseTable } from '../databases/catalogue.ts';
import type { Kind } from '../kinds.ts';
import type { ComputedFieldFunction } from './computedFields.ts';
import { scalarName } from './scalarNames.ts';
import type { JoinField } from './state.ts';

/** What a table offers to join on: scalar columns by database name, and scalar computed fields without arguments. */
export function tableJoinFields(
  table: DatabaseTable,
  kind: Kind,
  computedFields: readonly ComputedFieldFunction[],
): ReadonlyMap<string, JoinField> {
  const computed = computedFields
    .filter(({ scalar, takesArguments }) => scalar !== undefined && !takesArguments)
    .map(({ name, scalar }): JoinField => ({ name, scalar, computed: true }));
  const columns = table.columns
    .filter(({ nested }) => !nested || kind.family !== 'connector')
    .map(({ name, type }): JoinField => ({ name, scalar: scalarName(type), computed: false }));
  return new Map([...computed, ...columns].map((field) => [field.name, field]));
}

/** What an object type of a remote schema offers: the fields that take no arguments, whatever their type. */
export function typeJoinFields(type: GraphQLObjectType): ReadonlyMap<string, JoinField> {
  const fields = Object.values(type.getFields()).filter(({ args }) => args.length === 0);
  return new Map(fields.map(({ name }) => [name, { name, scalar: undefined, computed: false }]));
}
