import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { knownValue } from '../catalogue/catalogue.ts';
import type { ArgumentStep } from '../join/joinPath.ts';
import { suggest } from '../schema/suggest.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { RelatedLocation, Rule } from './rule.ts';
import { type ArgumentUse, argumentUses, inputTypeOf } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';
import { relatedPlace } from './support/tableNames.ts';

/** An argument its field, or an input field its input object, does not have (R17). */
export const unknownArgument: Rule = {
  code: 'unknown-argument',
  specification: ['R17'],
  title: 'An argument or input field does not exist.',
  severity: 'error',
  check(context, report) {
    for (const use of argumentUses(context)) {
      const { value: name, node } = use.argument.argument.name;
      if (use.argument.definition.state !== 'absent' || !isGraphqlName(name)) continue;
      const { message, candidates, related } = describe(use, name);
      const written = siblingNames(use);
      const suggestion = suggest(name, unwritten(candidates, written));
      report({
        message: `${message}${didYouMean(suggestion)}`,
        serverMessage: inconsistentObject(
          context,
          use.join.relationship,
          `argument with name "${name}" not found in remote schema`,
        ),
        ...contentRange(node),
        related,
        relationship: relationshipName(use.join.relationship),
        fixes: renameFixes(node, suggestion),
      });
    }
  },
};

/** What is written already can't be what was meant. */
function siblingNames(use: ArgumentUse): ReadonlySet<string> {
  const siblings = use.container?.fields ?? use.step.arguments;
  const known = names.get(siblings) ?? new Set(siblings.map(({ argument }) => argument.name.value));
  names.set(siblings, known);
  return known;
}

/** Made once for all that are written side by side: there may be thousands. */
const names = new WeakMap<readonly ArgumentStep[], ReadonlySet<string>>();

/** Only gone through when there is a name to be found: thousands of mistakes may meet thousands of arguments. */
function* unwritten(
  candidates: readonly { readonly name: string }[],
  written: ReadonlySet<string>,
): Iterable<string> {
  for (const { name } of candidates) if (!written.has(name)) yield name;
}

interface Description {
  readonly message: string;
  readonly candidates: readonly { readonly name: string }[];
  readonly related: readonly RelatedLocation[];
}

function describe(use: ArgumentUse, name: string): Description {
  const type = inputTypeOf(use);
  if (type !== undefined) {
    return {
      message: `Input object "${type.name}" has no field "${name}".`,
      candidates: type.inputFields,
      related: relatedPlace(`Input object "${type.name}" is declared here.`, type.location),
    };
  }
  const fieldName = use.step.step.name.value;
  const field = knownValue(use.step.field);
  const message =
    field?.arguments.length === 0
      ? `Remote field "${fieldName}" takes no arguments.`
      : `Remote field "${fieldName}" has no argument "${name}".`;
  return {
    message,
    candidates: field?.arguments ?? [],
    related: relatedPlace(`Remote field "${fieldName}" is declared here.`, field?.location),
  };
}
