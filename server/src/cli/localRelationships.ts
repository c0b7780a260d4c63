import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Owner } from '../../../common/src/metadataApi/document/owner.ts';
import type { LocalRelationship } from '../../../common/src/metadataApi/plan/applyPlan.ts';
import type { RelationshipPayload } from '../../../common/src/protocol.ts';
import { projectContent } from '../features/clientRequests/projectContent.ts';
import { isInside, normalisePath, relativePath } from '../project/files.ts';
import { spelledOnDisk } from '../project/nodeFiles.ts';
import type { Project } from '../project/project.ts';
import type { Workspace } from '../project/workspace.ts';

/** A relationship of the metadata files, and where it is written. */
export interface FiledRelationship extends LocalRelationship {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
}

export interface LocalMetadata {
  readonly relationships: readonly FiledRelationship[];
  /** Owners of which the files speak: what the server has of others is none of theirs. */
  readonly owners: readonly Owner[];
  /** Relationships of which the name, the owner or the definition can't be read. */
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
  const files = projectContent(workspace, project, positionsIn(workspace)).files.flatMap((each) => {
    const file = workspace.key(each.uri);
    return paths.some((path) => isInside(file, path)) ? [{ ...each, file }] : [];
  });
  const filed = files.flatMap(({ file, relationships }) =>
    relationships.map((payload) => ({ payload, file, line: payload.range.start.line + 1 })),
  );
  return {
    relationships: filed.flatMap(({ payload: { identity, definition, obstacle }, file, line }) =>
      identity === null || obstacle !== null ? [] : [{ identity, definition, file, line }],
    ),
    owners: files.flatMap(({ owners }) => owners.map(({ owner }) => owner)),
    unreadable: filed
      .filter(({ payload: { identity, obstacle } }) => identity === null || obstacle !== null)
      .map(({ file, line }) => ({ file, line })),
    files: files.length,
  };
}

/** A relationship of a file as it can be sent, and where it is written. */
export interface FiledPayload {
  readonly payload: RelationshipPayload;
  /** `metadata/databases/shop/tables/public_customer.yaml:24`, relative to the working directory. */
  readonly where: string;
}

/** The relationships of the metadata files of a project that lie at or below the paths, in the order of the server. */
export function filedPayloads(
  workspace: Workspace,
  project: Project,
  paths: readonly string[],
  workingDirectory: string,
): readonly FiledPayload[] {
  const base = spelledOnDisk(normalisePath(workingDirectory));
  return projectContent(workspace, project, positionsIn(workspace)).files.flatMap(
    ({ uri, relationships }) => {
      const file = workspace.key(uri);
      if (!paths.some((path) => isInside(file, path))) return [];
      return relationships.map((payload) => ({
        payload,
        where: `${relativePath(base, file)}:${payload.range.start.line + 1}`,
      }));
    },
  );
}

/** Counts positions in the file that was asked about last, without counting its lines each time. */
function positionsIn(workspace: Workspace) {
  let document = TextDocument.create('', '', 0, '');
  return (uri: string, offset: number) => {
    if (document.uri !== uri) {
      const text = workspace.documents.get(workspace.key(uri))?.syntax.text ?? '';
      document = TextDocument.create(uri, '', 0, text);
    }
    return document.positionAt(offset);
  };
}
