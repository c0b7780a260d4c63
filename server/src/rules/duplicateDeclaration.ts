import type { DocumentContext } from '../join/documentContext.ts';
import type { Located } from '../metadata/relationship.ts';
import { nodeLocation } from '../syntax/location.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Report, Rule } from './rule.ts';
import { duplicates, multipleDeclarations } from './support/duplicates.ts';

/** Computed fields, or local relationships of one kind, of one table that share a name (R61). */
export const duplicateDeclaration: Rule = {
  code: 'duplicate-declaration',
  specification: ['R61'],
  title: 'Two computed fields, or two object or array relationships, of one table have the same name.',
  severity: 'error',
  needs: 'document',
  check: (context, report) => {
    for (const { computedFields, localRelationships } of context.model.tables) {
      checkList(context, report, 'computed field', computedFields);
      for (const kind of ['object', 'array'] as const) {
        const list = localRelationships.filter((relationship) => relationship.kind === kind);
        checkList(context, report, `${kind} relationship`, list);
      }
    }
  },
};

function checkList(
  { uri, catalogue }: DocumentContext,
  report: Report,
  what: string,
  list: readonly { readonly name: Located<string> }[],
): void {
  if (list.length < 2) return;
  const repeated = duplicates(list, ({ name }) => name.value);
  const names = repeated.map(([{ name }]) => name.value);
  for (const [first, ...others] of repeated) {
    for (const { name } of others) {
      report({
        message: `This table already has ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what} "${name.value}".`,
        serverMessage: multipleDeclarations(`${what}s`, names, catalogue.serverVersion),
        ...contentRange(name.node),
        related: [{ message: 'First defined here.', location: nodeLocation(uri, first.name.node) }],
      });
    }
  }
}
