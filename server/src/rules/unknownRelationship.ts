import type { DocumentContext } from '../join/documentContext.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { suggest } from '../schema/suggest.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { bulkOrders } from './support/bulkOrder.ts';
import { relationshipName } from './support/messages.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';

/** A request that changes or deletes a relationship which the metadata does not have (6.3, 6.4). */
export const unknownRelationship: Rule = {
  code: 'unknown-relationship',
  specification: ['R37', '6.3'],
  title: 'A request changes or deletes a remote relationship that the metadata does not have.',
  severity: 'warning',
  check(context, report) {
    const orderOf = bulkOrders(context);
    for (const relationship of context.model.relationships) {
      const { request, name, owner } = relationship;
      if (request === undefined || request.verb === 'create' || name.state !== 'present') continue;
      const order = orderOf(relationship);
      const isDeleted = order?.before === 'delete';
      if (!isDeleted && context.catalogue.relationship(owner, name.value).state !== 'absent') continue;
      if (order?.before === 'create' || isTakenOtherwise(context, relationship, name.value)) continue;
      const creator = isDeleted ? undefined : order?.creator;
      if (!isDeleted && isCreatedHere(context, name.value, creator)) continue;
      const silent = owner.kind === 'remote-schema-type' && request.verb === 'delete';
      if (isDeleted || creator !== undefined) {
        report({
          message: isDeleted
            ? `The remote relationship "${name.value}" is deleted by an item before this one.`
            : `The metadata has no remote relationship "${name.value}" here yet: the item that creates it stands behind this one.`,
          serverMessage: silent ? undefined : serverText(owner, name.value),
          ...contentRange(name.node),
          relationship: relationshipName(relationship),
        });
        continue;
      }
      const suggestion = suggest(name.value, namesLeft(context, relationship));
      report({
        message: `The metadata has no remote relationship "${name.value}" here${silent ? ': if the server has none either, it reports success and does nothing' : ''}.${didYouMean(suggestion)}`,
        serverMessage: silent ? undefined : serverText(owner, name.value),
        ...contentRange(name.node),
        relationship: relationshipName(relationship),
        // Another one would be changed or deleted: that is for a person to say.
        fixes: renameFixes(name.node, suggestion).map((fix) => ({ ...fix, preferred: false })),
      });
    }
  },
};

function serverText(owner: Relationship['owner'], name: string): string {
  return owner.kind === 'remote-schema-type'
    ? `no relationship defined on remote schema ""${owner.remoteSchema?.name ?? ''}" with name "${name}""`
    : `"${name}" does not exist`;
}

/** The names of the owner that no other request of the document is about: who writes several requests means several things. */
function namesLeft({ catalogue, model }: DocumentContext, { owner }: Relationship): readonly string[] {
  const others = new Set(model.relationships.map(relationshipName));
  return catalogue.relationshipNames(owner).filter((name) => !others.has(name));
}

/** Another request of the document may come before. */
function isCreatedHere({ model }: DocumentContext, name: string, behind: Relationship | undefined): boolean {
  return model.relationships.some(
    (other) => other.request?.verb === 'create' && relationshipName(other) === name && other !== behind,
  );
}

/** A column, relationship or computed field of the name: that is the thing to say. */
function isTakenOtherwise(context: DocumentContext, relationship: Relationship, name: string): boolean {
  const lhs = context.lhs(relationship);
  if (lhs.kind !== 'table' || lhs.table.state !== 'present') return false;
  const table = lhs.table.value;
  return (
    table.column(name).state === 'present' ||
    table.computedField(name) !== undefined ||
    table.localRelationships.some((each) => each.name === name)
  );
}
