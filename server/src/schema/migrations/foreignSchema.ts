import type { ImportForeignSchemaStmt } from 'libpg-query';
import { forgetGoneIn } from './catalogue.ts';
import { makeRelation } from './relations.ts';
import type { Session } from './session.ts';
import { nodesOf } from './syntaxTree.ts';

/** `IMPORT FOREIGN SCHEMA … LIMIT TO (…)` says the tables, not their columns. */
export function importForeignSchema(session: Session, node: ImportForeignSchemaStmt): void {
  if (node.local_schema !== undefined) forgetGoneIn(session.catalogue, node.local_schema);
  if (node.list_type !== 'FDW_IMPORT_SCHEMA_LIMIT_TO') return;
  for (const range of nodesOf(node.table_list, 'RangeVar')) {
    const into = { ...range, ...(node.local_schema !== undefined && { schemaname: node.local_schema }) };
    makeRelation(session, into, false, {
      kind: 'foreign table',
      columns: [],
      closed: false,
      server: node.server_name,
      origin: session.origin(range.location),
    });
  }
}
