import type { AlterTableStmt, Node, RangeVar } from 'libpg-query';
import { changesShape } from './alterTable.ts';
import { type Catalogue, findRelation, forgetGone, markWild, open } from './catalogue.ts';
import { followCalls } from './ddlRoutines.ts';
import { keepGoneThroughText } from './keepsGone.ts';
import { ddlWords } from './routines.ts';
import { rangeName, type Session } from './session.ts';
import { mayBeDdl, splitStatements } from './splitStatements.ts';
import { findInTree } from './syntaxTree.ts';
import { words } from './types.ts';
import { hole, type Value } from './values.ts';

const deepest = 8;

/** Runs a text that a statement has put together, as far as it is known. */
export function runDynamic(session: Session, value: Value): void {
  const { catalogue } = session;
  if (typeof value !== 'string' || session.depth > deepest) {
    markWild(catalogue);
    return;
  }
  for (const statement of splitStatements(value)) {
    const isWhole = !statement.text.includes(hole);
    if (statement.firstWord.includes(hole.toUpperCase()) || statement.firstWord === '') {
      markWild(catalogue);
      continue;
    }
    followCalls(catalogue, statement);
    if (!isWhole) forgetGone(catalogue);
    keepGoneThroughText(catalogue, statement);
    if (!mayBeDdl(statement)) continue;
    const parsed = session.parser.parse(statement.text);
    if ('message' in parsed) {
      if (ddlWords.test(statement.text) || !isWhole) markWild(catalogue);
      else forgetGone(catalogue);
      continue;
    }
    // What is put together is written nowhere: all of it is where it is run.
    const inner: Session = {
      ...session,
      text: statement.text,
      origin: () => session.origin(undefined),
      originAt: () => session.origin(undefined),
      depth: session.depth + 1,
    };
    for (const node of parsed.statements) {
      if (isWhole) session.interpret(inner, node);
      else spoil(inner, node);
    }
  }
}

/** What a statement can have changed of which not all is known. */
function spoil(session: Session, node: Node): void {
  const { catalogue } = session;
  if ('AlterTableStmt' in node) spoilAltered(catalogue, node.AlterTableStmt);
  else if ('RenameStmt' in node) {
    if (node.RenameStmt.renameType !== 'OBJECT_TABCONSTRAINT')
      spoilRange(catalogue, node.RenameStmt.relation, true);
  } else if ('AlterObjectSchemaStmt' in node)
    spoilRange(catalogue, node.AlterObjectSchemaStmt.relation, true);
  else if ('DropStmt' in node) {
    const { removeType = '', behavior } = node.DropStmt;
    const harmless = ['OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_INDEX', 'OBJECT_RULE'].includes(removeType);
    const isRoutine = ['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE', 'OBJECT_SEQUENCE'].includes(
      removeType,
    );
    if (!harmless && !(isRoutine && behavior !== 'DROP_CASCADE')) markWild(catalogue);
  } else if ('DoStmt' in node) markWild(catalogue);
  else if ('SelectStmt' in node || 'CallStmt' in node) {
    const isUnknown = findInTree(node).calls.some(({ funcname }) =>
      words(funcname).some((name) => name.includes(hole)),
    );
    if (isUnknown) markWild(catalogue);
  } else if ('VariableSetStmt' in node) catalogue.pathUnknown = true;
  else if ('ViewStmt' in node && node.ViewStmt.replace) spoilRange(catalogue, node.ViewStmt.view, false);
  // What makes something new, or grants, indexes and triggers, changes nothing that is there.
}

function spoilAltered(catalogue: Catalogue, { relation, cmds = [] }: AlterTableStmt): void {
  const commands = cmds.flatMap((each) => ('AlterTableCmd' in each ? [each.AlterTableCmd] : []));
  const shaping = commands.filter(changesShape);
  if (shaping.length === 0) return;
  const areKeys = shaping.every(
    ({ subtype, def }) =>
      subtype === 'AT_DropConstraint' ||
      (subtype === 'AT_AddConstraint' &&
        def &&
        'Constraint' in def &&
        def.Constraint.contype !== 'CONSTR_PRIMARY'),
  );
  if (!areKeys) {
    spoilRange(catalogue, relation, false);
    return;
  }
  const named = isHoled(relation) ? undefined : findRelation(catalogue, rangeName(relation));
  for (const each of named ? [named] : catalogue.relations.values()) each.foreignKeysKnown = false;
}

function isHoled(range: RangeVar | undefined): boolean {
  return !range || (range.relname ?? '').includes(hole) || (range.schemaname ?? '').includes(hole);
}

function spoilRange(catalogue: Catalogue, range: RangeVar | undefined, moves: boolean): void {
  if (isHoled(range)) {
    markWild(catalogue);
    return;
  }
  const relation = findRelation(catalogue, rangeName(range));
  if (!relation) return;
  open(relation);
  if (moves) relation.existence = 'maybe';
  for (const column of relation.columns) column.maybe = true;
  for (const other of catalogue.relations.values()) if (other.parents.includes(relation.id)) open(other);
}
