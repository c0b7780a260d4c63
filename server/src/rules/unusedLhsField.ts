import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { RemoteSchemaJoin } from '../join/joinPath.ts';
import { removeFromList } from '../syntax/edit/listEdits.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Fix, Rule } from './rule.ts';
import { lhsFieldsKey, remoteSchemaJoins, valueUses } from './support/joinReaders.ts';
import { relationshipName } from './support/messages.ts';
import { renameFixes } from './support/suggestion.ts';
import { listedNameMeant } from './support/variableMeant.ts';

/** An entry of `lhs_fields` that no argument uses: accepted, and still a null in it makes the relationship null (R25). */
export const unusedLhsField: Rule = {
  code: 'unused-lhs-field',
  specification: ['R18', 'R25'],
  title: 'No argument uses a join field.',
  severity: 'hint',
  needs: 'document',
  check(context, report) {
    const unreadable = unreadablePaths(context);
    const meant = namesMeantByVariables(context);
    const texts = textsOf(context);
    for (const join of remoteSchemaJoins(context)) {
      const { lhsFields } = join.definition;
      if (lhsFields.state !== 'present' || unreadable.has(join) || !isPathWritten(join)) continue;
      // A list that stands elsewhere may be shared with relationships that use all of it.
      if (lhsFields.node.aliasOf !== undefined || lhsFields.node.merged) continue;
      const seen = new Set<string>();
      for (const { name, field } of join.lhsFields) {
        if (seen.has(name.value) || join.usedVariables.has(name.value) || field.state === 'absent') continue;
        seen.add(name.value);
        if (meant.get(join)?.has(name.value)) continue;
        const edit = removeFromList(context.tree, lhsFields.node, name.node);
        const text = texts.get(join)?.get(name.value);
        report({
          message: `No argument uses "$${name.value}". It still counts: when "${name.value}" is null, the relationship is null.${text ? ` An argument is given the string "${name.value}": did you mean "$${name.value}"?` : ''}`,
          ...contentRange(name.node),
          tags: ['unnecessary'],
          relationship: relationshipName(join.relationship),
          fixes: [
            ...(text ? variableFixes(text, name.value) : []),
            ...(edit
              ? [
                  {
                    title: `Remove "${name.value}" from ${lhsFieldsKey(join)}`,
                    edits: [edit],
                    preferred: text === undefined,
                  },
                ]
              : []),
          ],
        });
      }
    }
  },
};

/** Paths of which a value can't be read, or is not written yet, and so may be a variable. */
function unreadablePaths(context: DocumentContext): ReadonlySet<RemoteSchemaJoin> {
  const notWritten = valueUses(context, 'null').filter(({ value }) => value.value.node.length === 0);
  const unreadable = [...valueUses(context, 'unknown'), ...valueUses(context, 'invalid-variable')];
  return new Set([...notWritten, ...unreadable].map(({ join }) => join));
}

function isPathWritten({ definition, path }: RemoteSchemaJoin): boolean {
  return (
    definition.remoteField.state === 'present' &&
    path.length > 0 &&
    path.every(({ step }) => step.arguments.state === 'present')
  );
}

/** Entries that an unlisted variable most likely means: that is reported there. */
function namesMeantByVariables(context: DocumentContext): ReadonlyMap<RemoteSchemaJoin, ReadonlySet<string>> {
  const found = new Map<RemoteSchemaJoin, Set<string>>();
  for (const { join, value } of valueUses(context, 'variable')) {
    if (value.listed !== false || value.lhsField.state === 'present') continue;
    const name = listedNameMeant(join, value.value.name);
    if (name !== undefined) found.set(join, (found.get(join) ?? new Set()).add(name));
  }
  return found;
}

/** Texts among the arguments, by relationship: one that names a join field is a variable without its `$`. */
function textsOf(context: DocumentContext): ReadonlyMap<RemoteSchemaJoin, ReadonlyMap<unknown, SyntaxNode>> {
  const found = new Map<RemoteSchemaJoin, Map<unknown, SyntaxNode>>();
  for (const { join, value } of valueUses(context, 'literal')) {
    const { node } = value.value;
    found.set(join, (found.get(join) ?? new Map()).set(node.value, node));
  }
  return found;
}

function variableFixes(node: SyntaxNode, name: string): readonly Fix[] {
  return isGraphqlName(name) ? renameFixes(node, name, '$') : [];
}
