import { knownValue } from '../../catalogue/catalogue.ts';
import { graphqlTableName } from '../../catalogue/tableNames.ts';
import type { ArgumentStep, Join, PathStep, RemoteSchemaJoin, SourceJoin } from '../../join/joinPath.ts';
import type { NamedType } from '../../schema/remoteSchema.ts';
import { typeReferenceText } from '../../schema/typeReference.ts';
import { type AgentTool, fileAt, pathProperty, ToolError, textOf } from './tool.ts';

export const previewSdl: AgentTool = {
  name: 'preview_sdl',
  title: 'Preview SDL of a Remote Relationship',
  description:
    'Shows as SDL what a remote relationship of a file adds to the GraphQL schema of Hasura: the field with the arguments that are left to queries, and the fields of the type it gives. Names customized in the metadata are those of the remote schema.',
  inputSchema: {
    type: 'object',
    properties: {
      path: pathProperty,
      relationship: {
        type: 'string',
        description: 'The name of the relationship; all of the file without it.',
      },
    },
    required: ['path'],
    additionalProperties: false,
  },
  answer: (workspace, input) => {
    const [path, wanted] = [textOf(input, 'path') ?? '', textOf(input, 'relationship')];
    const context = workspace.context(fileAt(workspace, path));
    const joins = [...(context?.joins ?? []), ...(context?.actionJoins ?? [])];
    const named = joins.filter(({ relationship }) => wanted === undefined || nameOf(relationship) === wanted);
    if (named.length === 0) {
      throw new ToolError(
        wanted === undefined
          ? 'The file has no remote relationship that can be read.'
          : `The file has no remote relationship ${JSON.stringify(wanted)}.`,
      );
    }
    return named.map((join) => {
      const relationship = nameOf(join.relationship) ?? '';
      const sdl = join.kind === 'to-source' ? ofSource(join, relationship) : ofSchema(join, relationship);
      return { relationship, sdl: sdl ?? 'not known: what it leads to is not known, or is not there' };
    });
  },
};

function nameOf({ name, nameOutside }: Join['relationship']): string | undefined {
  return nameOutside ?? knownValue(name);
}

/** The name of the type that gets the field. */
function ownerType({ lhs, relationship: { owner } }: Join): string {
  if (lhs.kind !== 'table') return knownValue(lhs.type)?.name ?? lhs.text ?? '';
  const name = owner.kind === 'table' ? knownValue(owner.table) : undefined;
  const custom = knownValue(knownValue(lhs.table)?.customName ?? { state: 'unknown' });
  return custom ?? (name && graphqlTableName(knownValue(lhs.source)?.kind, name)) ?? lhs.text ?? '';
}

function ofSource(join: SourceJoin, relationship: string): string | undefined {
  const table = knownValue(join.table);
  if (table === undefined) return undefined;
  const type = knownValue(table.customName) ?? graphqlTableName(knownValue(join.source)?.kind, table.name);
  const isArray = knownValue(join.definition.relationshipType) === 'array';
  const list = `(distinct_on: [${type}_select_column!], limit: Int, offset: Int, order_by: [${type}_order_by!], where: ${type}_bool_exp): [${type}!]!`;
  return `extend type ${ownerType(join)} {\n  ${relationship}${isArray ? list : `: ${type}`}\n}\n`;
}

function ofSchema(join: RemoteSchemaJoin, relationship: string): string | undefined {
  const last = join.path.at(-1);
  const field = last && knownValue(last.field);
  if (last === undefined || field === undefined) return undefined;
  // Lists that are passed through make it a list, and each step may give nothing.
  const type =
    join.path.length === 1
      ? typeReferenceText(field.type)
      : throughPath(join.path, typeReferenceText(field.type));
  const left = argumentsLeft(last);
  const head = `extend type ${ownerType(join)} {\n  ${relationship}${left}: ${type}\n}\n`;
  return last.returns === undefined ? head : `${head}\n${typeSdl(last.returns)}`;
}

function throughPath(path: readonly PathStep[], type: string): string {
  const isList = path.slice(0, -1).some(({ field }) => knownValue(field)?.type.kind === 'list');
  return isList ? `[${type}]` : type.replace(/!$/, '');
}

/** What queries can still supply: whole arguments, and those of which an input object is supplied in part. */
function argumentsLeft({ field, arguments: supplied }: PathStep): string {
  const all = knownValue(field)?.arguments ?? [];
  const left = all.filter(({ name }) => {
    const given = supplied.find(({ argument }) => argument.name.value === name);
    return given === undefined || isInPart(given);
  });
  if (left.length === 0) return '';
  return `(${left.map(({ name, type }) => `${name}: ${typeReferenceText(type)}`).join(', ')})`;
}

function isInPart({ value: { expectedType, fields, value } }: ArgumentStep): boolean {
  if (expectedType?.kind !== 'input-object' || value.kind !== 'object') return false;
  return fields.length < expectedType.inputFields.length || fields.some(isInPart);
}

/** Most fields of a type that are shown. */
const mostFields = 100;

function typeSdl(type: NamedType): string {
  switch (type.kind) {
    case 'object':
    case 'interface': {
      const lines = type.fields.slice(0, mostFields).map((field) => {
        const inner = field.arguments
          .map((each) => `${each.name}: ${typeReferenceText(each.type)}`)
          .join(', ');
        return `  ${field.name}${inner === '' ? '' : `(${inner})`}: ${typeReferenceText(field.type)}\n`;
      });
      return `${type.kind === 'object' ? 'type' : 'interface'} ${type.name} {\n${lines.join('')}}\n`;
    }
    case 'union':
      return `union ${type.name} = ${type.memberTypes.join(' | ')}\n`;
    case 'enum':
      return `enum ${type.name} {\n${type.enumValues.map((value) => `  ${value}\n`).join('')}}\n`;
    default:
      return `scalar ${type.name}\n`;
  }
}
