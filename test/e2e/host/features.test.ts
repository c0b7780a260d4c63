import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  type CompletionItem,
  type CompletionList,
  commands,
  type Location,
  type LocationLink,
  type Position,
  Range,
  Selection,
  type SemanticTokens,
  type SemanticTokensLegend,
  SnippetString,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { replace, revert } from './editing.ts';
import {
  diagnosticAppears,
  eventually,
  fileUri,
  graphOpens,
  hoverText,
  open,
  positionOf,
  sample,
  status,
} from './support.ts';

/** The sample's table file, once the server is ready for it. */
async function invoice(): Promise<TextDocument> {
  const document = await open(sample.invoice);
  await status(document.uri);
  await diagnosticAppears(document, 'unknown-remote-field at "reciepts"');
  return document;
}

async function completions(document: TextDocument, position: Position): Promise<CompletionItem[]> {
  const { items } = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return items;
}

function labels(items: readonly CompletionItem[]): string[] {
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

function itemNamed(items: readonly CompletionItem[], name: string): CompletionItem {
  const item = items[labels(items).indexOf(name)];
  ok(item, `${name} is among ${labels(items).join(', ')}`);
  return item;
}

/** Inserts an item as VS Code does. */
async function accept(item: CompletionItem, position: Position): Promise<void> {
  const editor = window.activeTextEditor;
  ok(editor, 'an editor is active');
  const range =
    item.range instanceof Range ? item.range : (item.range?.replacing ?? new Range(position, position));
  const text = item.insertText ?? labels([item])[0] ?? '';
  const snippet = typeof text === 'string' ? new SnippetString().appendText(text) : text;
  ok(await editor.insertSnippet(snippet, range), 'the item is inserted');
}

describe('completion', () => {
  afterEach(async () => revert(await open(sample.invoice)));

  it('offers the remote fields and inserts one with what its arguments need', async () => {
    const document = await invoice();
    const start = positionOf(document, 'reciepts');
    await replace(document, new Range(start, start.translate(0, 'reciepts'.length)), 'rec');
    const position = start.translate(0, 3);
    const items = await completions(document, position);
    const item = itemNamed(items, 'receipts');
    ok(labels(items).includes('wallet'), 'the other remote fields are offered');
    await accept(item, position);
    match(document.lineAt(start.line).text, /^ {10}receipts:/);
    match(document.getText(), /^ {14}invoice: \$id$/m);
  });

  it('offers columns where columns belong, without those already listed', async () => {
    const document = await invoice();
    const position = positionOf(document, 'issued_at', 0);
    const items = await completions(document, position);
    ok(labels(items).includes('total'), `total is among ${labels(items).join(', ')}`);
    ok(!labels(items).includes('id'), 'id is listed already');
  });

  it('offers columns of the table as values of arguments', async () => {
    const document = await invoice();
    const items = await completions(document, positionOf(document, 'invoice: $id', 'invoice: $'.length));
    ok(labels(items).includes('$id'), `$id is among ${labels(items).join(', ')}`);
  });

  it('offers nothing of ours in a file that is not Hasura’s', async () => {
    await invoice();
    const document = await open('pipeline.yaml');
    const items = await completions(document, positionOf(document, 'image'));
    deepEqual(labels(items), []);
  });
});

describe('hover', () => {
  it('shows what a remote field is', async () => {
    const document = await invoice();
    match(await hoverText(document.uri, positionOf(document, 'payment:', 2)), /payment\(invoice: Int!/);
  });
});

describe('go to definition', () => {
  it('opens the GraphQL schema at the remote field', async () => {
    const document = await invoice();
    const [target] = await commands.executeCommand<(Location | LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      positionOf(document, 'payment:', 2),
    );
    ok(target, 'there is a definition');
    const [uri, range] =
      'uri' in target ? [target.uri, target.range] : [target.targetUri, target.targetRange];
    equal(uri.toString(), fileUri(sample.payments).toString());
    const schema = await open(sample.payments);
    match(schema.lineAt(range.start.line).text, /^ {2}payment\(/);
  });
});

describe('documents about relationships', () => {
  afterEach(async () => {
    await revert(await open(sample.invoice));
    await commands.executeCommand('workbench.action.closeOtherEditors');
  });

  it('show what is published beside the file, read-only, and follow its edits', async () => {
    const document = await invoice();
    const name = positionOf(document, '- name: payments', '- name: '.length);
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(name, name);
    await commands.executeCommand('remoteRelationships.previewPublishedSchema');
    const shown = () => workspace.textDocuments.find(({ uri }) => uri.path.endsWith('published.graphql'));
    ok(shown(), 'a document is shown');
    equal(shown()?.uri.scheme, 'hasura-preview');
    await replace(document, new Range(name, name), 'my_');
    await eventually(
      () => `not followed: ${shown()?.getText()}`,
      () => shown()?.getText().startsWith('# my_payments of '),
    );
  });

  it('show the roles', async () => {
    const { uri } = await invoice();
    await commands.executeCommand('remoteRelationships.showRoles', {
      uri: uri.toString(),
      position: { line: 0, character: 0 },
    });
    const shown = workspace.textDocuments.find(({ uri: { path } }) => path.endsWith('roles.md'));
    match(shown?.getText() ?? '', /^# Roles\n/);
  });
});

describe('the graph of relationships', () => {
  it('opens beside the file as a page', async () => {
    await invoice();
    await graphOpens();
  });
});

it('colours columns, remote fields, arguments and tables by what they are', async () => {
  const { uri } = await invoice();
  const [legend, tokens] = await Promise.all([
    commands.executeCommand<SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', uri),
    commands.executeCommand<SemanticTokens>('vscode.provideDocumentSemanticTokens', uri),
  ]);
  const types = Array.from(
    { length: tokens.data.length / 5 },
    (_, index) => tokens.data[index * 5 + 3] ?? -1,
  );
  deepEqual([...new Set(types.map((type) => legend.tokenTypes[type]))].sort(), [
    'class',
    'parameter',
    'property',
    'variable',
  ]);
});
