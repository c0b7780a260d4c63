import type { State } from '../consistency/state.ts';
import { Refusal } from '../refusal.ts';

type Selection = boolean | readonly string[];

/** Which remote schemas to fetch again; a name that is in no entry is refused. */
export function reloadedSchemas(selection: Selection, { metadata }: State): (name: string) => boolean {
  return selected(selection, metadata.remoteSchemas, 'Remote schema');
}

export function reloadedSources(selection: Selection, { metadata }: State): (name: string) => boolean {
  return selected(selection, metadata.sources, 'Source');
}

function selected(
  selection: Selection,
  entries: readonly { readonly name: string }[],
  what: string,
): (name: string) => boolean {
  if (typeof selection === 'boolean') return () => selection;
  const unknown = selection.find((name) => !entries.some((entry) => entry.name === name));
  if (unknown !== undefined) {
    throw new Refusal('not-exists', `${what} with name "${unknown}" not found in metadata`);
  }
  return (name) => selection.includes(name);
}
