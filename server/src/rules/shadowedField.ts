import { knownValue } from '../catalogue/catalogue.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import {
  owningTable,
  relatedPlace,
  relationshipsAndComputedFields,
  type TakenName,
} from './support/tableNames.ts';

export const shadowedField: Rule = {
  code: 'shadowed-field',
  specification: ['R41', 'R36'],
  title: 'A relationship hides a field that its type already has.',
  severity: 'warning',
  check: (context, report) => {
    for (const relationship of context.model.relationships) {
      const { name, request } = relationship;
      if (name.state !== 'present' || request?.verb === 'delete') continue;
      const aggregate = publishesAggregate(relationship) ? `${name.value}_aggregate` : undefined;
      const onTable = relationship.owner.kind === 'table';
      for (const published of [onTable ? undefined : name.value, aggregate]) {
        const taken = published === undefined ? undefined : takenName(context, relationship, published);
        if (taken === undefined) continue;
        const what = onTable
          ? `The table already has a ${taken.what}`
          : `The type already has a ${taken.what}`;
        report({
          message:
            published === aggregate
              ? `${what} "${taken.name}": the field "${aggregate}" of this array relationship hides it.`
              : `${what} "${taken.name}": the relationship hides it.`,
          ...contentRange(name.node),
          relationship: name.value,
          related: relatedPlace(`The ${taken.what} is defined here.`, taken.location),
        });
      }
    }
  },
};

/** An array relationship to a source publishes a second field, `<name>_aggregate` (R36). */
function publishesAggregate({ definition }: Relationship): boolean {
  return (
    definition?.kind === 'to-source' &&
    definition.relationshipType.state === 'present' &&
    definition.relationshipType.value === 'array'
  );
}

function takenName(
  context: DocumentContext,
  relationship: Relationship,
  name: string,
): TakenName | undefined {
  const lhs = context.lhs(relationship);
  if (lhs.kind === 'remote-schema-type') {
    const field = knownValue(lhs.type)?.field(name);
    return field && { what: 'field', name, location: field.location };
  }
  const table = owningTable(context, relationship);
  const column = table?.isByHasuraSchema === false ? table.column(name) : undefined;
  if (column?.state === 'present') return { what: 'column', name, location: column.value.location };
  return relationshipsAndComputedFields(context, relationship, name)[0];
}
