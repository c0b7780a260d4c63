import { afterAll, describe, it } from 'vitest';
import type { Endpoint, Json } from '../endpoint/endpoint.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { inShop, relationshipsOf, send } from './window/someoneElse.ts';
import { testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** Applying and deleting as a person does it: with the keyboard and the mouse, against an endpoint on this machine. */
const secret = `secret-of-the-test-${process.pid}`;
const wrongSecret = `wrong-${secret}`;

let endpoint: Endpoint;
let host: string;
/** How many requests came before the window was there. */
let before: number;
const window = testWindow('endpoint', async (home) => {
  endpoint = await startSamples({ adminSecret: secret });
  host = new URL(endpoint.url).host;
  await send(endpoint, 'pg_delete_remote_relationship', inShop('customer', 'profile'));
  before = endpoint.requests.length;
  return {
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
  };
});
afterAll(() => endpoint?.close());

const profile = {
  to_remote_schema: {
    remote_schema: 'people',
    lhs_fields: ['person_id'],
    remote_field: { person: { arguments: { id: '$person_id' } } },
  },
};
const older = {
  to_remote_schema: {
    ...profile.to_remote_schema,
    remote_field: { person: { arguments: { id: '$person_id' }, field: { contacts: { arguments: {} } } } },
  },
};

/** As someone else does it. */
async function set(name: string, definition: Json): Promise<void> {
  await send(endpoint, 'pg_create_remote_relationship', { ...inShop('customer', name), definition });
}

async function onEndpoint(name: string): Promise<Json | undefined> {
  return (await relationshipsOf(endpoint, 'customer'))[name];
}

function writes(): number {
  return endpoint.requests.filter(({ body }) => body.includes('_remote_relationship"')).length;
}

describe('applying and deleting', () => {
  it('actions stand above each relationship, and nothing is sent before an endpoint is chosen', async ({
    expect,
  }) => {
    await window.workbench.openFile('public_customer.yaml');
    await window.workbench.lens('Apply to Hasura');
    await window.workbench.statusBar('No Hasura endpoint');
    expect(endpoint.requests).toHaveLength(before);
  });

  it('the first use asks for the endpoint and for its secret, which is kept when it is right', async ({
    expect,
  }) => {
    await window.workbench.goTo(24, 8);
    await window.workbench.command('Hasura: Apply This Relationship to Hasura');
    await window.workbench.pick('Hasura endpoint of samples', 'practice');
    await window.workbench.enter('Admin secret of', wrongSecret);
    await window.workbench.enter('does not accept', secret);
    await window.workbench.diff(`profile on ${host}`);
    expect(await onEndpoint('profile')).toBeUndefined();
    await window.workbench.message('Create profile', 'Create');
    await window.workbench.message(`Applied: ${host} has "profile"`);
    expect(await onEndpoint('profile')).toEqual(profile);
    await window.workbench.statusBar('practice');
  });

  it('what is there already is not sent again', async ({ expect }) => {
    const sent = writes();
    await window.workbench.pressLens('Apply to Hasura', 0);
    await window.workbench.message('already in place');
    expect(writes()).toBe(sent);
  });

  it('another definition is shown with what changes, and replaced', async ({ expect }) => {
    await set('profile', older);
    await window.workbench.pressLens('Apply to Hasura', 0);
    await window.workbench.diff(`profile on ${host}`);
    await window.workbench.message('Update profile', 'Update');
    await window.workbench.message(`Applied: ${host} has "profile"`);
    expect(await onEndpoint('profile')).toEqual(profile);
  });

  it('someone who was faster is told of, and it is asked again', async ({ expect }) => {
    await set('profile', older);
    await window.workbench.pressLens('Apply to Hasura', 0);
    await window.workbench.messageShown('Update profile');
    await set('other', profile);
    await window.workbench.message('Update profile', 'Update');
    await window.workbench.message('changed by someone else in the meantime', 'Update');
    await window.workbench.message(`Applied: ${host} has "profile"`);
    expect(await onEndpoint('profile')).toEqual(profile);
    expect(await onEndpoint('other')).toEqual(profile);
  });

  it('deleting shows what goes, and asks beside it', async ({ expect }) => {
    await window.workbench.pressLens('Delete from Hasura', 0);
    await window.workbench.diff(`profile on ${host}`);
    await window.workbench.message(`on ${host}?`, 'Delete');
    await window.workbench.messageShown(`Deleted: ${host} no longer has "profile"`);
    expect(await onEndpoint('profile')).toBeUndefined();
    expect(await onEndpoint('other')).toEqual(profile);
  });

  it('and is undone by the button of the message', async ({ expect }) => {
    await window.workbench.message(`Deleted: ${host} no longer has "profile"`, 'Undo');
    await window.workbench.message(`Undone: ${host}`);
    expect(await onEndpoint('profile')).toEqual(profile);
  });

  it('a protected endpoint asks with a dialog', async ({ expect }) => {
    await window.workbench.command('Hasura: Choose Endpoint');
    await window.workbench.pick('Hasura endpoint of samples', 'guarded');
    await window.workbench.statusBar('guarded');
    await set('profile', older);
    await window.workbench.pressLens('Apply to Hasura', 0);
    await window.workbench.dialog('Update profile', `Update on ${host}`);
    await window.workbench.message(`Applied: ${host} has "profile"`);
    expect(await onEndpoint('profile')).toEqual(profile);
  });

  it('a read-only endpoint refuses', async ({ expect }) => {
    await window.workbench.command('Hasura: Choose Endpoint');
    await window.workbench.pick('Hasura endpoint of samples', 'archive');
    await window.workbench.statusBar('archive');
    const requests = endpoint.requests.length;
    await window.workbench.pressLens('Delete from Hasura', 0);
    await window.workbench.message('read-only');
    expect(endpoint.requests).toHaveLength(requests);
  });

  it('the secret is forgotten by command, and asked for again', async () => {
    await window.workbench.command('Hasura: Forget Admin Secret');
    await window.workbench.message('is forgotten');
    await window.workbench.command('Hasura: Show Inconsistent Metadata');
    await window.workbench.enter('Admin secret of', secret);
    await window.workbench.problemShown(`Hasura at ${host}`);
    await window.workbench.closePanel();
  });

  it('an endpoint that is down says so', async () => {
    await endpoint.close();
    await window.workbench.command('Hasura: Show Inconsistent Metadata');
    await window.workbench.message('connection refused', 'Show Log');
  });
});
