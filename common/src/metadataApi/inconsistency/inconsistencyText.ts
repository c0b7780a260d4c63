import { localized } from '../../localized.ts';
import type { Json } from '../document/json.ts';
import { loggable, redact } from '../http/redact.ts';
import { type InconsistentObject, plainReason } from './inconsistentObjects.ts';

/** The server's words, without passwords that stand in them; `unchecked`: how many relationships hang on the object. */
export function inconsistencyText({ reason, detail, subjects }: InconsistentObject, unchecked = 0): string {
  const names = subjects.length > 1 ? subjects.flatMap(({ name }) => name ?? []) : [];
  return redact(
    [
      plainReason(reason),
      ...(detail === undefined || detail === '' ? [] : [detail]),
      ...(names.length === 0
        ? []
        : [localized`It is about ${names.reduce((some, name) => localized`${some} and ${name}`)}.`]),
      ...(unchecked === 0 ? [] : [uncheckedText(unchecked)]),
    ].join('\n'),
    [],
  );
}

function uncheckedText(count: number): string {
  return count === 1
    ? localized`Its remote relationship is not checked.`
    : localized`Its ${count} remote relationships are not checked.`;
}

/** What an inconsistency is about, for a list: `table customer in source shop`. */
export function inconsistencyTitle({ subjects }: InconsistentObject): string {
  const titles = subjects.map(({ name, type }) => name ?? type).filter((title) => title !== undefined);
  return titles.length === 0 ? localized`an object without a name` : titles.join(', ');
}

/** All that is known of an inconsistency, to be read; what may hold passwords is left out. */
export function inconsistencyDocument({ reason, detail, subjects }: InconsistentObject): Json {
  return loggable(
    {
      reason,
      ...(detail === undefined ? {} : { message: detail }),
      objects: subjects.map(({ type, name, definition }) => ({
        type: type ?? null,
        name: name ?? null,
        definition: definition ?? null,
      })),
    },
    [],
  );
}

/** Equal for what a server says twice. */
export function inconsistencyKey({ reason, subjects }: InconsistentObject): string {
  return JSON.stringify([reason, ...subjects.map(({ type, name }) => [type ?? null, name ?? null])]);
}
