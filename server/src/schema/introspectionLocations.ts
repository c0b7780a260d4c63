import { visit } from 'jsonc-parser';
import type { Location } from '../syntax/location.ts';

/**
 * Where the names of an introspection result stand, by path below `__schema`: `types/3/fields/0`.
 * One pass over the text, to be made when a place is first asked for.
 */
export function introspectionLocations(uri: string, text: string): (path: string) => Location | undefined {
  const locations = new Map<string, Location>();
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  let property = '';
  visit(text.slice(start), {
    onObjectProperty: (name) => {
      property = name;
    },
    onLiteralValue: (value, offset, length, _line, _character, path) => {
      if (property !== 'name' || typeof value !== 'string') return;
      const keys = path();
      const below = keys.slice(keys.indexOf('__schema') + 1, -1).join('/');
      if (named.test(below)) locations.set(below, { uri, offset: start + offset + 1, length: length - 2 });
    },
  });
  return (path) => locations.get(path);
}

/** Types, their fields and input fields, and arguments; not the references to types. */
const named = /^types\/\d+(?:\/(?:inputFields\/\d+|fields\/\d+(?:\/args\/\d+)?))?$/;
