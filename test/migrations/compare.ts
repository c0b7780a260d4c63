import { Replay } from '../../server/src/schema/migrations/replay.ts';
import type {
  ReplayedDatabase,
  ReplayedFunction,
  ReplayedTable,
} from '../../server/src/schema/migrations/replayedDatabase.ts';
import type { SqlParser } from '../../server/src/schema/migrations/sqlParser.ts';
import type { Database, DatabaseRelation } from './database.ts';

export interface Comparison {
  /** The statements that the database took. */
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly sql: string; readonly message: string }[];
  /** What is said wrong: empty when all is right or left unknown. */
  readonly differences: readonly string[];
  readonly relations: number;
  readonly columns: number;
  /** Relations that are in the database and not said to be there. */
  readonly unsaid: readonly string[];
  /** Relations of which it is not said that all columns are known. */
  readonly open: readonly string[];
  readonly unknownTypes: readonly string[];
  readonly unknownNullability: readonly string[];
}

/** A statement that suits what is there. */
export type Next = (current: ReplayedDatabase, index: number) => string;

/** Runs statements in a real database, those that it takes in ours, and compares what they leave behind. */
export async function compare(
  database: Database,
  parser: SqlParser,
  statements: readonly string[] | { readonly length: number; readonly next: Next },
): Promise<Comparison> {
  await database.reset();
  const accepted: string[] = [];
  const refused: { sql: string; message: string }[] = [];
  const sofar = new Replay(parser);
  for (let index = 0; index < statements.length; index++) {
    const sql = 'next' in statements ? statements.next(sofar.result(), index) : (statements[index] ?? '');
    const message = await database.run(sql);
    if (message === undefined) {
      accepted.push(sql);
      if ('next' in statements) sofar.read({ uri: 'file:///up.sql', text: sql, offset: 0 });
    } else refused.push({ sql, message });
  }
  const relations = await database.relations();
  const functions = await database.functions();
  const replayed = replay(parser, accepted.join(';\n'));
  const count = new Counter();
  for (const { message } of replayed.problems) count.differences.push(`a problem: ${message}`);
  for (const relation of relations) count.relation(relation, replayed.tables);
  for (const table of replayed.tables) {
    if (!relations.some((relation) => isOf(relation, table))) {
      count.differences.push(`${table.schema}.${table.name} is not there`);
    }
  }
  count.functions(functions, replayed.functions);
  return { ...count, accepted, refused, relations: relations.length };
}

export function replay(parser: SqlParser, text: string): ReplayedDatabase {
  const replay = new Replay(parser);
  replay.read({ uri: 'file:///up.sql', text, offset: 0 });
  return replay.result();
}

function isOf(relation: DatabaseRelation, table: ReplayedTable): boolean {
  return relation.schema === table.schema && relation.name === table.name;
}

class Counter {
  readonly differences: string[] = [];
  readonly unsaid: string[] = [];
  readonly open: string[] = [];
  readonly unknownTypes: string[] = [];
  readonly unknownNullability: string[] = [];
  columns = 0;

  relation(relation: DatabaseRelation, tables: readonly ReplayedTable[]): void {
    const name = `${relation.schema}.${relation.name}`;
    const table = tables.find((each) => isOf(relation, each));
    this.columns += relation.columns.length;
    if (!table) {
      this.unsaid.push(name);
      return;
    }
    if (table.kind !== relation.kind)
      this.differences.push(`${name} is a ${relation.kind}, said: ${table.kind}`);
    if (!table.closed) this.open.push(name);
    this.#columns(name, relation, table);
    if (table.foreignKeys) {
      const said = table.foreignKeys.map(
        (key) => `${key.columns.join(', ')} -> ${key.table.schema}.${key.table.name}`,
      );
      this.#same(
        `${name}, foreign keys`,
        [...relation.foreignKeys].sort().join('; '),
        said.sort().join('; '),
      );
    }
    if (table.closed) this.#same(`${name}, comment`, relation.description ?? undefined, table.description);
  }

  #columns(name: string, relation: DatabaseRelation, table: ReplayedTable): void {
    for (const column of relation.columns) {
      const said = table.columns.find((each) => each.name === column.name);
      const full = `${name}.${column.name}`;
      if (!said) {
        if (table.closed) this.differences.push(`${full} is there and said to be absent`);
        continue;
      }
      if (said.type === undefined) this.unknownTypes.push(full);
      else if (table.closed) this.#same(`${full}, type`, column.type, said.type);
      if (said.nullable === undefined) this.unknownNullability.push(full);
      else if (table.closed) this.#same(`${full}, nullable`, column.nullable, said.nullable);
      if (table.closed) this.#same(`${full}, comment`, relation.descriptions[column.name], said.description);
    }
    for (const { name: said } of table.columns) {
      if (table.closed && !relation.columns.some((column) => column.name === said)) {
        this.differences.push(`${name}.${said} is said to be there and is not`);
      }
    }
    if (table.closed) {
      this.#same(
        `${name}, order of columns`,
        relation.columns.map((column) => column.name).join(', '),
        table.columns.map((column) => column.name).join(', '),
      );
    }
  }

  functions(there: readonly string[], said: readonly ReplayedFunction[]): void {
    const texts = said.map((each) => {
      const set = each.returnsSet ? 'setof ' : '';
      return `${each.schema}.${each.name}(${each.argumentTypes.join(', ')}) ${set}${each.returnType}`;
    });
    for (const text of texts)
      if (!there.includes(text) && !text.startsWith('pg_catalog.'))
        this.differences.push(`${text} is said to be there and is not`);
  }

  #same(what: string, there: unknown, said: unknown): void {
    if (there !== said) this.differences.push(`${what}: ${there}, said: ${said}`);
  }
}
