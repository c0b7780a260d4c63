import type { CreateFunctionStmt, FunctionParameter } from 'libpg-query';
import {
  addSchema,
  creationSchema,
  findRelation,
  newId,
  type ObjectId,
  type Routine,
  type RoutineArgument,
} from './catalogue.ts';
import { noteRoutine } from './ddlRoutines.ts';
import type { Session } from './session.ts';
import { rangeName } from './session.ts';
import { findInTree, nodesOf } from './syntaxTree.ts';
import { builtin, qualifiedName, resolveType, sameType, words } from './types.ts';
import { noteUnknownCalls } from './unknownCalls.ts';

/** Words with which a body may change tables. */
export const ddlWords = /\b(?:create|alter|drop|execute|import|rollback|search_path)\b/i;

const ddlWord = /^(?:create|alter|drop|execute|import|rollback)$/i;

/** CREATE FUNCTION and CREATE PROCEDURE. */
export function createRoutine(session: Session, node: CreateFunctionStmt): void {
  const { catalogue } = session;
  const { schema: schemaName, name } = qualifiedName(words(node.funcname));
  const schema =
    schemaName === undefined
      ? creationSchema(catalogue, { schema: undefined, name })
      : addSchema(catalogue, schemaName);
  if (!schema) return;
  const parameters = nodesOf(node.parameters, 'FunctionParameter').map((each) => argument(session, each));
  const outputs = parameters.filter(({ isOutput }) => isOutput);
  const returned = node.returnType && resolveType(catalogue, node.returnType);
  const single = outputs.length === 1 ? outputs[0]?.type : builtin('record');
  const made: Routine = {
    id: newId(catalogue),
    schema: schema.id,
    name,
    kind: node.is_procedure ? 'procedure' : 'function',
    arguments: parameters,
    returnType: outputs.length > 0 ? single : (returned ?? builtin('void')),
    returnsSet: node.returnType?.setof ?? false,
    runsDdl: runsDdl(session, bodyOf(node)),
    dependencies: usedBy(session, node),
    origin: session.origin(undefined),
    maybe: catalogue.uncertain,
  };
  noteRoutine(catalogue, name, session.text, made.runsDdl);
  noteUnknownCalls(catalogue, name, session.text, languageOf(node));
  const existing = (schema.routines.get(name) ?? []).flatMap((id) => catalogue.routines.get(id) ?? []);
  const same = existing.find((routine) => sameArguments(routine, made));
  if (same) {
    // What uses it keeps using it.
    if (!catalogue.uncertain) catalogue.routines.set(same.id, { ...made, id: same.id });
    return;
  }
  catalogue.routines.set(made.id, made);
  schema.routines.set(name, [...(schema.routines.get(name) ?? []), made.id]);
}

function argument(session: Session, node: FunctionParameter): RoutineArgument {
  const { mode } = node;
  return {
    name: node.name,
    type: resolveType(session.catalogue, node.argType),
    isInput: mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE',
    isOutput: mode === 'FUNC_PARAM_OUT' || mode === 'FUNC_PARAM_INOUT' || mode === 'FUNC_PARAM_TABLE',
    isOptional: node.defexpr !== undefined || mode === 'FUNC_PARAM_VARIADIC',
  };
}

function languageOf(node: CreateFunctionStmt): string {
  const language = nodesOf(node.options, 'DefElem').find(({ defname }) => defname === 'language')?.arg;
  return language && 'String' in language ? (language.String.sval ?? '').toLowerCase() : 'sql';
}

function bodyOf(node: CreateFunctionStmt): string {
  const body = nodesOf(node.options, 'DefElem').find(({ defname }) => defname === 'as')?.arg;
  return body && 'List' in body ? words(body.List.items).join('\n') : '';
}

/** Words in quotes and in comments do nothing by themselves. */
function runsDdl(session: Session, body: string): boolean {
  if (!ddlWords.test(body)) return false;
  const tokens = session.parser.scan(body);
  return tokens.length === 0 || tokens.some(({ text }) => ddlWord.test(text) || /search_path/i.test(text));
}

/** A body that is parsed with the function holds what it uses; one that is a text does not. */
function usedBy(session: Session, node: CreateFunctionStmt): Set<ObjectId> {
  const ids = new Set<ObjectId>();
  if (!node.sql_body) return ids;
  for (const range of findInTree(node.sql_body).ranges) {
    const relation = findRelation(session.catalogue, rangeName(range));
    if (!relation) continue;
    ids.add(relation.id);
    for (const column of relation.columns) ids.add(column.id);
  }
  return ids;
}

function sameArguments(one: Routine, other: Routine): boolean {
  const inputs = (routine: Routine): RoutineArgument[] => routine.arguments.filter(({ isInput }) => isInput);
  const [mine, theirs] = [inputs(one), inputs(other)];
  return (
    mine.length === theirs.length &&
    mine.every(({ type }, index) => {
      const their = theirs[index]?.type;
      return type && their ? sameType(type, their) : type === their;
    })
  );
}
