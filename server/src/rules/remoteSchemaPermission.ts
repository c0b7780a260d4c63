import { knownValue, unknown } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Located, RemoteSchemaPermission } from '../metadata/relationship.ts';
import { parseSdl } from '../schema/parseSdl.ts';
import { type PermissionMistake, permissionMistakes } from '../schema/permissionSubset.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import { nodeLocation } from '../syntax/location.ts';
import { rangeInScalar } from '../syntax/scalarOffsets.ts';
import { contentRange, type TextRange } from '../syntax/textRange.ts';
import type { Fix, Report, Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { duplicates } from './support/duplicates.ts';
import { didYouMean } from './support/suggestion.ts';

/** What a role may use of a remote schema: SDL that is a part of it, once for each role (R59). */
export const remoteSchemaPermission: Rule = {
  code: 'remote-schema-permission',
  specification: ['R59'],
  title:
    'A permission on a remote schema has SDL that is broken or not part of the schema, or its role has another permission.',
  severity: 'error',
  check(context, report) {
    for (const { name, permissions } of context.model.remoteSchemas) {
      checkRoles(context, permissions, report);
      const schema = name.state === 'present' ? schemaOf(context, name.value) : undefined;
      for (const permission of permissions) checkPermission(context, permission, schema, report);
    }
    for (const { remoteSchema, permission } of context.model.requestedPermissions) {
      const schema = remoteSchema.state === 'present' ? schemaOf(context, remoteSchema.value) : undefined;
      checkPermission(context, permission, schema, report);
    }
  },
};

function schemaOf({ catalogue }: DocumentContext, name: string): RemoteSchema | undefined {
  return knownValue(knownValue(catalogue.remoteSchema(name))?.schema ?? unknown);
}

function checkRoles(
  { uri }: DocumentContext,
  permissions: readonly RemoteSchemaPermission[],
  report: Report,
): void {
  for (const [first, ...others] of duplicates(permissions, ({ role }) => knownValue(role))) {
    for (const { role } of others) {
      if (role.state !== 'present' || first.role.state !== 'present') continue;
      report({
        message: `Role "${role.value}" already has a permission on this remote schema: the server accepts neither.`,
        ...contentRange(role.node),
        related: [{ message: 'First defined here.', location: nodeLocation(uri, first.role.node) }],
      });
    }
  }
}

function checkPermission(
  context: DocumentContext,
  { role, schema: written }: RemoteSchemaPermission,
  schema: RemoteSchema | undefined,
  report: Report,
): void {
  if (role.state === 'present' && role.value === 'admin') {
    report({
      message: 'The role "admin" may use everything; it can\'t have a permission.',
      serverMessage: 'cannot define permission for admin role',
      ...contentRange(role.node),
    });
  }
  if (written.state !== 'present') return;
  const { document, problem } = parseSdl(written.value);
  if (problem?.severity === 'error') {
    report({ message: problem.message, ...placeOf(context, written, problem) });
    return;
  }
  if (document === undefined || schema === undefined) return;
  const mistakes = permissionMistakes(document, schema);
  for (const mistake of mistakes) {
    report({
      ...(mistake.certain ? {} : { severity: 'warning' as const }),
      message: `${mistake.message}${didYouMean(mistake.suggestion)}`,
      serverMessage:
        mistakes.length === 1
          ? `validation for the given role-based schema failed because ${mistake.reason}`
          : mistake.reason,
      ...placeOf(context, written, mistake),
      fixes: fixes(context, written, mistake),
    });
  }
}

/** The place inside the text where that can be said, else the text. */
function placeOf(context: DocumentContext, { node }: Located<string>, range: TextRange): TextRange {
  return rangeInScalar(context.tree, node, range) ?? valueRange(context, node);
}

function fixes(context: DocumentContext, { node }: Located<string>, mistake: PermissionMistake): Fix[] {
  const range = rangeInScalar(context.tree, node, mistake);
  const { suggestion } = mistake;
  if (range === undefined || suggestion === undefined) return [];
  return [{ title: `Change to "${suggestion}"`, edits: [{ ...range, text: suggestion }], preferred: true }];
}
