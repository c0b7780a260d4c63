import { CodeLens, Range } from 'vscode';
import type { TextPosition } from '../../../common/src/protocol.ts';
import type { DisplayText } from './displayText.ts';

/** A command above a place of a document. */
export function codeLens(
  { line, character }: TextPosition,
  command: { readonly title: DisplayText; readonly command: string; readonly arguments: unknown[] },
): CodeLens {
  return new CodeLens(new Range(line, character, line, character), command);
}
