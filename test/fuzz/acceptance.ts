import { isDeepStrictEqual } from 'node:util';
import type { CodeAction, CompletionList } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type DefinitionEdit,
  newNameRequest,
  type PayloadEdit,
  type ProjectContent,
  projectRequest,
  type RelationshipPayload,
  relationshipsRequest,
  writeDefinitionRequest,
} from '../../common/src/protocol.ts';
import { languageOf, parse } from '../../server/src/syntax/parse.ts';
import { editsOf, sameMeaning } from './answers.ts';
import { afterEdits, type Edit, whyNotTogether } from './edits.ts';
import type { Question } from './languageService.ts';
import { offsetOf, type Step } from './steps.ts';

/** What putting answers to use asks of a session. */
export interface Accepting {
  /** The document of a file, opened where it is not open. */
  edited(file: number): Promise<TextDocument>;
  answer(question: Question): Promise<unknown>;
  apply(document: TextDocument, edits: readonly Edit[]): Promise<void>;
  /** Which of the files is at a URI; -1 for none. */
  fileAt(uri: string): number;
  fault(message: string): Error;
}

/** Puts an answer to use: a completion, a fix, a definition for another, another name. */
export async function accept(
  session: Accepting,
  { what, file, at, which }: Step & { do: 'accept' },
): Promise<void> {
  const document = await session.edited(file);
  const position = document.positionAt(offsetOf(at, document.getText()));
  const point = { textDocument: { uri: document.uri }, position };
  switch (what) {
    case 'completion': {
      const list = (await session.answer({
        method: 'textDocument/completion',
        params: point,
      })) as CompletionList | null;
      const item = choose(list?.items ?? [], which);
      if (item === undefined) return;
      return applyWhole(session, document, editsOf(item), `the completion "${item.label}"`);
    }
    case 'action':
    case 'fix-all': {
      const only = what === 'fix-all' ? { only: ['source.fixAll'] } : {};
      const range = {
        start: { line: 0, character: 0 },
        end: document.positionAt(document.getText().length),
      };
      const actions = (await session.answer({
        method: 'textDocument/codeAction',
        params: { textDocument: { uri: document.uri }, range, context: { diagnostics: [], ...only } },
      })) as CodeAction[] | null;
      const action = choose(actions ?? [], which);
      const edits = action?.edit?.changes?.[document.uri];
      if (action === undefined || edits === undefined) return;
      return applyWhole(session, document, edits, `"${action.title}"`);
    }
    case 'definition':
      return writeDefinition(session, document.uri, which);
    case 'new-name': {
      const all = (await session.answer({
        method: relationshipsRequest.method,
        params: { uri: document.uri },
      })) as RelationshipPayload[];
      const one = choose(all, which);
      if (one === undefined) return;
      const params = { uri: document.uri, position: one.range.start, name: 'another_name' };
      const edits = (await session.answer({ method: newNameRequest.method, params })) as PayloadEdit[] | null;
      if (edits !== null) await applyWhole(session, document, edits, 'the new name');
      return;
    }
  }
}

/** The definition of one relationship for another. */
async function writeDefinition(session: Accepting, uri: string, which: number): Promise<void> {
  const content = (await session.answer({
    method: projectRequest.method,
    params: { uri },
  })) as ProjectContent | null;
  const all = (content?.files ?? [])
    .flatMap(({ relationships }) => relationships)
    .filter(({ identity, definition }) => identity !== null && definition !== null);
  const [to, from] = [choose(all, which), choose(all, which + 1)];
  if (to === undefined || from === undefined) return;
  const params = { uri, identity: to.identity, definition: from.definition };
  const answer = (await session.answer({
    method: writeDefinitionRequest.method,
    params,
  })) as DefinitionEdit | null;
  if (answer === null || 'obstacle' in answer) return;
  const file = session.fileAt(answer.uri);
  if (file < 0) throw session.fault(`A definition would be written to ${answer.uri}`);
  const document = await session.edited(file);
  const why = whyNotTogether(document, answer.edits);
  if (why !== undefined) throw session.fault(`writing a definition: ${why}`);
  await applyWhole(session, document, answer.edits, 'a definition');
  const after = (await session.answer({
    method: projectRequest.method,
    params: { uri },
  })) as ProjectContent | null;
  const relationships = after?.files.flatMap((file) => file.relationships) ?? [];
  const kinds = new Map(
    relationships.flatMap(({ identity, sourceKind }) =>
      identity?.owner === 'table' ? [[identity.source, sourceKind ?? undefined] as const] : [],
    ),
  );
  const has = relationships.some(
    ({ identity, definition }) =>
      isDeepStrictEqual(identity, to.identity) &&
      sameMeaning(definition, from.definition, (source) => kinds.get(source)),
  );
  if (has !== true) {
    throw session.fault(
      `a definition was written that is not read again: ${JSON.stringify(params)}\n${JSON.stringify(answer)}`,
    );
  }
}

/** Applies edits of the service's own: what could be parsed before can be parsed after. */
async function applyWhole(
  session: Accepting,
  document: TextDocument,
  edits: readonly Edit[],
  what: string,
): Promise<void> {
  const before = document.getText();
  const after = afterEdits(document, edits);
  const language = languageOf(document.uri, document.languageId);
  const tree = language === undefined ? undefined : parse(before, language);
  // Beside a mere word, nothing can stand.
  const whole = tree?.problems.length === 0 && tree.roots.every(({ children }) => children.length > 0);
  if (tree !== undefined && whole) {
    const [problem] = parse(after, tree.language).problems;
    if (problem !== undefined) {
      throw session.fault(`${what} leaves "${problem.message}" behind:\n${before}\n--- became\n${after}`);
    }
  }
  await session.apply(document, edits);
}

function choose<T>(all: readonly T[], which: number): T | undefined {
  return all[which % Math.max(1, all.length)];
}
