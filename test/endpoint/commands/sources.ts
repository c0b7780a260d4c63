import { change } from '../changes.ts';
import { sourceObject } from '../consistency/objects.ts';
import { forget } from '../facts.ts';
import { put, type SourceEntry, without } from '../metadata/metadata.ts';
import { Refusal } from '../refusal.ts';
import { type Prefixed, success } from './command.ts';
import { dependencyError, sourceEntry } from './lookup.ts';

export const sourceCommands: Readonly<Record<string, Prefixed>> = {
  add_source: {
    read: (args, kind) => {
      const name = args.required('name').nonEmptyString();
      const configuration = args.required('configuration').value;
      const customization = args.optional('customization')?.value;
      const replace = args.optional('replace_configuration')?.boolean() ?? false;
      return {
        modifies: true,
        run: async (state, context) => {
          const existing = state.metadata.sources.find((source) => source.name === name);
          if (existing && !replace) {
            throw new Refusal('already-exists', `source with name "${name}" already exists`);
          }
          const others = customization === undefined ? {} : { customization };
          const source: SourceEntry = existing
            ? { ...existing, configuration, others: { ...existing.others, ...others } }
            : { name, kind, tables: [], configuration, others };
          const metadata = { ...state.metadata, sources: put(state.metadata.sources, source) };
          const facts = forget(
            { ...state, metadata },
            { sources: (other) => other === name, remoteSchemas: () => false },
          );
          const object = sourceObject(source).name;
          return { answer: success, state: await change(state, metadata, context, { object, facts }) };
        },
      };
    },
  },

  drop_source: {
    read: (args) => {
      const name = args.required('name').nonEmptyString();
      const cascade = args.optional('cascade')?.boolean() ?? false;
      return {
        modifies: true,
        run: async (state, context) => {
          sourceEntry(state, name);
          const dependents = state.cache.references.filter(
            ({ owner, needs }) => needs.source === name && owner.source !== name,
          );
          if (dependents.length > 0 && !cascade) throw dependencyError(dependents.map(({ text }) => text));
          const left = dependents.reduce((rest, reference) => reference.drop(rest), state.metadata);
          const metadata = { ...left, sources: without(left.sources, name) };
          return { answer: success, state: await change(state, metadata, context) };
        },
      };
    },
  },
};
