import type { Node, SelectStmt } from 'libpg-query';
import { forgetGone, markWild } from './catalogue.ts';
import { runDynamic } from './dynamicSql.ts';
import { evaluationOf, firstValue, hasRows } from './existenceChecks.ts';
import { ddlWords } from './routines.ts';
import { callsOf } from './select.ts';
import { type Session, StatementFails, uncertainly } from './session.ts';
import { nodesOf } from './syntaxTree.ts';
import { castAsItIs, evaluate, type Value } from './values.ts';

type DoStmt = Extract<Node, { DoStmt: unknown }>['DoStmt'];

/** A part of the tree of PL/pgSQL: `{"PLpgSQL_stmt_if": {…}}`. */
type Tree = Readonly<Record<string, unknown>>;

/** DO: conditions on what there is are evaluated; what they depend on otherwise may have run or not. */
export function runBlock(session: Session, node: DoStmt): void {
  const options = nodesOf(node.args, 'DefElem');
  const textOf = (name: string): string | undefined => {
    const arg = options.find(({ defname }) => defname === name)?.arg;
    return arg && 'String' in arg ? arg.String.sval : undefined;
  };
  const body = textOf('as') ?? '';
  const isPlpgsql = (textOf('language') ?? 'plpgsql').toLowerCase() === 'plpgsql';
  const tree = isPlpgsql ? session.parser.parsePlpgsql(session.text) : undefined;
  const main = actionOf(tree);
  if (main) new Block(session, variablesOf(tree)).run([main]);
  else if (ddlWords.test(body)) markWild(session.catalogue);
  else forgetGone(session.catalogue);
}

function functionOf(tree: unknown): Tree | undefined {
  const [first] = listOf((tree as Tree | undefined)?.['plpgsql_funcs']);
  return first?.['PLpgSQL_function'] as Tree | undefined;
}

function actionOf(tree: unknown): Tree | undefined {
  return functionOf(tree)?.['action'] as Tree | undefined;
}

/** By their numbers, as the tree refers to them. */
function variablesOf(tree: unknown): readonly Variable[] {
  return listOf(functionOf(tree)?.['datums']).map((datum) => {
    const [content] = Object.values(datum) as Tree[];
    const name = content?.['refname'];
    const start = content?.['default_val'] as Tree | undefined;
    const type = (content?.['datatype'] as Tree | undefined)?.['PLpgSQL_type'] as Tree | undefined;
    return { name: typeof name === 'string' ? name : '', start, type: typeName(type?.['typname']) };
  });
}

/** `pg_catalog."boolean"` is `boolean`. */
function typeName(written: unknown): string {
  return String(written)
    .toLowerCase()
    .replace(/^pg_catalog\./, '')
    .replaceAll('"', '');
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly start: Tree | undefined;
}

function listOf(value: unknown): Tree[] {
  return Array.isArray(value) ? (value as Tree[]) : [];
}

function queryOf(value: unknown): string {
  const query = ((value as Tree | undefined)?.['PLpgSQL_expr'] as Tree | undefined)?.['query'];
  return typeof query === 'string' ? query : '';
}

/** RAISE EXCEPTION, by its number: those below tell something alone. */
const errorLevel = 20;

/** What a statement takes away or changes, which comes back when an exception is caught. */
const takingAway =
  /\b(?:drop|rename|rollback|raise)\b|\bset\s+schema\b|\balter\s+(?:column\s+)?\S+\s+(?:set\s+data\s+)?type\b/i;

/** The queries of statements that may take something away. */
function takesAway(tree: unknown): boolean {
  const rest: unknown[] = [tree];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string' && takingAway.test(next)) return true;
    if (typeof next !== 'object' || next === null) continue;
    const run = (next as Tree)['PLpgSQL_stmt_dynexecute'] as Tree | undefined;
    if (run && !/\b(?:create|add)\b/i.test(queryOf(run['query']))) return true;
    rest.push(...Object.values(next));
  }
  return false;
}

/** What no statement that is a value stands in. */
const runsNoText = new Set(
  ['loop', 'while', 'fori', 'fors', 'getdiag', 'fetch', 'close', 'commit'].map(
    (kind) => `PLpgSQL_stmt_${kind}`,
  ),
);

/** No list in a migration is so long that it is worth more. */
const mostRounds = 200;

class Block {
  readonly #session: Session;
  readonly #variables: readonly Variable[];
  /** By their names; `undefined` where several have it. */
  readonly #declared = new Map<string, Variable | undefined>();
  readonly #values = new Map<string, Value>();
  /** RETURN or EXIT was met; where it is not certain that it was, the rest may not run. */
  #stopped: boolean | 'maybe' = false;
  #rounds = 0;
  /** Something was done that an error would undo. */
  #touched = false;

  constructor(session: Session, variables: readonly Variable[]) {
    this.#session = session;
    this.#variables = variables;
    for (const variable of variables) {
      this.#declared.set(variable.name, this.#declared.has(variable.name) ? undefined : variable);
    }
    for (const { name, start } of variables) {
      this.#set(name, start ? this.#value(queryOf(start)) : undefined);
    }
  }

  /** Which of several of one name is meant is not known, nor what becomes of a value of another type. */
  #set(name: string, value: Value): void {
    const variable = this.#declared.get(name);
    this.#values.set(name, variable && castAsItIs(variable.type, value));
  }

  #forget(): void {
    this.#values.clear();
  }

  run(statements: readonly Tree[], session: Session = this.#session): void {
    for (const statement of statements) {
      if (this.#stopped === true) return;
      const [[kind, content] = []] = Object.entries(statement);
      if (kind === undefined) continue;
      const step = (): void => this.#step(session, kind, content as Tree);
      if (this.#stopped === 'maybe') uncertainly(session.catalogue, step);
      else step();
    }
  }

  #step(session: Session, kind: string, content: Tree): void {
    switch (kind) {
      case 'PLpgSQL_stmt_block':
        this.#block(session, content);
        return;
      case 'PLpgSQL_stmt_if':
        this.#if(session, content);
        return;
      case 'PLpgSQL_stmt_case':
        for (const each of listOf(content['case_when_list'])) {
          this.#maybe(session, listOf((each['PLpgSQL_case_when'] as Tree | undefined)?.['stmts']));
        }
        this.#maybe(session, listOf(content['else_stmts']));
        return;
      case 'PLpgSQL_stmt_execsql':
        this.#sql(session, queryOf(content['sqlstmt']), content);
        return;
      case 'PLpgSQL_stmt_perform':
        this.#sql(session, queryOf(content['expr']), content);
        return;
      case 'PLpgSQL_stmt_call':
        this.#sql(session, queryOf(content['expr']), content);
        this.#forget();
        return;
      case 'PLpgSQL_stmt_dynexecute':
        this.#assignTarget(content, undefined);
        this.#touched = true;
        runDynamic(session, this.#value(queryOf(content['query'])));
        return;
      case 'PLpgSQL_stmt_assign':
        this.#assign(session, content);
        return;
      case 'PLpgSQL_stmt_return':
      case 'PLpgSQL_stmt_exit':
        this.#stopped = session.catalogue.uncertain || kind === 'PLpgSQL_stmt_exit' ? 'maybe' : true;
        return;
      case 'PLpgSQL_stmt_raise':
        this.#raise(session, content);
        return;
      case 'PLpgSQL_stmt_rollback':
        markWild(session.catalogue);
        return;
      case 'PLpgSQL_stmt_assert':
        return;
      case 'PLpgSQL_stmt_foreach_a':
        this.#forEach(session, content);
        return;
      default:
        if (!runsNoText.has(kind)) forgetGone(session.catalogue);
        this.#loop(session, content);
    }
  }

  /** A loop whose rounds are not known: what is in it may run, with other values each time. */
  #loop(session: Session, content: Tree): void {
    const query = queryOf(content['query']);
    if (query !== '') this.#callsIn(session, query);
    // What a loop assigns is not known while it runs, nor how often it did.
    this.#forget();
    this.#maybe(session, listOf(content['body']));
    this.#forget();
  }

  /** An error undoes what was done. One that may be raised is taken for a check that holds, when nothing was done before. */
  #raise(session: Session, content: Tree): void {
    if (Number(content['elog_level'] ?? errorLevel) < errorLevel) return;
    const { uncertain } = session.catalogue;
    if (this.#touched || !uncertain) markWild(session.catalogue);
    if (!uncertain) this.#stopped = true;
  }

  #forEach(session: Session, content: Tree): void {
    const name = this.#nameOf(content['varno']);
    const items = this.#items(queryOf(content['expr']));
    if (!items || this.#rounds + items.length > mostRounds) {
      this.#loop(session, content);
      return;
    }
    for (const item of items) {
      this.#rounds++;
      this.#set(name, item);
      this.run(listOf(content['body']), session);
    }
  }

  /** The items of `ARRAY['a', 'b']`. */
  #items(query: string): Value[] | undefined {
    let node = this.#expression(query);
    while (node && 'TypeCast' in node) node = node.TypeCast.arg;
    if (!node || !('A_ArrayExpr' in node)) return undefined;
    const evaluation = evaluationOf(this.#session, this.#values);
    const items = (node.A_ArrayExpr.elements ?? []).map((each) => evaluate(evaluation, each));
    return items.includes(undefined) ? undefined : items;
  }

  #nameOf(number: unknown): string {
    return this.#variables[typeof number === 'number' ? number : 0]?.name ?? '';
  }

  #maybe(session: Session, statements: readonly Tree[]): void {
    if (statements.length > 0) uncertainly(session.catalogue, () => this.run(statements, session));
  }

  #if(session: Session, content: Tree): void {
    const branches = [
      { condition: content['cond'], body: content['then_body'] },
      ...listOf(content['elsif_list']).map((each) => {
        const branch = each['PLpgSQL_if_elsif'] as Tree | undefined;
        return { condition: branch?.['cond'], body: branch?.['stmts'] };
      }),
      { condition: undefined, body: content['else_body'] },
    ];
    let certain = true;
    for (const { condition, body } of branches) {
      const value = condition === undefined ? true : this.#value(queryOf(condition));
      if (value === false || value === null) continue;
      if (value === true && certain) {
        this.run(listOf(body), session);
        return;
      }
      this.#maybe(session, listOf(body));
      if (value === true) return;
      certain = false;
    }
  }

  #block(session: Session, content: Tree): void {
    const body = listOf(content['body']);
    const handlers = (content['exceptions'] as Tree | undefined)?.['PLpgSQL_exception_block'] as
      | Tree
      | undefined;
    if (!handlers) {
      this.run(body, session);
      return;
    }
    if (takesAway(body)) this.#maybe(session, body);
    else this.#attempt(session, body);
    this.#forget();
    for (const each of listOf(handlers['exc_list'])) {
      this.#maybe(session, listOf((each['PLpgSQL_exception'] as Tree | undefined)?.['action']));
    }
    this.#forget();
  }

  #attempt(session: Session, body: readonly Tree[]): void {
    try {
      this.run(body, { ...session, attempting: true });
    } catch (error) {
      if (!(error instanceof StatementFails)) throw error;
      // What ran before it is undone, and not kept to be.
      if (body.length > 1) markWild(session.catalogue);
    }
  }

  #assign(session: Session, content: Tree): void {
    const query = queryOf(content['expr']);
    const value = query.indexOf('=') + 1;
    this.#callsIn(session, `SELECT ${query.slice(value)}`);
    const isWhole = !query.slice(0, value).includes('[');
    const known = isWhole && !session.catalogue.uncertain ? this.#value(query.slice(value)) : undefined;
    this.#set(this.#nameOf(content['varno']), known);
  }

  /** A statement of SQL that is written as it is. */
  #sql(session: Session, query: string, content: Tree): void {
    const parsed = session.parser.parse(query);
    if ('message' in parsed) {
      if (ddlWords.test(query)) markWild(session.catalogue);
      else forgetGone(session.catalogue);
      return;
    }
    const start = Math.max(0, session.text.indexOf(query));
    const inner: Session = {
      ...session,
      text: query,
      origin: (byte) => session.originAt(start + parsed.at(Math.max(0, byte ?? 0))),
      originAt: (offset) => session.originAt(start + offset),
      depth: session.depth + 1,
    };
    for (const node of parsed.statements) {
      if ('SelectStmt' in node) this.#answer(session, node.SelectStmt, content);
      else {
        this.#values.delete('found');
        this.#assignTarget(content, undefined);
        this.#touched = true;
      }
      session.interpret(inner, node);
    }
  }

  /** What SELECT … INTO and PERFORM leave in variables. */
  #answer(session: Session, select: SelectStmt, content: Tree): void {
    const evaluation = evaluationOf(session, this.#values);
    const uncertain = session.catalogue.uncertain;
    this.#values.set(
      'found',
      uncertain || !select.fromClause ? undefined : hasRows(session.catalogue, evaluation, select),
    );
    this.#assignTarget(content, uncertain ? undefined : firstValue(session.catalogue, evaluation, select));
  }

  #assignTarget(content: Tree, value: Value): void {
    const target = Object.values((content['target'] ?? {}) as Tree)[0] as Tree | undefined;
    const fields = listOf(target?.['fields']).map(({ name }) => String(name));
    const names = fields.length > 0 ? fields : [String(target?.['refname'] ?? '')];
    for (const name of names) this.#set(name, names.length === 1 ? value : undefined);
  }

  #callsIn(session: Session, query: string): void {
    const parsed = session.parser.parse(query);
    if ('statements' in parsed) for (const node of parsed.statements) callsOf(session, node);
  }

  #value(expression: string): Value {
    const node = this.#expression(expression);
    return node && evaluate(evaluationOf(this.#session, this.#values), node);
  }

  #expression(expression: string): Node | undefined {
    const parsed = this.#session.parser.parse(`SELECT ${expression}`);
    const [statement] = 'statements' in parsed ? parsed.statements : [];
    const target = statement && 'SelectStmt' in statement ? statement.SelectStmt.targetList?.[0] : undefined;
    return target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  }
}
