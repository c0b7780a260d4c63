import { isGraphqlName } from '../../../../common/src/graphqlName.ts';
import {
  type Catalogue,
  type ConfiguredRemoteSchema,
  knownValue,
  type Source,
  type Table,
} from '../../catalogue/catalogue.ts';
import { hasCustomization } from '../../catalogue/remoteSchemaNames.ts';
import { graphqlTableName } from '../../catalogue/tableNames.ts';
import type { ArgumentStep, Join, RemoteSchemaJoin, SourceJoin, ValueStep } from '../../join/joinPath.ts';
import type { RoleView } from '../../join/roleVisibility.ts';
import { strippedTypeSuffix } from '../../join/strippedTypes.ts';
import { walkPath } from '../../join/walkPath.ts';
import { nameOf } from '../../metadata/relationshipName.ts';
import type { InputValue, RemoteSchema, TypeReference } from '../../schema/remoteSchema.ts';
import type { TableName } from '../../schema/tableName.ts';
import {
  argumentList,
  block,
  customizedNames,
  inputText,
  ownNames,
  type PublishedNames,
  typeSdl,
  typeText,
} from './sdl.ts';

/** What a relationship adds to the GraphQL schema of Hasura. */
export interface PublishedField {
  /** The field, and the input types that are made for it. */
  readonly sdl: string;
  /** The type it gives, as far as it is one of a remote schema. */
  readonly gives: string | undefined;
  /** What is not certain about it, in sentences. */
  readonly notes: readonly string[];
}

/** Of all (`admin`), or of a role that can reach it; `undefined` where what it leads to is not known, or is not there. */
export function publishedField(
  join: Join,
  catalogue: Catalogue,
  view?: RoleView,
): PublishedField | undefined {
  return join.kind === 'to-source'
    ? fieldOfSource(join, catalogue, view)
    : fieldOfSchema(join, catalogue, view);
}

// ---- to a source ---------------------------------------------------------------------------------------------

/** What array relationships to a table can be asked with, by kind of the source; of other kinds it is not known. */
const listArguments: Readonly<Record<string, readonly string[]>> = {
  postgres: ['distinct_on', 'limit', 'offset', 'order_by', 'where'],
  citus: ['distinct_on', 'limit', 'offset', 'order_by', 'where'],
  cockroach: ['distinct_on', 'limit', 'offset', 'order_by', 'where'],
  mssql: ['limit', 'offset', 'order_by', 'where'],
};

function fieldOfSource(
  join: SourceJoin,
  catalogue: Catalogue,
  view: RoleView | undefined,
): PublishedField | undefined {
  const table = knownValue(join.table);
  const source = knownValue(join.source);
  if (table === undefined) return undefined;
  const type = (part = ''): string => tableType(source, table, part);
  const relationship = nameOf(join.relationship) ?? '';
  const notes = conventionNotes(source, join);
  const owner = ownerType(join, catalogue);
  if (knownValue(join.definition.relationshipType) !== 'array') {
    return { sdl: block(`extend type ${owner}`, [`${relationship}: ${type()}`]), gives: undefined, notes };
  }
  const known = listArguments[source?.kind ?? ''];
  const types: Readonly<Record<string, string>> = {
    distinct_on: `[${type('_select_column')}!]`,
    limit: 'Int',
    offset: 'Int',
    order_by: `[${type('_order_by')}!]`,
    where: type('_bool_exp'),
  };
  const inputs = argumentList((known ?? []).map((name) => `${name}: ${types[name]}`));
  if (known === undefined) notes.push('The arguments of this kind of source are not known here.');
  const lines = [`${relationship}${inputs}: [${type()}!]!`];
  if (view?.permission?.aggregates !== false) {
    lines.push(`${relationship}_aggregate${inputs}: ${type('_aggregate')}!`);
  }
  return { sdl: block(`extend type ${owner}`, lines), gives: undefined, notes };
}

/** The name of a type that is made of a table. */
function tableType(source: Source | undefined, table: Table, part = ''): string {
  const { prefix = '', suffix = '' } = source?.typeNames ?? {};
  return `${prefix}${knownValue(table.customName) ?? graphqlTableName(source?.kind, table.name)}${part}${suffix}`;
}

// ---- to a remote schema --------------------------------------------------------------------------------------

function fieldOfSchema(
  join: RemoteSchemaJoin,
  catalogue: Catalogue,
  view: RoleView | undefined,
): PublishedField | undefined {
  const target = knownValue(join.target);
  const whole = knownValue(join.schema);
  // Of what is known in part nobody knows which arguments are left.
  if (target === undefined || whole === undefined || whole.isPartial) return undefined;
  const schema = view?.schema ?? whole;
  const path =
    schema === whole
      ? join.path
      : walkPath(knownValue(join.definition.remoteField), schema, { lhs: join.lhs, listed: undefined }).path;
  const last = path.at(-1);
  const field = last && knownValue(last.field);
  if (last === undefined || field === undefined) return undefined;
  const names = publishedNames(target, whole, catalogue);
  const made = new StrippedTypes(join, catalogue, names, view?.presets ?? new Set());
  const left = made.left(field.arguments, last.arguments, `${last.parentType?.name}.${field.name}`);
  const inputs = argumentList(left.map((each) => inputText(each, made.names)));
  const type = typeText(field.type, names);
  const line = `${nameOf(join.relationship) ?? ''}${inputs}: ${type}`;
  const notes = [...made.notes, ...conventionNotes(undefined, join)];
  return {
    sdl: [block(`extend type ${ownerType(join, catalogue)}`, [line]), ...made.sdl].join('\n'),
    gives: last.returns === undefined ? undefined : typeSdl(last.returns, names),
    notes,
  };
}

function publishedNames(
  { customization }: ConfiguredRemoteSchema,
  schema: RemoteSchema,
  { serverVersion }: Catalogue,
): PublishedNames {
  return customization === undefined || !hasCustomization(serverVersion)
    ? ownNames
    : customizedNames(customization, schema);
}

/** What queries can still supply, and the input types that are made of those supplied in part (R55). */
class StrippedTypes {
  readonly notes: string[] = [];
  readonly names: PublishedNames;
  /** SDL by name. */
  readonly #made = new Map<string, string>();
  readonly #suffix: string | undefined;
  readonly #presets: ReadonlySet<string>;

  constructor(
    { relationship }: RemoteSchemaJoin,
    catalogue: Catalogue,
    names: PublishedNames,
    presets: ReadonlySet<string>,
  ) {
    this.#suffix = strippedTypeSuffix(catalogue, relationship);
    this.#presets = presets;
    this.names = {
      ...names,
      typeName: (name) => (this.#made.has(name) ? name : names.typeName(name)),
    };
  }

  /** Of the arguments of a field, or the fields of an input object, what is not supplied; `owner` as presets have it. */
  left(all: readonly InputValue[], supplied: readonly ArgumentStep[], owner: string): readonly InputValue[] {
    return all.flatMap((input) => {
      if (this.#presets.has(`${owner}.${input.name}`)) return [];
      const given = supplied.find(({ argument }) => argument.name.value === input.name);
      if (given === undefined) return [input];
      const type = this.#stripped(given.value, input.type, input.name);
      return type === undefined ? [] : [{ ...input, type, defaultText: undefined }];
    });
  }

  get sdl(): readonly string[] {
    return [...this.#made.values()];
  }

  #note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }

  /** The type of what is left of a value; `undefined` where nothing is. */
  #stripped(step: ValueStep, type: TypeReference, name: string): TypeReference | undefined {
    const { value, items, fields, expectedType } = step;
    const [item] = items;
    if (value.kind === 'list' && item !== undefined && type.kind === 'list') {
      const of = this.#stripped(item, type.of, name);
      return of && { ...type, of };
    }
    if (value.kind !== 'object' || expectedType?.kind !== 'input-object' || type.kind !== 'named')
      return undefined;
    const left = this.left(expectedType.inputFields, fields, expectedType.name);
    if (left.length === 0) {
      this.#note(`All of "${name}" is supplied: the server may still publish it, with nothing to give.`);
      return undefined;
    }
    const made = `${expectedType.name}_remote_rel_${this.#suffix ?? '…'}`;
    if (this.#suffix === undefined) this.#note('How the table or remote schema is named is not known.');
    if (this.names.typeName(expectedType.name) !== expectedType.name) {
      this.#note(`Whether the customization of type names applies to "${made}" is not certain.`);
    }
    const before = this.#made.get(made);
    // The outer one of two is made last, and stays.
    this.#made.set(made, '');
    const sdl = block(
      `input ${made}`,
      left.map((each) => inputText(each, this.names)),
    );
    if (before !== undefined && before !== sdl) {
      this.#note(`"${made}" is made twice, of different fields: which of the two stays is not certain.`);
    }
    this.#made.set(made, sdl);
    return { ...type, name: made };
  }
}

// ---- names ---------------------------------------------------------------------------------------

/**
 * Of the names that the field is made of the first that GraphQL does not allow, so that the server publishes nothing
 * (R49 to R51); empty where it is not known.
 */
export function impossibleName(join: Join, catalogue: Catalogue): string | undefined {
  const names = [nameOf(join.relationship) ?? '', ownerType(join, catalogue)];
  const table = join.kind === 'to-source' ? knownValue(join.table) : undefined;
  if (join.kind === 'to-source' && table !== undefined) names.push(tableType(knownValue(join.source), table));
  return names.find((name) => !isGraphqlName(name));
}

/** The name of the type that gets the field. */
function ownerType({ lhs, relationship: { owner } }: Join, catalogue: Catalogue): string {
  if (lhs.kind === 'table') {
    const source = knownValue(lhs.source);
    const name: TableName | undefined = owner.kind === 'table' ? knownValue(owner.table) : undefined;
    const base =
      knownValue(knownValue(lhs.table)?.customName ?? { state: 'unknown' }) ??
      (name && graphqlTableName(source?.kind, name)) ??
      lhs.text ??
      '';
    const { prefix = '', suffix = '' } = source?.typeNames ?? {};
    return `${prefix}${base}${suffix}`;
  }
  const written = owner.kind === 'table' ? undefined : knownValue(owner.typeName);
  const name = knownValue(lhs.type)?.name ?? written ?? '';
  if (lhs.kind === 'action-type') return name;
  const remoteSchema = knownValue(lhs.remoteSchema);
  const schema = knownValue(remoteSchema?.schema ?? { state: 'unknown' });
  return remoteSchema === undefined || schema === undefined
    ? name
    : publishedNames(remoteSchema, schema, catalogue).typeName(name);
}

/** Names of sources with another convention than that of old are not made here. */
function conventionNotes(target: Source | undefined, { lhs }: Join): string[] {
  const owner = lhs.kind === 'table' ? knownValue(lhs.source) : undefined;
  const conventions = [target, owner].map((source) => source?.namingConvention);
  const other = conventions.find((each) => each !== undefined && each !== 'hasura-default');
  return other === undefined
    ? []
    : [`The naming convention of the source is ${other}: the server may write these names otherwise.`];
}
