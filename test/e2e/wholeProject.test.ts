import { execFileSync } from 'node:child_process';
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, vi } from 'vitest';
import { pictureFile, pictureSettings, testWindow } from './window/testWindow.ts';
import { sampleProject } from './workspaces.ts';

/** What is found, renamed, shown and added in a whole project. The README's pictures of it are taken here. */
const tables = 'metadata/databases/shop/tables';
const ticket = 'metadata/databases/helpdesk/tables/public_ticket.yaml';
let project = '';
const window = testWindow(
  'wholeProject',
  async (home) => {
    project = await sampleProject(home);
    const select = (...roles: string[]) =>
      `select_permissions:\n${roles.map((role) => `  - role: ${role}\n    permission: { columns: '*', filter: {} }\n`).join('')}`;
    await appendFile(path.join(project, tables, 'public_customer.yaml'), select('support'));
    await appendFile(path.join(project, ticket), select('seller', 'support'));
    const author = ['user.name=test', 'user.email=test@example.invalid', 'commit.gpgsign=false'];
    const git = (...args: string[]) =>
      execFileSync('git', [...author.flatMap((each) => ['-c', each]), ...args], { cwd: project });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'all');
    return {
      workspace: project,
      webviews: true,
      settings: {
        ...pictureSettings,
        'files.autoSave': 'off',
        'git.enabled': false,
        'remoteRelationships.remoteSchemaPermissions': false,
      },
    };
  },
  { width: 1000, height: 560 },
);

/** Puts the cursor onto the first place of a text, as the file on the disk has it. */
async function goTo(file: string, text: string): Promise<void> {
  await window.workbench.openFile(path.basename(file));
  const before = (await readFile(path.join(project, file), 'utf8')).split(text, 1)[0] ?? '';
  const lines = before.split('\n');
  await window.workbench.goTo(lines.length, (lines.at(-1) ?? '').length + 2);
}

describe('in a whole project', () => {
  it('a lens says how many relationships lead to a table, and lists them', async ({ expect }) => {
    await window.workbench.openFile('public_customer.yaml');
    await window.workbench.lens('joined by 2');
    await window.workbench.pressLens('joined by 2', 0);
    expect(await window.workbench.listed()).toContain('(2)');
  });

  it('Shift+F12 lists the places of a remote field, in the metadata and in its schema', async () => {
    await goTo(`${tables}/public_customer.yaml`, 'person:\n');
    await window.workbench.references('public_customer.yaml', 'public_parcel.yaml', 'people.graphql');
  });

  it('the published schema stands beside the file', async () => {
    await window.workbench.press('Control+B');
    await goTo(`${tables}/public_customer.yaml`, 'contacts\n');
    await window.workbench.command('Hasura: Preview Published Schema');
    await window.workbench.tab('public_customer published');
    await window.workbench.line('input ContactFilter_remote_rel_customercontacts');
    await window.workbench.pictureOf('.editor-group-container', pictureFile('published-schema'), 300);
  });

  it('a table says which role sees which relationship', async () => {
    await goTo(ticket, 'customer\n');
    await window.workbench.command('Hasura: Show Roles of Relationships');
    await window.workbench.tabBeside('public_ticket roles');
    const page = window.workbench.webview();
    await page.getByRole('row', { name: 'seller' }).first().waitFor();
    await window.workbench.pictureOf('.editor-group-container', pictureFile('roles'), 470);
    // The focus has stayed in the file, which the page follows.
    await window.workbench.type('x');
    await page.getByRole('heading', { name: 'cxustomer' }).waitFor();
    await window.workbench.press('Control+Z');
    await page.getByRole('heading', { name: 'customer' }).waitFor();
    await window.workbench.press('Control+B');
  });

  it('a relationship is added with keys alone', async ({ expect }) => {
    await goTo(ticket, 'ticket');
    await window.workbench.command('Hasura: Add Remote Relationship');
    await window.workbench.typeIn('Where does the relationship lead?', 'payments');
    await window.workbench.typeIn('Which field of payments?', 'wallet');
    await window.workbench.typeIn('or a field below it?', 'Join to wallet');
    await window.workbench.listShown('What fills customer: Int! of wallet?');
    await window.workbench.pictureOf('.quick-input-widget', pictureFile('add-relationship'));
    await window.workbench.typeIn('What fills customer: Int! of wallet?', '');
    await window.workbench.typeIn('Name of the relationship', '');
    await window.workbench.command('Hasura: Apply This Change');
    // It is written once the change that was shown is closed.
    await vi.waitFor(
      async () => {
        await window.workbench.press('Control+S');
        expect(await readFile(path.join(project, ticket), 'utf8')).toContain('customer: $customer_id');
      },
      { timeout: 60_000, interval: 500 },
    );
  });

  it('a new name is shown wherever it goes before it is taken', async ({ expect }) => {
    await goTo(`${tables}/public_customer.yaml`, 'full_name\n    definition');
    await window.workbench.renameWithPreview(
      'full_name',
      'whole_name',
      'Clients of the API ask for the old name',
    );
    await window.workbench.press('Control+S');
    await window.workbench.saved();
    const text = await readFile(path.join(project, tables, 'public_customer.yaml'), 'utf8');
    expect([text.includes('$whole_name'), text.includes('$full_name')]).toEqual([true, false]);
  });

  it('a schema that is saved says which relationships it breaks', async () => {
    await goTo('schema/people.graphql', 'person(');
    await window.workbench.type('x');
    await window.workbench.press('Control+S');
    await window.workbench.messageShown('3 relationships break since the last commit');
  });

  it('no request failed on the way', async ({ expect }) => {
    const said = await window.workbench.complaints();
    // A question stays behind the bell when it was answered elsewhere.
    const expected = ['since the last commit', 'Undo in the editor brings back'];
    expect(said.filter((text) => !expected.some((part) => text.includes(part)))).toEqual([]);
  });
});
