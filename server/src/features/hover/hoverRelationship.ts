import { codeBlock } from '../../../../common/src/codeBlock.ts';
import { type Column, type Knowledge, knownValue } from '../../catalogue/catalogue.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Join, LeftHandSide, RemoteSchemaJoin, SourceJoin, ValueStep } from '../../join/joinPath.ts';
import { roleVisibility } from '../../join/roleVisibility.ts';
import type { Relationship } from '../../metadata/relationship.ts';
import { typeReferenceText } from '../../schema/typeReference.ts';
import { publishedField } from '../publishedSchema/publishedField.ts';
import { joinFieldType } from './describe.ts';
import { code, list, paragraphs, prose } from './markdown.ts';

/** Both sides of a relationship with the types they are joined on. */
export function hoverOnRelationship(
  context: DocumentContext,
  name: string,
  relationship: Relationship | undefined,
): string {
  const title = `Remote relationship ${code(name)}`;
  const join = [...context.joins, ...context.actionJoins].find(
    (candidate) => candidate.relationship === relationship,
  );
  if (join === undefined) {
    const lhs = relationship === undefined ? undefined : context.lhs(relationship);
    return lhs?.text === undefined ? title : `${title} of ${lhsText(lhs)}`;
  }
  const text = join.kind === 'to-source' ? toSource(title, join) : toRemoteSchema(title, join);
  return paragraphs(text, publishedText(join, context), rolesText(join, context));
}

/** What it adds to the schema of Hasura. */
function publishedText(join: Join, { catalogue }: DocumentContext): string {
  const field = publishedField(join, catalogue);
  return field === undefined
    ? ''
    : paragraphs(
        'In the schema of Hasura:',
        codeBlock('graphql', field.sdl.trimEnd()),
        list(field.notes.map(prose)),
      );
}

/** Most roles of one kind that are listed. */
const shownRoles = 10;

/** Which roles reach it, and why others do not. */
function rolesText(join: Join, { catalogue }: DocumentContext): string {
  const all = roleVisibility(join, catalogue);
  const reach = all.filter(({ state }) => state === 'reachable').map(({ role }) => code(role));
  const others = all
    .filter(({ state }) => state === 'unreachable')
    .map(({ role, reasons }) => `${code(role)} does not reach it. ${reasons.map(prose).join(' ')}`);
  return paragraphs(
    reach.length === 0 ? '' : `Reached by ${listed(reach)}.`,
    list(others.slice(0, shownRoles)),
    others.length > shownRoles ? `${others.length - shownRoles} more roles do not reach it.` : '',
  );
}

function listed(names: readonly string[]): string {
  const more = names.length - shownRoles;
  return `${names.slice(0, shownRoles).join(', ')}${more > 0 ? ` and ${more} more roles` : ''}`;
}

function toSource(title: string, join: SourceJoin): string {
  const type = join.definition.relationshipType;
  const many =
    type.state === 'present' ? ` (${type.value === 'array' ? 'any number of rows' : 'at most one row'})` : '';
  const source = knownValue(join.definition.source);
  const table = knownValue(join.table)?.text;
  const target = [
    table === undefined ? undefined : `table ${code(table)}`,
    source === undefined ? undefined : `source ${code(source)}`,
  ].filter((part) => part !== undefined);
  const pairs = join.pairs.map(({ entry, lhs, column }) => {
    const right = entry.column === undefined ? '?' : withType(entry.column.value, column);
    return `${withType(entry.lhs.value, lhs)} = ${right}`;
  });
  return paragraphs(title, `${lhsText(join.lhs)} → ${target.join(' of ') || '?'}${many}`, list(pairs));
}

function toRemoteSchema(title: string, join: RemoteSchemaJoin): string {
  const { definition, lhs, path } = join;
  const schema =
    definition.remoteSchema.state === 'present'
      ? ` of remote schema ${code(definition.remoteSchema.value)}`
      : '';
  const names = path.map((step) => step.step.name.value).join(' → ');
  const last = path.at(-1);
  const gives = last?.field.state === 'present' ? `: ${code(typeReferenceText(last.field.value.type))}` : '';
  const variables = [...uses(join)].map(
    ([variable, expected]) => `${withType(variable, lhs.field(variable))} → ${expected.join(', ')}`,
  );
  return paragraphs(title, `${lhsText(lhs)} → ${code(names)}${gives}${schema}`, list(variables));
}

/** Where each variable goes: `person(id: ID!)`. */
function uses(join: RemoteSchemaJoin): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const visit = (field: string, argument: string, value: ValueStep): void => {
    if (value.value.kind === 'variable') {
      const expected = value.expected === undefined ? '' : `: ${typeReferenceText(value.expected)}`;
      const all = found.get(value.value.name) ?? [];
      found.set(value.value.name, [...all, code(`${field}(${argument}${expected})`)]);
    }
    for (const item of value.items) visit(field, argument, item);
    for (const inner of value.fields) visit(field, `${argument}.${inner.argument.name.value}`, inner.value);
  };
  for (const step of join.path) {
    for (const argument of step.arguments) {
      visit(step.step.name.value, argument.argument.name.value, argument.value);
    }
  }
  return found;
}

function lhsText(lhs: LeftHandSide): string {
  if (lhs.text === undefined) return '?';
  if (lhs.kind === 'table') {
    const source = knownValue(lhs.source);
    return `table ${code(lhs.text)}${source === undefined ? '' : ` of source ${code(source.name)}`}`;
  }
  if (lhs.kind === 'action-type') return `action type ${code(lhs.text)}`;
  const type = knownValue(lhs.type);
  return `${type === undefined ? 'a type' : `type ${code(type.name)}`} of ${code(lhs.text)}`;
}

function withType(name: string, known: Knowledge<Pick<Column, 'type' | 'nullable'>>): string {
  const type = known.state === 'present' ? joinFieldType(known.value) : undefined;
  return type === undefined ? code(name) : `${code(name)} (${code(type)})`;
}
