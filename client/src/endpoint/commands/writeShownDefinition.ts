import { Range, type TextDocument, Uri, window, workspace } from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import {
  type DefinitionEdit,
  type DefinitionParams,
  writeDefinitionRequest,
} from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import { rangeOf, workspaceEdit } from '../../ui/fileRange.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { showFileChange } from '../ui/comparison.ts';
import { tellServerDown } from '../ui/messages.ts';

/** What is said of writing a definition. */
export interface DefinitionWords {
  /** Asks whether a file is to be changed; `isNew`: it gets the relationship only now. */
  question(file: string, isNew: boolean): string;
  /** Says why nothing was written. */
  notWritten(obstacle: string): string;
}

/**
 * Has the metadata files say how a relationship is defined. The change is shown and confirmed first; then it is an edit like
 * any other, undone by Undo, and saved by whoever saves.
 */
export async function writeShownDefinition(
  context: CommandContext,
  wanted: DefinitionParams,
  words: DefinitionWords,
): Promise<void> {
  for (;;) {
    const answer = await context.server.ask(writeDefinitionRequest, wanted);
    const edit = usable(answer, wanted.identity.name, words);
    if (edit === undefined) return;
    const document = await workspace.openTextDocument(Uri.parse(edit.uri));
    const { version } = document;
    const after = textAfter(document, edit);
    const shown = await showFileChange(context.texts, document.uri, after);
    const message = words.question(workspace.asRelativePath(document.uri), edit.change === 'new-item');
    const details = [localized`Undo in the editor brings back what the file says now.`];
    const sure = await context.questions.beside({ verb: localized`Change File`, message, details });
    await context.diff.close();
    context.texts.forget(shown);
    if (!sure) return;
    // Edited in the meantime: what was shown is not what would come of it.
    if (document.version !== version) continue;
    await apply(document, edit);
    return;
  }
}

type UsableEdit = Exclude<DefinitionEdit, { readonly obstacle: string }>;

/** The edit; `undefined` when there is none, and it was told why. */
function usable(
  answer: DefinitionEdit | null | undefined,
  name: string,
  { notWritten }: DefinitionWords,
): UsableEdit | undefined {
  if (answer === undefined) tellServerDown(localized`the file can’t be read`);
  else if (answer === null) tell('warning', display`The project no longer exists.`);
  else if ('obstacle' in answer) tell('error', display(notWritten(answer.obstacle)));
  else if (answer.change === 'none')
    tell('information', display`The file already says the same of "${name}".`);
  else return answer;
  return undefined;
}

function textAfter(document: TextDocument, { edits }: UsableEdit): string {
  const text = document.getText();
  return [...edits]
    .map(({ range, newText }) => ({ range: rangeOf(range), newText }))
    .sort((a, b) => b.range.start.compareTo(a.range.start))
    .reduce(
      (rest, { range: { start, end }, newText }) =>
        rest.slice(0, document.offsetAt(start)) + newText + rest.slice(document.offsetAt(end)),
      text,
    );
}

async function apply(document: TextDocument, { edits }: UsableEdit): Promise<void> {
  await workspace.applyEdit(workspaceEdit(document.uri, edits));
  const [first] = edits;
  const place = first && rangeOf(first.range).start;
  const editor = await window.showTextDocument(document, { preserveFocus: true });
  if (place !== undefined) editor.revealRange(new Range(place, place));
}
