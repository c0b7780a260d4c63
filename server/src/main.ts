import './lsp/heap.ts';
import { createConnection } from 'vscode-languageserver/node';
import { startServer } from './lsp/server.ts';

/** The language server: `--node-ipc` in VS Code, `--stdio` in other editors. */
const connection = createConnection();
startServer(connection);
connection.listen();
// Who has closed the output reads nothing more.
process.stdout.on('error', () => process.exit(1));
