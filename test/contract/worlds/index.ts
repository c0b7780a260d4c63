import * as engine from './engine.ts';
import * as shop from './shop.ts';
import type { World } from './world.ts';

const kinds = ['postgres', 'citus', 'cockroach', 'mssql', 'sqlite'];

/** Every world by the name exchanges give it. */
export const worlds: ReadonlyMap<string, World> = new Map<string, World>([
  ['messages', engine.messages],
  ['writers', engine.writers],
  ...kinds.map((kind) => [`two ${kind} sources`, engine.twoSources(kind)] as const),
  ...kinds.map(
    (kind) => [`${kind} catalogue`, engine.catalogue(kind, kind === 'sqlite' ? 'sqlite' : 's')] as const,
  ),
  ['bigquery catalogue', engine.catalogue('bigquery', 'bigquery')],
  ['another bigquery catalogue', engine.catalogue('bigquery', 's')],
  ['an agent without foreach', engine.artists('mock')],
  ['an agent with foreach', engine.artists('capable')],
  ['nested columns', engine.nestedColumns],
  ['composite scalars', engine.compositeScalars],
  ['authors', engine.authors],
  ['tracking', engine.tracking],
  ['a tracked table that does not exist', engine.untrackable],
  ['a source without an address', engine.brokenSource],
  ['statements', engine.statements],
  ['mssql statements', engine.mssqlStatements],
  ['bigquery statements', engine.bigqueryStatements],
  ['legacy documents', engine.legacyDocuments],
  ['simple schemas', engine.simpleSchemas],
  ['other schemas', engine.otherSchemas],
  ['a source others need', engine.droppedTarget],
  ['shop', shop.shop],
  ['shop with profile', shop.shopWithProfile],
  ['shop with broken profile', shop.shopWithBrokenProfile],
  ['four kinds', shop.fourKinds],
  ['broken type relationship', shop.brokenTypeRelationship],
  ['empty', shop.empty],
]);
