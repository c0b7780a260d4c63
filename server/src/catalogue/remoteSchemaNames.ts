import type { ServerVersion } from '../../../common/src/serverVersion.ts';
import type { RemoteSchemaCustomization, Renaming } from '../metadata/relationship.ts';
import { isBuiltInScalar } from '../schema/builtInScalars.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';

/** Names before and after the customization of a remote schema (spec 6.7). */

/** Whether servers of this version customize remote schemas at all. */
export function hasCustomization(version: ServerVersion): boolean {
  return version.atLeast(2, 1);
}

/** The name a field has after customization. */
export function customizedFieldName(
  { fieldNames }: RemoteSchemaCustomization,
  type: string,
  field: string,
): string {
  const renaming = fieldNames.get(type);
  return renaming === undefined ? field : renamed(renaming, field);
}

/**
 * The name a type has after customization; `undefined` where that depends on whether it is the root of mutations or
 * subscriptions, which is not known.
 */
export function customizedTypeName(
  { typeNames, namespace }: RemoteSchemaCustomization,
  schema: RemoteSchema,
  type: string,
): string | undefined {
  const mapped = typeNames?.mapping.get(type)?.value;
  if (mapped !== undefined) return mapped;
  if (isBuiltInScalar(type) || type.startsWith('__')) return type;
  if (type === schema.queryTypeName) return namespace === undefined ? type : `${namespace.value}${type}`;
  if (typeNames === undefined || (typeNames.prefix === '' && typeNames.suffix === '')) {
    return isOtherRoot(type) && namespace !== undefined ? undefined : type;
  }
  return isOtherRoot(type) ? undefined : renamed(typeNames, type);
}

function isOtherRoot(type: string): boolean {
  return /^(?:mutation|subscription)/i.test(type);
}

function renamed({ prefix, suffix, mapping }: Renaming, name: string): string {
  return mapping.get(name)?.value ?? `${prefix}${name}${suffix}`;
}

/** The type that has this name after customization, and another one before. */
export function originalTypeName(
  customization: RemoteSchemaCustomization,
  schema: RemoteSchema,
  name: string,
): string | undefined {
  return schema.typeNames.find(
    (type) => type !== name && customizedTypeName(customization, schema, type) === name,
  );
}

/** The field of a type that has this name after customization, and another one before. */
export function originalFieldName(
  customization: RemoteSchemaCustomization,
  schema: RemoteSchema,
  type: string,
  name: string,
): string | undefined {
  return schema
    .type(type)
    ?.fields.find(
      (field) => field.name !== name && customizedFieldName(customization, type, field.name) === name,
    )?.name;
}
