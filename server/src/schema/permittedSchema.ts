import type { SchemaFile } from './loadedRemoteSchema.ts';
import { parseSdl } from './parseSdl.ts';
import type { RemoteSchema } from './remoteSchema.ts';
import { loadSdl } from './sdlRemoteSchema.ts';

/** What the SDL of permissions shows of a remote schema, all roles together. `undefined` when none of it can be read. */
export function permittedSchema(permissions: readonly SchemaFile[]): RemoteSchema | undefined {
  const readable = permissions.filter(({ text }) => parseSdl(text).document !== undefined);
  const { schema } = loadSdl(readable);
  return (
    schema && {
      queryTypeName: schema.queryTypeName,
      typeNames: schema.typeNames,
      type: (name) => schema.type(name),
      isPartial: true,
    }
  );
}
