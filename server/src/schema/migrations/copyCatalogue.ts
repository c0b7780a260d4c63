import type { Catalogue } from './catalogue.ts';

/** A state to go on from. What is read-only in a catalogue is shared: `structuredClone` takes ten times as long. */
export function copyCatalogue(catalogue: Catalogue): Catalogue {
  return {
    ...catalogue,
    schemas: copied(catalogue.schemas, (schema) => ({
      ...schema,
      relations: new Map(schema.relations),
      types: new Map(schema.types),
      routines: copied(schema.routines, (ids) => [...ids]),
    })),
    relations: copied(catalogue.relations, (relation) => ({
      ...relation,
      columns: relation.columns.map((column) => ({ ...column })),
      parents: [...relation.parents],
      constraints: relation.constraints.map((constraint) => ({ ...constraint })),
      goneColumns: new Map(relation.goneColumns),
    })),
    types: copied(catalogue.types, (type) => ({ ...type })),
    routines: copied(catalogue.routines, (routine) => ({ ...routine })),
    gone: new Map(catalogue.gone),
    extensions: new Map(catalogue.extensions),
    searchPath: [...catalogue.searchPath],
    ddlRoutines: new Set(catalogue.ddlRoutines),
    routineCalls: copied(catalogue.routineCalls, (calls) => new Set(calls)),
    calledLater: new Set(catalogue.calledLater),
    unknownCalls: copied(catalogue.unknownCalls, (calls) => new Set(calls)),
    roles: new Set(catalogue.roles),
  };
}

function copied<Key, Value>(map: ReadonlyMap<Key, Value>, copy: (value: Value) => Value): Map<Key, Value> {
  return new Map(Array.from(map, ([key, value]) => [key, copy(value)]));
}
