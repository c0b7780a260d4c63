import { boundedList } from '../../../../common/src/boundedText.ts';
import { quoted, visible } from '../../../../common/src/foreignText.ts';
import { type Catalogue, knownValue } from '../../catalogue/catalogue.ts';
import { type DocumentContext, joinsAround } from '../../join/documentContext.ts';
import type { Join, LeftHandSide } from '../../join/joinPath.ts';
import { roleView, roleVisibility } from '../../join/roleVisibility.ts';
import { nameOf } from '../../metadata/relationshipName.ts';
import type { Finding } from '../../rules/rule.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { relationshipErrors } from '../relationshipErrors.ts';
import { impossibleName, type PublishedField, publishedField } from './publishedField.ts';
import { upstreamQuery } from './upstreamQuery.ts';

/** What a relationship publishes and asks, as a GraphQL document with comments. */
export interface PublishedRelationship {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly text: string;
}

/** Of the relationships of a document that can be read, or of the one around an offset. */
export function publishedSchema(
  context: DocumentContext,
  offset: number | undefined,
  findings: readonly Finding[],
): readonly PublishedRelationship[] {
  const errorsOf = relationshipErrors(context.model, findings);
  return joinsAround(context, offset).map((join) => ({
    name: nameOf(join.relationship) ?? '',
    node: join.relationship.node,
    text: publishedText(join, context.catalogue, errorsOf(join.relationship)),
  }));
}

function publishedText(join: Join, catalogue: Catalogue, errors: readonly Finding[]): string {
  const title = comment(`${nameOf(join.relationship) ?? ''} of ${sideText(join.lhs)}`);
  const impossible = impossibleName(join, catalogue);
  const field = impossible === undefined ? publishedField(join, catalogue) : undefined;
  const parts =
    impossible !== undefined
      ? [comment(withoutField(impossible))]
      : field === undefined
        ? [comment('What it publishes is not known: what it leads to is not known, or is not there.')]
        : [...fieldParts(field), ...roleParts(join, catalogue, field)];
  const query = upstreamQuery(join);
  const asks =
    query === undefined
      ? []
      : join.kind === 'to-source'
        ? [query.one + query.many]
        : [
            comment(
              'What it asks, as a sketch: the server has aliases and batches of its own. __typename stands for what a query selects.',
            ) + [query.one, query.many].join('\n'),
          ];
  const wrong = errors
    .slice(0, 1)
    .map(({ message }) => comment(`Something is wrong here, so the server may have none of it: ${message}`));
  return [title, ...wrong, ...parts, ...asks].join('\n');
}

function withoutField(name: string): string {
  return name === ''
    ? 'What it publishes is not known: it has no name, or that of its type is not known.'
    : `It publishes nothing: ${quoted(name)} can’t be a name in GraphQL.`;
}

function fieldParts({ sdl, gives, notes }: PublishedField): string[] {
  return [
    notes.map(comment).join('') + sdl,
    ...(gives === undefined ? [] : [`${comment('What it gives')}${gives}`]),
  ];
}

/** What the roles see of it that the metadata speaks of. */
function roleParts(join: Join, catalogue: Catalogue, whole: PublishedField): string[] {
  const same: string[] = [];
  const other = new Map<string, string[]>();
  const without: string[] = [];
  for (const { role, state, reasons } of roleVisibility(join, catalogue)) {
    const field =
      state === 'reachable' ? publishedField(join, catalogue, roleView(role, join, catalogue)) : undefined;
    if (field === undefined) {
      const how = state === 'unreachable' ? 'does not have it' : 'may have it, or not';
      without.push(comment(`Role "${role}" ${how}. ${reasons.join(' ')}`));
    } else if (field.sdl === whole.sdl && field.gives === whole.gives) same.push(role);
    else {
      const text = fieldParts(field).join('\n');
      other.set(text, [...(other.get(text) ?? []), role]);
    }
  }
  return [
    ...(same.length === 0 ? [] : [comment(`The same for ${rolesText(same)}.`)]),
    ...[...other].map(([text, roles]) => `${comment(`For ${rolesText(roles)}`)}\n${text}`),
    ...(without.length === 0 ? [] : [without.join('')]),
  ];
}

function rolesText(roles: readonly string[]): string {
  return `${roles.length === 1 ? 'role' : 'roles'} ${boundedList(roles.map((role) => `"${role}"`))}`;
}

function sideText(lhs: LeftHandSide): string {
  const text = lhs.text ?? '?';
  if (lhs.kind === 'table') return `table ${text}`;
  if (lhs.kind === 'action-type') return `action type ${text}`;
  return `type ${knownValue(lhs.type)?.name ?? '?'} of ${text}`;
}

/** A line of its own, whatever the names in it hold. */
function comment(text: string): string {
  return `# ${visible(text.trim().replaceAll(/\s+/g, ' '))}\n`;
}
