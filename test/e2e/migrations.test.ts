import path from 'node:path';
import { describe, it } from 'vitest';
import { pictureFile, pictureSettings, testWindow } from './window/testWindow.ts';
import { unconfiguredProject } from './workspaces.ts';

/** A project that nobody configured: its tables are known by its SQL migrations alone. */
const window = testWindow(
  'migrations',
  async (home) => ({ workspace: await unconfiguredProject(home), settings: pictureSettings }),
  { width: 1300, height: 800 },
);

const file = 'public_booking.yaml';

describe('a project that nobody configured', () => {
  it('has columns in hovers, with the migration that made them', async () => {
    await window.workbench.openFile(file);
    await window.workbench.message('Nothing is known of the remote schema "guests"', 'Not Now');
    await window.workbench.hover(
      'guest_id',
      'uuid, not null',
      'From migration 1700000000002_add_guest, line 2',
    );
    await window.workbench.picture(pictureFile('migrations'));
    await window.workbench.leaveHover();
  });

  it('says which column no migration makes', async () => {
    await window.workbench.problems('Table "booking" has no column "rom_id".');
    await window.workbench.closePanel();
  });

  it('leads to the line that made a column', async () => {
    await window.workbench.select('guest_id');
    await window.workbench.press('F12');
    await window.workbench.tab('up.sql');
    await window.workbench.line('ADD COLUMN guest_id uuid NOT NULL');
  });

  it('says what is checked against what, down to each name', async () => {
    await window.workbench.openFile(file);
    await window.workbench.command('Hasura: Show What Is in Use for This File');
    await window.workbench.pick('in use for this file', 'What the names are checked against');
    await window.workbench.pick('what the names are checked against', /known by SQL migrations.*columns/);
    await window.workbench.pick('columns known by SQL migrations', 'room_id');
    await window.workbench.tab(path.basename(file));
  });

  it('completes the columns that its migrations make', async () => {
    await window.workbench.goTo(20, 30);
    await window.workbench.type(', ');
    await window.workbench.press('Control+Space');
    await window.workbench.suggestions('id', 'starts_at');
  });
});
