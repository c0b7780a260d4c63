import { parseArgs } from 'node:util';
import { loadSqlParser } from '../../server/src/schema/migrations/sqlParser.ts';
import { type Comparison, compare } from './compare.ts';
import { Database } from './database.ts';
import { Generator } from './generator.ts';
import { Random } from './random.ts';

/**
 * Random migrations, run by a real PostgreSQL and replayed: `node test/migrations/main.ts [--scripts N] [--seed S] [--statements N]`.
 * The same seed does the same. Ends with 1 when something was said that is not so.
 */
const { values } = parseArgs({
  options: {
    scripts: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    statements: { type: 'string', default: '40' },
    refusals: { type: 'boolean', default: false },
  },
});

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const parser = await loadSqlParser();
const database = await Database.start();
const refusals = new Map<string, number>();
const totals = {
  scripts: 0,
  accepted: 0,
  refused: 0,
  relations: 0,
  columns: 0,
  unsaid: 0,
  open: 0,
  types: 0,
  nullability: 0,
};
let wrong = 0;

for (let script = 0; script < Number(values.scripts); script++) {
  const seed = (Number(values.seed) * 65_537 + script) | 0;
  const generator = new Generator(new Random(seed));
  const found = await compare(database, parser, {
    length: Number(values.statements),
    next: (current, index) => generator.next(current, index),
  });
  add(found);
  for (const { message } of found.refused) {
    const kind = message.replace(/"[^"]*"|[\d]+/g, '…');
    refusals.set(kind, (refusals.get(kind) ?? 0) + 1);
  }
  if (found.differences.length === 0) continue;
  wrong++;
  const fewest = await smallest(found);
  say(
    `\nscript ${script}:\n  ${fewest.differences.join('\n  ')}\n${fewest.accepted.map((sql) => `    ${sql};`).join('\n')}`,
  );
}
say(`\nseed ${values.seed}: ${JSON.stringify(totals)}, ${wrong} scripts of which something wrong is said`);
if (values.refusals)
  for (const [kind, count] of [...refusals].sort((a, b) => b[1] - a[1]).slice(0, 40)) say(`${count} ${kind}`);
await database.close();
process.exitCode = wrong === 0 ? 0 : 1;

function add(found: Comparison): void {
  totals.scripts++;
  totals.accepted += found.accepted.length;
  totals.refused += found.refused.length;
  totals.relations += found.relations;
  totals.columns += found.columns;
  totals.unsaid += found.unsaid.length;
  totals.open += found.open.length;
  totals.types += found.unknownTypes.length;
  totals.nullability += found.unknownNullability.length;
}

/** The fewest statements with which something wrong is still said. */
async function smallest(found: Comparison): Promise<Comparison> {
  let best = found;
  for (let index = found.accepted.length - 1; index >= 0; index--) {
    const fewer = best.accepted.filter((_, at) => at !== index);
    if (fewer.length === best.accepted.length) continue;
    const again = await compare(database, parser, fewer);
    if (again.differences.length > 0 && again.refused.length === 0) best = again;
  }
  return best;
}
