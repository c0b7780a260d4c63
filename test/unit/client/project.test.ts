import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Uri } from 'vscode';
import type { CommandContext } from '../../../client/src/endpoint/commandContext.ts';
import { endpointsOf, findProject } from '../../../client/src/endpoint/connection/project.ts';
import type { HasuraProject } from '../../../client/src/hasuraProject.ts';
import { type Entry, pick } from '../../../client/src/ui/quickPick.ts';
import { projectsRequest, statusRequest } from '../../../common/src/protocol.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

interface Editor {
  /** Path of the folder that is open. */
  folder: string;
  active: string | undefined;
  /** Of `config.yaml`. */
  found: readonly string[];
  settings: Readonly<Record<string, unknown>>;
}

const editor = vi.hoisted((): Editor => ({ folder: '', active: undefined, found: [], settings: {} }));

vi.mock('vscode', async () => {
  const { URI, Utils } = await import('vscode-uri');
  const folders = () => [{ name: 'open', uri: URI.file(editor.folder) }];
  return {
    Uri: { parse: URI.parse, file: URI.file, joinPath: Utils.joinPath },
    window: {
      get activeTextEditor() {
        return editor.active === undefined
          ? undefined
          : { document: { uri: URI.file(`${editor.folder}/${editor.active}`) } };
      },
    },
    workspace: {
      isTrusted: true,
      get workspaceFolders() {
        return folders();
      },
      getWorkspaceFolder: (uri: Uri) =>
        folders().find(({ uri: { path } }) => uri.path.startsWith(`${path}/`)),
      findFiles: async () => editor.found.map((name) => URI.file(`${editor.folder}/${name}`)),
      asRelativePath: (uri: Uri) => uri.path.slice(editor.folder.length + 1),
      getConfiguration: () => ({ inspect: (key: string) => editor.settings[key] }),
    },
  };
});
vi.mock('../../../client/src/ui/quickPick.ts', () => ({ pick: vi.fn() }));

const { URI } = await import('vscode-uri');

beforeEach(() => {
  Object.assign(editor, { folder: '/folder', active: undefined, found: [], settings: {} });
  vi.clearAllMocks();
});

/** What the language server says. */
interface Said {
  readonly projects?: readonly string[] | 'it is down';
  readonly status?: string;
}

function found({ projects = [], status }: Said, place?: Parameters<typeof findProject>[1]) {
  const summary = (name: string) => ({ name, uri: `file:///folder/${name}`, configurationUri: null });
  const server = {
    ask: async (request: unknown) => {
      if (projects === 'it is down') throw new Error('down');
      if (request === statusRequest)
        return status === undefined ? { project: null } : { project: summary(status) };
      return request === projectsRequest ? projects.map(summary) : undefined;
    },
  };
  return findProject({ server } as unknown as CommandContext, place);
}

describe('the project of a command', () => {
  const file = (name: string) => URI.file(`/folder/${name}`) as unknown as Uri;

  it('is the one it is about', async () => {
    const project = { name: 'given', folder: file('given') } as HasuraProject;
    expect(await found({ projects: ['a', 'b'] }, project)).toBe(project);
  });

  it.each<[string, Said, string, string]>([
    ['that of a file', { projects: ['a', 'b'], status: 'b' }, 'b/x.yaml', '/folder/b'],
    ['the open folder, for a file of none', { projects: ['a', 'b'] }, 'x.yaml', '/folder'],
    ['the open folder, while the server is down', { projects: 'it is down' }, 'x.yaml', '/folder'],
  ])('is %s', async (_, said, name, folder) => {
    expect((await found(said, file(name)))?.folder.path).toBe(folder);
    editor.active = name;
    expect((await found(said))?.folder.path).toBe(folder);
    expect(pick).not.toHaveBeenCalled();
  });

  it.each<[string, Said, readonly string[], string | undefined]>([
    ['the only one', { projects: ['a'] }, [], '/folder/a'],
    ['the only one that looks like it', { projects: 'it is down' }, ['b/config.yaml'], '/folder/b'],
    ['the open folder, where none looks like it', {}, [], '/folder'],
  ])('is %s, without a file', async (_, said, configs, folder) => {
    editor.found = configs;
    expect((await found(said))?.folder.path).toBe(folder);
    expect(pick).not.toHaveBeenCalled();
  });

  it.each<[string, Said, readonly string[]]>([
    ['those the server knows', { projects: ['a', 'b'] }, ['c/config.yaml']],
    ['those that look like it', { projects: 'it is down' }, ['a/config.yaml', 'b/config.yaml']],
  ])('is chosen from several: %s', async (_, said, configs) => {
    editor.found = configs;
    const offered: string[] = [];
    vi.mocked(pick).mockImplementation(async (entries) => {
      const list = entries as readonly Entry[];
      offered.push(...list.map(({ label, description }) => `${label} in ${description}`));
      return list[1];
    });
    expect((await found(said))?.folder.path).toBe('/folder/b');
    expect(offered).toEqual(['a in a', 'b in b']);
    vi.mocked(pick).mockResolvedValue(undefined);
    expect(await found(said)).toBeUndefined();
  });
});

describe('the endpoints of a project', () => {
  function listed(files: Record<string, string>, settings: Editor['settings'] = {}, configuration?: string) {
    const folder = new TemporaryFolder(files);
    Object.assign(editor, { folder: folder.path, settings });
    return endpointsOf({
      name: 'shop',
      folder: URI.file(folder.path) as unknown as Uri,
      configuration:
        configuration === undefined ? undefined : (URI.file(folder.file(configuration)) as unknown as Uri),
    });
  }
  const at = (url: string, more: object = {}) => ({ url, ...more });

  it('come from its files and the settings, each place by itself', async () => {
    const { endpoints, problems } = await listed(
      {
        'config.yaml': 'version: 3\nendpoint: http://localhost:8080\n',
        'remote-relationships.config.yaml': 'endpoints:\n  staging: { url: "https://staging.example" }\n',
      },
      {
        endpoints: {
          workspaceFolderValue: { folder: at('https://folder.example') },
          workspaceValue: { workspace: at('https://workspace.example', { protected: false }) },
          globalValue: { mine: at('https://mine.example', { protected: false }) },
        },
      },
    );
    expect(
      endpoints.map(({ name, url, from, protected: isProtected }) => [name, url, from, isProtected]),
    ).toEqual([
      ['Hasura CLI', 'http://localhost:8080', 'endpoint in config.yaml', false],
      ['staging', 'https://staging.example', 'remote-relationships.config.yaml', true],
      ['folder', 'https://folder.example', 'the folder’s settings', true],
      ['workspace', 'https://workspace.example', 'the workspace’s settings', true],
      ['mine', 'https://mine.example', 'the settings', false],
    ]);
    expect(problems).toEqual([]);
  });

  it('take their variables from .env', async () => {
    const { endpoints } = await listed({
      'config.yaml': 'version: 3\nendpoint: http://localhost:8080\n',
      '.env': 'HASURA_GRAPHQL_ADMIN_SECRET=of-the-file\n',
    });
    expect(endpoints[0]?.configuredSecret()?.reveal()).toBe('of-the-file');
  });

  it.each(['globalValue', 'workspaceValue', 'workspaceFolderValue'])(
    'are only read where any place says so: %s',
    async (place) => {
      const files = { 'config.yaml': 'version: 3\nendpoint: http://localhost:8080\n' };
      const all = { globalValue: false, workspaceValue: false, workspaceFolderValue: false };
      expect((await listed(files, { readOnly: all })).endpoints[0]?.readOnly).toBe(false);
      expect((await listed(files, { readOnly: { ...all, [place]: true } })).endpoints[0]?.readOnly).toBe(
        true,
      );
    },
  );

  it('come from the configuration that is named, and no other', async () => {
    const files = {
      'remote-relationships.config.yaml': 'endpoints: { one: { url: "https://one.example" } }\n',
      'other.yaml': 'endpoints: { two: { url: "https://two.example" } }\n',
    };
    const { endpoints } = await listed(files, {}, 'other.yaml');
    expect(endpoints.map(({ name }) => name)).toEqual(['two']);
    expect((await listed(files, {}, 'gone.yaml')).endpoints).toEqual([]);
  });

  it.each<[string, Record<string, string>, readonly RegExp[]]>([
    [
      'a configuration that is none',
      { 'remote-relationships.config.yaml': 'a: [' },
      [/config\.yaml can’t be read\.$/],
    ],
    ['a configuration of another kind', { 'remote-relationships.config.yaml': '- a\n' }, []],
    ['nothing', {}, []],
  ])('are none of %s', async (_, files, expected) => {
    const { endpoints, problems } = await listed(files);
    expect(endpoints).toEqual([]);
    expect(problems).toEqual(expected.map((words) => expect.stringMatching(words)));
  });
});
