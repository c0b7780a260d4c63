import type { At } from '../at.ts';
import { change } from '../changes.ts';
import { typeRelationshipName } from '../consistency/objects.ts';
import { readStrict } from '../metadata/definition.ts';
import { changeRemoteSchema, changeType, dropFromType, put } from '../metadata/metadata.ts';
import { readTypeName } from '../metadata/remoteSchemaEntry.ts';
import { Refusal } from '../refusal.ts';
import { type Plain, success } from './command.ts';

const since = [2, 5, 0] as const;

function readPlace(args: At) {
  return {
    remoteSchema: args.required('remote_schema').nonEmptyString(),
    typeName: readTypeName(args),
    name: args.required('name').nonEmptyString(),
  };
}

function write(mustExist: boolean): Plain {
  return {
    since,
    read: (args, { release }) => {
      const { remoteSchema, typeName, name } = readPlace(args);
      const definition = readStrict(args.required('definition').outside(args.path), release);
      const object = typeRelationshipName(remoteSchema, typeName, name);
      return {
        modifies: true,
        run: async (state, context) => {
          if (mustExist && !state.cache.typeRelationships.has(object)) {
            // The doubled quotes are the server's own.
            const place = `""${remoteSchema}" with name "${name}""`;
            throw new Refusal('not-exists', `no relationship defined on remote schema ${place}`);
          }
          // An unknown remote schema succeeds and changes nothing.
          const metadata = changeRemoteSchema(state.metadata, remoteSchema, (entry) =>
            changeType(entry, typeName, (relationships) => put(relationships, { name, definition })),
          );
          return { answer: success, state: await change(state, metadata, context, { object }) };
        },
      };
    },
  };
}

/** The relationships of remote schemas' types (spec 6.3). */
export const typeRelationshipCommands: Readonly<Record<string, Plain>> = {
  create_remote_schema_remote_relationship: write(false),
  update_remote_schema_remote_relationship: write(true),
  delete_remote_schema_remote_relationship: {
    since,
    read: (args) => {
      const { remoteSchema, typeName, name } = readPlace(args);
      return {
        modifies: true,
        // Always a success, whatever exists.
        run: async (state, context) => {
          const metadata = dropFromType(state.metadata, remoteSchema, typeName, name);
          return { answer: success, state: await change(state, metadata, context) };
        },
      };
    },
  },
};
