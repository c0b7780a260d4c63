import { quoted } from '../../../../common/src/foreignText.ts';
import { isJsonObject, type Json } from '../../../../common/src/metadataApi/document/json.ts';
import {
  identityText,
  type KindOf,
  type RelationshipIdentity,
} from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { tableKey } from '../../../../common/src/metadataApi/document/tableName.ts';
import { CommandError } from '../commandError.ts';
import type { Connection } from '../connect.ts';
import { nearOne } from '../nearOne.ts';
import type { ProjectAt } from '../projectAt.ts';
import { type ChangeOptions, connectTo, projectOf, stateOf } from './changedProject.ts';

/** One relationship, by its name and, where several have it, its owner. */
export interface NamedRelationship {
  readonly name: string;
  /** Of a table: its source, its name with or without its schema. */
  readonly source: string | undefined;
  readonly table: string | undefined;
  /** Of a type: its remote schema, its name. */
  readonly remoteSchema: string | undefined;
  readonly type: string | undefined;
}

/** A relationship of a server. */
export interface FoundRelationship {
  readonly at: ProjectAt;
  readonly connection: Connection;
  readonly identity: RelationshipIdentity;
  readonly kindOf: KindOf;
}

/** The relationship of the server that is meant. @throws CommandError when it has none, or several */
export async function findRelationship(
  options: ChangeOptions,
  named: NamedRelationship,
): Promise<FoundRelationship> {
  const at = await projectOf(options);
  const connection = await connectTo(options, at);
  const { document } = await stateOf(connection, options.signal);
  const { relationships, kindOf } = document;
  const meant = relationships
    .map(({ identity }) => identity)
    .filter((identity) => isMeant(identity, named, kindOf));
  const [identity, ...others] = meant;
  if (identity === undefined) {
    const near = nearOne(
      named.name,
      relationships.map((each) => each.identity.name),
    );
    throw new CommandError(
      `${connection.client.host} has no such relationship ${quoted(named.name)}.${near}`,
    );
  }
  if (others.length > 0) {
    const list = meant.map((each) => `${identityText(each, kindOf)} by ${ownerOptions(each)}`).join(', ');
    throw new CommandError(`Several relationships have that name. Name the owner, too: ${list}.`);
  }
  return { at, connection, identity, kindOf };
}

/** What names an owner on the command line. */
function ownerOptions(identity: RelationshipIdentity): string {
  if (identity.owner === 'remote-schema') {
    return `--remote-schema ${argument(identity.remoteSchema)} --type ${argument(identity.typeName)}`;
  }
  const { source, table } = identity;
  const parts = isJsonObject(table) ? [table['schema'] ?? table['dataset'], table['name']] : [table];
  const name = parts.filter((part) => typeof part === 'string').join('.');
  return `--source ${argument(source)}${name === '' ? '' : ` --table ${argument(name)}`}`;
}

function argument(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : quoted(text);
}

function isMeant(identity: RelationshipIdentity, named: NamedRelationship, kindOf: KindOf): boolean {
  if (identity.name !== named.name) return false;
  const { source, table, remoteSchema, type } = named;
  if (identity.owner === 'remote-schema') {
    if (source !== undefined || table !== undefined) return false;
    return (
      (remoteSchema ?? identity.remoteSchema) === identity.remoteSchema &&
      (type ?? identity.typeName) === identity.typeName
    );
  }
  if (remoteSchema !== undefined || type !== undefined) return false;
  if (source !== undefined && source !== identity.source) return false;
  return table === undefined || isTable(kindOf(identity.source), identity.table, table);
}

/** `customer`, `sales.customer`: as the server writes it, or with its schema. */
function isTable(kind: string | undefined, table: Json, written: string): boolean {
  const at = written.lastIndexOf('.');
  const inSchema = at < 0 ? [] : [{ schema: written.slice(0, at), name: written.slice(at + 1) }];
  return [written, ...inSchema].some((each) => tableKey(kind, each) === tableKey(kind, table));
}
