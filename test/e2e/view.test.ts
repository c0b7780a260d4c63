import path from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { root } from '../../scripts/run.ts';
import type { Endpoint, Json } from '../endpoint/endpoint.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { inShop, send } from './window/someoneElse.ts';
import { testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** The Hasura view as a person uses it, beside the embedded endpoint with the sample project. */
const secret = `secret-of-the-view-${process.pid}`;

let endpoint: Endpoint;

function toPeople(field: string, column: string, args: Json): Json {
  return {
    to_remote_schema: {
      remote_schema: 'people',
      lhs_fields: [column],
      remote_field: { [field]: args as never },
    },
  };
}

const reviews = toPeople('reviewsOf', 'sku', { arguments: { subject: '$sku', limit: 3 } });

/** Somebody else has changed a few relationships on the server. */
async function makeDifferences(): Promise<void> {
  const profile = toPeople('person', 'person_id', {
    arguments: { id: '$person_id' },
    field: { contacts: { arguments: { limit: 5 } } },
  });
  await send(endpoint, 'pg_create_remote_relationship', {
    ...inShop('customer', 'profile'),
    definition: profile,
  });
  await send(endpoint, 'pg_delete_remote_relationship', inShop('customer', 'tickets'));
  await send(endpoint, 'pg_create_remote_relationship', {
    ...inShop('product', 'best_reviews'),
    definition: reviews,
  });
  await send(endpoint, 'pg_create_remote_relationship', {
    ...inShop('product', 'old_reviews'),
    definition: reviews,
  });
}

function sent(type: string): number {
  return endpoint.requests.filter(({ body }) => body.includes(`"${type}"`)).length;
}

const window = testWindow('view', async (home) => {
  endpoint = await startSamples({ adminSecret: secret });
  await makeDifferences();
  return {
    workspace: await sampleProject(home),
    settings: {
      'remoteRelationships.endpoints': { practice: { url: endpoint.url } },
      'editor.minimap.enabled': false,
    },
  };
});
afterAll(() => endpoint?.close());

describe('the Hasura view', () => {
  it('sends nothing before an endpoint is chosen, and says what is missing', async ({ expect }) => {
    const before = endpoint.requests.length;
    await window.workbench.openView('Hasura');
    await window.workbench.pressWelcome('Nothing is sent before', 'Choose Endpoint');
    expect(endpoint.requests).toHaveLength(before);
    await window.workbench.pick('Hasura endpoint of samples', 'practice');
    await (await window.workbench.row(`${new URL(endpoint.url).host} asks for an admin secret`)).waitFor();
    await (await window.workbench.row('Enter Admin Secret')).click();
    await window.workbench.enter('Admin secret of', secret);
  });

  it('shows every relationship with its state', async ({ expect }) => {
    await window.workbench.row('relationship profile, changed');
    const rows = await window.workbench.rows();
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^endpoint practice, .* 1 changed, 1 only here, 2 only there/),
        'relationship wallet, same',
        'relationship tickets, only here',
        'relationship best_reviews, only there',
        expect.stringMatching(/^relationship payer, same, inconsistent, /),
      ]),
    );
    await window.workbench.picture(path.join(root, 'test-results/view.png'));
  });

  it('copies a definition of the server into the file, after showing the change', async () => {
    await window.workbench.rowMenu('relationship best_reviews', "Copy Server's Definition into File");
    await window.workbench.diff('public_product.yaml: now ↔ after');
    await window.workbench.message('Add "best_reviews"', 'Change File');
    await window.workbench.row('relationship best_reviews, same');
    await window.workbench.rowMenu('relationship profile', "Copy Server's Definition into File");
    await window.workbench.message('Change "profile"', 'Change File');
    await window.workbench.row('relationship profile, same');
  });

  it('deletes what only the server has, by key', async ({ expect }) => {
    await (await window.workbench.row('relationship old_reviews')).click();
    await window.workbench.press('Delete');
    await window.workbench.message('No file of the project has it', 'Delete');
    await window.workbench.message('no longer has "old_reviews"');
    expect(sent('pg_delete_remote_relationship')).toBe(2);
    await window.workbench.noRow('relationship old_reviews');
  });

  it('hides what is the same, and says in a sentence what differs', async ({ expect }) => {
    await window.workbench.titleAction('Hide What Is the Same');
    await window.workbench.row('relationship tickets, only here');
    await window.workbench.command('Hasura: Compare with Server');
    await window.workbench.message('compared: 1 only here');
    expect((await window.workbench.rows()).filter((row) => row.endsWith(', same'))).toEqual([]);
    await window.workbench.picture(path.join(root, 'test-results/view-differences.png'));
  });
});
