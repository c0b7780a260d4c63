import type { At } from '../at.ts';
import { change } from '../changes.ts';
import { remoteRelationshipName } from '../consistency/objects.ts';
import type { State, TableState } from '../consistency/state.ts';
import { type Kind, readTableName } from '../kinds.ts';
import { type Definition, readLegacy, readStrict } from '../metadata/definition.ts';
import { changeTable, type Metadata, put, without } from '../metadata/metadata.ts';
import { Refusal } from '../refusal.ts';
import type { Release } from '../release.ts';
import { type Body, type Prefixed, type ReadContext, success } from './command.ts';
import { trackedTable } from './lookup.ts';

/** Since when each backend has these commands (spec 10.1). */
function supports({ family }: Kind, release: Release): boolean {
  switch (family) {
    case 'postgres':
      return true;
    case 'citus':
      return release.since(2, 0, 2);
    case 'bigquery':
      return release.since(2, 1, 0);
    case 'mssql':
      return release.since(2, 6, 0);
    case 'cockroach':
      return release.since(2, 12, 0);
    case 'connector':
      return release.since(2, 21, 0);
    case 'mysql':
      return false;
  }
}

function readPlace(args: At, kind: Kind) {
  return {
    source: args.optional('source')?.nonEmptyString() ?? 'default',
    table: readTableName(args.required('table'), kind),
    name: args.required('name').nonEmptyString(),
  };
}

/** R2, and which forms each release took in a request. */
function readRequestDefinition(args: At, command: string, { release, prefixed }: ReadContext): Definition {
  if (release.before(2, 1, 0)) return readLegacy(args, release);
  // 2.1.0 took the legacy keys of commands without a prefix only.
  if (release.before(2, 1, 1) && prefixed)
    return readStrict(args.required('definition').outside(args.path), release);
  const legacy = args.optional('remote_schema');
  const definition = args.optional('definition');
  if (legacy && !definition) return readLegacy(args, release);
  if (definition && !legacy) return readStrict(definition.outside(args.path), release);
  return args.fail(`${command} expects exactly one of: remote_schema, definition`);
}

function write(mustExist: boolean): Prefixed['read'] {
  return (args: At, kind: Kind, context: ReadContext): Body => {
    const { source, table, name } = readPlace(args, kind);
    const definition = readRequestDefinition(args, 'create_remote_relationship', context);
    return {
      modifies: true,
      run: async (state, running) => {
        const found = trackedTable(state, source, kind, table);
        if (mustExist) expectRemoteRelationship(found, name);
        const metadata = changeTable(state.metadata, source, table.key, (entry) => ({
          ...entry,
          remoteRelationships: put(entry.remoteRelationships, { name, definition }),
        }));
        const object = remoteRelationshipName(source, table.text, name);
        return { answer: success, state: await change(state, metadata, running, { object }) };
      },
    };
  };
}

/** By the schema cache: an inconsistent relationship counts as missing (R38). */
function expectRemoteRelationship({ fields }: TableState, name: string): void {
  const kind = fields.get(name);
  if (!kind) throw new Refusal('not-exists', `"${name}" does not exist`);
  if (kind !== 'remote relationship') {
    throw new Refusal('unexpected-payload', 'expecting a remote relationship');
  }
}

/** Creating replaces silently; updating and deleting need a consistent relationship (spec 6.3). */
export const remoteRelationshipCommands: Readonly<Record<string, Prefixed>> = {
  create_remote_relationship: { supports, read: write(false) },
  update_remote_relationship: { supports, read: write(true) },
  delete_remote_relationship: {
    supports,
    read: (args, kind) => {
      const { source, table, name } = readPlace(args, kind);
      const apply = (metadata: Metadata, state: State): Metadata => {
        expectRemoteRelationship(trackedTable(state, source, kind, table), name);
        return changeTable(metadata, source, table.key, (entry) => ({
          ...entry,
          remoteRelationships: without(entry.remoteRelationships, name),
        }));
      };
      return {
        modifies: true,
        atomic: { since: [2, 31, 0], apply },
        run: async (state, context) => {
          const metadata = apply(state.metadata, state);
          return { answer: success, state: await change(state, metadata, context) };
        },
      };
    },
  },
};
