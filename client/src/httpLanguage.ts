import { type Disposable, languages, type TextDocument, workspace } from 'vscode';

const http = { pattern: '**/*.{http,rest}', language: 'plaintext' };

/**
 * Gives requests a language where no other extension has one for them: colours, brackets that close, lists inside of
 * strings. It is contributed without endings of files, so that it never takes them from an extension that sends requests.
 */
export function giveRequestsALanguage(): Disposable {
  const give = (document: TextDocument) => {
    if (languages.match(http, document) > 0) {
      void languages.setTextDocumentLanguage(document, 'hasura-http');
    }
  };
  workspace.textDocuments.forEach(give);
  return workspace.onDidOpenTextDocument(give);
}
