import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { packedExtension } from '../../scripts/package.ts';
import { root } from '../../scripts/run.ts';
import { launchBrowser } from '../../scripts/vscode/browser.ts';
import { startVsCodeServer, type VsCodeServer } from '../../scripts/vscode/server.ts';
import type { Endpoint, Json } from '../endpoint/endpoint.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { Workbench } from './window/workbench.ts';
import { sampleProject } from './workspaces.ts';

/** Applying a file, renaming and sending requests in the window, with an endpoint that really does it. */
let home: string;
let server: VsCodeServer;
let browser: Browser;
let workbench: Workbench;
let endpoint: Endpoint;
let host: string;

const customer = { source: 'shop', table: { schema: 'public', name: 'customer' } };

async function post(type: string, args: Json): Promise<Json> {
  const response = await fetch(`${endpoint.url}/v1/metadata`, {
    method: 'POST',
    body: JSON.stringify({ type, args }),
  });
  return (await response.json()) as Json;
}

interface Exported {
  readonly sources: readonly {
    readonly name: string;
    readonly tables: readonly {
      readonly table: { readonly name: string };
      readonly remote_relationships?: readonly { readonly name: string; readonly definition: Json }[];
    }[];
  }[];
}

/** The customer's relationships on the endpoint: their definitions by name. */
async function relationships(): Promise<Readonly<Record<string, string>>> {
  const { sources } = (await post('export_metadata', {})) as unknown as Exported;
  const table = sources
    .find(({ name }) => name === 'shop')
    ?.tables.find(({ table: { name } }) => name === 'customer');
  return Object.fromEntries(
    (table?.remote_relationships ?? []).map(({ name, definition }) => [name, JSON.stringify(definition)]),
  );
}

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'remote-relationships-apply-'));
  endpoint = await startSamples();
  host = new URL(endpoint.url).host;
  await post('bulk', [
    { type: 'pg_delete_remote_relationship', args: { ...customer, name: 'profile' } },
    { type: 'pg_delete_remote_relationship', args: { ...customer, name: 'contacts' } },
    {
      type: 'pg_create_remote_relationship',
      args: {
        ...customer,
        name: 'tickets',
        definition: {
          to_source: {
            relationship_type: 'object',
            source: 'helpdesk',
            table: 'ticket',
            field_mapping: { id: 'customer_id' },
          },
        },
      },
    },
  ]);
  server = await startVsCodeServer({
    extensions: [await packedExtension()],
    workspace: await sampleProject(home),
    settings: {
      'remoteRelationships.endpoints': { practice: { url: endpoint.url } },
      'editor.minimap.enabled': false,
    },
  });
  browser = await launchBrowser();
  workbench = await Workbench.open(
    await browser.newPage({ viewport: { width: 1400, height: 900 } }),
    server.address,
  );
});

beforeEach(({ onTestFailed }) => {
  onTestFailed(() => workbench.picture(path.join(root, 'test-results/applyMany.png')));
});

afterAll(async () => {
  await browser?.close();
  await server?.dispose();
  await endpoint?.close();
  if (home) await rm(home, { recursive: true, force: true });
});

describe('several relationships at once', () => {
  it('a file is applied in one request, after it is shown what changes', async ({ expect }) => {
    await workbench.openFile('public_customer.yaml');
    await workbench.lens('Apply to Hasura');
    const sent = endpoint.requests.length;
    await workbench.command('Remote Relationships: Apply File');
    await workbench.pick('Hasura endpoint of samples', 'practice');
    await workbench.diff(`3 relationships on ${host}`);
    await workbench.dialog('2 will be created: profile, contacts', 'Apply');
    await workbench.message('2 created, 1 updated, 1 already in place', 'Show Details');
    await workbench.diff('Apply.txt');
    await workbench.closedTab(`3 relationships on ${host}`);
    expect(Object.keys(await relationships()).sort()).toEqual(['contacts', 'profile', 'tickets', 'wallet']);
    expect((await relationships())['tickets']).toContain('array');
    const bodies = endpoint.requests.slice(sent).map(({ body }) => body);
    expect(bodies.filter((body) => body.includes('_create_remote_relationship'))).toHaveLength(1);
  });

  it('and undone as a whole', async ({ expect }) => {
    await workbench.command('Remote Relationships: Undo Last Apply or Delete');
    await workbench.dialog('Undo the apply of', 'Undo');
    await workbench.message(`Undone: ${host}`);
    expect(Object.keys(await relationships()).sort()).toEqual(['tickets', 'wallet']);
    expect((await relationships())['tickets']).toContain('object');
  });
});

describe('another name', () => {
  it('is given on the server, then in the file', async ({ expect }) => {
    await workbench.openFile('public_customer.yaml');
    await workbench.goTo(67, 12);
    await workbench.command('Remote Relationships: Rename Relationship on Server');
    await workbench.enter('New name of wallet', 'purse');
    await workbench.dialog('Rename wallet', 'Rename');
    await workbench.message(`Renamed: ${host} has "purse"`, 'Rename in File');
    expect(Object.keys(await relationships()).sort()).toEqual(['purse', 'tickets']);
    await workbench.line('- name: purse');
  });
});

describe('a written request', () => {
  it('is sent as it stands; what is refused is shown at its place', async ({ expect }) => {
    await workbench.openFile('create_relationships.json');
    await workbench.pressLens('Send to Hasura', 0);
    await workbench.dialog('bulk has an error', 'Send Anyway');
    await workbench.dialog('Send pg_create_remote_relationship (2 times)', 'Send');
    await workbench.message(`Nothing was changed: ${host} refused`, 'Show Log');
    await workbench.problemAmongMany(`Hasura at ${host}`);
    await workbench.closePanel();
    expect(Object.keys(await relationships()).sort()).toEqual(['purse', 'tickets']);
  });

  it('and its answer beside it', async ({ expect }) => {
    await workbench.openFile('relationships.http');
    const text = await readFile(path.join(root, 'samples/requests/relationships.http'), 'utf8');
    const line = text.slice(0, text.indexOf('pg_delete')).split('\n').length;
    await workbench.goTo(line, 5);
    await workbench.command('Remote Relationships: Send Request');
    await workbench.dialog('Send pg_delete_remote_relationship', 'Send');
    await workbench.message('Nothing was changed');
    await post('pg_create_remote_relationship', {
      ...customer,
      name: 'wallet',
      ...(JSON.parse((await relationships())['purse'] ?? '{}') as object),
    });
    await workbench.command('Remote Relationships: Send Request');
    await workbench.dialog('has "wallet", which is deleted', 'Send');
    await workbench.message(`Sent: ${host} has answered`);
    await workbench.diff('pg_delete_remote_relationship');
    expect(Object.keys(await relationships()).sort()).toEqual(['purse', 'tickets']);
  });
});
