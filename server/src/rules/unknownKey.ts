import type { DocumentContext } from '../join/documentContext.ts';
import { anyDefinitionKeys, lhsFieldsKeys } from '../metadata/metadataSchema.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { shapeRule, shapeWords } from './shapeRule.ts';
import { didYouMean, renameFixes, suggestName } from './support/suggestion.ts';

const nullableKeys = new Set<unknown>(['definition', ...anyDefinitionKeys]);

/** What other forms, local relationships and old documents call a key. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  [lhsFieldsKeys.unified]: [lhsFieldsKeys.legacy],
  [lhsFieldsKeys.legacy]: [lhsFieldsKeys.unified],
  remote_schema: ['schema'],
  to_source: ['remote_source'],
  table: ['remote_table'],
  field_mapping: ['column_mapping', 'mapping'],
  relationship_type: ['type'],
};

/** The keys of an object: what they are called, and what stands behind each. */
interface WrittenKeys {
  readonly names: ReadonlySet<unknown>;
  readonly values: ReadonlyMap<SyntaxNode, SyntaxNode>;
}

/** Of a document's objects with unknown keys, each read once: it may have many. */
const written = new WeakMap<DocumentContext, Map<SyntaxNode | undefined, WrittenKeys>>();

function writtenKeys(context: DocumentContext, object: SyntaxNode | undefined): WrittenKeys {
  const ofDocument = written.get(context) ?? new Map<SyntaxNode | undefined, WrittenKeys>();
  written.set(context, ofDocument);
  const known = ofDocument.get(object);
  if (known !== undefined) return known;
  const children = object?.children ?? [];
  const keys = {
    names: new Set<unknown>(children.map((child) => child.key?.value)),
    values: new Map(children.flatMap((child) => (child.key ? [[child.key, child] as const] : []))),
  };
  ofDocument.set(object, keys);
  return keys;
}

export const unknownKey = shapeRule(
  {
    code: 'unknown-key',
    specification: ['1.1'],
    title: 'A key is unknown to the server, which silently ignores it.',
    severity: 'warning',
  },
  ['unknown-key'],
  ({ node, key, shape, allowed }, context) => {
    const { names, values } = writtenKeys(context, node.parent);
    // An export may write the keys of the forms it does not use as `null`.
    if (values.get(node)?.kind === 'null' && nullableKeys.has(node.value)) return undefined;
    // A key that is written already is not what was meant.
    const missing = allowed.filter((name) => !names.has(name));
    const other = missing.find((name) => otherNames[name]?.includes(key));
    const { hint, fixes } =
      other === undefined
        ? suggestName(node, missing)
        : { hint: didYouMean(other), fixes: renameFixes(node, other) };
    return {
      message: `The server ignores "${key}" in ${shapeWords(shape)}.${hint}`,
      range: contentRange(node),
      fixes,
    };
  },
);
