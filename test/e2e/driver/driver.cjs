// Runs the module REMOTE_RELATIONSHIPS_DRIVE names inside the extension host and writes what its `run` gives, or how it
// failed, to the file REMOTE_RELATIONSHIPS_RESULT names. As an installed extension it does so when VS Code has started;
// for @vscode/test-electron it is the tests' entry.
const { renameSync, writeFileSync } = require('node:fs');

async function run() {
  const { REMOTE_RELATIONSHIPS_DRIVE: module, REMOTE_RELATIONSHIPS_RESULT: file } = process.env;
  if (!module || !file) return;
  let result;
  try {
    result = { value: await require(module).run() };
  } catch (error) {
    result = { error: error?.stack ?? String(error) };
  }
  // Moved into place, so that nobody reads half of it.
  writeFileSync(`${file}.part`, JSON.stringify(result));
  renameSync(`${file}.part`, file);
}

module.exports = { activate: () => void run(), run };
