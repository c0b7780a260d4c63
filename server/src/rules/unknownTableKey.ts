import { boundedName } from '../../../common/src/boundedText.ts';
import { keyNames, tableEntry } from '../metadata/metadataSchema.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { suggestName } from './support/suggestion.ts';

/** Of those that one message of the server has. */
const listedKeys = 10;

export const unknownTableKey: Rule = {
  code: 'unknown-table-key',
  specification: ['R4'],
  title: 'A table entry has an unknown key, so the server refuses the metadata.',
  severity: 'error',
  needs: 'document',
  check: ({ model }, report) => {
    for (const { node, unknownKeys } of model.tables) {
      if (unknownKeys.length === 0) continue;
      const written = new Set<unknown>(node.children.map(({ key }) => key?.value));
      const allowed = keyNames(tableEntry.keys).filter((name) => !written.has(name));
      const list = unknownKeys
        .slice(0, listedKeys)
        .map(({ value }) => JSON.stringify(boundedName(String(value))));
      if (unknownKeys.length > listedKeys) list.push('…');
      const serverMessage = `unexpected keys when parsing TableMetadata: [${list.join(',')}]`;
      for (const key of unknownKeys) {
        const { hint, fixes } = suggestName(key, allowed);
        report({
          message: `A table entry has no key "${String(key.value)}".${hint}`,
          serverMessage,
          ...contentRange(key),
          fixes,
        });
      }
    }
  },
};
