import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianProgram, type Release } from '../../scripts/editors/debian.ts';
import { ChannelEditor } from './channelEditor.ts';
import { setUp } from './desk.ts';
import { describeEditor } from './editor.ts';

const driver = fileURLToPath(new URL('neovim.lua', import.meta.url));

function describeNeovim(name: string, release: Release, heading: string, abilities = {}): void {
  const program = debianProgram(release, 'nvim');
  describeEditor(
    name,
    program === undefined ? `no ${name}` : undefined,
    (desk) =>
      ChannelEditor.start(desk, (socket) => {
        if (program === undefined) return;
        const init = desk.write(
          'init.lua',
          `${setUp(heading)}\nvim.o.swapfile = false\ndofile('${driver}')\n`,
        );
        // Its parsers are where it looks when it is installed.
        const parsers = `set runtimepath+=${path.join(program.folder, 'usr/lib/nvim')}`;
        desk.start(program.command, [...program.args, '--headless', '--cmd', parsers, '-u', init], {
          DRIVER_SOCKET: socket,
          VIMRUNTIME: path.join(program.folder, 'usr/share/nvim/runtime'),
        });
      }),
    abilities,
  );
}

describeNeovim('Neovim 0.12', 'forky', 'Neovim 0.11 and later');
describeNeovim('Neovim 0.10', 'trixie', 'Neovim 0.10', { oneLine: true });
