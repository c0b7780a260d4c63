import { globSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianProgram } from '../../scripts/editors/debian.ts';
import { ChannelEditor } from './channelEditor.ts';
import { type Desk, setUp } from './desk.ts';
import { type Abilities, describeEditor } from './editor.ts';

const driver = fileURLToPath(new URL('emacs.el', import.meta.url));
const program = debianProgram('trixie', 'emacs-nox');

function describeEmacs(name: string, abilities?: Abilities): void {
  const start = (desk: Desk) =>
    ChannelEditor.start(desk, (socket) => {
      if (program === undefined) return;
      const init = desk.write('init.el', `${prelude}\n${setUp(name)}\n(load "${driver}" nil t)\n`);
      const image = globSync(path.join(program.folder, 'usr/libexec/emacs/*/*/*.pdmp'));
      desk.startInTerminal(
        program.command,
        [...program.args, '--dump-file', image[0] ?? '', '-nw', '-Q', '--load', init],
        { ...environment(program.folder), DRIVER_SOCKET: socket },
      );
    });
  describeEditor(name, program === undefined ? 'no Emacs' : undefined, start, abilities);
}

/** What its packages do when they are installed; what compiles to machine code is not among them. */
const prelude = `(setq native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil)
(dolist (folder load-path)
  (dolist (file (directory-files folder t "-autoloads\\\\.el")) (load file nil t)))`;

/** Where it looks when it is not installed. */
function environment(folder: string): NodeJS.ProcessEnv {
  const share = path.join(folder, 'usr/share/emacs');
  const [version = ''] = readdirSync(share).filter((name) => name !== 'site-lisp');
  const lisp = path.join(share, version, 'lisp');
  return {
    EMACSDATA: path.join(share, version, 'etc'),
    EMACSDOC: path.join(share, version, 'etc'),
    EMACSPATH: path.join(folder, 'usr/libexec/emacs', version, 'x86_64-linux-gnu'),
    EMACSLOADPATH: [
      ...globSync(path.join(share, 'site-lisp/elpa-src/*')),
      lisp,
      ...readdirSync(lisp, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => path.join(entry.parentPath, entry.name)),
    ].join(path.delimiter),
  };
}

describeEmacs('Emacs with Eglot');
// It sometimes shows no findings of a file to which it comes back, although the last list that it was sent has them: so fixes are
// tried in Eglot.
describeEmacs('Emacs with lsp-mode', { messagesOnly: true, without: ['fix'] });
