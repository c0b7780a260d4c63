import { type MarkupContent, MarkupKind } from 'vscode-languageserver-types';
import { cutText } from '../../../../common/src/boundedText.ts';
import { plainText } from '../hover/markdown.ts';

/** Of one item: a schema may describe a field in a megabyte. */
const longestDocumentation = 5000;

/** Documentation as the client shows it. */
export function documentationOf(markdown: string, shown: boolean): MarkupContent {
  const text = shown ? markdown : plainText(markdown);
  return {
    kind: shown ? MarkupKind.Markdown : MarkupKind.PlainText,
    value: cutText(text, longestDocumentation),
  };
}
