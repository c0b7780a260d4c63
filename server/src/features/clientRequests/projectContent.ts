import type { Owner } from '../../../../common/src/metadataApi/document/owner.ts';
import type { ProjectContent, ProjectFile, TextPosition } from '../../../../common/src/protocol.ts';
import type { MetadataModel, Property, SourceEntry } from '../../metadata/relationship.ts';
import { baseName, uriOfPath } from '../../project/files.ts';
import type { PositionIn } from '../../project/positions.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import type { TextRange } from '../../syntax/textRange.ts';
import { jsonOf, relationshipPayloads } from './relationshipPayloads.ts';

/** What the metadata files of a project say, in the order of the server; what is half written is there as far as it goes. */
export function projectContent(
  workspace: Workspace,
  project: Project,
  positionIn: PositionIn,
): ProjectContent {
  const { root } = project.location;
  const files = [...project.files.keys()].flatMap((key): ProjectFile[] => {
    const context = workspace.context(key);
    if (context === undefined) return [];
    const uri = workspace.uri(key);
    const positionAt = (offset: number): TextPosition => positionIn(uri, offset);
    const relationships = relationshipPayloads(context, {
      findings: workspace.findings(key).findings,
      positionAt,
    });
    return [
      {
        uri,
        relationships,
        owners: ownersOf(context.model).map(({ owner, place: { offset, length } }) => ({
          owner,
          range: { start: positionAt(offset), end: positionAt(offset + length) },
        })),
      },
    ];
  });
  return { name: baseName(root) || root, uri: uriOfPath(root), files: withoutIncluded(files) };
}

/** Of a relationship whose definition stands in a file of its own, that file says it. */
function withoutIncluded(files: readonly ProjectFile[]): readonly ProjectFile[] {
  const whole = files.flatMap(({ relationships }) =>
    relationships.filter(({ obstacle }) => obstacle === null),
  );
  const said = new Set(whole.map(({ identity }) => JSON.stringify(identity)));
  return files.map((file) => ({
    ...file,
    relationships: file.relationships.filter(
      ({ identity, obstacle }) =>
        obstacle === null || identity === null || !said.has(JSON.stringify(identity)),
    ),
  }));
}

/** An owner and the place of its name. */
export interface LocatedOwner {
  readonly owner: Owner;
  readonly place: TextRange;
}

/** A table whose source is not known is left out: nobody could say which one it is. */
export function ownersOf({ sources, tables, remoteSchemas }: MetadataModel): readonly LocatedOwner[] {
  return [
    ...sources.flatMap(({ name }: SourceEntry) => named(name, (source) => ({ what: 'source', source }))),
    ...tables.flatMap(({ table, source }): LocatedOwner[] => {
      const written = table.state === 'present' ? jsonOf(table.node) : undefined;
      if (table.state !== 'present' || source === undefined || written === undefined) return [];
      return [{ owner: { what: 'table', source: source.name, table: written }, place: table.node }];
    }),
    ...remoteSchemas.flatMap(({ name }) =>
      named(name, (remoteSchema) => ({ what: 'remote-schema', remoteSchema })),
    ),
  ];
}

function named(name: Property<string>, owner: (name: string) => Owner): readonly LocatedOwner[] {
  return name.state === 'present' ? [{ owner: owner(name.value), place: name.node }] : [];
}
