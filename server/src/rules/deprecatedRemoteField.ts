import type { Location } from '../syntax/location.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Rule, RuleFinding } from './rule.ts';
import {
  argumentUses,
  argumentWords,
  remoteSchemaJoins,
  stepsBelowNonObjects,
} from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A remote field, argument or input field that its server has marked as deprecated; the last two may be hidden (R56). */
export const deprecatedRemoteField: Rule = {
  code: 'deprecated-remote-field',
  specification: ['R56'],
  title: 'A deprecated remote field, argument or input field is used.',
  severity: 'hint',
  check(context, report) {
    const astray = stepsBelowNonObjects(context);
    for (const join of remoteSchemaJoins(context)) {
      const relationship = relationshipName(join.relationship);
      for (const { step, field } of join.path) {
        if (astray.has(step)) continue;
        if (field.state !== 'present' || field.value.deprecationReason === undefined) continue;
        const { deprecationReason, location } = field.value;
        const what = `remote field "${step.name.value}"`;
        report({ ...deprecation(what, deprecationReason, location, step.name.node), relationship });
      }
    }
    for (const use of argumentUses(context)) {
      const { argument, definition } = use.argument;
      if (definition.state !== 'present' || definition.value.deprecationReason === undefined) continue;
      const { deprecationReason, location } = definition.value;
      const what = deprecation(argumentWords(use), deprecationReason, location, argument.name.node);
      const text = `argument with name "${argument.name.value}" not found in remote schema`;
      report({
        ...what,
        severity: 'warning',
        message: `${what.message}${/[.!?]$/.test(what.message) ? '' : '.'} The server doesn't ask for deprecated arguments and input fields: if the remote server hides them, it finds none with this name.`,
        serverMessage: inconsistentObject(context, use.join.relationship, text),
        relationship: relationshipName(use.join.relationship),
      });
    }
  },
};

function deprecation(
  what: string,
  reason: string,
  location: Location | undefined,
  node: SyntaxNode,
): RuleFinding {
  const words = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  return {
    message: reason === '' ? `${words} is deprecated.` : `${words} is deprecated: ${reason}`,
    ...contentRange(node),
    tags: ['deprecated'],
    related: relatedPlace(`${words} is declared here.`, location),
  };
}
