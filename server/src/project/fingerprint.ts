import { lastStep, objectArgumentOf, templateOf } from '../metadata/argumentTemplates.ts';
import type {
  MetadataModel,
  Property,
  Relationship,
  RemoteSchemaEntry,
  Renaming,
  TableEntry,
} from '../metadata/relationship.ts';
import { type TableName, tableNameOf } from '../schema/tableName.ts';
import { property as propertyOf } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/**
 * What a metadata file says that other files depend on, as one text: while it stays the same, nothing that was
 * found in other files changes. Places are left out on purpose.
 */
export function fingerprintOf(model: MetadataModel): string {
  const parts: unknown[] = [];
  for (const source of model.sources) {
    parts.push([
      'source',
      property(source.name),
      source.kind,
      source.namingConvention,
      source.tablesComplete,
      source.logicalModels,
    ]);
  }
  for (const table of model.tables) parts.push(tableFacts(table));
  for (const schema of model.remoteSchemas) parts.push(remoteSchemaFacts(schema));
  if (model.inheritedRoles.length > 0) parts.push(model.inheritedRoles);
  for (const { name, definition, owner } of model.relationships) {
    // What it leaves over of input types can meet what others leave over (R55).
    const step = lastStep(definition);
    if (definition?.kind !== 'to-remote-schema' || step?.arguments.state !== 'present') continue;
    if (objectArgumentOf(definition) === undefined) continue;
    parts.push([
      'object argument',
      owner.kind === 'table' ? property(owner.table) : property(owner.typeName),
      property(name),
      property(definition.remoteSchema),
      step.name.value,
      templateOf(step.arguments.value),
    ]);
  }
  return JSON.stringify(parts);
}

/**
 * What a metadata file says of the project's structure, as one text: while it stays the same, the project consists of the
 * same files, and of the same sources all tables are listed.
 */
export function structureOf(model: MetadataModel): string {
  return JSON.stringify([
    model.sources.map(({ name, tablesComplete }) => [property(name), tablesComplete]),
    model.includes.map(({ path, section, source, node }) => [
      path,
      section,
      source === undefined ? undefined : property(source.name),
      node.parent?.kind,
      node.parent?.parent === undefined,
      node.key?.value,
      ...namesAround(node),
    ]),
  ]);
}

function tableFacts(table: TableEntry): unknown[] {
  return [
    property(table.table),
    table.source?.name,
    table.isEnum,
    [...table.customNames].map(([column, name]) => [column, name.value]),
    table.configuration.readable,
    table.configuration.customName?.value,
    table.configuration.columns.map(({ value }) => value),
    table.computedFields.map((field) => [field.name.value, field.functionName]),
    table.computedFieldsWhole,
    table.localRelationships.map((relationship) => [relationship.kind, relationship.name.value]),
    table.logicalModel,
    table.selectPermissions?.map(({ role, aggregates }) => [role, aggregates]),
    relationshipNames(table.relationships),
  ];
}

function relationshipNames(relationships: readonly Relationship[]): unknown[] {
  return relationships.map(({ name }) => property(name));
}

function remoteSchemaFacts(entry: RemoteSchemaEntry): unknown[] {
  const { name, urlProblem, customization, types, permissions, permissionsKnown } = entry;
  return [
    permissions.map(({ role, schema }) => [property(role), property(schema)]),
    permissionsKnown,
    types.map((type) => [property(type.typeName), relationshipNames(type.relationships)]),
    'remote schema',
    property(name),
    urlProblem,
    customization && [
      customization.complete,
      customization.namespace?.value,
      customization.typeNames && renamingFacts(customization.typeNames),
      [...customization.fieldNames].map(([type, renaming]) => [type, renamingFacts(renaming)]),
      customization.reservedNames.map(({ value }) => value),
    ],
  ];
}

function renamingFacts({ prefix, suffix, mapping }: Renaming): unknown[] {
  return [prefix, suffix, [...mapping].map(([old, name]) => [old, name.value])];
}

function property(value: Property<string | TableName>): unknown {
  return value.state === 'present' ? value.value : value.state;
}

/** What an included file is told of its place: the names of what it stands in. */
function namesAround(node: SyntaxNode): readonly unknown[] {
  const names: unknown[] = [];
  for (let each = node.parent; each !== undefined; each = each.parent) {
    const table = propertyOf(each, 'table');
    names.push(propertyOf(each, 'name')?.value, table && tableNameOf(table));
  }
  return names;
}
