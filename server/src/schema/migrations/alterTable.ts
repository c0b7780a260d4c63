import type { AlterTableCmd, AlterTableStmt } from 'libpg-query';
import {
  type Column,
  childrenOf,
  findColumn,
  findRelation,
  findType,
  type ObjectId,
  open,
  type Relation,
  type RelationKind,
} from './catalogue.ts';
import { addConstraint, inheritConstraint, setNotNull } from './constraints.ts';
import { addColumnConstraints, declaredColumn } from './createTable.ts';
import { dropColumn } from './drop.ts';
import { addColumn, columnToChange, relationToChange, setNullable, setType } from './relations.ts';
import { rangeName, type Session } from './session.ts';
import { qualifiedName, resolveType, words } from './types.ts';

const kinds: Readonly<Record<string, RelationKind>> = {
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_FOREIGN_TABLE: 'foreign table',
  OBJECT_TYPE: 'composite type',
};

/** The database takes the commands of one statement in this order, whatever the order they are written in. */
function pass({ subtype }: AlterTableCmd): number {
  switch (subtype) {
    case 'AT_DropColumn':
    case 'AT_DropConstraint':
      return 0;
    case 'AT_AlterColumnType':
      return 1;
    case 'AT_AddColumn':
      return 2;
    default:
      return 3;
  }
}

/** ALTER TABLE and its like, for views, foreign tables and composite types. */
export function alterTable(session: Session, node: AlterTableStmt): void {
  if (node.objtype === 'OBJECT_INDEX' || node.objtype === 'OBJECT_SEQUENCE') return;
  const kind = kinds[node.objtype ?? ''] ?? 'table';
  const commands = (node.cmds ?? []).flatMap((each) => ('AlterTableCmd' in each ? [each.AlterTableCmd] : []));
  const sorted = commands.map((command) => ({ command, at: pass(command) })).sort((a, b) => a.at - b.at);
  if (!sorted.some(({ command }) => changesShape(command))) return;
  const relation = relationToChange(session, node.relation, kind, node.missing_ok ?? false);
  if (!relation) return;
  // ONLY is the absence of `inh`; a type has no children but the tables of that type.
  const recurse = node.relation?.inh ?? kind === 'composite type';
  for (const { command } of sorted) alter(session, relation, command, recurse, kind);
}

/** Owners, defaults, triggers, storage and the like leave the shape as it is. */
export function changesShape({ subtype }: AlterTableCmd): boolean {
  return shapeCommands.has(subtype ?? '');
}

const shapeCommands = new Set(
  (
    'AT_AddColumn AT_DropColumn AT_AlterColumnType AT_SetNotNull AT_DropNotNull AT_AddConstraint AT_DropConstraint AT_AddIdentity ' +
    'AT_AddInherit AT_DropInherit AT_AttachPartition AT_DetachPartition AT_AddOf AT_DropOf AT_DropExpression'
  ).split(' '),
);

function alter(
  session: Session,
  relation: Relation,
  command: AlterTableCmd,
  recurse: boolean,
  kind: RelationKind,
): void {
  const { catalogue } = session;
  const { name = '', def } = command;
  const origin = session.origin(undefined);
  switch (command.subtype) {
    case 'AT_AddColumn': {
      if (!def || !('ColumnDef' in def)) return;
      const column = declaredColumn(session, relation, def.ColumnDef);
      const before = findColumn(relation, column.name);
      addColumn(session, relation, column, command.missing_ok ?? false);
      const placed = findColumn(relation, column.name);
      if (placed && !before) addColumnConstraints(session, relation, placed, def.ColumnDef);
      if (kind === 'composite type') addToTyped(session, relation, column);
      return;
    }
    case 'AT_DropColumn':
      dropNamed(session, relation, name, command.missing_ok ?? false, recurse);
      return;
    case 'AT_AlterColumnType': {
      if (!def || !('ColumnDef' in def)) return;
      const type = resolveType(catalogue, def.ColumnDef.typeName);
      const column = columnToChange(session, relation, name, origin);
      if (!column) return;
      forInheriting(session, relation, column, recurse, (each) => setType(catalogue, each, type));
      return;
    }
    case 'AT_SetNotNull':
    case 'AT_AddIdentity': {
      const column = columnToChange(session, relation, name, origin);
      if (column) setNotNull(session, relation, column, recurse);
      return;
    }
    case 'AT_DropNotNull': {
      const column = columnToChange(session, relation, name, origin);
      if (!column) return;
      setNullable(catalogue, column, true);
      if (!recurse) return;
      for (const child of childrenOf(catalogue, relation)) {
        const inherited = findColumn(child, name);
        // A child may have a constraint of its own, which versions of the database treat differently.
        if (inherited) {
          forInheriting(session, child, inherited, true, (each) => {
            each.nullable = each.nullable === false && (each.local || each.inherited > 1) ? undefined : true;
            if (catalogue.uncertain) each.nullable = undefined;
          });
        }
      }
      return;
    }
    case 'AT_DropExpression': {
      const column = findColumn(relation, name);
      if (column?.generatedFrom)
        relation.columns = relation.columns.map((each) =>
          each === column ? { ...each, generatedFrom: undefined } : each,
        );
      return;
    }
    case 'AT_AddConstraint':
      if (def && 'Constraint' in def) addConstraint(session, relation, def.Constraint);
      return;
    case 'AT_DropConstraint':
      dropConstraint(session, relation, name);
      return;
    case 'AT_AddInherit':
      if (def && 'RangeVar' in def)
        attach(session, relation, findRelation(catalogue, rangeName(def.RangeVar)), false);
      return;
    case 'AT_DropInherit':
      if (def && 'RangeVar' in def)
        detach(session, relation, findRelation(catalogue, rangeName(def.RangeVar)));
      return;
    case 'AT_AttachPartition':
      if (def && 'PartitionCmd' in def) {
        const partition = relationToChange(session, def.PartitionCmd.name, 'table', false);
        if (partition) attach(session, partition, relation, true);
      }
      return;
    case 'AT_DetachPartition':
      if (def && 'PartitionCmd' in def) {
        const partition = findRelation(catalogue, rangeName(def.PartitionCmd.name));
        if (partition) detach(session, partition, relation);
      }
      return;
    case 'AT_AddOf': {
      const type =
        def && 'TypeName' in def ? findType(catalogue, qualifiedName(words(def.TypeName.names))) : undefined;
      if (type && !catalogue.uncertain) relation.ofType = type.id;
      else open(relation);
      return;
    }
    case 'AT_DropOf':
      relation.ofType = undefined;
      return;
  }
}

/** The column, and where it is inherited the one of the same name. */
function forInheriting(
  session: Session,
  relation: Relation,
  column: Column,
  recurse: boolean,
  change: (column: Column) => void,
): void {
  change(column);
  if (!recurse) return;
  for (const child of inheriting(session, relation)) {
    const inherited = findColumn(child, column.name);
    if (inherited) forInheriting(session, child, inherited, true, change);
  }
}

/** Its children, and the tables of a composite type. */
export function inheriting(session: Session, relation: Relation): Relation[] {
  const typed =
    relation.kind === 'composite type'
      ? [...session.catalogue.relations.values()].filter(({ ofType }) => ofType === relation.id)
      : [];
  return [...childrenOf(session.catalogue, relation), ...typed];
}

function addToTyped(session: Session, type: Relation, column: Column): void {
  for (const table of session.catalogue.relations.values()) {
    if (table.ofType !== type.id) continue;
    addColumn(
      session,
      table,
      { ...column, id: session.catalogue.nextId++, local: false, inherited: 1 },
      false,
    );
  }
}

function dropNamed(
  session: Session,
  relation: Relation,
  name: string,
  ifExists: boolean,
  recurse: boolean,
): void {
  const { catalogue } = session;
  const column = findColumn(relation, name);
  if (!column) {
    if (!ifExists) open(relation);
    return;
  }
  if (!recurse) {
    for (const child of childrenOf(catalogue, relation)) {
      const inherited = findColumn(child, name);
      if (inherited) inherited.local = true;
    }
  }
  dropColumn(catalogue, relation, column);
}

function dropConstraint(session: Session, relation: Relation, name: string): void {
  const { catalogue } = session;
  const found = relation.constraints.find((constraint) => constraint.name === name);
  if (!found) {
    // It may be a constraint that had no name: a check, or a key of a table that was renamed.
    if (!relation.closed) relation.foreignKeysKnown = false;
    dropNotNull(relation, name);
    return;
  }
  if (catalogue.uncertain) {
    relation.foreignKeysKnown = false;
    return;
  }
  relation.constraints = relation.constraints.filter((constraint) => constraint !== found);
  for (const child of childrenOf(catalogue, relation)) {
    child.constraints = child.constraints.filter(
      (constraint) => !(constraint.inherited && constraint.name === found.name),
    );
  }
  if (found.kind === 'primary key' || found.kind === 'unique')
    dropReferences(session, relation, found.columns);
  if (found.kind === 'primary key') openGroupings(session, relation);
}

/** Newer databases have NOT NULL as a constraint with a name. */
function dropNotNull(relation: Relation, name: string): void {
  for (const column of relation.columns) {
    if (name === `${relation.name}_${column.name}_not_null`) column.nullable = undefined;
  }
}

/** Foreign keys need the key they refer to. */
function dropReferences(session: Session, relation: Relation, columns: readonly ObjectId[]): void {
  const isSame = (others: readonly ObjectId[]): boolean =>
    others.length === columns.length && others.every((id) => columns.includes(id));
  const another = relation.constraints.some(
    (constraint) =>
      (constraint.kind === 'primary key' || constraint.kind === 'unique') && isSame(constraint.columns),
  );
  for (const other of session.catalogue.relations.values()) {
    const rest = other.constraints.filter(
      ({ references }) => references?.relation !== relation.id || !isSame(references.columns),
    );
    if (rest.length === other.constraints.length) continue;
    if (another) other.foreignKeysKnown = false;
    else other.constraints = rest;
  }
}

/** A view that groups by the primary key alone needs it. */
function openGroupings(session: Session, relation: Relation): void {
  for (const other of session.catalogue.relations.values()) {
    if (other.kind === 'table' || !other.dependencies.has(relation.id) || !other.groups) continue;
    other.existence = 'maybe';
    open(other);
  }
}

function attach(session: Session, child: Relation, parent: Relation | undefined, asPartition: boolean): void {
  const { catalogue } = session;
  if (!parent || catalogue.uncertain) {
    open(child);
    return;
  }
  child.parents.push(parent.id);
  if (asPartition) child.isPartition = true;
  for (const column of parent.columns) {
    const own = findColumn(child, column.name);
    if (!own) {
      open(child);
      continue;
    }
    own.inherited++;
    // What a partition has it has from its parent alone.
    if (asPartition) own.local = false;
    if (column.nullable === false) setNullable(catalogue, own, false);
  }
  if (!asPartition) return;
  for (const constraint of parent.constraints) {
    const isThere = child.constraints.some(
      (own) => own.kind === constraint.kind && own.columns.length === constraint.columns.length,
    );
    if (!isThere) inheritConstraint(session, parent, child, constraint);
  }
}

function detach(session: Session, child: Relation, parent: Relation | undefined): void {
  const { catalogue } = session;
  if (!parent || catalogue.uncertain) {
    open(child);
    return;
  }
  child.parents = child.parents.filter((id) => id !== parent.id);
  child.isPartition = false;
  child.constraints = child.constraints.map((constraint) => ({ ...constraint, inherited: false }));
  for (const column of parent.columns) {
    const own = findColumn(child, column.name);
    if (!own) continue;
    own.inherited = Math.max(0, own.inherited - 1);
    own.local = true;
  }
}
