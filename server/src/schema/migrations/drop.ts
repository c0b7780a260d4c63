import {
  type Catalogue,
  type Column,
  childrenOf,
  type ObjectId,
  open,
  type Relation,
  type Routine,
  type Schema,
  type SqlType,
  spend,
  tellGone,
  tellGoneColumn,
  type UserType,
} from './catalogue.ts';

type Dropped =
  | { readonly relation: Relation }
  | { readonly column: Column; readonly of: Relation }
  | { readonly type: UserType }
  | { readonly routine: Routine };

/**
 * Drops with all that depends on it. Without CASCADE the database refuses when something does; that it did not shows that what depends
 * was gone, so that it goes here too.
 */
export function dropRelation(catalogue: Catalogue, relation: Relation): void {
  drop(catalogue, { relation });
}

export function dropType(catalogue: Catalogue, type: UserType): void {
  drop(catalogue, { type });
}

export function dropRoutine(catalogue: Catalogue, routine: Routine): void {
  drop(catalogue, { routine });
}

/** Of this relation alone: what inherits it is the caller's to see to. */
export function dropColumn(catalogue: Catalogue, relation: Relation, column: Column): void {
  drop(catalogue, { column, of: relation });
}

export function dropSchema(catalogue: Catalogue, schema: Schema): void {
  for (const id of [...schema.relations.values()]) {
    const relation = catalogue.relations.get(id);
    if (relation) dropRelation(catalogue, relation);
  }
  for (const id of [...schema.types.values()]) {
    const type = catalogue.types.get(id);
    if (type) dropType(catalogue, type);
  }
  for (const id of [...schema.routines.values()].flat()) {
    const routine = catalogue.routines.get(id);
    if (routine) dropRoutine(catalogue, routine);
  }
  if (!catalogue.uncertain) catalogue.schemas.delete(schema.id);
}

function drop(catalogue: Catalogue, first: Dropped): void {
  const rest: Dropped[] = [first];
  const seen = new Set<ObjectId>();
  for (let next = rest.pop(); next; next = rest.pop()) {
    const id = idOf(next);
    if (seen.has(id)) continue;
    seen.add(id);
    rest.push(...dependents(catalogue, next));
    remove(catalogue, next, next === first);
  }
}

function idOf(dropped: Dropped): ObjectId {
  if ('relation' in dropped) return dropped.relation.id;
  if ('column' in dropped) return dropped.column.id;
  return 'type' in dropped ? dropped.type.id : dropped.routine.id;
}

function dependents(catalogue: Catalogue, dropped: Dropped): Dropped[] {
  const id = idOf(dropped);
  const found: Dropped[] = [];
  const { relations, types, routines } = catalogue;
  // Those that go are looked for in the others as well.
  spend(catalogue, 2 * (relations.size + types.size + routines.size));
  for (const relation of catalogue.relations.values()) {
    if (relation.dependencies.has(id)) found.push({ relation });
    else if (mayDepend(relation, dropped)) {
      relation.existence = 'maybe';
      open(relation);
    }
    if ('relation' in dropped) {
      if (relation.parents.includes(id) || relation.ofType === id) found.push({ relation });
    }
    if ('relation' in dropped || 'type' in dropped) found.push(...columnsOfType(relation, id));
    if ('column' in dropped && relation.partitionKey.includes(id)) found.push({ relation });
    if ('column' in dropped || 'routine' in dropped) {
      for (const column of relation.columns) {
        if (column.generatedFrom?.has(id)) found.push({ column, of: relation });
      }
    }
  }
  for (const type of catalogue.types.values()) if (type.base?.base === id) found.push({ type });
  for (const routine of catalogue.routines.values()) {
    const types = [routine.returnType, ...routine.arguments.map(({ type }) => type)];
    if (routine.dependencies.has(id) || types.some((type) => type?.base === id)) found.push({ routine });
  }
  return found;
}

/** A view whose query was not understood may use whatever it names. */
function mayDepend(relation: Relation, dropped: Dropped): boolean {
  if (relation.dependenciesKnown || relation.existence === 'outside') return false;
  if ('column' in dropped) return relation.dependencies.has(dropped.of.id);
  return true;
}

function columnsOfType(relation: Relation, id: ObjectId): Dropped[] {
  const columns = relation.columns.filter(({ type }) => type?.base === id);
  if (columns.length === 0) return [];
  if (relation.kind === 'view' || relation.kind === 'materialized view') return [{ relation }];
  return columns.map((column) => ({ column, of: relation }));
}

/** `isNamed`: a statement says it. What goes with it goes from one table, and from another by what that has itself. */
function remove(catalogue: Catalogue, dropped: Dropped, isNamed: boolean): void {
  if (catalogue.uncertain) becomeUncertain(catalogue, dropped);
  else if ('relation' in dropped) removeRelation(catalogue, dropped.relation);
  else if ('column' in dropped) removeColumn(catalogue, dropped.of, dropped.column, isNamed);
  else if ('type' in dropped) {
    const { type } = dropped;
    catalogue.types.delete(type.id);
    const schema = catalogue.schemas.get(type.schema);
    if (schema?.types.get(type.name) === type.id) schema.types.delete(type.name);
  } else removeRoutine(catalogue, dropped.routine);
}

function becomeUncertain(catalogue: Catalogue, dropped: Dropped): void {
  if ('relation' in dropped) {
    dropped.relation.existence = 'maybe';
    open(dropped.relation);
  } else if ('column' in dropped) {
    dropped.column.maybe = true;
    open(dropped.of);
    for (const child of heirsOf(catalogue, dropped.of)) {
      const inherited = child.columns.find(({ name, maybe }) => name === dropped.column.name && !maybe);
      if (inherited) becomeUncertain(catalogue, { column: inherited, of: child });
    }
  } else if ('type' in dropped) dropped.type.maybe = true;
  else dropped.routine.maybe = true;
}

function removeRelation(catalogue: Catalogue, relation: Relation): void {
  tellGone(catalogue, relation, 'dropped');
  catalogue.relations.delete(relation.id);
  const schema = catalogue.schemas.get(relation.schema);
  if (schema?.relations.get(relation.name) === relation.id) schema.relations.delete(relation.name);
  for (const other of catalogue.relations.values()) {
    other.constraints = other.constraints.filter(({ references }) => references?.relation !== relation.id);
  }
}

function removeColumn(catalogue: Catalogue, relation: Relation, column: Column, fromHeirs: boolean): void {
  tellGoneColumn(catalogue, relation, column, 'dropped');
  relation.columns = relation.columns.filter((other) => other !== column);
  relation.constraints = relation.constraints.filter(({ columns }) => !columns.includes(column.id));
  for (const other of catalogue.relations.values()) {
    other.constraints = other.constraints.filter(
      ({ references }) => !references?.columns.includes(column.id),
    );
  }
  if (!fromHeirs) return;
  for (const heir of heirsOf(catalogue, relation)) inheritDrop(catalogue, heir, column.name);
}

/** A composite type's attribute goes from the tables of that type, a parent's column from its children. */
function heirsOf(catalogue: Catalogue, relation: Relation): Relation[] {
  const typed = [...catalogue.relations.values()].filter(({ ofType }) => ofType === relation.id);
  return [...childrenOf(catalogue, relation), ...typed];
}

/** One parent less has the column; it goes when it came from there alone. */
export function inheritDrop(catalogue: Catalogue, child: Relation, name: string): void {
  const column = child.columns.find((other) => other.name === name);
  if (!column) return;
  column.inherited = Math.max(0, column.inherited - 1);
  if (column.inherited === 0 && !column.local) dropColumn(catalogue, child, column);
}

function removeRoutine(catalogue: Catalogue, routine: Routine): void {
  catalogue.routines.delete(routine.id);
  const routines = catalogue.schemas.get(routine.schema)?.routines;
  const rest = (routines?.get(routine.name) ?? []).filter((id) => id !== routine.id);
  if (rest.length === 0) routines?.delete(routine.name);
  else routines?.set(routine.name, rest);
}

/** What an extension brought is gone, and what was made of its types. What it brought may not all be known. */
export function dropExtension(catalogue: Catalogue, name: string): void {
  if (!catalogue.uncertain) catalogue.extensions.delete(name);
  let known = false;
  for (const type of [...catalogue.types.values()]) {
    if (type.extension !== name) continue;
    known = true;
    dropType(catalogue, type);
  }
  if (known) return;
  const isUnseen = (type: SqlType | undefined): boolean => type?.unseen === true;
  for (const relation of catalogue.relations.values()) {
    for (const column of relation.columns) {
      if (!isUnseen(column.type)) continue;
      column.maybe = true;
      open(relation);
    }
  }
}
