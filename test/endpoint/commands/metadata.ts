import type { At } from '../at.ts';
import { listJson, names } from '../changes.ts';
import type { State } from '../consistency/state.ts';
import { buildState, forget, noFacts } from '../facts.ts';
import type { Json } from '../json.ts';
import { documentJson, readDocument } from '../metadata/document.ts';
import { emptyMetadata } from '../metadata/metadata.ts';
import { warningsOf } from '../metadata/warnings.ts';
import { Refusal } from '../refusal.ts';
import { type Plain, success } from './command.ts';
import { reloadedSchemas, reloadedSources } from './reload.ts';

function consistency({ cache }: State): { is_consistent: boolean; inconsistent_objects: Json } {
  return {
    is_consistent: cache.inconsistencies.length === 0,
    inconsistent_objects: listJson(cache.inconsistencies),
  };
}

/** Spec 6.5. */
export const metadataCommands: Readonly<Record<string, Plain>> = {
  export_metadata: {
    read: (_args, { version }) => ({
      run: async ({ metadata }, { resourceVersion }) => {
        const document = documentJson(metadata);
        return {
          answer: version === 1 ? document : { resource_version: resourceVersion, metadata: document },
        };
      },
    }),
  },

  replace_metadata: {
    read: (args, { release, version, versionGiven }) => {
      const form2 = version === 2 || (!versionGiven && args.optional('metadata') !== undefined);
      const document = readDocument(form2 ? args.required('metadata') : args, release);
      const flag = (key: string, standard: boolean) =>
        (form2 ? args.optional(key)?.boolean() : undefined) ?? standard;
      const allowInconsistent = flag('allow_inconsistent_metadata', false);
      const allowWarnings = flag('allow_warnings', true);
      return {
        modifies: true,
        run: async (state, context) => {
          const metadata = document(state.metadata);
          const next = await buildState(metadata, { ...state.facts, catalogues: new Map() }, context);
          if (!allowInconsistent && next.cache.inconsistencies.length > 0) {
            throw new Refusal('unexpected', 'cannot continue due to inconsistent metadata', {
              internal: listJson(next.cache.inconsistencies),
            });
          }
          const warnings = release.since(2, 20, 0) ? warningsOf(metadata) : [];
          if (warnings.length > 0 && !allowWarnings) {
            throw new Refusal('metadata-warnings', 'failed due to metadata warnings', { internal: warnings });
          }
          const shown = warnings.length > 0 ? { warnings } : {};
          const answer = form2 ? consistency(next) : { message: 'success' };
          return { answer: { ...answer, ...shown }, state: next };
        },
      };
    },
  },

  clear_metadata: {
    read: () => ({
      modifies: true,
      run: async ({ metadata }, context) => {
        const sources = metadata.sources
          .filter(({ name }) => name === 'default')
          .map((source) => ({ ...source, tables: [], others: {} }));
        return {
          answer: success,
          state: await buildState({ ...emptyMetadata, sources }, noFacts, context),
        };
      },
    }),
  },

  reload_metadata: {
    read: (args, { release }) => {
      const selected = {
        remoteSchemas: selection(args, 'reload_remote_schemas'),
        sources: selection(args, 'reload_sources'),
      };
      return {
        modifies: true,
        run: async (state, context) => {
          const facts = forget(state, {
            remoteSchemas: reloadedSchemas(selected.remoteSchemas, state),
            sources: reloadedSources(selected.sources, state),
          });
          const next = await buildState(state.metadata, facts, context);
          const { is_consistent, inconsistent_objects } = consistency(next);
          const found = release.before(2, 4, 0)
            ? {}
            : { is_consistent, ...(is_consistent ? {} : { inconsistent_objects }) };
          return { answer: { message: 'success', ...found }, state: next };
        },
      };
    },
  },

  get_inconsistent_metadata: {
    read: () => ({ run: async (state) => ({ answer: consistency(state) }) }),
  },

  drop_inconsistent_metadata: {
    read: () => ({
      modifies: true,
      run: async (state, context) => {
        const objects = state.cache.inconsistencies.flatMap((item) => item.objects);
        const metadata = objects.reduce((rest, object) => object.drop(rest), state.metadata);
        const next = await buildState(metadata, state.facts, context);
        if (names(next.cache.inconsistencies).size > 0) {
          throw new Refusal('unexpected', 'cannot continue due to new inconsistent metadata', {
            internal: listJson(next.cache.inconsistencies),
          });
        }
        return { answer: success, state: next };
      },
    }),
  },
};

/** A flag, true by default, or a list of names. */
function selection(args: At, key: string): boolean | readonly string[] {
  const written = args.optional(key);
  if (!written) return true;
  return typeof written.value === 'boolean' ? written.value : written.strings();
}
