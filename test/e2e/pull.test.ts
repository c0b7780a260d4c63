import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { packedExtension } from '../../scripts/package.ts';
import { root } from '../../scripts/run.ts';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { startVsCodeServer, type VsCodeServer } from '../../scripts/vscode/server.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { Workbench } from './window/workbench.ts';
import { sampleProject } from './workspaces.ts';

/** Pulling as a person does it: a project without snapshots gets them from an endpoint, and is checked by them. */
const secret = `secret-of-the-test-${process.pid}`;
const customer = 'metadata/databases/shop/tables/public_customer.yaml';

let home: string;
let project: string;
let server: VsCodeServer;
let browser: Browser;
let workbench: Workbench;
let endpoint: Endpoint;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-pull-'));
  endpoint = await startSamples({ adminSecret: secret });
  project = await sampleProject(home);
  await rm(path.join(project, 'schema'), { recursive: true });
  const file = path.join(project, customer);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('lhs_fields: [person_id]', 'lhs_fields: [person_nr]'));
  server = await startVsCodeServer({
    extensions: [await packedExtension()],
    workspace: project,
    settings: {
      'remoteRelationships.endpoints': { practice: { url: endpoint.url, readOnly: true } },
      'editor.minimap.enabled': false,
      'files.autoSave': 'off',
    },
  });
  browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  workbench = await Workbench.open(page, server.address);
});

beforeEach(({ onTestFailed }) => {
  onTestFailed(() => workbench.picture(path.join(root, 'test-results/pull.png')));
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
  await endpoint?.close();
  if (home) await rm(home, { recursive: true, force: true });
});

function snapshot(name: string): Promise<string> {
  return readFile(path.join(project, 'schema', name), 'utf8');
}

describe('pulling snapshots', () => {
  it('what is missing is offered where it is said to be missing, and counts at once', async ({ expect }) => {
    await workbench.openFile('public_customer.yaml');
    await workbench.lens('Apply to Hasura');
    await workbench.command('Remote Relationships: Show What Is in Use for This File');
    await workbench.pick('in use for this file', 'Pull what is missing from an endpoint');
    await workbench.pick('Hasura endpoint of samples', 'practice');
    await workbench.enter('Admin secret of', secret);
    await workbench.message('4 written');
    await workbench.squiggle();
    await workbench.problems('person_nr');
    await workbench.closePanel();
    expect((await readdir(path.join(project, 'schema'))).sort()).toEqual([
      'helpdesk.tables.json',
      'payments.graphql',
      'people.graphql',
      'shop.tables.json',
    ]);
  });

  it('what has changed there is written, what is being edited here is not', async ({ expect }) => {
    await endpoint.sql('shop', 'alter table customer add column person_nr uuid');
    await workbench.command('Remote Relationships: Show What Is in Use for This File');
    await workbench.pick('in use for this file', 'schema/people.graphql');
    await workbench.tab('people.graphql');
    await workbench.goTo(1, 1);
    await workbench.press('#');
    const before = await snapshot('people.graphql');
    await workbench.command('Remote Relationships: Pull Schema Snapshots');
    await workbench.acceptList('Pull schema snapshots from');
    await workbench.message('1 written, 2 unchanged, 1 failed', 'Show Changes');
    await workbench.tab('Snapshots from');
    await workbench.line('"person_nr"');
    expect(await snapshot('people.graphql')).toBe(before);
    expect(await snapshot('shop.tables.json')).toContain('"person_nr"');
  });
});
