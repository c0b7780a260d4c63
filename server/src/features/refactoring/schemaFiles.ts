import type { PullPart } from '../../../../common/src/metadataApi/pull/pullAll.ts';
import type { SchemaCandidatesAnswer } from '../../../../common/src/protocol.ts';
import {
  type ConfiguredRemoteSchema,
  type Knowledge,
  knownValue,
  type Source,
} from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { cursorTargetAt } from '../../join/locate.ts';
import { directoryOf, isInside, relativePath } from '../../project/files.ts';
import type { Project } from '../../project/project.ts';
import type { SchemaCandidates } from '../../project/schemaCandidates.ts';
import type { Workspace } from '../../project/workspace.ts';

/**
 * The remote schema that stands at an offset, or whose field does, if nothing is known of its schema; or the source that stands there, or
 * whose table or column does.
 */
export function unknownPartAt(context: DocumentContext, offset: number): PullPart | undefined {
  const target = cursorTargetAt(context, offset);
  switch (target?.kind) {
    case 'remote-schema':
      return unknownSchema(target.remoteSchema);
    case 'remote-field':
    case 'argument':
      return unknownSchema(target.join.target);
    case 'source':
    case 'table':
      return sourceOf(target.source);
    case 'column':
      return sourceOf(target.join.source);
    case 'lhs-field':
      return target.lhs.kind === 'table' ? sourceOf(target.lhs.source) : undefined;
    default:
      return undefined;
  }
}

function unknownSchema(remoteSchema: Knowledge<ConfiguredRemoteSchema>): PullPart | undefined {
  const known = knownValue(remoteSchema);
  return known?.schema.state === 'unknown' ? { what: 'remote-schema', name: known.name } : undefined;
}

function sourceOf(source: Knowledge<Source>): PullPart | undefined {
  const known = knownValue(source);
  return known && { what: 'source', name: known.name };
}

/** Candidates as they are shown, and as the configuration file has them. */
export function schemaFiles(
  workspace: Workspace,
  project: Project,
  candidates: SchemaCandidates,
): readonly SchemaCandidatesAnswer[] {
  const { configurationFile, location } = project;
  const base = configurationFile === undefined ? location.root : directoryOf(configurationFile);
  const shown = (path: string): string =>
    relativePath(workspace.folders.find((folder) => isInside(path, folder)) ?? base, path);
  return candidates.map(({ part, candidates: found }) => ({
    part,
    candidates: found.map(({ references }) => {
      const written = references.map((path) => relativePath(base, path));
      const [only] = written;
      const value = written.length === 1 && only !== undefined ? only : written;
      return {
        text: references.map(shown).join(', '),
        entry:
          part.what === 'source'
            ? { keys: ['sources', part.name, 'tables'], value: { graphql: value } }
            : { keys: ['remoteSchemas', part.name, 'schema'], value },
      };
    }),
  }));
}
