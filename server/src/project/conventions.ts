import { fileName } from '../../../common/src/files/fileNames.ts';
import type { ProjectLocation } from './discovery.ts';
import type { Documents } from './documents.ts';
import { directoryOf, joinPath } from './files.ts';

/** Schema files found by their names alone: `schema/<source>.tables.json`, `schema/<remote schema>.graphql`. */
export interface ConventionalFiles {
  /** By source: one file. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** By remote schema: one file. */
  readonly schemas: ReadonlyMap<string, readonly string[]>;
}

const folderName = 'schema';
export const tablesEnding = '.tables.json';
/** The earlier ending wins. */
export const schemaEndings = ['.graphql', '.graphqls', '.gql', '.json'];

/** What Hasura's own schema is called by those who keep it for code generation; beside `config.yaml`. */
export const hasuraSchemaNames = ['schema.graphql', 'graphql.schema.json', 'schema.json'];
/** Stands in the text of every schema of Hasura that lists columns. */
export const columnsSign = '_select_column';

/** Folders that may hold conventional files: beside the metadata, and beside `config.yaml`; the first one counts more. */
export function schemaFolders(
  location: ProjectLocation,
  documents: Pick<Documents, 'keyOfWritten'>,
): readonly string[] {
  const beside = location.metadata === undefined ? [] : [directoryOf(location.metadata)];
  return [...new Set([...beside, location.root])].map((directory) =>
    documents.keyOfWritten(joinPath(directory, folderName)),
  );
}

/**
 * @param declared names the metadata declares; without metadata any name counts
 */
export function conventionalFiles(
  location: ProjectLocation,
  documents: Pick<Documents, 'files' | 'keyOfWritten'>,
  declared:
    | { readonly sources: ReadonlyMap<string, unknown>; readonly remoteSchemas: ReadonlySet<string> }
    | undefined,
): ConventionalFiles {
  const tables = new Map<string, readonly string[]>();
  const schemas = new Map<string, readonly string[]>();
  for (const folder of schemaFolders(location, documents)) {
    const names = (documents.files.list(folder) ?? [])
      .filter(({ kind }) => kind === 'file')
      .map(({ name }) => name);
    const add = (
      into: Map<string, readonly string[]>,
      ending: string,
      wanted: Pick<ReadonlySet<string>, 'has' | 'keys'> | undefined,
      skip?: string,
    ): void => {
      const meant = new Map([...(wanted?.keys() ?? [])].map((each) => [fileName(each), each]));
      for (const name of names) {
        if (!name.endsWith(ending) || (skip !== undefined && name.endsWith(skip))) continue;
        const written = name.slice(0, -ending.length);
        // Accents are written in two ways, and some systems change them in names of files.
        const subject = wanted?.has(written) === true ? written : (meant.get(fileName(written)) ?? written);
        if (subject === '' || into.has(subject) || wanted?.has(subject) === false) continue;
        into.set(subject, [joinPath(folder, name)]);
      }
    };
    add(tables, tablesEnding, declared?.sources);
    for (const ending of schemaEndings) add(schemas, ending, declared?.remoteSchemas, tablesEnding);
  }
  return { tables, schemas };
}
