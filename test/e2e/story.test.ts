import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { root } from '../../scripts/run.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { startPractice } from '../endpoint/samples/practice.ts';
import { relationshipsOf } from './window/someoneElse.ts';
import { pictureFile, pictureSettings, testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** A relationship's whole way, as a person goes it with it. The README's pictures of it are taken here. */
const secret = `secret-of-the-story-${process.pid}`;

let endpoint: Endpoint;
let project: string;
const window = testWindow(
  'story',
  async (home) => {
    endpoint = await startPractice({ adminSecret: secret });
    project = await sampleProject(home);
    await rm(path.join(project, 'schema', 'shop.tables.json'));
    return {
      workspace: project,
      settings: {
        ...pictureSettings,
        'remoteRelationships.endpoints': { local: { url: endpoint.url } },
        'remoteRelationships.trace.server': 'verbose',
        'files.autoSave': 'off',
      },
    };
  },
  { width: 1200, height: 760 },
);
afterAll(() => endpoint?.close());

/** The relationship of that name. */
async function onEndpoint(name: string): Promise<unknown> {
  return (await relationshipsOf(endpoint, 'customer'))[name];
}

function tickets(relationshipType: 'array' | 'object'): unknown {
  return {
    to_source: {
      relationship_type: relationshipType,
      source: 'helpdesk',
      table: { schema: 'public', name: 'ticket' },
      field_mapping: { id: 'customer_id' },
    },
  };
}

function host(): string {
  return new URL(endpoint.url).host;
}

/** Puts the cursor into the line with this text, as the file on the disk has it. */
async function goTo(text: string, column = 10, table = 'customer'): Promise<void> {
  const file = path.join(project, `metadata/databases/shop/tables/public_${table}.yaml`);
  const lines = (await readFile(file, 'utf8')).split('\n');
  await window.workbench.goTo(lines.findIndex((line) => line.includes(text)) + 1, column);
}

describe('the way of a relationship', () => {
  it('nothing is sent before an endpoint is chosen, and its secret entered', async ({ expect }) => {
    const { workbench } = window;
    await workbench.openFile('public_customer.yaml');
    await workbench.lens('Apply to Hasura');
    await workbench.command('Hasura: Choose Endpoint');
    await workbench.pick('Hasura endpoint of samples', 'local');
    await workbench.statusBar('local');
    expect(endpoint.requests).toEqual([]);
    await workbench.command('Hasura: Enter Admin Secret');
    await workbench.enter('Admin secret of', secret);
    await workbench.message('is correct, and saved');
  });

  it('what is wrong is known from pulled columns', async ({ expect }) => {
    const { workbench } = window;
    await workbench.command('Hasura: Pull Schema Snapshots');
    await workbench.acceptList('Pull schema snapshots from');
    await workbench.message('written');
    expect(await readdir(path.join(project, 'schema'))).toContain('shop.tables.json');
    await workbench.problems('customer_idd');
    await workbench.closePanel();
  });

  it('a pulled column is completed where a variable stands', async () => {
    const { workbench } = window;
    await workbench.openFile('public_customer.yaml');
    await goTo('customer: $id', 100);
    for (const _ of '$id') await workbench.press('Backspace');
    await workbench.suggestions('$id');
    await workbench.accept('$id', 'customer: $id');
    await workbench.press('Control+S');
  });

  it('what the endpoint will have is shown, confirmed and applied', async ({ expect }) => {
    const { workbench } = window;
    expect(await onEndpoint('tickets')).toBeUndefined();
    await goTo('- name: tickets');
    await workbench.command('Hasura: Apply This Relationship to Hasura');
    await workbench.diff(`tickets on ${host()}`);
    await workbench.message('Create tickets', 'Create');
    await workbench.message('has "tickets"');
    expect(await onEndpoint('tickets')).toEqual(tickets('array'));
  });

  it('what was changed here, or there, is seen in the view', async () => {
    const { workbench } = window;
    await workbench.openFile('public_customer.yaml');
    await goTo('relationship_type: array');
    await workbench.select('array');
    await workbench.type('object');
    await workbench.press('Control+S');
    await workbench.command('Hasura: Compare with Server');
    await workbench.row('relationship tickets, changed');
    await workbench.row('relationship latest_review, only there');
    await workbench.message('compared:');
    await workbench.badge('Hasura', '');
    await workbench.quiet();
    await workbench.picture(pictureFile('view'));
  });

  it('now and after stand side by side, and it is asked beside them', async ({ expect }) => {
    const { workbench } = window;
    await workbench.openFile('public_customer.yaml');
    await goTo('- name: tickets');
    await workbench.command('Hasura: Apply This Relationship to Hasura');
    await workbench.diff(`tickets on ${host()}`);
    await workbench.messageShown('Update tickets');
    await workbench.picture(pictureFile('apply'));
    await workbench.message('Update tickets', 'Update');
    await workbench.message('has "tickets"');
    expect(await onEndpoint('tickets')).toEqual(tickets('object'));
  });

  it('what the endpoint refuses stands where it is wrong', async () => {
    const { workbench } = window;
    await workbench.openFile('public_invoice.yaml');
    await goTo('- name: receipts', 10, 'invoice');
    await workbench.command('Hasura: Apply This Relationship to Hasura');
    await workbench.dialog('"receipts" has', 'Apply Anyway');
    await workbench.message('Create receipts', 'Create');
    await workbench.problems(`Hasura at ${host()}`);
    await workbench.message('refused "receipts"');
    await workbench.picture(pictureFile('refused'));
    await workbench.closePanel();
  });

  it('what was deleted is given back by undoing it', async ({ expect }) => {
    const { workbench } = window;
    await workbench.openFile('public_customer.yaml');
    await goTo('- name: tickets');
    await workbench.command('Hasura: Delete This Relationship from Hasura');
    await workbench.messageShown(`on ${host()}?`);
    await workbench.picture(pictureFile('delete'));
    await workbench.message(`on ${host()}?`, 'Delete');
    await workbench.messageShown('no longer has "tickets"');
    expect(await onEndpoint('tickets')).toBeUndefined();
    await workbench.message('no longer has "tickets"', 'Undo');
    await workbench.message('Undone');
    expect(await onEndpoint('tickets')).toEqual(tickets('object'));
  });

  it('neither a file nor anything that was written on the way has the secret', async ({ expect }) => {
    const { home, server } = window;
    const texts = new Map([
      ['the console', window.console.join('\n')],
      ['what VS Code has written', server.output()],
    ]);
    for (const folder of [home, server.folder, path.join(root, 'test-results')]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = path.join(entry.parentPath, entry.name);
        texts.set(file, await readFile(file, 'latin1'));
      }
    }
    expect([...texts].filter(([, text]) => text.includes(secret)).map(([where]) => where)).toEqual([]);
    const looked = [...texts.keys()].join('\n');
    expect(looked, 'the journal of changes is among them').toMatch(/\/journal\/.*\.json/);
  });
});
