import type { MetadataObject } from '../../../../common/src/metadataApi/document/metadataObject.ts';
import {
  documentLists,
  type ItemList,
  sourceLists,
  tableLists,
} from '../../../../common/src/metadataLists.ts';
import type { FileLocations, PositionRange } from '../../../../common/src/protocol.ts';
import { isOpaque } from '../../metadata/nodes.ts';
import type {
  MetadataModel,
  Relationship,
  RemoteSchemaEntry,
  TableEntry,
} from '../../metadata/relationship.ts';
import { joinPath } from '../../project/files.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import { property } from '../../syntax/nodes.ts';
import type { TextRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { ownersOf } from './projectContent.ts';
import { identityOf, jsonOf } from './relationshipPayloads.ts';

/** The lines and characters of a place in the text of a file. */
type RangeIn = (uri: string, place: TextRange) => PositionRange;

/** Where every object of a project's metadata is written, in the order the server reads them. */
export function metadataLocations(
  workspace: Workspace,
  project: Project,
  rangeIn: RangeIn,
): readonly FileLocations[] {
  const files = new Map<string, Located[]>();
  const add = (key: string, located: readonly Located[]): void => {
    if (located.length > 0) files.set(key, [...(files.get(key) ?? []), ...located]);
  };
  for (const key of project.files.keys()) {
    const context = workspace.context(key);
    if (context !== undefined) add(key, [...objectsOf(context.model), ...documentItems(context.tree.roots)]);
  }
  for (const [key, source] of project.functionFiles) {
    const roots = workspace.documents.get(key)?.tree.roots ?? [];
    if (source !== undefined)
      add(
        key,
        roots.flatMap((root) => functionsOf(root, source)),
      );
  }
  for (const [key, list] of furtherFiles(project)) {
    const roots = workspace.documents.get(key)?.tree.roots ?? [];
    add(
      key,
      roots.flatMap((root) => (root.kind === 'array' ? itemsOf(root, list, documentItem) : [])),
    );
    // What a document says of itself was told with the files of the metadata.
    if (!project.files.has(key)) add(key, documentItems(roots));
  }
  return [...files].map(([key, located]) => {
    const uri = workspace.uri(key);
    return {
      uri,
      locations: located.map(({ object, node, name }) => ({
        object,
        range: rangeIn(uri, node),
        nameRange: rangeIn(uri, name),
      })),
    };
  });
}

/** An object, what is its alone, and its name. */
interface Located {
  readonly object: MetadataObject;
  readonly node: TextRange;
  readonly name: TextRange;
}

function objectsOf(model: MetadataModel): readonly Located[] {
  return [
    ...ownersOf(model).map(({ owner, place }) => ({ object: owner, node: place, name: place })),
    ...model.sources.flatMap(({ node, name }) =>
      name.state !== 'present'
        ? []
        : sourceLists.flatMap((list) => {
            const items = property(node, list.list);
            return items === undefined ? [] : itemsOf(items, list, sourceItem(name.value));
          }),
    ),
    ...model.tables.flatMap(tableItems),
    ...model.remoteSchemas.flatMap(permissionsOf),
    ...model.relationships.flatMap(relationshipPlace),
  ];
}

function relationshipPlace(relationship: Relationship): readonly Located[] {
  const identity = identityOf(relationship);
  const { name, node } = relationship;
  if (typeof identity === 'string' || name.state !== 'present') return [];
  return [{ object: { what: 'relationship', identity }, node, name: name.node }];
}

function tableItems({ node, table, source }: TableEntry): readonly Located[] {
  const written = table.state === 'present' ? jsonOf(table.node) : undefined;
  if (source === undefined || written === undefined) return [];
  return tableLists.flatMap((list) => {
    const items = property(node, list.list);
    if (items === undefined) return [];
    return itemsOf(items, list, (_, name) =>
      typeof name === 'string'
        ? { what: 'table-item', type: list.type, source: source.name, table: written, name }
        : undefined,
    );
  });
}

function permissionsOf({ node, name }: RemoteSchemaEntry): readonly Located[] {
  const permissions = property(node, 'permissions');
  if (permissions === undefined || name.state !== 'present') return [];
  const list = { type: 'remote_schema_permission', list: 'permissions', key: 'role' };
  return itemsOf(permissions, list, (_, role) =>
    typeof role === 'string'
      ? { what: 'remote-schema-permission', remoteSchema: name.value, role }
      : undefined,
  );
}

type Identify = (type: string, name: ReturnType<typeof jsonOf>) => MetadataObject | undefined;

function itemsOf(items: SyntaxNode, { type, key }: ItemList, identify: Identify): readonly Located[] {
  if (items.kind !== 'array') return [];
  return items.children.flatMap((node) => {
    const name = property(node, key);
    const object = name && identify(type, jsonOf(name));
    return object === undefined || name === undefined ? [] : [{ object, node, name }];
  });
}

function sourceItem(source: string): Identify {
  return (type, name) =>
    name === undefined || name === null ? undefined : { what: 'source-item', type, source, name };
}

/** One function, or a list of them. */
function functionsOf(root: SyntaxNode, source: string): readonly Located[] {
  return sourceLists
    .filter(({ type }) => type === 'function')
    .flatMap((list) => {
      if (root.kind === 'array') return itemsOf(root, list, sourceItem(source));
      const name = property(root, list.key);
      const object = name && sourceItem(source)(list.type, jsonOf(name));
      return object === undefined || name === undefined ? [] : [{ object, node: root, name }];
    });
}

const documentItem: Identify = (type, name) =>
  typeof name === 'string' ? { what: 'item', type, name } : undefined;

/** Actions, cron triggers and the like in a whole document, or below their key in a file of their own. */
function documentItems(roots: readonly SyntaxNode[]): readonly Located[] {
  return roots.flatMap((root) => {
    const inner = property(root, 'metadata');
    const document = inner?.kind === 'object' ? inner : root;
    const types = property(document, 'custom_types');
    return [
      ...documentLists.flatMap((list) => {
        const items = property(document, list.list);
        return items === undefined || isOpaque(items) ? [] : itemsOf(items, list, documentItem);
      }),
      ...(types?.key === undefined
        ? []
        : [
            {
              object: { what: 'item', type: 'custom_types', name: 'custom_types' } as const,
              node: types.key,
              name: types.key,
            },
          ]),
    ];
  });
}

/** Files of a metadata directory that hold no relationships, by their fixed names. */
function furtherFiles({ location: { layout, metadata } }: Project): readonly (readonly [string, ItemList])[] {
  if (metadata === undefined || layout === 'file' || layout === 'loose') return [];
  return documentLists.map((list) => [joinPath(metadata, list.file), list]);
}
