import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { isDataConnector, isPostgresLike } from '../../../common/src/metadataApi/document/sourceKinds.ts';
import { knownValue, type Source, type Table } from '../catalogue/catalogue.ts';
import { graphqlTableName } from '../catalogue/tableNames.ts';
import type { Rule } from './rule.ts';
import { valueRange } from './shapeRule.ts';
import { sourceJoins } from './support/joinReaders.ts';
import { relationshipName } from './support/messages.ts';
import { ownerTables } from './support/ownerTables.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A table that has no name in GraphQL: as a target the schema can't be made, as an owner it is left out (R49, R50). */
export const tableGraphqlName: Rule = {
  code: 'table-graphql-name',
  specification: ['R49', 'R50'],
  title: 'The name of a table is not a valid GraphQL name, and the table has no `custom_name`.',
  severity: 'error',
  check: (context, report) => {
    for (const join of sourceJoins(context)) {
      const { table } = join.definition;
      const source = knownValue(join.source);
      const target = knownValue(join.table);
      if (table.state !== 'present' || source?.kind === undefined || target === undefined) continue;
      const name = missingName(source, target);
      if (name === undefined) continue;
      report({
        message: `Table "${target.text}" can't be a target: its GraphQL name would be "${name}", which is not valid. Give it a "custom_name" in its "configuration".`,
        serverMessage: serverText(source.kind, target, name),
        ...valueRange(context, table.node),
        relationship: relationshipName(join.relationship),
        related: relatedPlace(`Table "${target.text}" is tracked here.`, target.location),
      });
    }
    for (const { source, table, node, relationship } of ownerTables(context)) {
      const name = missingName(source, table);
      if (name === undefined) continue;
      report({
        severity: 'warning',
        message: `Table "${table.text}" is not in the GraphQL schema, so its remote relationships can't be queried: its GraphQL name would be "${name}", which is not valid. Give it a "custom_name" in its "configuration".`,
        ...valueRange(context, node),
        relationship,
      });
    }
  },
};

function serverText(kind: string, { text }: Table, name: string): string | undefined {
  if (isDataConnector(kind)) return `TableName ${name} is not a valid GraphQL identifier`;
  if (!isPostgresLike(kind)) return undefined;
  return `cannot include "${text}" in the GraphQL schema because "${name}" is not a valid GraphQL identifier`;
}

/** The name the server would give the table, if that is not a valid GraphQL name; `undefined` too where it is not known. */
function missingName({ kind }: Source, { name, customName, consistency }: Table): string | undefined {
  if (kind === undefined) return undefined;
  if (customName.state !== 'absent' || consistency.state === 'inconsistent') return undefined;
  const made = graphqlTableName(kind, name);
  return isGraphqlName(made) ? undefined : made;
}
