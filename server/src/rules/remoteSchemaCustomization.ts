import { knownValue } from '../catalogue/catalogue.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { sentence } from './support/joinReaders.ts';

/** Names of a customization that clash with one another (R58): the server drops the remote schema. */
export const remoteSchemaCustomization: Rule = {
  code: 'remote-schema-customization',
  specification: ['R58'],
  title: 'A customization makes the remote schema inconsistent: names that clash, or a reserved name.',
  severity: 'error',
  check(context, report) {
    for (const { node, name } of context.model.remoteSchemas) {
      const remoteSchema = name.state === 'present' ? context.catalogue.remoteSchema(name.value) : undefined;
      for (const each of remoteSchema === undefined
        ? []
        : (knownValue(remoteSchema)?.inconsistencies ?? [])) {
        // Another entry of this name may be the one that counts.
        if (each.part !== 'customization' || !isWithin(each.node, node)) continue;
        report({
          ...(each.certain ? {} : { severity: 'warning' as const }),
          message: `${sentence(each.reason)}: the server drops this remote schema, and relationships to it fail.`,
          serverMessage: `Inconsistent object: ${each.serverText}`,
          ...valueRange(context, each.node),
        });
      }
    }
  },
};

function isWithin(node: SyntaxNode, ancestor: SyntaxNode): boolean {
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = at.parent) {
    if (at === ancestor) return true;
  }
  return false;
}
