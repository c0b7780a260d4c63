import { isList, isObject, type Json } from '../json.ts';
import type { Metadata } from './metadata.ts';

/** What the server accepts but warns of: so far, names of event triggers. */
export function warningsOf({ sources }: Metadata): readonly Json[] {
  return sources.flatMap(({ name: source, tables }) =>
    tables.flatMap(({ table, others: { event_triggers: triggers } }) => {
      const names = (isList(triggers) ? triggers : []).map((item) =>
        isObject(item) ? item['name'] : undefined,
      );
      return names
        .filter((name) => typeof name === 'string' && !/^[\w-]+$/.test(name))
        .map((name) => ({
          type: 'event_trigger',
          name: `event_trigger ${name} in table ${table.text} in source ${source}`,
          code: 'illegal-event-trigger-name',
          message:
            `The event trigger with name "${name}" may not work as expected, hasura suggests to use only ` +
            'alphanumeric, underscore and hyphens in an event trigger name',
        }));
    }),
  );
}
