import type { SchemaCandidatesAnswer } from '../../../../common/src/protocol.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { cursorTargetAt } from '../../join/locate.ts';
import { directoryOf, isInside, relativePath } from '../../project/files.ts';
import type { Project } from '../../project/project.ts';
import type { SchemaCandidates } from '../../project/schemaCandidates.ts';
import type { Workspace } from '../../project/workspace.ts';

/** The remote schema that stands at an offset, or whose field does, if nothing is known of its schema. */
export function missingSchemaAt(context: DocumentContext, offset: number): string | undefined {
  const target = cursorTargetAt(context, offset);
  if (target?.kind === 'remote-schema') {
    const { name, remoteSchema } = target;
    return remoteSchema.state === 'present' && remoteSchema.value.schema.state === 'unknown'
      ? name
      : undefined;
  }
  if (target?.kind !== 'remote-field' && target?.kind !== 'argument') return undefined;
  const { target: remoteSchema, schema } = target.join;
  return remoteSchema.state === 'present' && schema.state === 'unknown' ? remoteSchema.value.name : undefined;
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
  return [...candidates].map(([remoteSchema, found]) => ({
    remoteSchema,
    candidates: found.map(({ references }) => {
      const written = references.map((path) => relativePath(base, path));
      const [only] = written;
      return {
        text: references.map(shown).join(', '),
        entry: {
          keys: ['remoteSchemas', remoteSchema, 'schema'],
          value: written.length === 1 && only !== undefined ? only : written,
        },
      };
    }),
  }));
}
