import { performance } from 'node:perf_hooks';
import { LazyReplay } from '../server/src/schema/migrations/lazyReplay.ts';
import { ReplayCache } from '../server/src/schema/migrations/replayCache.ts';
import type { SqlFile } from '../server/src/schema/migrations/replayedDatabase.ts';
import { mayBeDdl, splitStatements } from '../server/src/schema/migrations/splitStatements.ts';
import { loadSqlParser } from '../server/src/schema/migrations/sqlParser.ts';

/** Texts of `up.sql`: tables and what becomes of them, views, functions and rows, the same for the same number. */
export function generateMigrations(count: number): string[] {
  const tables: string[] = [];
  return Array.from({ length: count }, (_, index) => {
    const step = index % 10;
    const table = tables[(index * 7) % Math.max(1, tables.length)] ?? 'public.accounts_0';
    if (step < 4) return createTable(`public.${kinds[index % kinds.length]}_${index}`, tables);
    if (step < 6) {
      return `ALTER TABLE ${table} ADD COLUMN extra_${index} text NOT NULL DEFAULT '';
ALTER TABLE ${table} ADD COLUMN counted_${index} numeric(10, 2), ALTER COLUMN note DROP NOT NULL;
COMMENT ON COLUMN ${table}.extra_${index} IS 'what came later';\n`;
    }
    if (step === 6) {
      return `BEGIN;
ALTER TABLE ${table} ADD COLUMN short_${index} int;
ALTER TABLE ${table} RENAME COLUMN short_${index} TO long_${index};
CREATE INDEX ON ${table} (long_${index});
COMMIT;\n`;
    }
    const other = tables[(index * 3) % tables.length] ?? table;
    if (step === 7) {
      return `CREATE OR REPLACE VIEW public.summary_${index} AS
  SELECT a.id, a.name AS account, count(b.id) AS many, max(b.created_at) AS last, coalesce(a.note, 'none') AS note
  FROM ${table} a LEFT JOIN ${other} b ON b.parent_id = a.id
  WHERE a.amount > 0 GROUP BY a.id, a.name, a.note;\n`;
    }
    if (step === 8) {
      return `CREATE OR REPLACE FUNCTION public.touch_${index}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_is timestamptz := now();
BEGIN
  NEW.updated_at := now_is;
  IF NEW.name IS NULL THEN NEW.name := 'nameless'; END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER touch_${index} BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION public.touch_${index}();\n`;
    }
    const rows = Array.from(
      { length: 120 },
      (_, row) => `  (gen_random_uuid(), 'name ${row}', ${row}.50, 'it''s ${index}')`,
    );
    return `INSERT INTO ${table} (id, name, amount, note) VALUES\n${rows.join(',\n')};\n`;
  });
}

const kinds = ['accounts', 'invoices', 'shipments', 'devices', 'tickets', 'articles', 'bookings', 'contacts'];

function createTable(name: string, tables: string[]): string {
  const parent = tables.at(-1) ?? name;
  tables.push(name);
  return `CREATE TABLE ${name} (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  parent_id uuid REFERENCES ${parent} (id) ON DELETE CASCADE,
  name text NOT NULL,
  amount numeric(12, 2) NOT NULL DEFAULT 0,
  note character varying(255) NOT NULL,
  tags text[],
  payload jsonb DEFAULT '{}'::jsonb,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT positive CHECK (amount >= 0),
  PRIMARY KEY (id)
);
COMMENT ON TABLE ${name} IS 'all there are';
CREATE INDEX ON ${name} USING btree (parent_id);
GRANT SELECT ON ${name} TO PUBLIC;\n`;
}

export interface MeasuredMigrations {
  readonly megabytes: number;
  /** PostgreSQL's parser alone, started and given every statement that may be DDL. */
  readonly floor: readonly number[];
  readonly cold: readonly number[];
  readonly cached: readonly number[];
  readonly editedLast: readonly number[];
  readonly wrong: string | undefined;
}

/** Replays the texts in the process, from nothing, from a cache in `folder`, and with the last of them edited. */
export async function measureMigrations(
  texts: readonly string[],
  rounds: number,
  folder: string,
): Promise<MeasuredMigrations> {
  const files: SqlFile[] = texts.map((text, index) => ({ uri: `file:///${index}/up.sql`, text, offset: 0 }));
  const ddl = texts.map((text) =>
    splitStatements(text)
      .filter(mayBeDdl)
      .map((statement) => statement.text)
      .join(';\n'),
  );
  const cache = new ReplayCache(folder, () => []);
  const found = await new LazyReplay().replay(files);
  cache.write(files, found);
  const times: Record<'floor' | 'cold' | 'cached' | 'editedLast', number[]> = {
    floor: [],
    cold: [],
    cached: [],
    editedLast: [],
  };
  for (let round = 0; round < rounds + 1; round++) {
    const floor = await time(async () => {
      const parser = await loadSqlParser();
      for (const text of ddl) if (text !== '') parser.parse(text);
    });
    const replay = new LazyReplay();
    const cold = await time(() => replay.replay(files));
    const cached = await time(() => new LazyReplay(cache).replay(files));
    const last = files.at(-1);
    const edited = last === undefined ? files : files.with(-1, { ...last, text: `${last.text}-- ${round}` });
    const editedLast = await time(() => replay.replay(edited));
    // The first time the code itself is loaded.
    if (round === 0) continue;
    times.floor.push(floor);
    times.cold.push(cold);
    times.cached.push(cached);
    times.editedLast.push(editedLast);
  }
  const kept = await new LazyReplay(cache).replay(files);
  const open = found.tables.filter(({ closed }) => !closed).length;
  const problems = [
    ...(found.problems.length > 0 ? [`${found.problems.length} files said to be broken`] : []),
    ...(open > 0 ? [`${open} tables not understood`] : []),
    ...(JSON.stringify(kept) === JSON.stringify(found) ? [] : ['another answer from the cache']),
  ];
  return {
    ...times,
    megabytes: texts.reduce((sum, text) => sum + text.length, 0) / 1e6,
    wrong: problems.length === 0 ? undefined : problems.join(', '),
  };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
