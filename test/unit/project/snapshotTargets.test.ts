import { describe, expect, it } from 'vitest';
import type { PullPart } from '../../../common/src/metadataApi/pull/pullAll.ts';
import { SnapshotTargets } from '../../../server/src/project/snapshotTargets.ts';
import { smallProject, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

type Files = Readonly<Record<string, string | undefined>>;

interface Project {
  /** Beside those of the small project; `undefined` takes one away. */
  readonly files?: Files;
  readonly settings?: unknown;
}

const configurationFile = 'remote-relationships.config.json';
const source = (name: string): PullPart => ({ what: 'source', name });
const remoteSchema = (name: string): PullPart => ({ what: 'remote-schema', name });

async function targetsOf({ files = {}, settings }: Project) {
  const all = Object.entries({ ...smallProject, ...files });
  const written = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
  const folder = new TemporaryFolder(Object.fromEntries(written));
  const workspace = await workspaceOf([folder.path]);
  if (settings !== undefined) workspace.setSettings(folder.path, settings);
  const project = workspace.projectAt(folder.path);
  if (project === undefined) throw new Error('There is no project.');
  return { folder, targets: SnapshotTargets.of(workspace, project) };
}

/** Where each part goes, seen from the project's folder. */
async function locationsOf(project: Project, parts: readonly PullPart[]): Promise<readonly unknown[]> {
  const { folder, targets } = await targetsOf(project);
  if ('problem' in targets) return [targets.problem];
  return parts.map((part) => {
    const target = targets.of(part);
    if ('problem' in target) return target;
    return `${target.path.replace(`${folder.path}/`, '')}${target.shared ? ' (shared)' : ''}`;
  });
}

function configuration(value: unknown): Files {
  return { [configurationFile]: JSON.stringify(value) };
}

describe('a snapshot goes', () => {
  it.each<[string, Project, readonly PullPart[], readonly unknown[]]>([
    [
      'by convention where nothing says otherwise, known to the project or not',
      { files: { 'schema/default.tables.json': undefined, 'schema/people.graphql': undefined } },
      [source('default'), source('other'), remoteSchema('people')],
      ['schema/default.tables.json', 'schema/other.tables.json', 'schema/people.graphql'],
    ],
    [
      'where it was found',
      { files: { 'schema/people.graphql': undefined, 'schema/people.gql': 'type Query { a: Int }' } },
      [remoteSchema('people')],
      ['schema/people.gql'],
    ],
    [
      'where the configuration says',
      { files: configuration({ sources: { default: { tables: 'shop.yaml' } } }) },
      [source('default'), remoteSchema('people')],
      ['shop.yaml', 'schema/people.graphql'],
    ],
    [
      'where the settings say',
      { settings: { remoteSchemas: { people: { schema: './sdl/p.graphql' } } } },
      [source('default'), remoteSchema('people')],
      ['schema/default.tables.json', 'sdl/p.graphql'],
    ],
    [
      'where the configuration says rather than the settings',
      {
        files: configuration({ sources: { default: { tables: 'a.json' } } }),
        settings: { sources: { default: { tables: 'b.json' }, other: { tables: 'c.json' } } },
      },
      [source('default'), source('other')],
      ['a.json', 'c.json'],
    ],
    [
      'into one file with other sources for which it is named',
      {
        files: configuration({ sources: { default: { tables: 'all.json' } } }),
        settings: { sources: { other: { tables: 'all.json' }, default: { tables: 'b.json' } } },
      },
      [source('default'), source('other')],
      ['all.json (shared)', 'all.json (shared)'],
    ],
    [
      'nowhere when another part goes there',
      { files: configuration({ remoteSchemas: { people: { schema: 'schema/default.tables.json' } } }) },
      [source('default'), remoteSchema('people')],
      [
        'schema/default.tables.json',
        { problem: expect.stringMatching(/^source "default" goes to the same file: \//) },
      ],
    ],
    [
      'nowhere when a pattern is named',
      { settings: { remoteSchemas: { people: { schema: 'sdl/*.graphql' } } } },
      [remoteSchema('people')],
      [
        {
          problem: 'the settings name the pattern "sdl/*.graphql"; a schema is written to one file',
        },
      ],
    ],
    [
      'nowhere when several files are named',
      { files: configuration({ remoteSchemas: { people: { schema: ['a.graphql', 'b.graphql'] } } }) },
      [remoteSchema('people')],
      [{ problem: 'the configuration names several files; a schema is written to one file' }],
    ],
    [
      'nowhere when its file is no snapshot',
      { files: configuration({ sources: { default: { tables: 'tables.sql' } } }) },
      [source('default')],
      [{ problem: 'the configuration names "tables.sql", which is neither JSON nor YAML' }],
    ],
    [
      'nowhere when its name is not possible for a file',
      {},
      [source('../x'), remoteSchema('a/b'), remoteSchema('')],
      [
        { problem: expect.stringContaining('below "sources"') },
        { problem: expect.stringContaining('below "remoteSchemas"') },
        {
          problem:
            'its name can\'t be a file name: it is empty; name a file below "remoteSchemas" in the configuration file',
        },
      ],
    ],
    [
      'nowhere when its name is a device, or ends in what is cut off, on some system',
      {},
      ['CON', 'nul', 'COM1', 'lpt9', 'a.', 'a '].map(remoteSchema),
      Array(6).fill({ problem: expect.stringMatching(/^its name can't be a file name: it (?:names|ends)/) }),
    ],
    [
      'into one file at most, however accents are written',
      {},
      [remoteSchema('caf\u00e9'), remoteSchema('cafe\u0301'), remoteSchema('CAF\u00c9')],
      [
        'schema/caf\u00e9.graphql',
        { problem: expect.stringMatching(/^remote schema "caf\u00e9" goes to the same file: /) },
        { problem: expect.stringMatching(/^remote schema "caf\u00e9" goes to the same file: /) },
      ],
    ],
    [
      'nowhere as long as the configuration can not be read',
      { files: { [configurationFile]: '{"sources":' } },
      [source('default')],
      [expect.stringMatching(/^The configuration file .* can't be read\./)],
    ],
  ])('%s', async (_, project, parts, expected) => {
    expect(await locationsOf(project, parts)).toEqual(expected);
  });
});

it('a snapshot goes into the project, also where its metadata lies elsewhere', async () => {
  const folder = new TemporaryFolder({
    ...Object.fromEntries(
      Object.entries(smallProject).map(([name, text]) => [
        name.startsWith('metadata/') ? `repo/${name}` : `repo/hasura/${name}`,
        text,
      ]),
    ),
    'repo/.git/HEAD': '',
    'repo/hasura/config.yaml': 'version: 3\nmetadata_directory: ../metadata\n',
  });
  const workspace = await workspaceOf([folder.file('repo/hasura')], { trusted: true });
  const project = workspace.projectAt(folder.file('repo/hasura'));
  const targets = project && SnapshotTargets.of(workspace, project);
  expect(project?.location.metadata).toBe(folder.file('repo/metadata'));
  expect(targets && 'of' in targets && targets.of(source('other'))).toEqual({
    path: folder.file('repo/hasura/schema/other.tables.json'),
    shared: false,
  });
});

it('what a project speaks of is known', async () => {
  const { targets } = await targetsOf({
    files: configuration({ sources: { other: { kind: 'mssql' } } }),
  });
  expect('problem' in targets ? targets : targets.known).toEqual([
    source('other'),
    source('default'),
    remoteSchema('people'),
  ]);
});
