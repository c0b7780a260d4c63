import { type Catalogue, type Column, type Relation, type Routine, schemaName } from './catalogue.ts';
import type {
  GoneName,
  GoneTable,
  ReplayedColumn,
  ReplayedDatabase,
  ReplayedForeignKey,
  ReplayedFunction,
  ReplayedTable,
  SqlProblem,
} from './replayedDatabase.ts';
import { formatDeclared, formatType } from './types.ts';

/** What readers are told of a catalogue: what certainly is there. */
export function databaseLeft(catalogue: Catalogue, problems: readonly SqlProblem[]): ReplayedDatabase {
  return {
    tables: [...catalogue.relations.values()].flatMap((relation) => tableLeft(catalogue, relation)),
    goneTables: goneTables(catalogue),
    functions: [...catalogue.routines.values()].flatMap((routine) => functionLeft(catalogue, routine)),
    problems: [...problems],
  };
}

/** Those of which no other has the name by now. */
function goneTables({ gone, relations, schemas }: Catalogue): GoneTable[] {
  const left = new Map(gone);
  for (const { schema, name } of relations.values()) {
    left.delete(JSON.stringify([schemas.get(schema)?.name ?? '', name]));
  }
  return [...left.values()];
}

function goneColumns({ columns, goneColumns: gone }: Relation): GoneName[] {
  const left = new Map(gone);
  for (const { name } of columns) left.delete(name);
  return [...left.values()];
}

function tableLeft(catalogue: Catalogue, relation: Relation): ReplayedTable[] {
  const { kind, existence, temporary } = relation;
  if (kind === 'composite type' || existence !== 'certain' || temporary) return [];
  const columns = relation.columns.filter(({ maybe }) => !maybe);
  return [
    {
      schema: schemaName(catalogue, relation.schema),
      name: relation.name,
      kind,
      columns: columns.map((column) => columnLeft(catalogue, column)),
      closed: relation.closed,
      goneColumns: goneColumns(relation),
      foreignKeys: foreignKeysLeft(catalogue, relation),
      description: relation.description,
      origin: relation.origin,
    },
  ];
}

function columnLeft(catalogue: Catalogue, column: Column): ReplayedColumn {
  const { name, type, nullable, description, origin } = column;
  return { name, type: type && formatType(catalogue, type), nullable, description, origin };
}

function foreignKeysLeft(catalogue: Catalogue, relation: Relation): ReplayedForeignKey[] | undefined {
  if (!relation.foreignKeysKnown) return undefined;
  return relation.constraints.flatMap(({ columns, references }) => {
    const target = references && catalogue.relations.get(references.relation);
    if (!target) return [];
    const names = columns.flatMap((id) => relation.columns.find((column) => column.id === id)?.name ?? []);
    return [{ columns: names, table: { schema: schemaName(catalogue, target.schema), name: target.name } }];
  });
}

function functionLeft(catalogue: Catalogue, routine: Routine): ReplayedFunction[] {
  if (routine.kind !== 'function' || routine.maybe) return [];
  const { returnType, returnsSet, origin } = routine;
  return [
    {
      schema: schemaName(catalogue, routine.schema),
      name: routine.name,
      returnType: returnType && formatDeclared(catalogue, returnType),
      returnsSet,
      argumentTypes: routine.arguments
        .filter(({ isInput }) => isInput)
        .map(({ type }) => type && formatDeclared(catalogue, type)),
      origin,
    },
  ];
}
