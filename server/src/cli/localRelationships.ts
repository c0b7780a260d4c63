import type { LocalRelationship } from '../../../common/src/metadataApi/applyPlan.ts';
import type { Json, JsonObject } from '../../../common/src/metadataApi/json.ts';
import type { RelationshipIdentity } from '../../../common/src/metadataApi/relationshipIdentity.ts';
import type { Relationship, Slot } from '../model/relationship.ts';
import { isInside } from '../project/files.ts';
import type { Project } from '../project/project.ts';
import type { Workspace } from '../project/workspace.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/** A relationship of the metadata files, and where it is written. */
export interface FiledRelationship extends LocalRelationship {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
}

export interface LocalMetadata {
  readonly relationships: readonly FiledRelationship[];
  /** Owners of which the files speak: what the server has of others is none of theirs. Their names are empty. */
  readonly owners: readonly RelationshipIdentity[];
  /** Relationships without a readable name or owner, as `file:line`. */
  readonly unreadable: readonly { readonly file: string; readonly line: number }[];
  /** How many files of the metadata were looked at. */
  readonly files: number;
}

/** What the metadata files of a project that lie at or below the paths say, in the order of the server. */
export function localMetadata(
  workspace: Workspace,
  project: Project,
  paths: readonly string[],
): LocalMetadata {
  const relationships: FiledRelationship[] = [];
  const owners: RelationshipIdentity[] = [];
  const unreadable: { file: string; line: number }[] = [];
  let files = 0;
  for (const [file, context] of project.files) {
    const document = workspace.documents.get(file);
    if (document === undefined || !paths.some((path) => isInside(file, path))) continue;
    files++;
    const model = document.model(context);
    for (const { table, source } of model.tables) {
      const name = tableJson(table);
      if (source !== undefined && name !== undefined) {
        owners.push({ owner: 'table', source: source.name, table: name, name: '' });
      }
    }
    for (const { name } of model.remoteSchemas) {
      if (name.state === 'present') {
        owners.push({ owner: 'remote-schema', remoteSchema: name.value, typeName: '', name: '' });
      }
    }
    for (const relationship of model.relationships) {
      if (relationship.request !== undefined) continue;
      const line = document.tree.text.slice(0, relationship.node.offset).split('\n').length;
      const identity = identityOf(relationship);
      if (identity === undefined) unreadable.push({ file, line });
      else relationships.push({ identity, definition: definitionOf(relationship), file, line });
    }
  }
  return { relationships, owners, unreadable, files };
}

function identityOf({ name, owner }: Relationship): RelationshipIdentity | undefined {
  if (name.state !== 'present') return undefined;
  if (owner.kind === 'table') {
    const table = tableJson(owner.table);
    if (owner.source === undefined || table === undefined) return undefined;
    return { owner: 'table', source: owner.source.name, table, name: name.value };
  }
  if (owner.remoteSchema === undefined || owner.typeName.state !== 'present') return undefined;
  return {
    owner: 'remote-schema',
    remoteSchema: owner.remoteSchema.name,
    typeName: owner.typeName.value,
    name: name.value,
  };
}

function tableJson(table: Slot<unknown>): Json | undefined {
  return table.state === 'present' ? jsonOf(table.node) : undefined;
}

function definitionOf({ node }: Relationship): Json {
  const definition = property(node, 'definition');
  return definition === undefined ? {} : jsonOf(definition);
}

/** The value that is written at a node. What can't be resolved is `null`. */
function jsonOf(node: SyntaxNode): Json {
  if (node.unresolved) return null;
  if (node.kind === 'array') return node.children.map(jsonOf);
  if (node.kind !== 'object') return node.value ?? null;
  const object: Record<string, Json> = {};
  // Of a key written twice the later one counts.
  for (const child of node.children) {
    Object.defineProperty(object, String(child.key?.value ?? ''), {
      value: jsonOf(child),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return object satisfies JsonObject;
}
