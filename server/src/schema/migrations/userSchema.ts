import type { Node } from 'libpg-query';
import type { Catalogue, Schema } from './catalogue.ts';

/**
 * The schemas that may be named like the user who runs the migrations, which nobody knows: there a name without a schema is looked for
 * first, and made. Where `$user` is on the path only because it is so by default, those named like a role alone.
 */
export function possibleUserSchemas({ schemas, searchPath, userOnPath, roles }: Catalogue): Schema[] {
  if (userOnPath === 'none') return [];
  return [...schemas.values()].filter(
    ({ name }) =>
      !searchPath.includes(name) &&
      name !== 'public' &&
      !name.startsWith('pg_') &&
      (userOnPath === 'any' || roles.has(name)),
  );
}

/** Whether the statement may be about something in one of these schemas without naming it. */
export function mayMeanUserSchema(catalogue: Catalogue, statement: Node): boolean {
  const schemas = possibleUserSchemas(catalogue);
  if (schemas.length === 0 || 'DoStmt' in statement || 'CreateSchemaStmt' in statement) return false;
  const isIn = (name: string): boolean =>
    schemas.some(
      (schema) => schema.types.has(name) || schema.relations.has(name) || schema.routines.has(name),
    );
  const [made] = Object.values(statement) as Record<string, unknown>[];
  const ownNames = [made?.['typeName'], made?.['funcname'], made?.['domainname'], made?.['defnames']];
  if (ownNames.some((names) => singleName(names) !== undefined)) return true;
  const rest: unknown[] = [statement];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const name = singleName(next);
    if (name !== undefined && isIn(name)) return true;
    if ('relname' in next && !('schemaname' in next)) return true;
    for (const value of Object.values(next)) rest.push(value);
  }
  return false;
}

/** The name in a list of one: `t`, but not `app.t`. */
function singleName(names: unknown): string | undefined {
  if (!Array.isArray(names) || names.length !== 1) return undefined;
  const [name] = names as { readonly String?: { readonly sval?: string } }[];
  return name?.String?.sval;
}
