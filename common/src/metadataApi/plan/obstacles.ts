import { localized } from '../../localized.ts';
import type { ServerVersion } from '../../serverVersion.ts';
import { isJsonObject, type JsonObject, listMember, member, textMember } from '../document/json.ts';
import type { RelationshipIdentity, TableRelationshipIdentity } from '../document/relationshipIdentity.ts';
import { backendOf, relationshipCommandsSince } from '../document/sourceKinds.ts';
import { canonicalTableName, tableText } from '../document/tableName.ts';
import { consistencyIn } from './changes.ts';
import type { Block } from './plan.ts';
import type { ServerState } from './serverState.ts';

/** Why the server would not take any relationship of this owner; it names what is missing. */
export function ownerBlock(identity: RelationshipIdentity, state: ServerState): Block | undefined {
  const { document, version } = state;
  if (!version.atLeast(2, 0)) {
    return unsupported(localized`Only servers of version 2 are supported; this one is ${version.text}.`);
  }
  if (identity.owner === 'remote-schema') {
    if (!version.atLeast(2, 5)) {
      return unsupported(
        localized`Relationships of remote schemas need server version 2.5; this one is ${version.text}.`,
      );
    }
    // The server would answer "success" and do nothing.
    return document.remoteSchemas.has(identity.remoteSchema)
      ? undefined
      : {
          code: 'unknown-remote-schema',
          message: localized`The server has no remote schema "${identity.remoteSchema}".`,
        };
  }
  return tableBlock(identity, state);
}

function tableBlock(identity: TableRelationshipIdentity, state: ServerState): Block | undefined {
  const { document, version } = state;
  const { source, table } = identity;
  const kind = document.kindOf(source);
  if (kind === undefined) {
    return { code: 'unknown-source', message: localized`The server has no source "${source}".` };
  }
  const tooOld = kindBlock(kind, version);
  if (tooOld !== undefined) return tooOld;
  const text = tableText(kind, table);
  if (canonicalTableName(kind, table) === undefined) {
    const message = localized`The name of the table is not written as source "${source}" (${kind}) needs it.`;
    return { code: 'table-name-form', message };
  }
  if (document.table(source, table) === undefined) {
    return {
      code: 'untracked-table',
      message: localized`Table "${text}" is not tracked in source "${source}".`,
    };
  }
  const consistency = consistencyIn(state, identity);
  if (consistency.state !== 'not-checked') return undefined;
  const message = localized`Table "${text}" or its source is inconsistent on the server: ${consistency.reasons.join(', ')}.`;
  return { code: 'owner-inconsistent', message };
}

function kindBlock(kind: string, version: ServerVersion): Block | undefined {
  if (kind === 'mysql' && !version.atLeast(2, 26)) {
    return unsupported(localized`The server has no commands for relationships of MySQL sources.`);
  }
  const since = relationshipCommandsSince[backendOf(kind)];
  if (version.atLeast(...since)) return undefined;
  return unsupported(
    localized`Relationships of sources of kind ${kind} need server version ${since.join('.')}; this one is ${version.text}.`,
  );
}

function unsupported(message: string): Block {
  return { code: 'unsupported', message };
}

/**
 * Something else of the table that has the name (R8–R10): the server would refuse. An existing remote relationship of
 * that name is no obstacle.
 */
export function takenName(
  relationship: { readonly identity: RelationshipIdentity; readonly columns?: readonly string[] },
  { document }: ServerState,
): Block | undefined {
  const { identity, columns } = relationship;
  if (identity.owner !== 'table') return undefined;
  const entry = document.table(identity.source, identity.table)?.entry;
  if (entry === undefined) return undefined;
  const owner = columns?.includes(identity.name) ? localized`a column` : ownerOfName(entry, identity.name);
  if (owner === undefined) return undefined;
  return {
    code: 'name-taken',
    message: localized`The name "${identity.name}" is taken by ${owner} of the table.`,
  };
}

function ownerOfName(entry: JsonObject, name: string): string | undefined {
  for (const [list, what] of [
    ['object_relationships', localized`an object relationship`],
    ['array_relationships', localized`an array relationship`],
    ['computed_fields', localized`a computed field`],
  ] as const) {
    if (listMember(entry, list).some((item) => textMember(item, 'name') === name)) return what;
  }
  const configuration = member(entry, 'configuration');
  const custom: [string, unknown][] = [
    ...entriesOf(member(configuration, 'custom_column_names')),
    ...entriesOf(member(configuration, 'column_config')).map(([column, settings]): [string, unknown] => [
      column,
      isJsonObject(settings) ? textMember(settings, 'custom_name') : undefined,
    ]),
  ];
  const column = custom.find(([own, customName]) => customName === name && own !== name)?.[0];
  return column === undefined ? undefined : localized`the custom name of column "${column}"`;
}

function entriesOf(value: unknown): [string, unknown][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}
