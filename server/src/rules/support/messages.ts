import { knownValue } from '../../catalogue/catalogue.ts';
import { tableText } from '../../catalogue/tableNames.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Relationship } from '../../metadata/relationship.ts';

/** The name of a relationship; `undefined` while it is missing or unreadable. */
export function relationshipName(relationship: Relationship): string | undefined {
  return knownValue(relationship.name);
}

/**
 * The server's whole text when a relationship is inconsistent (spec 4.0): the context it puts before `text`.
 * Where the table or the name can't be read, the rule's own text alone.
 */
export function inconsistentObject(
  context: DocumentContext,
  relationship: Relationship,
  text: string,
): string {
  const version = context.catalogue.serverVersion;
  const name = relationshipName(relationship);
  const blank = version.atLeast(2, 21) ? ' ' : '';
  const prefix = version.atLeast(2, 0) ? 'Inconsistent object: ' : '';
  if (name === undefined) return text;
  const lead = version.atLeast(1, 3, 3) ? '' : 'cannot validate remote relationship because ';
  const location = `in remote relationship${blank}"${name}": ${lead}`;
  if (relationship.owner.kind !== 'table') return `${prefix}${location}${text}`;
  const { table: written } = relationship.owner;
  const spelled = written.state === 'present' ? tableText(undefined, written.value) : undefined;
  const table = context.lhs(relationship).text ?? spelled;
  return table === undefined ? text : `${prefix}in table "${table}": ${location}${text}`;
}
