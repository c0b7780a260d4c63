import type { Node } from 'libpg-query';
import { alterTable } from './alterTable.ts';
import { addSchema, findRoutines, forgetGoneIn, markWild } from './catalogue.ts';
import { comment } from './comments.ts';
import { createForeignTable, createTable } from './createTable.ts';
import { runBlock } from './doBlocks.ts';
import { dropObjects } from './dropStatements.ts';
import { importForeignSchema } from './foreignSchema.ts';
import { asNamesAreFound, keepGoneThrough } from './keepsGone.ts';
import { rename, setSchema } from './renameStatements.ts';
import { createRoutine } from './routines.ts';
import { setVariable, withSchemaFirst } from './searchPath.ts';
import { called, select } from './select.ts';
import { type Session, uncertainly } from './session.ts';
import { qualifiedName, words } from './types.ts';
import { mayMeanUserSchema } from './userSchema.ts';
import {
  createCompositeType,
  createDomain,
  createEnum,
  createExtension,
  createRange,
  defineType,
} from './userTypes.ts';
import { createTableAs, createView } from './views.ts';

/** What one statement does to the catalogue. */
export function interpret(session: Session, statement: Node): void {
  const { catalogue } = session;
  keepGoneThrough(catalogue, statement);
  asNamesAreFound(catalogue, statement, () => interpretForUser(session, statement));
}

function interpretForUser(session: Session, statement: Node): void {
  const { catalogue } = session;
  if (!mayMeanUserSchema(catalogue, statement)) {
    interpretAsNamed(session, statement);
    return;
  }
  uncertainly(catalogue, () => interpretAsNamed(session, statement));
  markWild(catalogue);
}

function interpretAsNamed(session: Session, statement: Node): void {
  if ('CreateStmt' in statement) createTable(session, statement.CreateStmt);
  else if ('CreateForeignTableStmt' in statement)
    createForeignTable(session, statement.CreateForeignTableStmt);
  else if ('AlterTableStmt' in statement) alterTable(session, statement.AlterTableStmt);
  else if ('DropStmt' in statement) dropObjects(session, statement.DropStmt);
  else if ('RenameStmt' in statement) rename(session, statement.RenameStmt);
  else if ('AlterObjectSchemaStmt' in statement) setSchema(session, statement.AlterObjectSchemaStmt);
  else if ('ViewStmt' in statement) createView(session, statement.ViewStmt);
  else if ('CreateTableAsStmt' in statement) createTableAs(session, statement.CreateTableAsStmt);
  else if ('SelectStmt' in statement) select(session, statement.SelectStmt);
  else if ('CreateEnumStmt' in statement) createEnum(session, statement.CreateEnumStmt);
  else if ('CreateDomainStmt' in statement) createDomain(session, statement.CreateDomainStmt);
  else if ('CreateRangeStmt' in statement) createRange(session, statement.CreateRangeStmt);
  else if ('CompositeTypeStmt' in statement) createCompositeType(session, statement.CompositeTypeStmt);
  else if ('DefineStmt' in statement) defineType(session, statement.DefineStmt);
  else if ('CreateExtensionStmt' in statement) createExtension(session, statement.CreateExtensionStmt);
  else if ('CreateFunctionStmt' in statement) createRoutine(session, statement.CreateFunctionStmt);
  else if ('CommentStmt' in statement) comment(session, statement.CommentStmt);
  else if ('VariableSetStmt' in statement) setVariable(session, statement.VariableSetStmt);
  else if ('DoStmt' in statement) runBlock(session, statement.DoStmt);
  else if ('CallStmt' in statement) {
    if (statement.CallStmt.funccall) called(session, statement.CallStmt.funccall);
  } else if ('ImportForeignSchemaStmt' in statement)
    importForeignSchema(session, statement.ImportForeignSchemaStmt);
  else if ('CreateEventTrigStmt' in statement) createEventTrigger(session, statement.CreateEventTrigStmt);
  else if ('CreateSchemaStmt' in statement) createSchema(session, statement.CreateSchemaStmt);
}

function createSchema(
  session: Session,
  node: Extract<Node, { CreateSchemaStmt: unknown }>['CreateSchemaStmt'],
): void {
  const { catalogue } = session;
  const name = node.schemaname ?? node.authrole?.rolename;
  if (name === undefined) return;
  const schema = addSchema(catalogue, name);
  if (catalogue.uncertain || node.if_not_exists) forgetGoneIn(catalogue, name);
  else schema.made = !catalogue.alwaysWild;
  const owner = node.authrole?.rolename;
  if (owner !== undefined) catalogue.roles.add(owner);
  withSchemaFirst(catalogue, name, () => {
    for (const element of node.schemaElts ?? []) session.interpret(session, element);
  });
}

/** One whose function changes tables may change them after every statement. */
function createEventTrigger(
  session: Session,
  node: Extract<Node, { CreateEventTrigStmt: unknown }>['CreateEventTrigStmt'],
): void {
  const routines = findRoutines(session.catalogue, qualifiedName(words(node.funcname)));
  if (routines.length > 0 && !routines.some(({ runsDdl }) => runsDdl)) return;
  session.catalogue.alwaysWild = true;
  markWild(session.catalogue);
}
