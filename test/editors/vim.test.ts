import { globSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianProgram } from '../../scripts/editors/debian.ts';
import { ChannelEditor } from './channelEditor.ts';
import { type Desk, setUp } from './desk.ts';
import { type Abilities, describeEditor } from './editor.ts';

const driver = fileURLToPath(new URL('vim.vim', import.meta.url));
const program = debianProgram('trixie', 'vim.basic');

/** `plugin`: the folder of one that speaks to language servers. */
function describeVim(
  name: string,
  plugin: string | undefined,
  missing: string,
  abilities: Abilities,
  settings: (desk: Desk) => string = () => setUp(name),
): void {
  const start = (desk: Desk) =>
    ChannelEditor.start(desk, (socket) => {
      if (program === undefined) return;
      const init = desk.write(
        'vimrc',
        `set nocompatible noswapfile nomore shortmess+=I
set runtimepath+=${plugin}
filetype plugin indent on
${settings(desk)}
runtime! plugin/*.vim
source ${driver}
`,
      );
      const [runtime = ''] = globSync(path.join(program.folder, 'usr/share/vim/vim[0-9]*'));
      desk.startInTerminal(program.command, [...program.args, '-u', init, '--noplugin'], {
        DRIVER_SOCKET: socket,
        VIMRUNTIME: runtime,
      });
    });
  const reason = program === undefined ? 'no Vim' : plugin === undefined ? missing : undefined;
  describeEditor(name, reason, start, abilities);
}

const ale = program && path.join(program.folder, 'usr/share/vim-ale');
describeVim('Vim with ALE', ale, 'no ALE', { oneLine: true, messagesOnly: true });

// Neither npm nor Debian has it.
describeVim('Vim with vim-lsp', process.env['VIM_LSP'], 'VIM_LSP names no checkout of vim-lsp', {
  oneLine: true,
});

/** What npm has of it are its types. */
const coc = process.env['COC_NVIM'];
describeVim('Vim with coc.nvim', coc, 'COC_NVIM names no checkout of its branch release', {}, (desk) => {
  desk.write('coc/coc-settings.json', setUp('Vim with coc.nvim'));
  return `let g:coc_config_home = '${path.join(desk.home, 'coc')}'
let g:coc_data_home = '${path.join(desk.home, 'coc/data')}'
let g:coc_node_path = '${process.execPath}'`;
});
