import {
  keysRequest,
  locationsRequest,
  newNameRequest,
  projectRequest,
  projectsRequest,
  relationshipsRequest,
  requestsRequest,
  snapshotTargetsRequest,
  statusRequest,
} from '../../common/src/protocol.ts';
import { type Question, textDocument } from './languageService.ts';
import { offsetOf, type Place } from './steps.ts';

/** One of all that can be asked, at a place of a text. */
export function questionAt(which: number, uri: string, text: string, at: Place): Question {
  const document = textDocument(uri, 0, text);
  const position = document.positionAt(offsetOf(at, text));
  const textDocumentOf = { uri };
  const point = { textDocument: textDocumentOf, position };
  const last = document.positionAt(text.length);
  const parts = ['source', 'remote-schema'].flatMap((what) =>
    ['default', 'people', '../x', ''].map((each) => ({ what, name: each })),
  );
  const all: readonly Question[] = [
    { method: 'textDocument/completion', params: point },
    { method: 'textDocument/completion', params: point },
    { method: 'textDocument/hover', params: point },
    { method: 'textDocument/definition', params: point },
    { method: 'textDocument/documentSymbol', params: { textDocument: textDocumentOf } },
    {
      method: 'textDocument/codeAction',
      params: {
        textDocument: textDocumentOf,
        range: which % 2 === 0 ? { start: position, end: position } : { start: position, end: last },
        context: { diagnostics: [], ...(which % 3 === 0 ? { only: ['source.fixAll'] } : {}) },
      },
    },
    { method: statusRequest.method, params: { uri } },
    { method: relationshipsRequest.method, params: which % 2 === 0 ? { uri } : { uri, position } },
    { method: requestsRequest.method, params: which % 2 === 0 ? { uri } : { uri, position } },
    { method: projectRequest.method, params: { uri } },
    { method: locationsRequest.method, params: { uri } },
    { method: projectsRequest.method, params: null },
    { method: snapshotTargetsRequest.method, params: { uri, parts } },
    {
      method: keysRequest.method,
      params: { uri, position, keys: ['definition', 'to_remote_schema', 'lhs_fields', 0] },
    },
    { method: newNameRequest.method, params: { uri, position, name: 'new_name' } },
  ];
  return all[which % all.length] ?? { method: projectsRequest.method, params: null };
}
