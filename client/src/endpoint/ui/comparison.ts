import type { Uri } from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import type { Json } from '../../../../common/src/metadataApi/document/json.ts';
import { showDiff } from '../../ui/diff.ts';
import { display } from '../../ui/displayText.ts';
import type { ShownTexts } from '../../ui/shownTexts.ts';
import { definitionText, type FileLanguage } from './definitionDiff.ts';

/** A definition that a server has beside the one of a file; `undefined`: not there. */
export interface Comparison {
  readonly name: string;
  /** Whose relationship it is: names alone may be the same. */
  readonly owner: string;
  readonly there: Json | undefined;
  readonly here: Json | undefined;
  readonly language: FileLanguage;
}

/** Both definitions side by side. The focus stays in the view. */
export async function showComparison(
  texts: ShownTexts,
  host: string,
  { name, owner, there, here, language }: Comparison,
): Promise<void> {
  const document = (side: string, value: Json | undefined) =>
    texts.uri([host, owner, `${name}.${language}`], definitionText(value, language), side);
  const missing =
    there === undefined
      ? localized` (not on the server)`
      : here === undefined
        ? localized` (in no file)`
        : '';
  await showDiff(
    document('there', there),
    document('here', here),
    display`${name}: ${host} ↔ file${missing}`,
  );
}

/** A file beside the text it is to have; answers where that text is shown. */
export async function showFileChange(texts: ShownTexts, file: Uri, text: string): Promise<Uri> {
  const after = texts.uriOfFile(file, text, 'after');
  await showDiff(file, after, display`${file.path.split('/').at(-1) ?? ''}: now ↔ after`, { stays: true });
  return after;
}
