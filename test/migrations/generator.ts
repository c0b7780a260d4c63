import type {
  ReplayedColumn,
  ReplayedDatabase,
  ReplayedTable,
} from '../../server/src/schema/migrations/replayedDatabase.ts';
import type { Random } from './random.ts';

const schemas = ['public', 'public', 'app', 'Other'] as const;
const names = ['a', 'b', 'c', 'd', 'Order', 'user'] as const;
const columnNames = ['id', 'x', 'y', 'z', 'name', 'Total', 'k1'] as const;
const typeNames = ['mood', 'email', 'address', 'Level'] as const;

const builtinTypes = [
  'int',
  'bigint',
  'smallint',
  'text',
  'varchar(20)',
  'varchar',
  'char(4)',
  'numeric(10,2)',
  'numeric',
  'boolean',
  'date',
  'timestamptz',
  'timestamp(3)',
  'jsonb',
  'uuid',
  'int[]',
  'text[]',
  'double precision',
  'real',
  'interval',
] as const;

/** Statements that mostly make sense for what is there, and sometimes do not. */
export class Generator {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The first ones make what the others need. */
  next(current: ReplayedDatabase, index: number): string {
    const first = beginning[index];
    if (first !== undefined) return first;
    if (index < beginning.length + 4) return newTable(new Maker(this.#random, current));
    const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
    let left = this.#random.below(total);
    for (const [weight, make] of kinds) {
      left -= weight;
      if (left < 0) return make(new Maker(this.#random, current));
    }
    return 'SELECT 1';
  }
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && name !== 'user' ? name : `"${name}"`;
}

/** What a statement is made of. */
class Maker {
  readonly random: Random;
  readonly current: ReplayedDatabase;

  constructor(random: Random, current: ReplayedDatabase) {
    this.random = random;
    this.current = current;
  }

  newName(): string {
    const schema = this.random.pick(schemas);
    const name = quoted(this.random.pick(names));
    return schema === 'public' && this.random.chance(70) ? name : `${quoted(schema)}.${name}`;
  }

  nameOf({ schema, name }: { readonly schema: string; readonly name: string }): string {
    return schema === 'public' && this.random.chance(70) ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
  }

  existing(...kinds: ReplayedTable['kind'][]): ReplayedTable | undefined {
    const fitting = this.current.tables.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
    return this.random.pick(fitting);
  }

  table(...kinds: ReplayedTable['kind'][]): string {
    const found = this.existing(...(kinds.length > 0 ? kinds : (['table'] as const)));
    return found ? this.nameOf(found) : this.newName();
  }

  column(table: ReplayedTable | undefined): string {
    const found = this.random.chance(92) ? this.random.pick(table?.columns ?? []) : undefined;
    return quoted(found?.name ?? this.random.pick(columnNames));
  }

  newColumn(): string {
    return quoted(this.random.pick(columnNames));
  }

  typeName(): string {
    const schema = this.random.pick(schemas);
    const name = quoted(this.random.pick(typeNames));
    return schema === 'public' ? name : `${quoted(schema)}.${name}`;
  }

  type(): string {
    const roll = this.random.below(100);
    if (roll < 12) return this.random.pick(['mood', 'email', 'app.address', 'mood[]']);
    if (roll < 20) return `${this.typeName()}${this.random.chance(20) ? '[]' : ''}`;
    if (roll < 23) return this.table();
    return this.random.pick(builtinTypes);
  }

  cascade(): string {
    return this.random.chance(65) ? ' CASCADE' : '';
  }

  columnDefinition(): string {
    const name = this.newColumn();
    if (this.random.chance(8)) return `${name} ${this.random.pick(['serial', 'bigserial'])}`;
    const type = this.type();
    const options = [
      this.random.chance(20) ? ' NOT NULL' : '',
      this.random.chance(8) ? ' PRIMARY KEY' : '',
      this.random.chance(6) ? ' UNIQUE' : '',
      this.random.chance(3) ? ` REFERENCES ${this.table()}` : '',
    ];
    if (this.random.chance(5)) return `${name} int GENERATED ALWAYS AS IDENTITY`;
    if (this.random.chance(6)) return `${name} text GENERATED ALWAYS AS (${this.newColumn()}::text) STORED`;
    return `${name} ${type}${options.join('')}`;
  }

  definitions(most: number): string[] {
    const all = Array.from({ length: 1 + this.random.below(most) }, () => this.columnDefinition());
    const seen = new Set<string>();
    return all.filter((each) => {
      const [name = ''] = each.split(' ');
      if (seen.has(name)) return false;
      seen.add(name);
      return true;
    });
  }

  query(depth = 0): string {
    const roll = this.random.below(100);
    if (depth < 2 && roll < 12) {
      return `${this.query(depth + 1)} ${this.random.pick(['UNION', 'UNION ALL', 'EXCEPT'])} ${this.query(depth + 1)}`;
    }
    if (depth < 2 && roll < 20) return `WITH q AS (${this.query(depth + 1)}) SELECT * FROM q`;
    if (depth < 2 && roll < 28) return `SELECT s.* FROM (${this.query(depth + 1)}) AS s`;
    if (roll < 32)
      return `VALUES (${this.literal()}, ${this.literal()}), (${this.literal()}, ${this.literal()})`;
    const one = this.existing();
    const other = this.existing();
    if (!one || !other) return `SELECT ${this.literal()} AS ${this.newColumn()}`;
    if (roll < 48) return this.#join(one, other);
    if (roll < 58) return `SELECT * FROM ${this.nameOf(one)} AS t`;
    if (roll < 68) {
      const key = this.column(one);
      return `SELECT ${key}, count(*), ${this.random.pick(['max', 'min', 'array_agg', 'sum', 'avg'])}(${this.column(one)}) FROM ${this.nameOf(one)} GROUP BY ${key}`;
    }
    const columns = Array.from({ length: 1 + this.random.below(4) }, () => this.#target(one));
    const where = this.random.chance(30) ? ` WHERE ${this.column(one)} IS NOT NULL` : '';
    return `SELECT ${columns.join(', ')} FROM ${this.nameOf(one)}${where}`;
  }

  #join(one: ReplayedTable, other: ReplayedTable): string {
    const kind = this.random.pick(['JOIN', 'LEFT JOIN', 'FULL JOIN', 'RIGHT JOIN']);
    if (this.random.chance(15))
      return `SELECT * FROM ${this.nameOf(one)} AS p NATURAL JOIN ${this.nameOf(other)} AS q`;
    const shared = one.columns.filter(({ name }) => other.columns.some((each) => each.name === name));
    const key = this.random.pick(shared);
    if (key && this.random.chance(60)) {
      const list = this.random.chance(60)
        ? '*'
        : `p.${this.column(one)} AS one, q.${this.column(other)} AS two, ${quoted(key.name)}`;
      return `SELECT ${list} FROM ${this.nameOf(one)} AS p ${kind} ${this.nameOf(other)} AS q USING (${quoted(key.name)})`;
    }
    return `SELECT p.*, q.${this.column(other)} AS other FROM ${this.nameOf(one)} AS p ${kind} ${this.nameOf(other)} AS q ON true`;
  }

  #target(table: ReplayedTable): string {
    const alias = this.random.chance(60) ? ` AS ${this.newColumn()}` : '';
    return `${this.expression(table, 0)}${alias}`;
  }

  expression(table: ReplayedTable, depth: number): string {
    const column = this.column(table);
    const inner = (): string => (depth > 1 ? this.column(table) : this.expression(table, depth + 1));
    switch (this.random.below(16)) {
      case 0:
        return `coalesce(${inner()}, ${inner()})`;
      case 1:
        return `CASE WHEN ${column} IS NULL THEN ${inner()} ELSE ${inner()} END`;
      case 2:
        return `nullif(${inner()}, ${inner()})`;
      case 3:
        return `${inner()}::${this.type()}`;
      case 4:
        return `${inner()} ${this.random.pick(['+', '-', '*', '||', '=', '<', '/'])} ${inner()}`;
      case 5:
        return `${this.random.pick(['upper', 'length', 'lower', 'abs', 'round', 'to_jsonb', 'now', 'ceil'])}(${column})`;
      case 6:
        return this.literal();
      case 7:
        return `(SELECT ${this.random.pick(['max', 'min', 'count', 'sum'])}(${column}) FROM ${this.nameOf(table)})`;
      case 8:
        return `ARRAY[${inner()}, ${inner()}]`;
      case 9:
        return `greatest(${inner()}, ${inner()})`;
      default:
        return column;
    }
  }

  literal(): string {
    return this.random.pick([
      '1',
      '2.5',
      "'x'",
      'NULL',
      'true',
      '10000000000',
      "'2020-01-01'::date",
      'now()',
      "'{}'::jsonb",
    ]);
  }
}

type Make = (maker: Maker) => string;

const beginning = [
  'CREATE SCHEMA app; CREATE SCHEMA "Other"',
  "CREATE TYPE mood AS ENUM ('p'); CREATE DOMAIN email AS varchar(30); CREATE TYPE app.address AS (street text, number int)",
];

const newTable: Make = (m) =>
  `CREATE TABLE ${m.random.chance(15) ? 'IF NOT EXISTS ' : ''}${m.newName()} (${m.definitions(5).join(', ')})`;

/** Kinds of statements, and how often each comes. */
const kinds: readonly (readonly [number, Make])[] = [
  [12, newTable],
  [
    3,
    (m) =>
      `CREATE TABLE ${m.newName()} (${[...m.definitions(3), `PRIMARY KEY (${m.newColumn()}, ${m.newColumn()})`].join(', ')})`,
  ],
  [
    4,
    (m) =>
      `CREATE TABLE ${m.newName()} (${m.definitions(2).join(', ')}) INHERITS (${m.table()}${m.random.chance(25) ? `, ${m.table()}` : ''})`,
  ],
  [
    4,
    (m) =>
      `CREATE TABLE ${m.newName()} (LIKE ${m.table('table', 'view')}${m.random.pick(['', ' INCLUDING ALL', ' INCLUDING INDEXES', ' INCLUDING COMMENTS', ' INCLUDING GENERATED INCLUDING IDENTITY'])}${m.random.chance(40) ? `, ${m.columnDefinition()}` : ''})`,
  ],
  [
    3,
    (m) =>
      `CREATE TABLE ${m.newName()} (${m.definitions(4).join(', ')}) PARTITION BY ${m.random.pick(['LIST', 'RANGE'])} (${m.newColumn()})`,
  ],
  [3, (m) => `CREATE TABLE ${m.newName()} PARTITION OF ${m.table()} DEFAULT`],
  [2, (m) => `ALTER TABLE ${m.table()} ATTACH PARTITION ${m.table()} DEFAULT`],
  [1, (m) => `ALTER TABLE ${m.table()} DETACH PARTITION ${m.table()}`],
  [4, (m) => `CREATE TABLE ${m.newName()} AS ${m.query()}`],
  [1, (m) => `SELECT ${m.newColumn()} INTO ${m.newName()} FROM ${m.table()}`],
  [
    14,
    (m) =>
      `CREATE ${m.random.chance(30) ? 'OR REPLACE ' : ''}VIEW ${m.newName()}${m.random.chance(10) ? ' (one, two)' : ''} AS ${m.query()}`,
  ],
  [3, (m) => `CREATE MATERIALIZED VIEW ${m.newName()} AS ${m.query()}`],
  [4, (m) => `CREATE TYPE ${m.typeName()} AS ENUM ('p', 'q')`],
  [2, (m) => `CREATE TYPE ${m.typeName()} AS (${m.newColumn()} ${m.type()}, other ${m.type()})`],
  [3, (m) => `CREATE DOMAIN ${m.typeName()} AS ${m.type()}${m.random.chance(20) ? ' NOT NULL' : ''}`],
  [3, (m) => `CREATE SCHEMA ${m.random.chance(50) ? 'IF NOT EXISTS ' : ''}${quoted(m.random.pick(schemas))}`],
  [
    12,
    (m) =>
      `ALTER TABLE ${m.random.chance(8) ? 'ONLY ' : ''}${m.table()} ADD COLUMN ${m.random.chance(20) ? 'IF NOT EXISTS ' : ''}${m.columnDefinition()}`,
  ],
  [
    10,
    (m) =>
      withTable(
        m,
        (t, name) =>
          `ALTER TABLE ${m.random.chance(8) ? 'ONLY ' : ''}${name} DROP COLUMN ${m.column(t)}${m.cascade()}`,
      ),
  ],
  [
    7,
    (m) => withTable(m, (t, name) => `ALTER TABLE ${name} RENAME COLUMN ${m.column(t)} TO ${m.newColumn()}`),
  ],
  [6, (m) => withTable(m, (t, name) => typeChange(m, t, name))],
  [
    6,
    (m) =>
      withTable(
        m,
        (t, name) =>
          `ALTER TABLE ${m.random.chance(10) ? 'ONLY ' : ''}${name} ALTER ${m.column(t)} ${m.random.pick(['SET', 'DROP'])} NOT NULL`,
      ),
  ],
  [4, (m) => withTable(m, (t, name) => `ALTER TABLE ${name} ADD PRIMARY KEY (${m.column(t)})`)],
  [
    3,
    (m) =>
      withTable(
        m,
        (t, name) =>
          `ALTER TABLE ${name} ADD CONSTRAINT ${m.random.pick(['u1', 'u2'])} UNIQUE (${m.column(t)})`,
      ),
  ],
  [
    5,
    (m) =>
      withTable(
        m,
        (t, name) => `ALTER TABLE ${name} ADD FOREIGN KEY (${m.column(t)}) REFERENCES ${m.table()}`,
      ),
  ],
  [
    3,
    (m) =>
      withTable(
        m,
        (t, name) =>
          `ALTER TABLE ${name} DROP CONSTRAINT ${quoted(`${t?.name}_${m.random.pick(['pkey', 'x_fkey', 'id_fkey', 'y_key'])}`)}${m.cascade()}`,
      ),
  ],
  [
    5,
    (m) =>
      withTable(
        m,
        (t, name) =>
          `ALTER TABLE ${name} ADD ${m.columnDefinition()}, DROP COLUMN ${m.column(t)}, ALTER ${m.column(t)} SET NOT NULL`,
      ),
  ],
  [3, (m) => withTable(m, (_, name) => `ALTER TABLE ${name} INHERIT ${m.table()}`)],
  [1, (m) => withTable(m, (_, name) => `ALTER TABLE ${name} NO INHERIT ${m.table()}`)],
  [
    4,
    (m) =>
      `ALTER TABLE ${m.table('table', 'view', 'materialized view')} RENAME TO ${quoted(m.random.pick(names))}`,
  ],
  [2, (m) => `ALTER TABLE ${m.table('table', 'view')} SET SCHEMA ${quoted(m.random.pick(schemas))}`],
  [
    2,
    (m) => `ALTER VIEW ${m.table('view')} RENAME COLUMN ${m.column(m.existing('view'))} TO ${m.newColumn()}`,
  ],
  [2, (m) => `ALTER TYPE ${m.typeName()} RENAME TO ${quoted(m.random.pick(typeNames))}`],
  [1, (m) => `ALTER TYPE ${m.typeName()} SET SCHEMA ${quoted(m.random.pick(schemas))}`],
  [
    2,
    (m) =>
      `ALTER TYPE ${m.typeName()} ${m.random.pick(['ADD', 'DROP'])} ATTRIBUTE ${m.newColumn()}${m.random.chance(50) ? ` ${m.type()}` : ''} CASCADE`,
  ],
  [1, (m) => `ALTER SCHEMA ${quoted(m.random.pick(schemas))} RENAME TO ${quoted(m.random.pick(schemas))}`],
  [4, (m) => `DROP TABLE ${m.random.chance(20) ? 'IF EXISTS ' : ''}${m.table()}${m.cascade()}`],
  [3, (m) => `DROP VIEW ${m.table('view')}${m.cascade()}`],
  [1, (m) => `DROP MATERIALIZED VIEW ${m.table('materialized view')}${m.cascade()}`],
  [2, (m) => `DROP TYPE ${m.typeName()}${m.cascade()}`],
  [1, (m) => `DROP SCHEMA ${quoted(m.random.pick(schemas))}${m.cascade()}`],
  [
    3,
    (m) =>
      withTable(
        m,
        (t, name) => `COMMENT ON COLUMN ${name}.${m.column(t)} IS ${m.random.pick(["'text'", 'NULL'])}`,
      ),
  ],
  [2, (m) => `COMMENT ON TABLE ${m.table()} IS 'table'`],
  [2, (m) => `CREATE TABLE ${m.newName()} OF ${m.typeName()}`],
  [
    3,
    (m) =>
      `CREATE FUNCTION ${m.newName()}(${m.type()}) RETURNS ${m.random.pick(['', 'SETOF '])}${m.type()} LANGUAGE sql AS 'SELECT NULL'`,
  ],
  [
    2,
    (m) =>
      `DO $$ BEGIN ALTER TABLE ${m.table()} ADD COLUMN ${m.columnDefinition()}; EXCEPTION WHEN duplicate_column THEN NULL; END $$`,
  ],
  [3, (m) => withTable(m, (t, name) => condition(m, t, name))],
  [1, (m) => `SET search_path TO ${quoted(m.random.pick(schemas))}, public`],
  [1, () => 'RESET search_path'],
];

function withTable(m: Maker, make: (table: ReplayedTable | undefined, name: string) => string): string {
  const table = m.existing('table');
  return make(table, table ? m.nameOf(table) : m.newName());
}

function typeChange(m: Maker, table: ReplayedTable | undefined, name: string): string {
  const column: ReplayedColumn | undefined = m.random.pick(table?.columns ?? []);
  const type = m.type();
  const using = m.random.chance(50) ? ` USING NULL::${type}` : '';
  return `ALTER TABLE ${name} ALTER COLUMN ${quoted(column?.name ?? 'x')} TYPE ${type}${using}`;
}

function condition(m: Maker, table: ReplayedTable | undefined, name: string): string {
  const column = m.random.pick(columnNames);
  const not = m.random.chance(50) ? 'NOT ' : '';
  const then = not ? `ADD COLUMN ${quoted(column)} ${m.type()}` : `DROP COLUMN ${quoted(column)} CASCADE`;
  return `DO $$ BEGIN IF ${not}EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = '${table?.schema}' AND table_name = '${table?.name}' AND column_name = '${column}') THEN ALTER TABLE ${name} ${then}; END IF; END $$`;
}
