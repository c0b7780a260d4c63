import { anyDefinitionKeys, lhsFieldsKeys } from '../metadata/metadataSchema.ts';
import { contentRange } from '../syntax/textRange.ts';
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

export const unknownKey = shapeRule(
  {
    code: 'unknown-key',
    specification: ['1.1'],
    title: 'A key the server does not know, and silently ignores.',
    severity: 'warning',
  },
  ['unknown-key'],
  ({ node, key, shape, allowed }) => {
    // An export may write the keys of the forms it does not use as `null`.
    const value = node.parent?.children.find((child) => child.key === node);
    if (value?.kind === 'null' && nullableKeys.has(node.value)) return undefined;
    // A key that is written already is not what was meant.
    const written = new Set<unknown>(node.parent?.children.map((child) => child.key?.value));
    const missing = allowed.filter((name) => !written.has(name));
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
