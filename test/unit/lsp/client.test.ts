import { describe, expect, it } from 'vitest';
import type { ClientCapabilities, SemanticTokensClientCapabilities } from 'vscode-languageserver-protocol';
import { InsertTextMode } from 'vscode-languageserver-types';
import { supportOf } from '../../../server/src/lsp/client.ts';

describe('whether an editor asks for diagnostics or is sent them', () => {
  const diagnostic = {};
  const publishDiagnostics = {};
  const diagnostics = { refreshSupport: true };

  it.each<[string, ClientCapabilities, boolean]>([
    [
      'it can be told to ask again',
      { textDocument: { diagnostic, publishDiagnostics }, workspace: { diagnostics } },
      true,
    ],
    ['it can not', { textDocument: { diagnostic, publishDiagnostics } }, false],
    ['it can not, but takes no others', { textDocument: { diagnostic } }, true],
    ['it never asks', { textDocument: { publishDiagnostics }, workspace: { diagnostics } }, false],
    ['it says nothing', {}, false],
  ])('%s', (_, capabilities, pulls) => {
    const support = supportOf({
      capabilities,
      asksAgain: false,
      offersWords: false,
      indentsInserts: undefined,
    });
    expect(support.pullsDiagnostics).toBe(pulls);
  });
});

const { asIs, adjustIndentation } = InsertTextMode;

describe('what an editor does with lines that it inserts', () => {
  it.each<[string, boolean, readonly InsertTextMode[], boolean | undefined, object]>([
    ['it expands snippets', true, [], undefined, { indents: true }],
    [
      'and lets itself be told',
      true,
      [asIs, adjustIndentation],
      undefined,
      { indents: true, insertTextMode: adjustIndentation },
    ],
    ['or knows one way alone', true, [asIs], undefined, { indents: true, insertTextMode: undefined }],
    [
      'it says that it does as it is told',
      true,
      [asIs, adjustIndentation],
      false,
      { indents: false, insertTextMode: asIs },
    ],
    ['it knows no snippets', false, [], undefined, { indents: undefined, insertTextMode: undefined }],
    ['and says that it inserts texts as they are', false, [], false, { indents: false }],
    ['and says that it indents them', false, [], true, { indents: true }],
  ])('%s', (_, snippetSupport, valueSet, indentsInserts, expected) => {
    const completionItem = {
      snippetSupport,
      ...(valueSet.length === 0 ? {} : { insertTextModeSupport: { valueSet: [...valueSet] } }),
    };
    const capabilities = { textDocument: { completion: { completionItem } } };
    const { completion } = supportOf({ capabilities, asksAgain: false, offersWords: false, indentsInserts });
    expect(completion).toMatchObject(expected);
  });
});

describe('which names an editor is told the kinds of', () => {
  const able = {
    requests: { full: true },
    tokenTypes: ['class', 'variable', 'comment'],
    tokenModifiers: ['deprecated', 'static'],
    formats: ['relative' as const],
  };

  it.each<[string, SemanticTokensClientCapabilities | undefined, object | undefined]>([
    ['it knows some', able, { tokenTypes: ['variable', 'class'], tokenModifiers: ['deprecated'] }],
    [
      'it knows no modifiers',
      { ...able, tokenModifiers: [] },
      { tokenTypes: ['variable', 'class'], tokenModifiers: [] },
    ],
    [
      'it asks for parts alone',
      { ...able, requests: { range: {} } },
      { tokenTypes: ['variable', 'class'], tokenModifiers: ['deprecated'] },
    ],
    ['it knows none of them', { ...able, tokenTypes: ['comment'] }, undefined],
    ['it asks in no way', { ...able, requests: { full: false } }, undefined],
    ['it wants another format', { ...able, formats: [] }, undefined],
    ['it says nothing', undefined, undefined],
  ])('%s', (_, semanticTokens, expected) => {
    const capabilities = { textDocument: semanticTokens === undefined ? {} : { semanticTokens } };
    const support = supportOf({
      capabilities,
      asksAgain: false,
      offersWords: false,
      indentsInserts: undefined,
    });
    expect(support.semanticTokens).toEqual(expected);
  });
});
