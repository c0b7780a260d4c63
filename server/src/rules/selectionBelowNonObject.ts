import type { DocumentContext } from '../join/documentContext.ts';
import type { PathStep } from '../join/joinPath.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { remoteSchemaJoins, stepsBelowNonObjects } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';
import { typeKindWords } from './support/typeOwners.ts';

/** A path that goes on below a field which returns no object type (R15's quirk, R42). */
export const selectionBelowNonObject: Rule = {
  code: 'selection-below-non-object',
  specification: ['R15', 'R42'],
  title: 'A path continues below an interface, a union, a scalar or an enum.',
  severity: 'error',
  check(context, report) {
    for (const join of remoteSchemaJoins(context)) {
      const astray = stepsBelowNonObjects(context);
      for (const step of join.path) {
        // Of a path astray only the first step is to be said.
        if (astray.has(step.step) || !step.belowNonObject || step.returns === undefined) continue;
        const { name: typeName, kind, location } = step.returns;
        for (const below of step.step.child?.steps ?? []) {
          const { value: name, node } = below.name;
          report({
            message: `"${name}" can't be selected here: "${step.step.name.value}" returns ${typeKindWords[kind]} ("${typeName}"), and a path can only go on below an object type. End the path at "${step.step.name.value}"; what lies below is selected in the query.`,
            serverMessage: serverMessage(context, join.relationship, step, name, typeName),
            ...contentRange(node),
            related: relatedPlace(`"${typeName}" is declared here.`, location),
            relationship: relationshipName(join.relationship),
          });
        }
      }
    }
  },
};

/** The server looks the name up in the type before; if that has it, the GraphQL schema can't be made. */
function serverMessage(
  context: DocumentContext,
  relationship: Relationship,
  step: PathStep,
  name: string,
  typeName: string,
): string | undefined {
  const looked = step.parentType;
  if (looked === undefined) return undefined;
  if (looked.field(name) === undefined) {
    return inconsistentObject(
      context,
      relationship,
      `remote field with name "${name}" and type "${looked.name}" not found`,
    );
  }
  return context.catalogue.serverVersion.atLeast(2, 1)
    ? `object with name "${typeName}" not found`
    : undefined;
}
