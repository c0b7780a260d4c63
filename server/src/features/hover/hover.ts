import { type Hover, MarkupKind, type Position } from 'vscode-languageserver-types';
import { codeBlock } from '../../../../common/src/codeBlock.ts';
import {
  type Column,
  type ConfiguredRemoteSchema,
  type Knowledge,
  knownValue,
  type Source,
  type Table,
} from '../../catalogue/catalogue.ts';
import { goneWords } from '../../catalogue/tableConsistency.ts';
import type { CursorTarget } from '../../join/cursorTarget.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { LeftHandSide, LhsField } from '../../join/joinPath.ts';
import { cursorTargetAt } from '../../join/locate.ts';
import { type PermissionTarget, permissionAt } from '../../join/permissionAt.ts';
import type { NamedType } from '../../schema/remoteSchema.ts';
import { typeKeywords } from '../../schema/typeKeywords.ts';
import { typeReferenceText } from '../../schema/typeReference.ts';
import type { Location } from '../../syntax/location.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import {
  describeCommand,
  describeDefinition,
  fieldSignature,
  inputSignature,
  joinFieldType,
} from './describe.ts';
import { hoverOnRelationship } from './hoverRelationship.ts';
import { code, paragraphs, plainText, prose } from './markdown.ts';

export interface HoverOptions {
  /** The client shows Markdown; else what is said is plain text. */
  readonly markdown: boolean;
  positionAt(offset: number): Position;
}

/** What is known of the thing at a UTF-16 offset; `null` where there is nothing to say. */
export function hover(context: DocumentContext, offset: number, options: HoverOptions): Hover | null {
  const permission = permissionAt(context, offset);
  const target = permission === undefined ? cursorTargetAt(context, offset) : undefined;
  const value = permission ? aboutPermission(context, permission) : target && textOf(context, target);
  const node = permission?.word ?? target?.node;
  if (node === undefined || value === undefined || value === '') return null;
  return {
    contents: options.markdown
      ? { kind: MarkupKind.Markdown, value }
      : { kind: MarkupKind.PlainText, value: plainText(value) },
    range: { start: options.positionAt(node.offset), end: options.positionAt(node.offset + node.length) },
  };
}

function textOf(context: DocumentContext, target: CursorTarget): string | undefined {
  switch (target.kind) {
    case 'relationship-name':
      return target.name === undefined
        ? undefined
        : hoverOnRelationship(context, target.name, target.relationship);
    case 'relationship-type':
      return target.node.value === 'array'
        ? 'The relationship returns any number of rows.'
        : target.node.value === 'object'
          ? 'The relationship returns at most one row.'
          : undefined;
    case 'source':
      return target.name === undefined ? undefined : aboutSource(target.name, target.source);
    case 'table':
      return aboutTable(target.table, target.source);
    case 'remote-schema':
      return target.name === undefined ? undefined : aboutRemoteSchema(target.name, target.remoteSchema);
    case 'type':
      return aboutType(target.type);
    case 'lhs-field':
      return target.name === undefined
        ? undefined
        : aboutLhsField(target.name, target.field, ownerOf(target.lhs));
    case 'column':
      return target.name === undefined
        ? undefined
        : aboutColumn(target.name, target.column, target.join.table);
    case 'remote-field':
      return aboutRemoteField(target);
    case 'argument': {
      if (target.argument === undefined) return undefined;
      const { definition } = target.argument;
      if (definition.state !== 'present')
        return unknownText(definition, 'argument', target.argument.argument.name.value);
      return paragraphs(
        codeBlock('graphql', inputSignature(definition.value)),
        describeDefinition(definition.value),
      );
    }
    case 'value':
      return aboutValue(target);
    case 'key': {
      const key = target.shape.keys.find(({ name }) => name === target.node.value);
      return key === undefined ? undefined : `${code(key.name)}: ${key.documentation}`;
    }
    case 'command':
      return aboutCommand(target.node);
    case 'boolean':
    case 'source-kind':
      return undefined;
  }
}

/** What a name in the SDL of a permission is in the remote schema. */
function aboutPermission(
  { tree }: DocumentContext,
  { word, options, origin }: PermissionTarget,
): string | undefined {
  const name = tree.text.slice(word.offset, word.offset + word.length);
  const thing = options.find((option) => option.name === name)?.thing;
  const where = (location: Location | undefined) =>
    origin === undefined ? from(location) : `From ${code(shortName(origin))}`;
  switch (thing?.kind) {
    case 'type':
      return aboutType({ state: 'present', value: thing.type });
    case 'field':
      return paragraphs(
        codeBlock('graphql', `${thing.owner}.${fieldSignature(thing.field)}`),
        describeDefinition(thing.field),
        where(thing.field.location),
      );
    case 'input':
      return paragraphs(
        codeBlock('graphql', inputSignature(thing.input)),
        describeDefinition(thing.input),
        where(thing.input.location),
      );
    case 'enum-value':
      return `Value ${code(name)} of enum ${code(thing.owner.name)}`;
    default:
      return undefined;
  }
}

function aboutCommand(node: SyntaxNode): string | undefined {
  if (typeof node.value !== 'string') return undefined;
  const does = describeCommand(node.value);
  return does === undefined ? undefined : `Command ${code(node.value)}: ${does}.`;
}

function aboutSource(name: string, source: Knowledge<Source>): string {
  if (source.state !== 'present') return unknownText(source, 'source', name);
  const { kind, tables, location } = source.value;
  return paragraphs(
    `Source ${code(name)}${kind === undefined ? '' : ` (${prose(kind)})`}`,
    tables.length === 0
      ? undefined
      : `${tables.length} ${tables.length === 1 ? 'table is' : 'tables are'} known.`,
    from(location),
  );
}

function aboutTable(table: Knowledge<Table>, source: Knowledge<Source>): string | undefined {
  if (table.state !== 'present') {
    return table.state === 'absent' ? 'This table is not tracked in the source.' : undefined;
  }
  const { text, isEnum, columns, location, creation } = table.value;
  const where = source.state === 'present' ? ` of source ${code(source.value.name)}` : '';
  const shown = columns.state === 'present' ? columns.value.slice(0, mostColumns).map(columnLine) : [];
  const more = columns.state === 'present' ? columns.value.length - shown.length : 0;
  return paragraphs(
    `${isEnum ? 'Enum table' : 'Table'} ${code(text)}${where}`,
    columns.state === 'present' ? undefined : 'Its columns are not known.',
    [...shown, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n'),
    creation === undefined ? from(location) : from(creation.location, creation.line),
  );
}

const mostColumns = 30;

function columnLine(column: Column): string {
  const type = joinFieldType(column);
  return `- ${code(column.name)}${type === undefined ? '' : ` ${prose(type)}`}`;
}

function aboutRemoteSchema(name: string, known: Knowledge<ConfiguredRemoteSchema>): string {
  if (known.state !== 'present') return unknownText(known, 'remote schema', name);
  const { schema, origin, location } = known.value;
  const query = schema.state === 'present' ? schema.value.type(schema.value.queryTypeName) : undefined;
  return paragraphs(
    `Remote schema ${code(name)}`,
    query === undefined
      ? 'Its schema is not known.'
      : knownValue(schema)?.isPartial
        ? 'Only what its permissions show is known.'
        : `${query.fields.length} query fields.`,
    origin === undefined ? from(location) : `From ${code(shortName(origin))}`,
  );
}

function aboutType(type: Knowledge<NamedType>): string | undefined {
  if (type.state !== 'present') return undefined;
  const { kind, name, description, fields, location } = type.value;
  return paragraphs(
    codeBlock('graphql', `${typeKeywords[kind]} ${name}`),
    description === undefined ? undefined : prose(description),
    fields.length === 0 ? undefined : `${fields.length} fields.`,
    from(location),
  );
}

/** The table or type that has the fields of the left-hand side. */
function ownerOf(lhs: LeftHandSide): string | undefined {
  return (lhs.kind === 'remote-schema-type' ? knownValue(lhs.type)?.name : undefined) ?? lhs.text;
}

function aboutLhsField(name: string, field: Knowledge<LhsField>, lhs: string | undefined): string {
  if (field.state !== 'present') return unknownText(field, 'field', name);
  const { origin, description, location, line } = field.value;
  const type = joinFieldType(field.value);
  const what = { column: 'Column', 'computed-field': 'Computed field', 'remote-field': 'Field' }[origin];
  return paragraphs(
    `${what} ${code(name)}${lhs === undefined ? '' : ` of ${code(lhs)}`}${type === undefined ? '' : `: ${code(type)}`}`,
    description === undefined ? undefined : prose(description),
    from(location, line),
  );
}

function aboutColumn(name: string, column: Knowledge<Column>, table: Knowledge<Table>): string {
  if (column.state !== 'present') return unknownText(column, 'column', name);
  const { customName, description, location, line } = column.value;
  const type = joinFieldType(column.value);
  const of = table.state === 'present' ? ` of ${code(table.value.text)}` : '';
  return paragraphs(
    `Column ${code(name)}${of}${type === undefined ? '' : `: ${code(type)}`}`,
    customName === undefined
      ? undefined
      : `Its name in the GraphQL schema is ${code(customName)}; relationships use the database's name.`,
    description === undefined ? undefined : prose(description),
    from(location, line),
  );
}

function aboutRemoteField({
  step,
  join,
}: Extract<CursorTarget, { kind: 'remote-field' }>): string | undefined {
  if (step === undefined) return undefined;
  const { field, parentType } = step;
  const name = step.step.name.value;
  if (field.state !== 'present') return unknownText(field, 'remote field', name);
  const origin = knownValue(join.target)?.origin;
  return paragraphs(
    codeBlock(
      'graphql',
      `${parentType === undefined ? '' : `${parentType.name}.`}${fieldSignature(field.value)}`,
    ),
    describeDefinition(field.value),
    origin === undefined ? from(field.value.location) : `From ${code(shortName(origin))}`,
  );
}

/** A variable: what gives it its value, and what the argument expects. */
function aboutValue({ value, argument }: Extract<CursorTarget, { kind: 'value' }>): string | undefined {
  if (value.value.kind === 'list' || value.value.kind === 'object') return undefined;
  const { expected } = value;
  const name = argument.argument.name.value;
  const takes =
    expected === undefined
      ? undefined
      : `Argument ${code(name)} expects ${code(typeReferenceText(expected))}.`;
  if (value.value.kind !== 'variable') return takes;
  const field = knownValue(value.lhsField);
  const type = field && joinFieldType(field);
  return paragraphs(
    `Value of ${code(value.value.name)}${type === undefined ? '' : `: ${code(type)}`}`,
    value.listed === false ? 'It is not listed among the join fields.' : undefined,
    takes,
    field?.description === undefined ? undefined : prose(field.description),
    from(field?.location, field?.line),
  );
}

function unknownText(knowledge: Knowledge<unknown>, what: string, name: string): string {
  if (knowledge.state === 'absent' && knowledge.migrations !== undefined) {
    const { gone } = knowledge.migrations;
    if (gone !== undefined)
      return `The migrations leave the table without column ${code(name)}: ${goneWords(gone)}.`;
    return `The migrations leave the table without column ${code(name)}.`;
  }
  const known = knowledge.state === 'absent' ? 'does not exist' : 'is not known';
  return `The ${what} ${code(name)} ${known}.`;
}

/** Where a fact was read. */
function from(location: Location | undefined, line?: number): string | undefined {
  if (location === undefined) return undefined;
  if (line === undefined) return `From ${code(shortName(location.uri))}`;
  const migration = /\/([^/]+?)(?:\/up|\.up)\.(?:sql|yaml)$/.exec(location.uri)?.[1];
  return migration === undefined
    ? `From ${code(shortName(location.uri))}, line ${line}`
    : `From migration ${code(shortName(migration))}, line ${line}`;
}

/** The last two parts of a path or URI. */
function shortName(uri: string): string {
  const path = uri.split(/[?#]/, 1)[0] ?? '';
  const parts = path.split(/[\\/]/).slice(-2).join('/');
  try {
    return decodeURIComponent(parts);
  } catch {
    return parts;
  }
}
