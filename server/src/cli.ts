/**
 * What `remote-relationships` starts: the language server, whose transport is chosen by its own reading of the arguments, or a
 * command. Each is a file of its own, and the other is not loaded.
 */
void (process.argv.includes('--stdio') ? import('./main.ts') : import('./commandLine.ts'));
