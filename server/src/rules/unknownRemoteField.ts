import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { knownValue } from '../catalogue/catalogue.ts';
import type { PathStep, RemoteSchemaJoin } from '../join/joinPath.ts';
import type { RemoteSchema } from '../schema/remoteSchema.ts';
import { suggest } from '../schema/suggest.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import {
  beforeCustomization,
  fieldBeforeCustomization,
  isNamespace,
  withoutNamespace,
} from './support/customizedNames.ts';
import { remoteSchemaJoins, stepsBelowNonObjects } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A field of the path that its type does not have (R15). */
export const unknownRemoteField: Rule = {
  code: 'unknown-remote-field',
  specification: ['R15'],
  title: 'A remote field does not exist.',
  severity: 'error',
  check(context, report) {
    for (const join of remoteSchemaJoins(context)) {
      if (join.schema.state !== 'present') continue;
      const schema = join.schema.value;
      const about = {
        relationship: relationshipName(join.relationship),
        server: (text: string) => inconsistentObject(context, join.relationship, text),
      };
      if (schema.type(schema.queryTypeName) === undefined) {
        const { remoteField } = join.definition;
        if (remoteField.state !== 'present') continue;
        for (const step of remoteField.value.steps) {
          report({
            message: `${remoteSchemaWords(join)} has no query root: its type "${schema.queryTypeName}" is missing, and a path can't start anywhere else.`,
            serverMessage: about.server(
              `field with name "${schema.queryTypeName}" not found in remote schema`,
            ),
            ...contentRange(step.name.node),
            relationship: about.relationship,
          });
        }
        continue;
      }
      const belowNonObjects = stepsBelowNonObjects(context);
      for (const step of join.path) {
        const { value: name, node } = step.step.name;
        if (step.field.state !== 'absent' || belowNonObjects.has(step.step)) continue;
        if (step.parentType === undefined || !isGraphqlName(name)) continue;
        const target = knownValue(join.target);
        const original = target && fieldBeforeCustomization(target, schema, step.parentType.name, name);
        const suggestion =
          original ??
          suggest(
            name,
            step.parentType.fields.map((field) => field.name).filter((field) => !isWritten(step, field)),
          );
        const inNamespace = target !== undefined && isNamespace(step, target, schema);
        const hint = inNamespace
          ? ' It is the namespace that the customization puts around the fields; a path begins below it, with the original names.'
          : original === undefined
            ? didYouMean(suggestion)
            : beforeCustomization('field', original);
        report({
          message: `${messageFor(join, step, schema)}${hint}`,
          serverMessage: about.server(
            `remote field with name "${name}" and type "${step.parentType.name}" not found`,
          ),
          ...contentRange(node),
          related: relatedPlace(`Type "${step.parentType.name}" is declared here.`, step.parentType.location),
          relationship: about.relationship,
          fixes: inNamespace
            ? withoutNamespace(context, join, step, target, schema)
            : renameFixes(node, suggestion),
        });
      }
    }
  },
};

function remoteSchemaWords(join: RemoteSchemaJoin): string {
  const { remoteSchema } = join.definition;
  return remoteSchema.state === 'present' ? `Remote schema "${remoteSchema.value}"` : 'The remote schema';
}

function messageFor(join: RemoteSchemaJoin, step: PathStep, schema: RemoteSchema): string {
  const { value: name } = step.step.name;
  const typeName = step.parentType?.name;
  if (typeName !== schema.queryTypeName) return `Type "${typeName}" has no field "${name}".`;
  const elsewhere = ['Mutation', 'mutation_root', 'Subscription', 'subscription_root'].find(
    (root) => schema.type(root)?.field(name) !== undefined,
  );
  const hint =
    elsewhere === undefined ? '' : ` It is a field of "${elsewhere}", but a path starts at the query root.`;
  return `${remoteSchemaWords(join)} has no query field "${name}".${hint}`;
}

/** Whether a name stands beside the step already: two keys at one level are wrong, but not the same twice. */
function isWritten({ step }: PathStep, name: string): boolean {
  return step.name.node.parent?.children.some((child) => child.key?.value === name) ?? false;
}
