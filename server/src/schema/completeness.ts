import { isBuiltInScalar } from './builtInScalars.ts';
import type { RemoteSchema } from './remoteSchema.ts';
import { namedTypeOf } from './typeReference.ts';

/** Scalars that servers add without declaring them. */
const undeclared =
  /^(?:AWS\w+|Date|DateTime|Time|Timestamp|JSON|JSONObject|UUID|Upload|BigInt|Long|URL|Void)$/;

/** Whether a schema has every type it speaks of, and a root to ask: parts of one have not. */
export function isComplete(schema: RemoteSchema): boolean {
  if (schema.type(schema.queryTypeName) === undefined) return false;
  const isThere = (name: string): boolean =>
    isBuiltInScalar(name) || undeclared.test(name) || schema.type(name) !== undefined;
  return schema.typeNames.every((name) => {
    const type = schema.type(name);
    if (type === undefined) return true;
    const inputs = [...type.inputFields, ...type.fields.flatMap((field) => field.arguments)];
    return (
      [...type.fields, ...inputs].every((each) => isThere(namedTypeOf(each.type))) &&
      [...type.interfaces, ...type.memberTypes].every(isThere)
    );
  });
}
