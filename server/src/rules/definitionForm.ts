import type { DocumentContext } from '../join/documentContext.ts';
import { formKeys, lhsFieldsKeys, unifiedNames } from '../metadata/metadataSchema.ts';
import { nestKeys } from '../syntax/edit/nestKeys.ts';
import { contentRange, headRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Fix } from './rule.ts';
import { shapeRule } from './shapeRule.ts';

export const definitionForm = shapeRule(
  {
    code: 'definition-form',
    specification: ['R1'],
    title: 'A definition has none of the forms the server knows, or more than one.',
    severity: 'error',
  },
  ['definition-form'],
  ({ node, allowed }, context) => {
    const version = context.catalogue.serverVersion;
    const forms = formKeys.flatMap((name) => {
      const child = node.children.find(({ key, kind }) => key?.value === name && kind !== 'null');
      return child === undefined ? [] : [child];
    });
    const legacy = allowed.includes('remote_schema')
      ? undefined
      : forms.find(({ key }) => key?.value === 'remote_schema');
    const serverMessage = version.atLeast(2, 2)
      ? {}
      : {
          serverMessage: version.atLeast(2, 1)
            ? 'remote relationship definition expects exactly one of: to_source, to_remote_schema'
            : null,
        };
    if (legacy !== undefined) {
      // v2.1 took the legacy keys below `definition` in requests too.
      if (forms.length === 1 && version.atLeast(2, 1) && !version.atLeast(2, 2)) return undefined;
      return {
        message:
          'In a request, "definition" takes only "to_remote_schema" or "to_source": legacy keys belong in "args" itself.',
        range: legacy.key === undefined || legacy.merged ? headRange(node) : contentRange(legacy.key),
        fixes: forms.length === 1 ? unifyFixes(context, node) : [],
        ...serverMessage,
      };
    }
    const names = forms.map(({ key }) => `"${String(key?.value)}"`);
    return {
      message:
        names.length === 0
          ? `A definition needs one of ${allowed.map((name) => `"${name}"`).join(', ')}.`
          : `A definition takes only one of ${names.join(' and ')}.`,
      range: headRange(node),
      ...serverMessage,
    };
  },
);

/** Turns legacy keys into the unified form, in place. */
function unifyFixes({ tree }: DocumentContext, node: SyntaxNode): readonly Fix[] {
  const hasFields = node.children.some(({ key }) => key?.value === lhsFieldsKeys.legacy);
  const edit = hasFields
    ? nestKeys(tree, node, node.children, ['to_remote_schema'], unifiedNames)
    : undefined;
  return edit === undefined
    ? []
    : [{ title: 'Write it as "to_remote_schema"', edits: [edit], preferred: true }];
}
