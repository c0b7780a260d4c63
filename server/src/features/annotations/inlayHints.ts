import { boundedName } from '../../../../common/src/boundedText.ts';
import { visible } from '../../../../common/src/foreignText.ts';
import { knownValue } from '../../catalogue/catalogue.ts';
import { type DocumentContext, joinsAsWritten } from '../../join/documentContext.ts';
import type { Join } from '../../join/joinPath.ts';
import { argumentsOf, partsOf } from '../../join/surroundings.ts';
import { typeReferenceText } from '../../schema/typeReference.ts';
import type { TextRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** A type that is shown in a line, without being part of it. */
export interface InlayHintEntry {
  readonly offset: number;
  readonly label: string;
}

/**
 * The types in a part of a document, in the order of the text: of each `$column` behind it, of the remote field that is joined
 * behind its colon, of the column of the other side behind its name. What is not known has none.
 */
export function inlayHints(context: DocumentContext, within: TextRange): readonly InlayHintEntry[] {
  // By their places: what several relationships share by an anchor has a hint only if it means the same in each.
  const labels = new Map<number, ReadonlySet<string>>();
  const add = (offset: number, type: string | undefined): void => {
    if (type === undefined || offset < within.offset || offset > within.offset + within.length) return;
    labels.set(offset, new Set([...(labels.get(offset) ?? []), type]));
  };
  for (const join of joinsAsWritten(context)) hintsOf(join, context.tree.text, add);
  return [...labels]
    .flatMap(([offset, [type = '', ...others]]) =>
      others.length > 0 ? [] : [{ offset, label: visible(boundedName(type)) }],
    )
    .toSorted((a, b) => a.offset - b.offset);
}

function hintsOf(join: Join, text: string, add: (offset: number, type: string | undefined) => void): void {
  if (join.kind === 'to-source') {
    for (const { entry, column } of join.pairs) {
      if (entry.column !== undefined) add(endOf(entry.column.node), knownValue(column)?.type);
    }
    return;
  }
  for (const { step, field, last } of join.path) {
    const type = knownValue(field)?.type;
    const end = last ? behindColon(text, step.name.node) : undefined;
    if (end !== undefined && type !== undefined) add(end, typeReferenceText(type));
  }
  for (const { argument } of argumentsOf(join)) {
    for (const { value, lhsField } of partsOf(argument.value)) {
      if (value.kind === 'variable') add(endOf(value.node), knownValue(lhsField)?.type);
    }
  }
}

function endOf({ offset, length }: SyntaxNode): number {
  return offset + length;
}

/** `undefined` where the colon is not right behind the key. */
function behindColon(text: string, key: SyntaxNode): number | undefined {
  let end = endOf(key);
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text[end] === ':' ? end + 1 : undefined;
}
