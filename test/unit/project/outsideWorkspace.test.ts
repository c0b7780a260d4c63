import { beforeEach, describe, expect, it } from 'vitest';
import type { Workspace } from '../../../server/src/project/workspace.ts';
import { makeLink, noModes, skipBecause } from '../../machine.ts';
import { specialFiles } from '../files/specialFiles.ts';
import { codesIn, customerTable, smallProject, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

/** What a window sees of the small project in `repo/hasura`, of a repository or not, trusted or not. */
type Window = 'untrusted' | 'trusted' | 'in repository';

const windows: readonly Window[] = ['untrusted', 'trusted', 'in repository'];
const configuration = 'remote-relationships.config.json';
const people = 'type Query { person(id: ID!): String }\n';

/** Which of the windows read something, in order. */
type Readers = readonly Window[];
const nobody: Readers = [];
const repositoryOnly: Readers = ['in repository'];
const trustedOnly: Readers = ['trusted', 'in repository'];

interface Case {
  /** From the folder that is above the repository. */
  readonly files: Readonly<Record<string, string>>;
  /** A link, and where it leads. */
  readonly link?: readonly [string, string];
  readonly readers: Readers;
  /** Whether it was read. */
  readonly isRead: (workspace: Workspace, folder: TemporaryFolder) => boolean;
  /** What is reported where it is not read. */
  readonly reported: readonly [file: string, code: string];
}

function hasura(changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...smallProject, ...changes }).flatMap(([name, text]): [string, string][] =>
      text === undefined ? [] : [[`repo/hasura/${name}`, text]],
    ),
  );
}

function metadataIn(directory: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(smallProject).flatMap(([name, text]): [string, string][] =>
      name.startsWith('metadata/') ? [[`${directory}/${name}`, text]] : [],
    ),
  );
}

const withoutMetadata = Object.fromEntries(
  Object.keys(smallProject)
    .filter((name) => name.startsWith('metadata/'))
    .map((name) => [name, undefined]),
);

/** The schema of `people` as the configuration says, instead of the one by convention. */
function schema(text: string): Record<string, string> {
  return hasura({
    'schema/people.graphql': undefined,
    [configuration]: JSON.stringify({ remoteSchemas: { people: { schema: text } } }),
  });
}

const hasSchema: Case['isRead'] = ({ projects: [project] }) =>
  project?.schemas.remoteSchemas.some(({ loaded }) => loaded) === true;
const hasTable: Case['isRead'] = ({ projects }) =>
  projects.some(({ files }) => [...files.keys()].some((file) => file.endsWith('public_customer.yaml')));
const include = 'repo/hasura/metadata/databases/default/tables/tables.yaml';

const cases: Readonly<Record<string, Case>> = {
  'a metadata directory in the repository': {
    files: {
      ...hasura({ ...withoutMetadata, 'config.yaml': 'version: 3\nmetadata_directory: ../metadata\n' }),
      ...metadataIn('repo'),
    },
    readers: repositoryOnly,
    isRead: hasTable,
    reported: ['repo/hasura/config.yaml', 'outside-workspace 2'],
  },
  'a metadata directory outside of it': {
    files: {
      ...hasura({ ...withoutMetadata, 'config.yaml': 'version: 3\nmetadata_directory: ../../metadata\n' }),
      ...metadataIn('.'),
    },
    readers: nobody,
    isRead: hasTable,
    reported: ['repo/hasura/config.yaml', 'outside-workspace 2'],
  },
  'a metadata file in the repository': {
    files: {
      ...hasura({ ...withoutMetadata, 'config.yaml': 'version: 3\n\nmetadata_file: ../metadata.json\n' }),
      'repo/metadata.json': '{"version":3,"sources":[]}',
    },
    readers: repositoryOnly,
    isRead: ({ projects: [project] }) => project?.files.size === 1,
    reported: ['repo/hasura/config.yaml', 'outside-workspace 3'],
  },
  'a metadata file outside of it': {
    files: {
      ...hasura({ ...withoutMetadata, 'config.yaml': 'version: 3\nmetadata_file: ../../metadata.json\n' }),
      'metadata.json': '{"version":3,"sources":[]}',
    },
    readers: nobody,
    isRead: ({ projects: [project] }) => project?.files.size === 1,
    reported: ['repo/hasura/config.yaml', 'outside-workspace 2'],
  },
  'an include into the repository': {
    files: {
      ...hasura({
        'metadata/databases/default/tables/tables.yaml': '- "!include ../../../../../public_customer.yaml"\n',
      }),
      'repo/public_customer.yaml': 'table: customer\n',
    },
    readers: repositoryOnly,
    isRead: ({ projects: [project] }, folder) =>
      project?.files.has(folder.file('repo/public_customer.yaml')) === true,
    reported: [include, 'include-outside-workspace 1'],
  },
  'an include out of it': {
    files: {
      ...hasura({
        'metadata/databases/default/tables/tables.yaml':
          '- "!include ../../../../../../public_customer.yaml"\n',
      }),
      'public_customer.yaml': 'table: customer\n',
    },
    readers: nobody,
    isRead: ({ projects: [project] }, folder) =>
      project?.files.has(folder.file('public_customer.yaml')) === true,
    reported: [include, 'include-outside-workspace 1'],
  },
  'an included file that is a link into the repository': {
    files: { ...hasura({ [customerTable]: undefined }), 'repo/x.yaml': 'table: customer\n' },
    link: [`repo/hasura/${customerTable}`, 'repo/x.yaml'],
    readers: repositoryOnly,
    isRead: hasTable,
    reported: [include, 'include-outside-workspace 1'],
  },
  'an included file that is a link out of it': {
    files: { ...hasura({ [customerTable]: undefined }), 'x.yaml': 'table: customer\n' },
    link: [`repo/hasura/${customerTable}`, 'x.yaml'],
    readers: nobody,
    isRead: hasTable,
    reported: [include, 'include-outside-workspace 1'],
  },
  'metadata that is a link out of the repository': {
    files: { ...hasura({ 'metadata/remote_schemas.yaml': undefined }), 'x.yaml': '[]\n' },
    link: ['repo/hasura/metadata/remote_schemas.yaml', 'x.yaml'],
    readers: nobody,
    isRead: ({ projects: [project] }, folder) =>
      project?.files.has(folder.file('repo/hasura/metadata/remote_schemas.yaml')) === true,
    reported: ['repo/hasura/metadata/remote_schemas.yaml', 'outside-workspace 1'],
  },
  'a schema in the repository': {
    files: { ...schema('../service/people.graphql'), 'repo/service/people.graphql': people },
    readers: trustedOnly,
    isRead: hasSchema,
    reported: [`repo/hasura/${configuration}`, 'outside-workspace 1'],
  },
  'a schema that is named outside of it': {
    files: { ...schema('../../people.graphql'), 'people.graphql': people },
    readers: trustedOnly,
    isRead: hasSchema,
    reported: [`repo/hasura/${configuration}`, 'outside-workspace 1'],
  },
  'a schema that is named and a link out of it': {
    files: { ...schema('named.graphql'), 'people.graphql': people },
    link: ['repo/hasura/named.graphql', 'people.graphql'],
    readers: trustedOnly,
    isRead: hasSchema,
    reported: [`repo/hasura/${configuration}`, 'outside-workspace 1'],
  },
  'a schema by a pattern in the repository': {
    files: { ...schema('../service/*.graphql'), 'repo/service/people.graphql': people },
    readers: repositoryOnly,
    isRead: hasSchema,
    reported: [`repo/hasura/${configuration}`, 'outside-workspace 1'],
  },
  'a schema by a pattern outside of it': {
    files: { ...schema('../../*.graphql'), 'people.graphql': people },
    readers: nobody,
    isRead: hasSchema,
    reported: [`repo/hasura/${configuration}`, 'outside-workspace 1'],
  },
  'a schema by convention that is a link into the repository': {
    files: { ...hasura({ 'schema/people.graphql': undefined }), 'repo/people.graphql': people },
    link: ['repo/hasura/schema/people.graphql', 'repo/people.graphql'],
    readers: repositoryOnly,
    isRead: hasSchema,
    reported: ['repo/hasura/schema/people.graphql', 'outside-workspace 1'],
  },
  'a schema by convention that is a link out of it': {
    files: { ...hasura({ 'schema/people.graphql': undefined }), 'people.graphql': people },
    link: ['repo/hasura/schema/people.graphql', 'people.graphql'],
    readers: nobody,
    isRead: hasSchema,
    reported: ['repo/hasura/schema/people.graphql', 'outside-workspace 1'],
  },
};

async function opened(files: Case['files'], link: Case['link'], window: Window) {
  const folder = new TemporaryFolder(files);
  if (link !== undefined) makeLink(folder.file(link[1]), folder.file(link[0]));
  if (window === 'in repository') folder.write('repo/.git/HEAD', 'ref: refs/heads/main\n');
  const workspace = await workspaceOf([folder.file('repo/hasura')], { trusted: window !== 'untrusted' });
  return { folder, workspace };
}

describe.each(Object.entries(cases))('%s', (_, { files, link, readers, isRead, reported }) => {
  it.each(windows)('%s', async (window) => {
    const { folder, workspace } = await opened(files, link, window);
    const expected = readers.includes(window);
    expect(isRead(workspace, folder)).toBe(expected);
    const [file, code] = reported;
    expect(codesIn(workspace, folder.file(file)).includes(code)).toBe(!expected);
    // It is reported among the rest, and nothing else is said to be missing for it.
    if (!expected) expect(workspace.reportableFiles()).toContain(folder.file(file));
    const all = workspace.reportableFiles().flatMap((path) => codesIn(workspace, path));
    expect(all.filter((each) => !/outside-workspace/.test(each))).toEqual([]);
  });
});

describe('a file that has come to be named', () => {
  it('is read, and no longer when it is not named any more', async () => {
    const { folder, workspace } = await opened(
      { ...schema('../../people.graphql'), 'people.graphql': people },
      undefined,
      'trusted',
    );
    expect(hasSchema(workspace, folder)).toBe(true);
    folder.write(`repo/hasura/${configuration}`, '{}');
    workspace.fileChanged(folder.file(`repo/hasura/${configuration}`), false);
    expect(hasSchema(workspace, folder)).toBe(false);
    expect(workspace.documents.read(folder.file('people.graphql'))).toMatchObject({
      problem: 'outside-workspace',
    });
  });
});

describe('what is not a regular file is said not to be read', () => {
  beforeEach(() => skipBecause(noModes));

  const places: readonly [string, string, string][] = [
    ['a schema', 'schema/people.graphql', 'unreadable-file 1'],
    ['a snapshot', 'schema/default.tables.json', 'unreadable-file 1'],
    ['metadata', 'metadata/remote_schemas.yaml', 'unreadable-file 1'],
    ['an included table', customerTable, 'unreadable-file 1'],
  ];

  it.each(
    places.flatMap(
      (place) =>
        [
          [...place, 'a pipe'],
          [...place, 'a socket'],
        ] as const,
    ),
  )('%s, %s, %s: %s', async (_, name, code, kind) => {
    const folder = new TemporaryFolder({ ...smallProject, [name]: '' });
    folder.remove(name);
    await specialFiles[kind]?.(folder.file(name));
    const workspace = await workspaceOf([folder.path]);
    expect(codesIn(workspace, folder.file(name))).toEqual([code]);
  });
});
