import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { type CodeAction, commands, DiagnosticSeverity, workspace } from 'vscode';
import { replace, undo } from './editing.ts';
import {
  diagnosticAppears,
  diagnosticsBecome,
  eventually,
  fileUri,
  open,
  ourDiagnostics,
  sample,
} from './support.ts';

describe('diagnostics', () => {
  it('underline what is wrong in a table file, in the smallest range, with a code that links its page', async () => {
    const document = await open(sample.invoice);
    const diagnostic = await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
    equal(diagnostic.severity, DiagnosticSeverity.Error);
    match(diagnostic.message, /receipts/);
    ok(typeof diagnostic.code === 'object', 'the code has a link');
    match(diagnostic.code.target.path, /docs\/rules\/unknown-remote-field\.md$/);
    ok((diagnostic.relatedInformation ?? []).length > 0, 'the schema is pointed at');
  });

  it('are shown in JSON and in request files too', async () => {
    await diagnosticAppears(await open('requests/create_relationships.json'), 'unknown-argument at "invoce"');
  });

  it('leave a file alone that is not Hasura’s', async () => {
    const foreign = await open('pipeline.yaml');
    const metadata = await open(sample.invoice);
    await diagnosticAppears(metadata, 'unknown-remote-field at "reciepts"');
    deepEqual(ourDiagnostics(foreign.uri), []);
  });

  it('find nothing wrong in a file without mistakes', async () => {
    await diagnosticAppears(await open(sample.invoice), 'unknown-remote-field at "reciepts"');
    const errors = ourDiagnostics((await open(sample.customer)).uri).filter(
      ({ severity }) => severity === DiagnosticSeverity.Error,
    );
    deepEqual(errors, []);
  });
});

describe('diagnostics after the GraphQL schema changed on disk', () => {
  const schema = fileUri(sample.payments);
  const write = (text: string) => workspace.fs.writeFile(schema, Buffer.from(text));
  let original = '';

  after(() => write(original));

  it('follow the new schema', async () => {
    const document = await open(sample.invoice);
    await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
    original = Buffer.from(await workspace.fs.readFile(schema)).toString();
    await write(original.replace('receipts(', 'reciepts('));
    await eventually('the complaint goes', () =>
      ourDiagnostics(document.uri).every(({ range }) => document.getText(range) !== 'reciepts'),
    );
    await write(original);
    await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
  });

  it('keep the last good schema while the file is broken, and say so in it', async () => {
    const document = await open(sample.invoice);
    await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
    const before = ourDiagnostics(document.uri).length;
    await write('type Query {');
    await eventually('the schema file has a diagnostic', () => ourDiagnostics(schema).length > 0);
    equal(ourDiagnostics(document.uri).length, before);
    await write(original);
    await eventually('the complaint goes', () => ourDiagnostics(schema).length === 0);
  });
});

describe('a rule that is disabled in the project by a fix', () => {
  it('is written into the configuration file, goes, and is back when that is undone', async () => {
    const document = await open(sample.invoice);
    const { range } = await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
    const offered = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
    );
    const edit = offered.find(({ title }) => title === 'Disable unknown-remote-field in this project')?.edit;
    ok(edit, offered.map(({ title }) => title).join(', '));
    ok(await workspace.applyEdit(edit), 'the edit is applied');
    const configuration = await open('remote-relationships.config.json');
    ok(configuration.isDirty, 'it is not saved');
    match(configuration.getText(), /"rules": \{\s*"unknown-remote-field": "off"\s*\}/);
    await eventually('the complaint goes', () =>
      ourDiagnostics(document.uri).every((diagnostic) => !diagnostic.range.contains(range)),
    );
    await undo();
    ok(!configuration.isDirty, 'it is as it was');
    await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
  });
});

describe('diagnostics while typing', () => {
  it('go when the mistake is mended and return when it is undone', async () => {
    const document = await open(sample.invoice);
    const { range } = await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
    await replace(document, range, 'receipts');
    await eventually('the complaint goes', () =>
      ourDiagnostics(document.uri).every((diagnostic) => !diagnostic.range.contains(range)),
    );
    await undo();
    await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
  });

  it('are those of the text, not of the file', async () => {
    const document = await open('pipeline.yaml');
    await diagnosticsBecome(document, []);
  });
});
