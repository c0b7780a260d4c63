import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { root } from '../../scripts/run.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { inShop, relationshipsOf, send } from './window/someoneElse.ts';
import { testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** Applying a file, renaming and sending requests in the window, with an endpoint that really does it. */
let endpoint: Endpoint;
let host: string;

/** The customer's relationships on the endpoint: their definitions by name, as texts. */
async function relationships(): Promise<Readonly<Record<string, string>>> {
  const definitions = Object.entries(await relationshipsOf(endpoint, 'customer'));
  return Object.fromEntries(definitions.map(([name, definition]) => [name, JSON.stringify(definition)]));
}

const window = testWindow(
  'apply-many',
  async (home) => {
    endpoint = await startSamples();
    host = new URL(endpoint.url).host;
    await send(endpoint, 'bulk', [
      { type: 'pg_delete_remote_relationship', args: inShop('customer', 'profile') },
      { type: 'pg_delete_remote_relationship', args: inShop('customer', 'contacts') },
      {
        type: 'pg_create_remote_relationship',
        args: {
          ...inShop('customer', 'tickets'),
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
    return {
      workspace: await sampleProject(home),
      settings: {
        'remoteRelationships.endpoints': { practice: { url: endpoint.url } },
        'editor.minimap.enabled': false,
      },
    };
  },
  { width: 1400, height: 900 },
);
afterAll(() => endpoint?.close());

describe('several relationships at once', () => {
  it('a file is applied in one request, after it is shown what changes', async ({ expect }) => {
    await window.workbench.openFile('public_customer.yaml');
    await window.workbench.lens('Apply to Hasura');
    const sent = endpoint.requests.length;
    await window.workbench.command('Hasura: Apply Relationships of This File to Hasura');
    await window.workbench.pick('Hasura endpoint of samples', 'practice');
    await window.workbench.diff(`3 relationships on ${host}`);
    await window.workbench.messageShown('2 will be created: profile, contacts');
    await window.workbench.editorAction('Apply This Change');
    await window.workbench.message('2 created, 1 updated, 1 already in place', 'Show Details');
    await window.workbench.diff('Apply.txt');
    await window.workbench.closedTab(`3 relationships on ${host}`);
    expect(Object.keys(await relationships()).sort()).toEqual(['contacts', 'profile', 'tickets', 'wallet']);
    expect((await relationships())['tickets']).toContain('array');
    const bodies = endpoint.requests.slice(sent).map(({ body }) => body);
    expect(bodies.filter((body) => body.includes('_create_remote_relationship'))).toHaveLength(1);
  });

  it('and undone as a whole', async ({ expect }) => {
    await window.workbench.command('Hasura: Undo Last Apply or Delete');
    await window.workbench.message('Undo the apply of', 'Undo');
    await window.workbench.message(`Undone: ${host}`);
    expect(Object.keys(await relationships()).sort()).toEqual(['tickets', 'wallet']);
    expect((await relationships())['tickets']).toContain('object');
  });
});

describe('another name', () => {
  it('is given on the server, then in the file', async ({ expect }) => {
    await window.workbench.openFile('public_customer.yaml');
    await window.workbench.goTo(67, 12);
    await window.workbench.command('Hasura: Rename This Relationship on Hasura');
    await window.workbench.enter('New name of wallet', 'purse');
    await window.workbench.dialog('Rename wallet', 'Rename');
    await window.workbench.message(`Renamed: ${host} has "purse"`, 'Rename in File');
    expect(Object.keys(await relationships()).sort()).toEqual(['purse', 'tickets']);
    await window.workbench.line('- name: purse');
  });
});

describe('a written request', () => {
  it('is sent as it stands; what is refused is shown at its place', async ({ expect }) => {
    await window.workbench.openFile('create_relationships.json');
    await window.workbench.pressLens('Send to Hasura', 0);
    await window.workbench.dialog('bulk has an error', 'Send Anyway');
    await window.workbench.dialog('Send pg_create_remote_relationship (2 times)', 'Send');
    await window.workbench.message(`Nothing was changed: ${host} refused`);
    await window.workbench.problemAmongMany(`Hasura at ${host}`);
    await window.workbench.closePanel();
    expect(Object.keys(await relationships()).sort()).toEqual(['purse', 'tickets']);
  });

  it('and its answer beside it', async ({ expect }) => {
    await window.workbench.openFile('relationships.http');
    const text = await readFile(path.join(root, 'samples/requests/relationships.http'), 'utf8');
    const line = text.slice(0, text.indexOf('pg_delete')).split('\n').length;
    await window.workbench.goTo(line, 5);
    await window.workbench.command('Hasura: Send This Request to Hasura');
    await window.workbench.dialog('Send pg_delete_remote_relationship', 'Send');
    await window.workbench.message('Nothing was changed');
    await send(endpoint, 'pg_create_remote_relationship', {
      ...inShop('customer', 'wallet'),
      ...(JSON.parse((await relationships())['purse'] ?? '{}') as object),
    });
    await window.workbench.command('Hasura: Send This Request to Hasura');
    await window.workbench.dialog('has "wallet", which is deleted', 'Send');
    await window.workbench.message(`Sent: ${host} answered`);
    await window.workbench.diff('pg_delete_remote_relationship');
    expect(Object.keys(await relationships()).sort()).toEqual(['purse', 'tickets']);
  });
});
