import type { DocumentContext } from '../join/documentContext.ts';
import type { Located } from '../metadata/relationship.ts';
import { nodeLocation } from '../syntax/location.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Report, Rule } from './rule.ts';
import { duplicates, multipleDeclarations } from './support/duplicates.ts';

/** Parts of one kind, of one table, that share a name or a role (R61). */
export const duplicateDeclaration: Rule = {
  code: 'duplicate-declaration',
  specification: ['R61'],
  title:
    'Two computed fields, object or array relationships, or event triggers, of one table have the same name, or two permissions the same role.',
  severity: 'error',
  needs: 'document',
  check: (context, report) => {
    for (const { computedFields, localRelationships, repeated } of context.model.tables) {
      checkList(context, report, 'computed field', computedFields.map(nameOf));
      for (const kind of ['object', 'array'] as const) {
        const list = localRelationships.filter((relationship) => relationship.kind === kind);
        checkList(context, report, `${kind} relationship`, list.map(nameOf));
      }
      for (const { kind, names } of repeated) checkList(context, report, kind, names);
    }
  },
};

const nameOf = ({ name }: { readonly name: Located<string> }) => name;

function checkList(
  { uri, catalogue }: DocumentContext,
  report: Report,
  what: string,
  list: readonly Located<string>[],
): void {
  if (list.length < 2) return;
  const repeated = duplicates(list, ({ value }) => value);
  const names = repeated.map(([{ value }]) => value);
  const article = /^[aeiou]/.test(what) ? 'an' : 'a';
  const of = what.endsWith('permission') ? ' for role' : '';
  for (const [first, ...others] of repeated) {
    for (const { value, node } of others) {
      report({
        message: `This table already has ${article} ${what}${of} "${value}".`,
        serverMessage: multipleDeclarations(`${what}s`, names, catalogue.serverVersion),
        ...contentRange(node),
        related: [{ message: 'First defined here.', location: nodeLocation(uri, first.node) }],
      });
    }
  }
}
