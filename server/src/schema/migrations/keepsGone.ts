import type { Node } from 'libpg-query';
import { type Catalogue, forgetGone, forgetGoneName } from './catalogue.ts';
import { isPathCertain } from './searchPath.ts';
import type { SqlStatement } from './splitStatements.ts';

/** Statements that make no relation and no column but what is followed where they are interpreted. */
const keeping = new Set(
  (
    'AlterCollationStmt AlterDatabaseSetStmt AlterDatabaseStmt AlterDefaultPrivilegesStmt AlterDomainStmt AlterEnumStmt AlterFdwStmt ' +
    'AlterForeignServerStmt AlterFunctionStmt AlterObjectDependsStmt AlterObjectSchemaStmt AlterOpFamilyStmt AlterOperatorStmt AlterOwnerStmt ' +
    'AlterPolicyStmt AlterPublicationStmt AlterRoleSetStmt AlterRoleStmt AlterSeqStmt AlterStatsStmt AlterTSConfigurationStmt ' +
    'AlterTSDictionaryStmt AlterTableStmt AlterTypeStmt AlterUserMappingStmt CallStmt CheckPointStmt ClosePortalStmt ClusterStmt ' +
    'CommentStmt CompositeTypeStmt ConstraintsSetStmt CreateAmStmt CreateCastStmt CreateConversionStmt CreateDomainStmt CreateEnumStmt ' +
    'CreateEventTrigStmt CreateExtensionStmt CreateFdwStmt CreateForeignServerStmt CreateForeignTableStmt CreateFunctionStmt CreateOpClassStmt ' +
    'CreateOpFamilyStmt CreatePLangStmt CreatePolicyStmt CreatePublicationStmt CreateRangeStmt CreateRoleStmt CreateSchemaStmt ' +
    'CreateSeqStmt CreateStatsStmt CreateStmt CreateTableAsStmt CreateTransformStmt CreateTrigStmt CreateUserMappingStmt DeallocateStmt ' +
    'DeclareCursorStmt DefineStmt DeleteStmt DiscardStmt DoStmt DropOwnedStmt DropRoleStmt DropStmt DropSubscriptionStmt ' +
    'DropUserMappingStmt FetchStmt GrantRoleStmt GrantStmt ImportForeignSchemaStmt IndexStmt InsertStmt ListenStmt LockStmt MergeStmt ' +
    'NotifyStmt PrepareStmt ReassignOwnedStmt RefreshMatViewStmt ReindexStmt RenameStmt RuleStmt SecLabelStmt SelectStmt TransactionStmt ' +
    'TruncateStmt UnlistenStmt UpdateStmt VacuumStmt VariableSetStmt VariableShowStmt ViewStmt'
  ).split(' '),
);

/** Extensions that bring no relations. */
const withoutRelations = new Set(
  (
    'btree_gin btree_gist citext cube earthdistance fuzzystrmatch hstore intarray isn ltree moddatetime pg_trgm pgcrypto seg tablefunc ' +
    'unaccent uuid-ossp vector'
  ).split(' '),
);

/** What a statement that is not read further does to what is gone. */
export function keepGoneThrough(catalogue: Catalogue, node: Node): void {
  const [kind = ''] = Object.keys(node);
  if (!keeping.has(kind)) forgetGone(catalogue);
  if ('CreateExtensionStmt' in node && !withoutRelations.has(node.CreateExtensionStmt.extname ?? ''))
    forgetGone(catalogue);
  // An extension brings its tables along.
  if ('AlterObjectSchemaStmt' in node && node.AlterObjectSchemaStmt.objectType === 'OBJECT_EXTENSION')
    forgetGone(catalogue);
}

/** The same of one that is not even parsed. */
export function keepGoneThroughText(catalogue: Catalogue, { firstWord, text }: SqlStatement): void {
  if (firstWord === 'LOAD') forgetGone(catalogue);
  if (firstWord === 'EXPLAIN' && /\banaly[sz]e\b/i.test(text)) forgetGone(catalogue);
  if (firstWord === 'COPY' && /\bprogram\b/i.test(text)) forgetGone(catalogue);
}

/**
 * Interprets a statement that has names without a schema. Where it is not certain in which schema they are looked for, what it takes away is
 * not gone for certain, and what it makes may be in any.
 */
export function asNamesAreFound(catalogue: Catalogue, node: Node, interpret: () => void): void {
  const { at } = catalogue;
  const names = isPathCertain(catalogue) ? [] : namesWithoutSchema(node);
  if (names.length === 0) {
    interpret();
    return;
  }
  for (const name of names) {
    forgetGoneName(catalogue, name);
    for (const relation of catalogue.relations.values())
      if (relation.name === name) relation.goneColumns.clear();
  }
  catalogue.at = undefined;
  try {
    interpret();
  } finally {
    catalogue.at = at;
  }
}

function namesWithoutSchema(node: Node): string[] {
  const found: string[] = [];
  const rest: unknown[] = [node];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const { relname, schemaname, items, names, objname } = next as Record<string, unknown>;
    if (typeof relname === 'string' && schemaname === undefined) found.push(relname);
    for (const list of [items, names, objname]) {
      if (Array.isArray(list) && list.length === 1) found.push(wordOf(list[0]));
    }
    for (const value of Object.values(next)) rest.push(value);
  }
  return found;
}

function wordOf(node: unknown): string {
  return (node as { readonly String?: { readonly sval?: string } } | undefined)?.String?.sval ?? '';
}
