import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, it, vi } from 'vitest';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { pictureFile, pictureSettings, testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** A project as it is cloned, of which nothing is known yet: what a person sees of it, and what mends it. */
const secret = `secret-of-the-clone-${process.pid}`;

let endpoint: Endpoint;
let project: string;
const window = testWindow(
  'firstMinutes',
  async (home) => {
    endpoint = await startSamples({ adminSecret: secret });
    project = await sampleProject(home);
    await rm(path.join(project, 'config.yaml'));
    await mkdir(path.join(project, 'elsewhere'));
    await rename(
      path.join(project, 'schema/people.graphql'),
      path.join(project, 'elsewhere/persons.graphql'),
    );
    await rm(path.join(project, 'schema'), { recursive: true });
    return { workspace: project, settings: { ...pictureSettings, 'files.simpleDialog.enable': true } };
  },
  { width: 1300, height: 800 },
);
afterAll(() => endpoint?.close());

const configuration = () => readFile(path.join(project, 'remote-relationships.config.json'), 'utf8');

describe('the walkthrough', () => {
  it('opens by a command, with its pictures', async () => {
    // Without room for them it shows no pictures.
    await window.workbench.press('Control+B');
    await window.workbench.command('Hasura: Get Started with Remote Relationships');
    await window.workbench.walkthrough('Know Its Schemas');
    await window.workbench.picture(pictureFile('walkthrough'));
    await window.workbench.press('Control+B');
  });
});

describe('a project of which nothing is known', () => {
  it('says so once, and in the status bar', async ({ expect }) => {
    await window.workbench.openFile('public_customer.yaml');
    await window.workbench.statusBar('4 of 5 schemas unknown');
    await window.workbench.messageShown(
      'Nothing is known of both remote schemas and 2 of 3 sources in samples',
    );
    await window.workbench.picture(pictureFile('missing-schemas'));
    await window.workbench.message('Nothing is known of', 'Not Now');
    await window.workbench.openFile('public_invoice.yaml');
    await window.workbench.statusBar('4 of 5 schemas unknown');
    await window.workbench.openFile('public_customer.yaml');
    expect(await window.workbench.messages('Nothing is known of')).toEqual([]);
  });

  it('has a row in the view', async () => {
    await window.workbench.openView('Hasura');
    await window.workbench.row('Nothing is known of both remote schemas and 2 of 3 sources');
    await window.workbench.row('Name an Endpoint…');
  });

  it('takes a file that is chosen for a schema into its configuration file', async ({ expect }) => {
    await window.workbench.command('Hasura: Show What Is in Use for This File');
    await window.workbench.pick('in use for this file', /people\s*no GraphQL schema/);
    await window.workbench.pick('people has no GraphQL schema', 'Name a file');
    await window.workbench.chooseFile(
      'GraphQL schema of the remote schema',
      path.join(project, 'elsewhere/persons.graphql'),
    );
    await window.workbench.message('remote-relationships.config.json names the files of "people"');
    await window.workbench.statusBar('3 of 5 schemas unknown');
    expect(JSON.parse(await configuration())).toMatchObject({
      serverVersion: '2.48',
      remoteSchemas: { people: { schema: 'elsewhere/persons.graphql' } },
    });
  });

  it('gets an endpoint, step by step, and the rest from it', async ({ expect }) => {
    await (await window.workbench.row('Nothing is known of the remote schema')).click();
    await window.workbench.pick('Hasura endpoint of samples', 'Name an endpoint…');
    await window.workbench.enter('Name an endpoint (1/4)', `${endpoint.url}/console`);
    await window.workbench.enter('Name an endpoint (2/4)', 'practice');
    await window.workbench.pick('Name an endpoint (3/4)', 'Read only');
    expect(await window.workbench.inputType('Admin secret of')).toBe('password');
    await window.workbench.enter('Admin secret of', secret);
    await window.workbench.pick('Name an endpoint (4/4)', 'My settings');
    await window.workbench.acceptList('Pull schema snapshots from');
    await window.workbench.message('3 written');
    await window.workbench.noStatusBar('schemas unknown');
    await window.workbench.noRow('Nothing is known of');
    expect(await configuration()).not.toContain('practice');
  });

  it('gets another one, kept where all who work in it find it, without its secret', async ({ expect }) => {
    await window.workbench.command('Hasura: Name an Endpoint…');
    await window.workbench.enter('Name an endpoint (1/4)', endpoint.url);
    await window.workbench.enter('Name an endpoint (2/4)', 'shared');
    await window.workbench.pick('Name an endpoint (3/4)', 'A dialog that names the host asks');
    await window.workbench.pick('Name an endpoint (4/4)', 'configuration file');
    // The message about the one before may still be shown.
    await vi.waitFor(
      async () =>
        expect(JSON.parse(await configuration())).toMatchObject({
          endpoints: { shared: { url: endpoint.url, protected: true } },
        }),
      { timeout: 30_000, interval: 200 },
    );
    expect(await configuration()).not.toContain(secret);
  });
});
