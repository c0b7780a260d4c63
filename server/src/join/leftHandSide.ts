import type { ServerVersion } from '../../../common/src/serverVersion.ts';
import {
  absent,
  type Catalogue,
  type Column,
  type ComputedField,
  type ConfiguredRemoteSchema,
  type Knowledge,
  knownValue,
  present,
  type Source,
  type Table,
  unknown,
} from '../catalogue/catalogue.ts';
import { tableText } from '../catalogue/tableNames.ts';
import type {
  ActionTypeOwner,
  Relationship,
  RemoteSchemaTypeOwner,
  TableOwner,
} from '../metadata/relationship.ts';
import { lazy } from '../schema/lazy.ts';
import type { FieldDefinition, NamedType, RemoteSchema, TypeReference } from '../schema/remoteSchema.ts';
import { graphqlTypeOfColumn } from '../schema/sqlTypes.ts';
import { typeReferenceText } from '../schema/typeReference.ts';
import { writtenType } from '../schema/writtenType.ts';
import type { ActionTypeSide, LeftHandSide, LhsField, RemoteSchemaTypeSide, TableSide } from './joinPath.ts';

/** What a relationship can be joined on (spec 4.3), with the limits of the server's version. */
export function leftHandSide(
  relationship: Pick<Relationship, 'owner' | 'definition'>,
  catalogue: Catalogue,
): LeftHandSide {
  const { owner } = relationship;
  switch (owner.kind) {
    case 'table':
      return tableSide(owner, catalogue, offersComputedFields(relationship, catalogue.serverVersion));
    case 'remote-schema-type':
      return typeSide(owner, catalogue);
    case 'action-type':
      return actionTypeSide(owner, catalogue);
  }
}

function offersComputedFields(
  { definition }: Pick<Relationship, 'definition'>,
  version: ServerVersion,
): boolean {
  return definition?.kind === 'to-source' ? version.atLeast(2, 2) : version.atLeast(2, 0, 2);
}

// ---- tables --------------------------------------------------------------------------------------------------

function tableSide(owner: TableOwner, catalogue: Catalogue, computed: boolean): TableSide {
  const source = owner.source === undefined ? unknown : catalogue.source(owner.source.name);
  const name = knownValue(owner.table);
  const table = source.state === 'present' && name !== undefined ? source.value.table(name) : unknown;
  const kind = knownValue(source)?.kind;
  const fields = lazy(() => tableFields(table, kind, computed));
  return {
    kind: 'table',
    source,
    table,
    get fields() {
      return fields();
    },
    field: (field) => tableField(table, kind, computed, field),
    text: tableSideText(table, source, name),
  };
}

function tableSideText(
  table: Knowledge<Table>,
  source: Knowledge<Source>,
  name: Parameters<typeof tableText>[1] | undefined,
): string | undefined {
  if (table.state === 'present') return table.value.text;
  if (source.state !== 'present' || source.value.kind === undefined || name === undefined) return undefined;
  return tableText(source.value.kind, name);
}

/** What relationships of a table to remote schemas can be joined on. */
export function joinFieldsOf(
  table: Table,
  kind: string | undefined,
  version: ServerVersion,
): Knowledge<readonly LhsField[]> {
  return tableFields(present(table), kind, version.atLeast(2, 0, 2));
}

function tableFields(
  table: Knowledge<Table>,
  kind: string | undefined,
  computed: boolean,
): Knowledge<readonly LhsField[]> {
  if (table.state !== 'present') return unknown;
  const { columns, computedFields } = table.value;
  if (columns.state !== 'present') return unknown;
  const fields = columns.value.filter(({ scalar }) => scalar).map((column) => columnField(column, kind));
  if (computed) {
    const taken = new Set(columns.value.map(({ name }) => name));
    for (const field of computedFields) {
      if (field.joinable === true && !taken.has(field.name)) fields.push(computedField(field, kind));
    }
  }
  return present(fields);
}

function tableField(
  table: Knowledge<Table>,
  kind: string | undefined,
  computed: boolean,
  name: string,
): Knowledge<LhsField> {
  if (table.state !== 'present') return unknown;
  const column = table.value.column(name);
  if (column.state === 'present')
    return column.value.scalar ? present(columnField(column.value, kind)) : absent;
  const field = table.value.computedField(name);
  // The server refuses a computed field named like a column, so this is no column even when columns are not known.
  if (field === undefined) {
    const mayBeComputed = computed && !table.value.computedFieldsWhole;
    return column.state === 'absent' && mayBeComputed ? unknown : column;
  }
  if (!computed || field.joinable === false) return absent;
  return field.joinable === true ? present(computedField(field, kind)) : unknown;
}

function columnField(column: Column, kind: string | undefined): LhsField {
  const { name, type, nullable, description, location, line } = column;
  const graphqlType = withNull(graphqlTypeOfColumn(kind, type), nullable);
  return { name, origin: 'column', type, graphqlType, nullable, description, location, line };
}

function computedField(field: ComputedField, kind: string | undefined): LhsField {
  return {
    name: field.name,
    origin: 'computed-field',
    type: field.type,
    graphqlType: graphqlTypeOfColumn(kind, field.type),
    nullable: undefined,
    description: undefined,
    location: field.location,
  };
}

function withNull(type: TypeReference | undefined, nullable: boolean | undefined): TypeReference | undefined {
  return type !== undefined && nullable === false ? { ...type, nonNull: true } : type;
}

// ---- types of remote schemas ---------------------------------------------------------------------------------

function typeSide(owner: RemoteSchemaTypeOwner, catalogue: Catalogue): RemoteSchemaTypeSide {
  const remoteSchema: Knowledge<ConfiguredRemoteSchema> =
    owner.remoteSchema === undefined ? unknown : catalogue.remoteSchema(owner.remoteSchema.name);
  const type = ownerType(remoteSchema, owner);
  // R27: only an object type has fields to join on; what other types have is beside the point.
  const object = type.state === 'present' && type.value.kind === 'object' ? type.value : undefined;
  const fields = lazy<Knowledge<readonly LhsField[]>>(() =>
    object === undefined
      ? unknown
      : present(object.fields.filter((field) => field.arguments.length === 0).map(remoteField)),
  );
  return {
    kind: 'remote-schema-type',
    remoteSchema,
    type,
    get fields() {
      return fields();
    },
    field: (name) => {
      if (object === undefined) return unknown;
      const field = object.field(name);
      if (field !== undefined && field.arguments.length === 0) return present(remoteField(field));
      return field === undefined && schemaOf(remoteSchema)?.isPartial ? unknown : absent;
    },
    text: owner.remoteSchema?.name,
  };
}

function schemaOf(remoteSchema: Knowledge<ConfiguredRemoteSchema>): RemoteSchema | undefined {
  return knownValue(knownValue(remoteSchema)?.schema ?? unknown);
}

function ownerType(
  remoteSchema: Knowledge<ConfiguredRemoteSchema>,
  { typeName }: RemoteSchemaTypeOwner,
): Knowledge<NamedType> {
  const schema = schemaOf(remoteSchema);
  if (schema === undefined || typeName.state !== 'present') return unknown;
  const type = schema.type(typeName.value);
  if (type !== undefined) return present(type);
  if (schema.isPartial) return unknown;
  // The types of the introspection itself are in the server's copy of the schema, in no SDL.
  return typeName.value.startsWith('__') ? unknown : absent;
}

// ---- types of actions ----------------------------------------------------------------------------------------

function actionTypeSide(owner: ActionTypeOwner, catalogue: Catalogue): ActionTypeSide {
  const type = actionType(owner, catalogue);
  const known = knownValue(type);
  const fields = lazy<Knowledge<readonly LhsField[]>>(() =>
    known === undefined ? unknown : present(known.fields.map(remoteField)),
  );
  return {
    kind: 'action-type',
    type,
    get fields() {
      return fields();
    },
    field: (name) => {
      if (known === undefined) return unknown;
      const field = known.field(name);
      return field === undefined ? absent : present(remoteField(field));
    },
    text: knownValue(owner.typeName),
  };
}

function actionType({ typeName, fields }: ActionTypeOwner, catalogue: Catalogue): Knowledge<NamedType> {
  const name = knownValue(typeName);
  if (name === undefined) return unknown;
  if (fields !== undefined)
    return present(
      writtenType(
        name,
        fields.map((field) => ({ name: field.name.value, type: field.type })),
      ),
    );
  const { actionTypes } = catalogue;
  if (actionTypes.state !== 'present') return unknown;
  const type = actionTypes.value.type(name);
  return type === undefined ? absent : present(type);
}

function remoteField(field: FieldDefinition): LhsField {
  return {
    name: field.name,
    origin: 'remote-field',
    type: typeReferenceText(field.type),
    graphqlType: field.type,
    nullable: !field.type.nonNull,
    description: field.description,
    location: field.location,
  };
}
