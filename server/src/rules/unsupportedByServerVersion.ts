import {
  backendOf,
  relationshipCommandsSince,
} from '../../../common/src/metadataApi/document/sourceKinds.ts';
import type { ServerVersion } from '../../../common/src/serverVersion.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import { unknownCommandText } from '../metadata/commands.ts';
import { tableEntry } from '../metadata/metadataSchema.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { contentRange, headRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Report, Rule } from './rule.ts';
import { relationshipName } from './support/messages.ts';

const lateTableKeys = tableEntry.keys.flatMap(({ name, since }) =>
  since === undefined ? [] : [{ name, since }],
);

export const unsupportedByServerVersion: Rule = {
  code: 'unsupported-by-server-version',
  specification: ['10.1'],
  title: 'The configured server version does not support this form, command or key.',
  severity: 'error',
  needs: 'document',
  check: (context, report) => {
    const version = context.catalogue.serverVersion;
    for (const relationship of context.model.relationships) {
      checkOwner(relationship, version, report);
      checkCommand(relationship, version, report);
      checkForm(relationship, version, report);
    }
    checkTableKeys(context, report);
  },
};

/** Remote schemas as the left side came with v2.5.0. In metadata they were ignored before, or read without effect. */
function checkOwner(relationship: Relationship, version: ServerVersion, report: Report): void {
  const { owner, request, name, node } = relationship;
  if (owner.kind !== 'remote-schema-type' || version.atLeast(2, 5)) return;
  const command = typeof request?.type.value === 'string' ? request.type.value : undefined;
  const late = request === undefined ? ' It accepts the metadata, but the relationship does not appear.' : '';
  report({
    ...(request === undefined ? { severity: 'warning' as const } : {}),
    message: `${tooOld('Relationships of remote schemas', version, [2, 5, 0])}${late}`,
    serverMessage: command === undefined ? undefined : unknownCommandText(command),
    ...(request === undefined
      ? rangeOf(name.state === 'present' ? name.node : node)
      : contentRange(request.type)),
    relationship: relationshipName(relationship),
  });
}

function checkCommand(relationship: Relationship, version: ServerVersion, report: Report): void {
  const { request } = relationship;
  if (request?.prefix === undefined || request.prefix === '') return;
  const command = String(request.type.value);
  const at = { ...contentRange(request.type), relationship: relationshipName(relationship) };
  const since = relationshipCommandsSince[backendOf(request.prefix)];
  if (!version.atLeast(...since)) {
    report({
      message: tooOld(`"${command}"`, version, since),
      serverMessage: version.atLeast(2, 0) ? unknownCommandText(command) : undefined,
      ...at,
    });
  } else if (
    request.verb === 'delete' &&
    backendOf(request.prefix) !== 'postgres' &&
    !version.atLeast(2, 1, 1)
  ) {
    report({
      severity: 'warning',
      message: `"${command}" works since v2.1.1: server ${version.text} reads the table as a Postgres table.`,
      ...at,
    });
  } else if (request.prefix === 'mysql' && !version.atLeast(2, 26)) {
    report({
      message: `Server ${version.text} has no remote relationship commands for MySQL.`,
      serverMessage: unknownCommandText(command),
      ...at,
    });
  }
}

function checkForm(relationship: Relationship, version: ServerVersion, report: Report): void {
  const { definition, request, mode } = relationship;
  if (definition === undefined || definition.kind === 'unreadable') return;
  const at = { ...rangeOf(definition.node), relationship: relationshipName(relationship) };
  const unified = definition.kind === 'to-source' || definition.form === 'unified';
  if (unified && !version.atLeast(2, 1)) {
    const form = definition.kind === 'to-source' ? 'to_source' : 'to_remote_schema';
    report({ message: tooOld(`"${form}"`, version, [2, 1, 0]), ...at });
  }
  // v2.1.0 alone, which only a version with its patch number names.
  const isV210 = /^v?2\.1\.0\b/.test(version.text) && version.atLeast(2, 1) && !version.atLeast(2, 1, 1);
  if (mode === 'legacy' && request?.prefix !== undefined && request.prefix !== '' && isV210) {
    report({
      message: `Server ${version.text} requires a "definition" in requests: send "definition.to_remote_schema".`,
      serverMessage: 'key "definition" not found',
      ...contentRange(request.type),
      relationship: relationshipName(relationship),
    });
  }
}

function checkTableKeys({ model, catalogue }: DocumentContext, report: Report): void {
  const missing = lateTableKeys.filter(({ since }) => !catalogue.serverVersion.atLeast(...since));
  for (const { node } of model.tables) {
    for (const { name, since } of missing) {
      const key = node.children.find((child) => child.key?.value === name)?.key;
      if (key === undefined) continue;
      report({
        message: tooOld(`"${name}" of a table`, catalogue.serverVersion, since),
        serverMessage: `unexpected keys when parsing TableMetadata: ["${name}"]`,
        ...contentRange(key),
      });
    }
  }
}

function tooOld(what: string, version: ServerVersion, since: readonly [number, number, number]): string {
  return `${what}: available since v${since.join('.')}, but the server is ${version.text}.`;
}

function rangeOf(node: SyntaxNode): { readonly offset: number; readonly length: number } {
  return node.kind === 'string' ? contentRange(node) : headRange(node);
}
