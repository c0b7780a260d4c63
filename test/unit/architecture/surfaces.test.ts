import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';

/**
 * What VS Code shows goes through `client/src/ui`, which takes `DisplayText` alone. Everything else may use of `vscode` only
 * what is listed here, so that something new has to be looked at first.
 */
const root = fileURLToPath(new URL('../../../client/src', import.meta.url));

const values = new Set([
  ...['Uri', 'Range', 'Position', 'Location', 'WorkspaceEdit', 'FileType', 'ViewColumn'],
  ...['Disposable', 'EventEmitter', 'workspace', 'commands', 'window', 'languages', 'extensions'],
  ...['ThemeIcon', 'ThemeColor', 'TreeItemCollapsibleState', 'QuickPickItemKind', 'LanguageStatusSeverity'],
  ...['TabInputText', 'TabInputTextDiff', 'TabInputCustom', 'ConfigurationTarget'],
  ...['env', 'UIKind', 'version'],
  // Shown as plain text.
  ...['Diagnostic', 'DiagnosticSeverity', 'DiagnosticRelatedInformation'],
  // Read by a language model, not shown.
  ...['lm', 'LanguageModelTextPart', 'LanguageModelToolResult'],
  // Our own names alone.
  ...['ProcessExecution', 'Task', 'TaskGroup', 'TaskScope', 'tasks'],
]);

const members: Readonly<Record<string, ReadonlySet<string>>> = {
  window: new Set([
    'activeTextEditor',
    'onDidChangeActiveTextEditor',
    'onDidChangeTextEditorSelection',
    'showTextDocument',
    'tabGroups',
  ]),
  languages: new Set([
    ...['match', 'registerCodeLensProvider', 'createDiagnosticCollection', 'setTextDocumentLanguage'],
  ]),
  commands: new Set(['registerCommand', 'executeCommand']),
  env: new Set(['remoteName', 'appName', 'uiKind']),
  tasks: new Set(['registerTaskProvider']),
  lm: new Set(['registerTool']),
};

/** Commands that show none of their arguments as text. */
const commands =
  /^(?:remoteRelationships\.\w+|setContext|vscode\.open|editor\.action\.(?:find|show)References|revealInExplorer|workbench\.(?:action\.open(?:Settings|Walkthrough)|actions\.view\.problems|trust\.manage)|\$\{id\}\.focus)$/;

/** What a file outside of `client/src/ui` does with `vscode` that it may not. */
function faultsOf(source: string): readonly string[] {
  const faults: string[] = [];
  const code = source.replaceAll(/import (type )?\{([^}]*)\} from 'vscode';/g, (_, type, names: string) => {
    for (const name of type ? [] : names.split(',').map((each) => each.trim())) {
      if (name !== '' && !name.startsWith('type ') && !values.has(name)) faults.push(`imports ${name}`);
    }
    return '';
  });
  if (code.includes("'vscode'")) faults.push('imports all of vscode');
  // Without their import they are names of the surroundings, which can be told from words in strings and comments.
  const define = Object.fromEntries(Object.keys(members).map((name) => [name, `vscode_${name}`]));
  const plain = transformSync(code, { loader: 'ts', define }).code;
  for (const [, name = '', member = ''] of plain.matchAll(/\bvscode_(\w+)\b(?:\.(\w+))?/g)) {
    if (!members[name]?.has(member)) faults.push(`uses ${name}.${member}`);
  }
  for (const [, , id = ''] of plain.matchAll(
    /\bvscode_commands\.executeCommand(?:\(\s*(["`]))?(.*?)\1?(?:[,);]|$)/gm,
  )) {
    if (!commands.test(id)) faults.push(`runs ${id}`);
  }
  return [...faults, ...castsIn(source)];
}

function castsIn(source: string): readonly string[] {
  return [...source.matchAll(/\bas (?:any|never|DisplayText)\b|@ts-(?:ignore|expect-error)/g)].map(
    ([cast]) => cast,
  );
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'));
const textOf = (name: string): string => readFileSync(path.join(root, name), 'utf8');

describe('text reaches VS Code', () => {
  it('through client/src/ui alone', () => {
    const others = files.filter((name) => !name.startsWith('ui/'));
    expect(others.length).toBeGreaterThan(40);
    expect(others.flatMap((name) => faultsOf(textOf(name)).map((fault) => `${name} ${fault}`))).toEqual([]);
  });

  it('as DisplayText, which one file makes', () => {
    const wrappers = files.filter((name) => name.startsWith('ui/') && name !== 'ui/displayText.ts');
    expect(wrappers.length).toBeGreaterThan(5);
    expect(wrappers.flatMap((name) => castsIn(textOf(name)).map((cast) => `${name} ${cast}`))).toEqual([]);
  });

  it('never as a message of the language server, which its client would show as it stands', () => {
    const server = fileURLToPath(new URL('../../../server/src', import.meta.url));
    const speaking = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
      (name) =>
        name.endsWith('.ts') &&
        /\bwindow\b\s*[.?]|window\/show|ShowMessage|showMessage|WorkDoneProgress/.test(
          readFileSync(path.join(server, name), 'utf8'),
        ),
    );
    // For editors that show no status: VS Code's client, which does, is never sent them (test/protocol/editors.test.ts).
    expect(speaking).toEqual([path.join('lsp', 'announcements.ts')]);
  });

  it('by Markdown of the language server that may neither run commands nor hold HTML', () => {
    const options = files.filter((name) => /\bmarkdown\s*:|MarkdownString|supportHtml/.test(textOf(name)));
    expect(options).toEqual([]);
  });

  it.each([
    ["import { window } from 'vscode';\nwindow.showErrorMessage(x);", ['uses window.showErrorMessage']],
    ["import { window } from 'vscode';\nconst { showQuickPick } = window;", ['uses window.']],
    ["import { window } from 'vscode';\nwindow['showQuickPick'](x);", ['uses window.']],
    ["import {\n  MarkdownString,\n  type Uri,\n} from 'vscode';", ['imports MarkdownString']],
    ["import * as vscode from 'vscode';", ['imports all of vscode']],
    ["const { window } = require('vscode');", ['imports all of vscode']],
    [
      "import { commands } from 'vscode';\ncommands.executeCommand('vscode.diff', a, b, title);",
      ['runs vscode.diff'],
    ],
    ["import { commands } from 'vscode';\ncommands.executeCommand(id);", ['runs (id']],
    ["import { commands } from 'vscode';\nconst run = commands.executeCommand;", ['runs ']],
    [
      "import { languages } from 'vscode';\nlanguages.createLanguageStatusItem('x', y);",
      ['uses languages.createLanguageStatusItem'],
    ],
    ["tell('error', message as DisplayText);", ['as DisplayText']],
    ["// The window.\nconst text = 'in this window';", []],
  ])('and this would be found: %s', (source, faults) => {
    expect(faultsOf(source)).toEqual(faults);
  });
});

describe('text reaches the terminal', () => {
  it('through its one writer, and a question that is asked there', () => {
    const server = fileURLToPath(new URL('../../../server/src', import.meta.url));
    const writing = readdirSync(server, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.ts'))
      .filter((name) =>
        /\b(?:stdout|stderr)\b|(?<!\.)\bconsole\./.test(readFileSync(path.join(server, name), 'utf8')),
      );
    expect(writing.toSorted()).toEqual(['cli/endpointConsent.ts', 'commandLine.ts', 'main.ts']);
    // The server only hears that nobody reads what it says.
    const listening = readFileSync(path.join(server, 'main.ts'), 'utf8');
    expect(listening.match(/\b(?:stdout|stderr)\b.*/g)).toEqual([
      "stdout.on('error', () => process.exit(1));",
    ]);
    const wiring = readFileSync(path.join(server, 'commandLine.ts'), 'utf8');
    expect(wiring.match(/\b(?:stdout|stderr)\b/g)).toHaveLength(2);
    const question = readFileSync(path.join(server, 'cli/endpointConsent.ts'), 'utf8');
    expect(question).toContain('lines.question(visible(question), ');
    expect(question).not.toMatch(/\bstderr\.write|\bstdout\b/);
  });
});
