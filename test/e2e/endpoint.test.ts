import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { packedExtension } from '../../scripts/package.ts';
import { root } from '../../scripts/run.ts';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { startVsCodeServer, type VsCodeServer } from '../../scripts/vscode/server.ts';
import { LoopbackEndpoint } from './loopbackEndpoint.ts';
import { Workbench } from './window/workbench.ts';
import { sampleProject } from './workspaces.ts';

/** Applying and deleting as a person does it: with the keyboard and the mouse, against an endpoint on this machine. */
const secret = `secret-of-the-test-${process.pid}`;
const wrongSecret = `wrong-${secret}`;

let home: string;
let server: VsCodeServer;
let browser: Browser;
let workbench: Workbench;
let endpoint: LoopbackEndpoint;
const spoken: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-endpoint-'));
  endpoint = await LoopbackEndpoint.start(secret);
  server = await startVsCodeServer({
    extensions: [await packedExtension()],
    workspace: await sampleProject(home),
    settings: {
      'remoteRelationships.endpoints': {
        practice: { url: endpoint.url },
        guarded: { url: endpoint.url, protected: true },
        archive: { url: endpoint.url, readOnly: true },
      },
      'remoteRelationships.trace.server': 'verbose',
      'editor.minimap.enabled': false,
    },
  });
  browser = await launchBrowser();
  const page: Page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  page.on('console', (message) => spoken.push(message.text()));
  workbench = await Workbench.open(page, server.address);
});

beforeEach(({ onTestFailed }) => {
  onTestFailed(() => workbench.picture(path.join(root, 'test-results/endpoint.png')));
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
  await endpoint?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

const profile = {
  to_remote_schema: {
    remote_schema: 'people',
    lhs_fields: ['person_id'],
    remote_field: { person: { arguments: { id: '$person_id' } } },
  },
};
const older = {
  to_remote_schema: { ...profile.to_remote_schema, remote_field: { someone: { arguments: {} } } },
};

describe('applying and deleting', () => {
  it('actions stand above each relationship, and nothing is sent before an endpoint is chosen', async ({
    expect,
  }) => {
    await workbench.openFile('public_customer.yaml');
    await workbench.lens('Apply to Hasura');
    await workbench.statusBar('No Hasura endpoint');
    expect(endpoint.exchanges).toEqual([]);
  });

  it('the first use asks for the endpoint and for its secret, which is kept when it is right', async ({
    expect,
  }) => {
    await workbench.goTo(24, 8);
    await workbench.command('Remote Relationships: Apply Relationship');
    await workbench.pick('Hasura endpoint of samples', 'practice');
    await workbench.enter('Admin secret of', wrongSecret);
    await workbench.enter('does not accept', secret);
    await workbench.diff(`profile on ${endpoint.host}`);
    expect(endpoint.relationships.size).toBe(0);
    await workbench.dialog('Create profile', 'Create');
    await workbench.message(`Applied: ${endpoint.host} has "profile"`);
    expect(endpoint.relationships.get('profile')?.definition).toEqual(profile);
    await workbench.statusBar('practice');
  });

  it('what is there already is not sent again', async ({ expect }) => {
    const sent = endpoint.exchanges.filter(({ type }) => type?.startsWith('pg_')).length;
    await workbench.pressLens('Apply to Hasura', 0);
    await workbench.message('already in place');
    expect(endpoint.exchanges.filter(({ type }) => type?.startsWith('pg_'))).toHaveLength(sent);
  });

  it('another definition is shown with what changes, and replaced', async ({ expect }) => {
    endpoint.set('profile', older);
    await workbench.pressLens('Apply to Hasura', 0);
    await workbench.diff(`profile on ${endpoint.host}`);
    await workbench.dialog('Update profile', 'Update');
    await workbench.message(`Applied: ${endpoint.host} has "profile"`);
    expect(endpoint.relationships.get('profile')?.definition).toEqual(profile);
  });

  it('someone who was faster is told of, and it is asked again', async ({ expect }) => {
    endpoint.set('profile', older);
    endpoint.beforeWrite = () => {
      endpoint.beforeWrite = () => undefined;
      endpoint.set('other', profile);
    };
    await workbench.pressLens('Apply to Hasura', 0);
    await workbench.dialog('Update profile', 'Update');
    await workbench.dialog('changed by someone else in the meantime', 'Update');
    await workbench.message(`Applied: ${endpoint.host} has "profile"`);
    expect(endpoint.relationships.get('profile')?.definition).toEqual(profile);
    expect(endpoint.relationships.get('other')?.definition).toEqual(profile);
  });

  it('deleting asks with a dialog that names the host', async ({ expect }) => {
    await workbench.pressLens('Delete from Hasura', 0);
    await workbench.dialog(`on ${endpoint.host}?`, 'Delete');
    await workbench.message(`Deleted: ${endpoint.host} has "profile" no more`);
    expect([...endpoint.relationships.keys()]).toEqual(['other']);
  });

  it('the last change is undone', async ({ expect }) => {
    await workbench.command('Remote Relationships: Undo Last Apply or Delete');
    await workbench.dialog('Undo the delete of profile', 'Undo');
    await workbench.message(`Undone: ${endpoint.host}`);
    expect(endpoint.relationships.get('profile')?.definition).toEqual(profile);
  });

  it('a protected endpoint asks with a dialog', async ({ expect }) => {
    await workbench.command('Remote Relationships: Choose Endpoint');
    await workbench.pick('Hasura endpoint of samples', 'guarded');
    await workbench.statusBar('guarded');
    endpoint.set('profile', older);
    await workbench.pressLens('Apply to Hasura', 0);
    await workbench.dialog('Update profile', `Update on ${endpoint.host}`);
    await workbench.message(`Applied: ${endpoint.host} has "profile"`);
    expect(endpoint.relationships.get('profile')?.definition).toEqual(profile);
  });

  it('a read-only endpoint refuses', async ({ expect }) => {
    await workbench.command('Remote Relationships: Choose Endpoint');
    await workbench.pick('Hasura endpoint of samples', 'archive');
    await workbench.statusBar('archive');
    const before = endpoint.exchanges.length;
    await workbench.pressLens('Delete from Hasura', 0);
    await workbench.message('read only');
    expect(endpoint.exchanges).toHaveLength(before);
  });

  it('the secret is forgotten by command, and asked for again', async () => {
    await workbench.command('Remote Relationships: Forget Admin Secret');
    await workbench.message('is forgotten');
    await workbench.command('Remote Relationships: Show Inconsistent Metadata');
    await workbench.enter('Admin secret of', secret);
    await workbench.message('is consistent');
  });

  it('an endpoint that is down says so', async () => {
    await endpoint.stop();
    await workbench.command('Remote Relationships: Show Inconsistent Metadata');
    await workbench.message('connection refused', 'Show Log');
  });

  it('no file and no log holds the secret', async ({ expect }) => {
    const holding: string[] = [];
    let read = 0;
    for (const folder of [home, server.folder, path.join(root, 'test-results')]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = path.join(entry.parentPath, entry.name);
        const text = await readFile(file, 'utf8');
        if (text.includes(secret)) holding.push(file);
        read++;
      }
    }
    expect(holding).toEqual([]);
    expect(read, 'files were looked at').toBeGreaterThan(0);
    expect([...spoken, server.output()].join('\n')).not.toContain(secret);
  });
});
