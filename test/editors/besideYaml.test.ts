import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Hover } from 'vscode-languageserver-protocol';
import { pulling } from '../protocol/capabilities.ts';
import { wrongText } from '../protocol/documents.ts';
import { ServerProcess } from '../protocol/serverProcess.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';

/** The language server of the extension *YAML* by Red Hat. */
const yamlServer = fileURLToPath(
  new URL('../../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);

const start = 'table: { schema: public, name: customer }\nremote_relationships:\n';

const broken = {
  'a tab': `${start}  - name: a\n\tdefinition: {}\n`,
  'an open quote': `${start}  - name: "a\n`,
  'an open brace': `${start}  - {name: a, definition: {to_source: {}\n`,
  'no colon': `${start}  - name: a\n    definition\n    b: c\n`,
  'a key twice': `${start}  - name: a\n    name: b\n    definition:\n      to_source:\n        source: default\n`,
  'an alias of nothing': `${start}  - name: *there\n`,
  'wrong indentation': `${start}  - name: a\n   definition: {}\n`,
};

it('beside a language server for YAML nothing is said, offered or explained twice', async () => {
  const folder = new TemporaryFolder(smallProject);
  const folders = [folder];
  const [ours, alone, theirs] = await Promise.all([
    // As the extension says when the other one is installed.
    ServerProcess.start({ folders, initializationOptions: { reportYamlSyntax: false } }),
    ServerProcess.start({ folders }),
    ServerProcess.start({
      folders,
      capabilities: { ...pulling, textDocument: { ...pulling.textDocument, publishDiagnostics: {} } },
      program: yamlServer,
      // Schemas of others would be fetched.
      settings: { schemaStore: { enable: false }, validate: true, hover: true, completion: true },
    }),
  ]);

  const pushed = async (uri: string) => {
    await theirs.until(() => theirs.lastPushed(uri) !== undefined);
    return theirs.lastPushed(uri)?.diagnostics ?? [];
  };
  for (const [what, text] of Object.entries(broken)) {
    const uri = folder.uri(customerTable.replace('customer', what.replaceAll(' ', '_')));
    for (const server of [ours, alone, theirs]) await server.open(uri, text);
    expect((await pushed(uri)).length, what).toBeGreaterThan(0);
    expect(await alone.codes(uri), what).toContain('yaml-syntax');
    expect(await ours.codes(uri), what).not.toContain('yaml-syntax');
  }

  const uri = folder.uri(customerTable);
  for (const server of [ours, theirs]) await server.open(uri, wrongText);
  expect(await ours.codes(uri)).toEqual(['unknown-argument']);
  expect(await pushed(uri)).toEqual([]);
  let offered = 0;
  let explained = 0;
  for (const [line, text] of wrongText.split('\n').entries()) {
    for (const { index } of text.matchAll(/[\w$]+|$/g)) {
      const ask = (server: ServerProcess) =>
        Promise.all([
          server.complete(uri, line, index),
          server.connection.sendRequest<Hover | null>('textDocument/hover', {
            textDocument: { uri },
            position: { line, character: index },
          }),
        ]);
      const [[items, hover], [otherItems, otherHover]] = await Promise.all([ask(ours), ask(theirs)]);
      const labels = new Set(items.map(({ label }) => label));
      expect(otherItems.filter(({ label }) => labels.has(label))).toEqual([]);
      expect(hover === null || otherHover === null).toBe(true);
      offered += labels.size;
      explained += hover === null ? 0 : 1;
    }
  }
  expect(offered).toBeGreaterThan(20);
  expect(explained).toBeGreaterThan(3);
});
