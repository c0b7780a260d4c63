import { change, listJson, names } from '../changes.ts';
import { remoteSchemaObject } from '../consistency/objects.ts';
import type { State } from '../consistency/state.ts';
import { buildState, forget, introspectionIn } from '../facts.ts';
import { put, type RemoteSchemaEntry, without } from '../metadata/metadata.ts';
import { readRemoteSchemaEntry } from '../metadata/remoteSchemaEntry.ts';
import { Refusal } from '../refusal.ts';
import { noUrl } from '../remoteSchemas/introspect.ts';
import { type Plain, success } from './command.ts';
import { dependencyError } from './lookup.ts';

function entryOf(state: State, name: string): RemoteSchemaEntry | undefined {
  return state.metadata.remoteSchemas.find((entry) => entry.name === name);
}

/** A server that cannot be reached or has an invalid schema is refused with its own code. */
function refuseUnreachable(state: State, entry: RemoteSchemaEntry): void {
  const found = introspectionIn(state, entry);
  if (found && 'failure' in found) {
    const code = found.failure === noUrl ? 'invalid-params' : 'remote-schema-error';
    throw new Refusal(code, found.failure, { internal: found.details });
  }
}

/** Spec 6.6 and 7.2. */
export const remoteSchemaCommands: Readonly<Record<string, Plain>> = {
  add_remote_schema: {
    read: (args, { release }) => {
      const entry = readRemoteSchemaEntry(args, release);
      const { name } = entry;
      return {
        modifies: true,
        run: async (state, context) => {
          if (entryOf(state, name)) {
            throw new Refusal('already-exists', `remote schema with name "${name}" already exists`);
          }
          const remoteSchemas = put(state.metadata.remoteSchemas, { ...entry, types: [] });
          const metadata = { ...state.metadata, remoteSchemas };
          // One of that name may have been known before.
          const facts = forget(
            { ...state, metadata },
            { sources: () => false, remoteSchemas: (other) => other === name },
          );
          refuseUnreachable(await buildState(metadata, facts, context), entry);
          const object = remoteSchemaObject(entry).name;
          return { answer: success, state: await change(state, metadata, context, { object, facts }) };
        },
      };
    },
  },

  update_remote_schema: {
    read: (args, { release }) => {
      const entry = readRemoteSchemaEntry(args, release);
      const { name } = entry;
      return {
        modifies: true,
        run: async (state, context) => {
          const existing = entryOf(state, name);
          if (!existing) {
            throw new Refusal('not-exists', `remote schema with name "${name}" doesn't exist`);
          }
          // Made from the request and the stored permissions: the relationships are lost.
          const updated = { ...entry, permissions: existing.permissions, types: [] };
          const metadata = { ...state.metadata, remoteSchemas: put(state.metadata.remoteSchemas, updated) };
          refuseUnreachable(await buildState(metadata, state.facts, context), updated);
          const object = remoteSchemaObject(updated).name;
          return { answer: success, state: await change(state, metadata, context, { object }) };
        },
      };
    },
  },

  remove_remote_schema: {
    read: (args) => {
      const name = args.required('name').nonEmptyString();
      return {
        modifies: true,
        run: async (state, context) => {
          if (!state.cache.remoteSchemas.has(name)) throw new Refusal('not-exists', 'no such remote schema');
          const dependents = state.cache.references.filter(({ needs }) => needs.remoteSchema === name);
          if (dependents.length > 0) throw dependencyError(dependents.map(({ text }) => text));
          const remoteSchemas = without(state.metadata.remoteSchemas, name);
          const metadata = { ...state.metadata, remoteSchemas };
          return { answer: success, state: await change(state, metadata, context) };
        },
      };
    },
  },

  reload_remote_schema: {
    read: (args) => {
      const name = args.required('name').nonEmptyString();
      return {
        modifies: true,
        run: async (state, context) => {
          if (!entryOf(state, name)) {
            throw new Refusal('not-exists', `remote schema with name "${name}" does not exist`);
          }
          const facts = forget(state, { sources: () => false, remoteSchemas: (other) => other === name });
          const next = await buildState(state.metadata, facts, context);
          const before = names(state.cache.inconsistencies);
          const news = next.cache.inconsistencies.filter(({ objects }) =>
            objects.some((object) => !before.has(object.name)),
          );
          if (news.length > 0) {
            throw new Refusal('unexpected', 'cannot continue due to newly found inconsistent metadata', {
              status: 500,
              internal: listJson(news),
            });
          }
          return { answer: success, state: next };
        },
      };
    },
  },

  introspect_remote_schema: {
    read: (args) => {
      const name = args.required('name').nonEmptyString();
      return {
        run: async (state) => {
          const found = state.cache.remoteSchemas.get(name);
          if (!found) throw new Refusal('not-exists', `remote schema: "${name}" not found`);
          return { answer: found.answer };
        },
      };
    },
  },
};
