import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ClientCapabilities, FileChangeType } from 'vscode-languageserver-protocol/node';
import { makeLink } from '../machine.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { pulling, pushing, withoutWatching } from './capabilities.ts';
import { ServerProcess } from './serverProcess.ts';

/** Nothing that changes on disk while files are open is missed, whatever the editor tells of it. */

const text = smallProject[customerTable] ?? '';
const configuration = 'remote-relationships.config.json';
const inYaml = 'remote-relationships.config.yaml';
/** The one schema that has no such field. */
const others = 'type Query { nobody: Int }\n';
const otherSchema = (schema: string) => JSON.stringify({ remoteSchemas: { people: { schema } } });
const off = JSON.stringify({ rules: { 'unknown-remote-field': 'off' } });

interface Opened {
  readonly folder: TemporaryFolder;
  readonly server: ServerProcess;
  /** Codes of what the editor shows in the open file, as soon as they are these. */
  shows(...codes: readonly string[]): Promise<void>;
}

/** A project with its one table open, in an editor that asks for findings when it is told to, or is sent them. */
async function opened(
  capabilities: ClientCapabilities,
  files: Readonly<Record<string, string>> = {},
): Promise<Opened> {
  const folder = new TemporaryFolder({ ...smallProject, 'other/people.graphql': others, ...files });
  return { folder, ...(await openIn(folder, capabilities)) };
}

async function openIn(
  folder: TemporaryFolder,
  capabilities: ClientCapabilities,
  project = '',
  initializationOptions = {},
): Promise<Pick<Opened, 'server' | 'shows'>> {
  const inside =
    project === ''
      ? folder
      : ({ uri: (name: string) => folder.uri(`${project}/${name}`) } as TemporaryFolder);
  const server = await ServerProcess.start({ folders: [inside], capabilities, initializationOptions });
  const uri = inside.uri(customerTable);
  await server.open(uri, text);
  const pulls = capabilities.textDocument?.diagnostic !== undefined;
  let asked = -1;
  let pulled: unknown[] = [];
  const shown = async () => {
    if (!pulls) return server.lastPushed(uri)?.diagnostics.map(({ code }) => code);
    // Not asked but when told to: whoever types nothing and looks would see the same.
    if (asked !== server.refreshes) {
      asked = server.refreshes;
      pulled = await server.codes(uri);
    }
    return pulled;
  };
  return {
    server,
    shows: (...codes) => server.until(async () => JSON.stringify(await shown()) === JSON.stringify(codes)),
  };
}

const clients: [string, ClientCapabilities][] = [
  ['pulls', pulling],
  ['is sent findings', { ...pushing, workspace: { ...pulling.workspace, ...pushing.workspace } }],
];

describe.each(clients)('an editor that %s', (_, capabilities) => {
  it('knows of a configuration that is created, renamed and deleted', async () => {
    const { folder, server, shows } = await opened(capabilities);
    await shows();
    folder.write(configuration, otherSchema('other/people.graphql'));
    await server.changedOnDisk(folder.uri(configuration), FileChangeType.Created);
    await shows('unknown-remote-field');
    folder.write(configuration, off);
    await server.changedOnDisk(folder.uri(configuration));
    await shows();
    folder.write(configuration, otherSchema('other/people.graphql'));
    await server.changedOnDisk(folder.uri(configuration));
    await shows('unknown-remote-field');
    renameSync(folder.file(configuration), folder.file('kept.json'));
    await server.changes(
      folder,
      [configuration, FileChangeType.Deleted],
      ['kept.json', FileChangeType.Created],
    );
    await shows();
    folder.write(inYaml, 'remoteSchemas: { people: { schema: other/people.graphql } }\n');
    await server.changedOnDisk(folder.uri(inYaml), FileChangeType.Created);
    await shows('unknown-remote-field');
    folder.remove(inYaml);
    await server.changedOnDisk(folder.uri(inYaml), FileChangeType.Deleted);
    await shows();
  });

  it('loses no change of a schema just before', async () => {
    const { folder, server, shows } = await opened(capabilities);
    await shows();
    for (let round = 0; round < 3; round++) {
      folder.write('schema/people.graphql', others);
      await server.changedOnDisk(folder.uri('schema/people.graphql'));
      folder.write(configuration, '{}');
      await server.changedOnDisk(folder.uri(configuration), FileChangeType.Created);
      await shows('unknown-remote-field');
      folder.write('schema/people.graphql', smallProject['schema/people.graphql'] ?? '');
      await server.changedOnDisk(folder.uri('schema/people.graphql'));
      folder.remove(configuration);
      await server.changedOnDisk(folder.uri(configuration), FileChangeType.Deleted);
      await shows();
    }
  });
});

describe.each<[string, ClientCapabilities]>([
  ['pulls', withoutWatching(pulling)],
  ['is sent findings', withoutWatching(pushing)],
])('an editor that %s and watches no files', (_, capabilities) => {
  it('knows of schemas, configurations and metadata that change on disk', async () => {
    const { folder, shows } = await opened(capabilities);
    await shows();
    folder.write('schema/people.graphql', `${others}# changed\n`);
    await shows('unknown-remote-field');
    folder.write(configuration, off);
    await shows();
    folder.remove(configuration);
    await shows('unknown-remote-field');
    folder.write('schema/people.graphql', smallProject['schema/people.graphql'] ?? '');
    await shows();
    const schemas = 'metadata/remote_schemas.yaml';
    folder.write(schemas, (smallProject[schemas] ?? '').replace('name: people', 'name: persons'));
    await shows('unknown-remote-schema');
  });

  it('also when it only asks, opens or saves', async () => {
    const { folder, server, shows } = await opened(capabilities);
    await shows();
    folder.write('schema/people.graphql', `${others}# saved elsewhere\n`);
    await server.connection.sendNotification('textDocument/didSave', {
      textDocument: { uri: folder.uri(customerTable) },
    });
    await shows('unknown-remote-field');
  });
});

describe('a schema outside of the folders', () => {
  const outside = () =>
    new TemporaryFolder({
      ...Object.fromEntries(
        Object.entries(smallProject).map(([name, content]) => [`project/${name}`, content]),
      ),
      [`project/${configuration}`]: otherSchema('../elsewhere/people.graphql'),
      'elsewhere/people.graphql': smallProject['schema/people.graphql'] ?? '',
    });
  const trusted = { trusted: true };

  it('is watched where the editor can', async () => {
    const folder = outside();
    const { server, shows } = await openIn(
      folder,
      {
        ...pulling,
        workspace: {
          ...pulling.workspace,
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        },
      },
      'project',
      trusted,
    );
    await shows();
    const registered = () => JSON.stringify([...server.registered.values()]);
    const base = folder.uri('elsewhere');
    await server.until(() => registered().includes(`{"baseUri":"${base}","pattern":"people.graphql"}`));
    folder.write('elsewhere/people.graphql', others);
    await server.changedOnDisk(folder.uri('elsewhere/people.graphql'));
    await shows('unknown-remote-field');
    folder.write(`project/${configuration}`, '{}');
    await server.changedOnDisk(folder.uri(`project/${configuration}`));
    await shows();
    await server.until(() => !registered().includes(base));
  });

  it('is looked at when something is asked or saved where it can not', async () => {
    const folder = outside();
    const { server, shows } = await openIn(folder, pulling, 'project', trusted);
    await shows();
    const uri = folder.uri(`project/${customerTable}`);
    writeFileSync(folder.file('elsewhere/people.graphql'), others);
    await server.until(async () => (await server.codes(uri)).includes('unknown-remote-field'));
    rmSync(folder.file('elsewhere/people.graphql'));
    await server.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    await server.until(async () => (await server.codes(uri)).length === 0);
  });
});

describe('one file that is called in several ways', () => {
  const wrong = text.replace('$person_id', '$person_idd');
  const codes = ['unlisted-variable'];

  it.each<[string, (uri: string) => string]>([
    ['escaped', (uri) => uri.replace('public_customer', 'public%5Fcustomer')],
    ['on this machine', (uri) => uri.replace('file:///', 'file://localhost/')],
  ])('by its URI: %s', async (_, spelled) => {
    const folder = new TemporaryFolder(smallProject);
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = folder.uri(customerTable);
    await server.open(spelled(uri), wrong);
    expect(await server.codes(uri)).toEqual(codes);
    expect(await server.codes(spelled(uri))).toEqual(codes);
    // Open a second time, and closed once: the other is open still.
    await server.open(uri, text);
    expect(await server.codes(uri)).toEqual([]);
    await server.close(uri);
    expect(await server.codes(uri)).toEqual(codes);
    await server.close(spelled(uri));
    expect(await server.codes(uri)).toEqual([]);
  });

  it('is sent once, as it is called where it is open', async () => {
    const folder = new TemporaryFolder({ ...smallProject, [customerTable]: wrong });
    const server = await ServerProcess.start({ folders: [folder], capabilities: pushing });
    const uri = folder.uri(customerTable);
    const spelled = uri.replace('public_customer', 'public%5Fcustomer');
    const sent = (to: string) => server.lastPushed(to)?.diagnostics.map(({ code }) => code);
    await server.until(() => sent(uri)?.length === 1);
    await server.open(spelled, wrong);
    await server.until(() => sent(spelled)?.length === 1 && sent(uri)?.length === 0);
    await server.close(spelled);
    await server.until(() => sent(uri)?.length === 1 && sent(spelled)?.length === 0);
  });

  it.each([
    ['the folder is a link', 'link', 'real'],
    ['the file is reached by a link', 'real', 'link'],
  ])('by a symbolic link: %s', async (_, root, way) => {
    const folder = new TemporaryFolder(
      Object.fromEntries(Object.entries(smallProject).map(([name, content]) => [`real/${name}`, content])),
    );
    makeLink(folder.file('real'), folder.file('link'));
    const { server, shows } = await openIn(folder, pulling, root);
    await shows();
    const uri = folder.uri(`${way}/${customerTable}`);
    await server.open(uri, wrong);
    expect(await server.codes(uri)).toEqual(codes);
    // As part of the project: what it says reaches what the folder calls it.
    expect(await server.codes(folder.uri(`${root}/${customerTable}`))).toEqual(codes);
    await server.close(uri);
    folder.write('real/schema/people.graphql', others);
    await server.changedOnDisk(folder.uri(`${way}/schema/people.graphql`));
    await shows('unknown-remote-field');
  });

  it('a folder that is added with a slash at its end and taken away without', async () => {
    const one = new TemporaryFolder(smallProject);
    const two = new TemporaryFolder({ ...smallProject, [customerTable]: wrong });
    const server = await ServerProcess.start({ folders: [one] });
    const change = (added: string[], removed: string[]) => {
      const named = (uris: string[]) => uris.map((uri) => ({ uri, name: 'two' }));
      return server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: named(added), removed: named(removed) },
      });
    };
    const found = async () => (await server.workspaceDiagnostics()).items.length;
    const uri = two.uri('').replace(/\/$/, '');
    await change([`${uri}/`], []);
    await server.until(async () => (await found()) === 1);
    await change([uri], []);
    await change([], [uri]);
    await server.until(async () => (await found()) === 0);
  });
});
