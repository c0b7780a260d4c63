import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, it } from 'vitest';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { startSamples } from '../endpoint/samples/start.ts';
import { testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** Pulling as a person does it: a project without snapshots gets them from an endpoint, and is checked by them. */
const secret = `secret-of-the-test-${process.pid}`;
const customer = 'metadata/databases/shop/tables/public_customer.yaml';

let project: string;
let endpoint: Endpoint;
const window = testWindow('pull', async (home) => {
  endpoint = await startSamples({ adminSecret: secret });
  project = await sampleProject(home);
  for (const known of ['schema', 'migrations']) await rm(path.join(project, known), { recursive: true });
  const file = path.join(project, customer);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('lhs_fields: [person_id]', 'lhs_fields: [person_nr]'));
  return {
    workspace: project,
    settings: {
      'remoteRelationships.endpoints': { practice: { url: endpoint.url, readOnly: true } },
      'editor.minimap.enabled': false,
      'files.autoSave': 'off',
    },
  };
});
afterAll(() => endpoint?.close());

function snapshot(name: string): Promise<string> {
  return readFile(path.join(project, 'schema', name), 'utf8');
}

describe('pulling snapshots', () => {
  it('what is missing is offered where it is said to be missing, and counts at once', async ({ expect }) => {
    await window.workbench.openFile('public_customer.yaml');
    await window.workbench.lens('Apply to Hasura');
    await window.workbench.command('Hasura: Show What Is in Use for This File');
    await window.workbench.pick('in use for this file', 'Pull what is missing from an endpoint');
    await window.workbench.pick('Hasura endpoint of samples', 'practice');
    await window.workbench.enter('Admin secret of', secret);
    await window.workbench.acceptList('Pull schema snapshots from');
    await window.workbench.message('5 written');
    await window.workbench.squiggle();
    await window.workbench.problems('person_nr');
    await window.workbench.closePanel();
    expect((await readdir(path.join(project, 'schema'))).sort()).toEqual([
      'delivery.tables.json',
      'helpdesk.tables.json',
      'payments.graphql',
      'people.graphql',
      'shop.tables.json',
    ]);
  });

  it('what has changed there is written, what is being edited here is not', async ({ expect }) => {
    await endpoint.sql('shop', 'alter table customer add column person_nr uuid');
    await window.workbench.command('Hasura: Show What Is in Use for This File');
    await window.workbench.pick('in use for this file', 'schema/people.graphql');
    await window.workbench.tab('people.graphql');
    await window.workbench.goTo(1, 1);
    await window.workbench.press('#');
    const before = await snapshot('people.graphql');
    await window.workbench.command('Hasura: Pull Schema Snapshots');
    await window.workbench.acceptList('Pull schema snapshots from');
    await window.workbench.message('1 written, 3 unchanged', 'Show Changes');
    await window.workbench.tab('Snapshots from');
    await window.workbench.line('"person_nr"');
    expect(await snapshot('people.graphql')).toBe(before);
    expect(await snapshot('shop.tables.json')).toContain('"person_nr"');
  });
});
