import { defaultSchemaOf } from '../../../../../common/src/metadataApi/document/sourceKinds.ts';
import type { Knowledge, Source, Table } from '../../../catalogue/catalogue.ts';
import type { CursorTarget, TableNamePart } from '../../../join/cursorTarget.ts';
import { datasetTableName, schemaTableName } from '../../../metadata/metadataSchema.ts';
import type { Property } from '../../../metadata/relationship.ts';
import type { TableName } from '../../../schema/tableName.ts';
import { property, propertyNames } from '../../../syntax/nodes.ts';
import type { SyntaxNode } from '../../../syntax/tree.ts';
import type { CandidateRequest } from '../candidate.ts';
import { type Candidate, member, textValue } from '../candidate.ts';
import { listOf, type Member, objectOf, type Skeleton, stop } from '../skeleton.ts';

/** What can stand in a table name: the whole of it, a key, or a part. */
export function tableCandidates(
  target: Extract<CursorTarget, { kind: 'table' }>,
  request: CandidateRequest,
): Candidate[] {
  const { part } = target;
  if (part === undefined) return wholeTables(target.source, request);
  if (part.object.kind === 'array') return [];
  return part.of === 'key'
    ? tableKeyCandidates(target, part.object, request)
    : tablePartCandidates(target, part, request);
}

/** Tables in the form the file uses, else the form of the source's kind; by the name alone where that is being typed. */
function wholeTables(known: Knowledge<Source>, request: CandidateRequest): Candidate[] {
  if (known.state !== 'present') return [];
  const source = known.value;
  const form = formOf(source, request);
  return tablesOf(source, request).map((table) => ({
    label: table.text,
    icon: 'table',
    detail: table.isEnum ? 'enum table' : undefined,
    insert: { kind: 'value', value: written(table.name, form, source) },
  }));
}

/** Keys of a table name; where none is written yet also whole tables, when they fit between the braces. */
function tableKeyCandidates(
  target: Extract<CursorTarget, { kind: 'table' }>,
  object: SyntaxNode,
  request: CandidateRequest,
): Candidate[] {
  const { cursor } = request;
  const others = object.children.some((child) => child.key !== undefined && child.key !== cursor.node);
  const tables =
    others || cursor.colonFollows
      ? []
      : wholeTables(target.source, request)
          .map(withMembers)
          .filter(({ insert }) => cursor.style === 'block' || insert.kind === 'members');
  return [...tables, ...keysOfTable(target.source, object)];
}

function withMembers(candidate: Candidate): Candidate {
  const { insert } = candidate;
  if (insert.kind !== 'value' || insert.value.kind !== 'object') return candidate;
  const [first, ...more] = insert.value.members;
  return first === undefined
    ? candidate
    : { ...candidate, insert: { kind: 'members', members: [first, ...more] } };
}

function keysOfTable(source: Knowledge<Source>, object: SyntaxNode): Candidate[] {
  const kind = source.state === 'present' ? source.value.kind : undefined;
  const shape = kind === 'bigquery' ? datasetTableName : schemaTableName;
  const present = new Set(object.kind === 'object' ? propertyNames(object) : []);
  return shape.keys
    .filter((key) => !present.has(key.name))
    .map((key) => ({
      label: key.name,
      icon: 'key',
      detail: key.required ? 'required' : undefined,
      documentation: key.documentation,
      insert: member(key.name, stop),
    }));
}

/** Schemas of the source's tables, or the tables in the schema that is written beside. */
function tablePartCandidates(
  target: Extract<CursorTarget, { kind: 'table' }>,
  part: TableNamePart,
  request: CandidateRequest,
): Candidate[] {
  if (target.source.state !== 'present') return [];
  const source = target.source.value;
  const tables = tablesOf(source, request);
  if (part.of !== 'name') {
    return [...new Set([...tables.map((table) => schemaOf(table, source)), defaultSchemaOf(source.kind)])]
      .filter((schema) => schema !== undefined)
      .map((schema) => ({ label: schema, icon: 'value', insert: textValue(schema) }));
  }
  const written = property(part.object, source.kind === 'bigquery' ? 'dataset' : 'schema')?.value;
  return tables
    .filter((table) => typeof written !== 'string' || schemaOf(table, source) === written)
    .map((table) => ({
      label: table.name.name,
      icon: 'table',
      detail: schemaOf(table, source),
      insert: textValue(table.name.name),
    }));
}

/**
 * The tables that can stand at the place: those that are tracked; of a table entry, which tracks one, those of the
 * database that no other entry tracks. Its name is half-typed: what only it declares is no table yet, unless the
 * database has it.
 */
function tablesOf(source: Source, { document, cursor, target }: CandidateRequest): readonly Table[] {
  if (target.relationship !== undefined) return source.tables;
  const isTyped = ({ uri, offset, length }: Table['declarations'][number]) =>
    uri === document.uri && offset <= cursor.start && cursor.end <= offset + length;
  const own = source.tables.filter(
    ({ declarations, columns }) =>
      declarations.every(isTyped) && (declarations.length === 0 || columns.state === 'present'),
  );
  return [...own, ...source.untracked];
}

function schemaOf(table: Table, source: Source): string | undefined {
  return table.name.schema ?? defaultSchemaOf(source.kind);
}

function formOf(source: Source, { document, context, cursor }: CandidateRequest): TableName['form'] {
  if (source.kind === 'bigquery') return 'dataset';
  if (defaultSchemaOf(source.kind) === undefined && source.kind !== undefined) return 'list';
  // A word on the line of its key, where Enter ends the line: keys in its stead would be inserted unasked.
  const isWordTyped = cursor.style === 'block' && cursor.role === 'value' && !cursor.atLineStart;
  if (cursor.quoteTyped || (isWordTyped && cursor.word !== '')) return 'string';
  const used = [...tableNames(context, cursor.node), ...tableNames(document, undefined)][0];
  return used === 'string' || used === 'schema' ? used : 'schema';
}

/** Forms of the tables a document names, of its relationships' targets first. */
function* tableNames(
  { model }: CandidateRequest['document'],
  except: SyntaxNode | undefined,
): Generator<TableName['form']> {
  for (const { definition, owner } of model.relationships.slice(0, 50)) {
    if (definition?.kind === 'to-source' && isWritten(definition.table, except)) {
      yield definition.table.value.form;
    }
    if (owner.kind === 'table' && isWritten(owner.table, except)) yield owner.table.value.form;
  }
  for (const { table } of model.tables.slice(0, 50)) {
    if (isWritten(table, except)) yield table.value.form;
  }
}

function isWritten(
  table: Property<TableName>,
  except: SyntaxNode | undefined,
): table is Extract<Property<TableName>, { state: 'present' }> {
  return table.state === 'present' && table.node !== except;
}

function written(name: TableName, form: TableName['form'], source: Source): Skeleton {
  const text = (value: string): Skeleton => ({ kind: 'string', value });
  const schema = name.schema ?? defaultSchemaOf(source.kind);
  const member = (key: string, value: string): Member => [key, text(value)];
  if (form === 'list') return listOf(...name.parts.map(text));
  if (form === 'dataset') return objectOf(member('dataset', schema ?? ''), member('name', name.name));
  const isDefault = schema === undefined || schema === defaultSchemaOf(source.kind);
  if (form === 'string' && isDefault) return text(name.name);
  return schema === undefined
    ? objectOf(member('name', name.name))
    : objectOf(member('schema', schema), member('name', name.name));
}
