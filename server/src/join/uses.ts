import { knownValue } from '../catalogue/catalogue.ts';
import { tableKey } from '../catalogue/tableNames.ts';
import { namesInEntry } from '../metadata/namesInEntry.ts';
import { given } from '../metadata/nodes.ts';
import type {
  Located,
  OtherRequest,
  Property,
  Relationship,
  RemoteSchemaEntry,
  TableEntry,
} from '../metadata/relationship.ts';
import { tableName } from '../metadata/tableName.ts';
import type { TableName } from '../schema/tableName.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { type DocumentContext, walkDefinition } from './documentContext.ts';
import type { ArgumentStep, Join, RemoteSchemaJoin, ValueStep } from './joinPath.ts';
import { type NamedThing, type TableThing, thingKey } from './namedThing.ts';

/** A place in a document where a thing is named. */
export interface Use {
  readonly thing: NamedThing;
  /** The value or key; of a table the whole name. */
  readonly node: SyntaxNode;
  /** It is this name that makes it a thing of the metadata. */
  readonly declares: boolean;
  /** The relationship of the metadata that leads to it by this name: its own name, or all of it where it has none. */
  readonly joinedBy: SyntaxNode | undefined;
}

/** The uses of a document, by what they name. */
export interface DocumentUses {
  readonly all: readonly Use[];
  of(key: string): readonly Use[];
  /** How many relationships lead to each thing that some lead to. */
  readonly joined: ReadonlyMap<string, number>;
}

/**
 * Every name of a document that names a thing, in the order of the walk, each place once for each thing. A place that
 * several relationships share by an anchor names what it means in each of them.
 */
export function documentUses(context: DocumentContext): DocumentUses {
  const collector = new Collector(context);
  const { model } = context;
  for (const { name } of model.sources) collector.source(name, true);
  for (const entry of model.tables) collector.tableEntry(entry);
  for (const entry of model.remoteSchemas) collector.remoteSchemaEntry(entry);
  for (const { remoteSchema } of model.requestedPermissions) collector.remoteSchema(remoteSchema, false);
  for (const { name, fields } of model.actionTypes) {
    if (name.state !== 'present') continue;
    collector.add({ kind: 'action-type', type: name.value }, name.node, true);
    for (const field of fields ?? []) {
      collector.add(
        { kind: 'action-field', type: name.value, name: field.name.value },
        field.name.node,
        true,
      );
    }
  }
  for (const request of model.otherRequests) collector.request(request);
  const all = [...model.relationships, ...model.actionTypes.flatMap(({ relationships }) => relationships)];
  for (const relationship of all) collector.relationship(relationship);
  return usesOf(collector.uses);
}

/** By what they name. */
export function indexedUses(uses: readonly Use[]): DocumentUses {
  const byKey = new Map<string, Use[]>();
  for (const use of uses) addUse(byKey, thingKey(use.thing), use);
  return usesOf(byKey);
}

/** A large project has many of them: things are kept once. */
function addUse(byKey: Map<string, Use[]>, key: string, use: Use): void {
  const known = byKey.get(key);
  const first = known?.[0];
  if (known === undefined || first === undefined) byKey.set(key, [use]);
  else known.push({ ...use, thing: first.thing });
}

function usesOf(byKey: ReadonlyMap<string, readonly Use[]>): DocumentUses {
  const joined = new Map<string, number>();
  for (const [key, uses] of byKey) {
    const count = joiningOf(uses).length;
    if (count > 0) joined.set(key, count);
  }
  return {
    get all() {
      return [...byKey.values()].flat();
    },
    of: (key) => byKey.get(key) ?? none,
    joined,
  };
}

const none: readonly Use[] = [];

/** The relationships of one document that lead to what uses name, as `joinedBy`, each once: one that aliases repeat is written once. */
export function joiningOf(uses: readonly Use[]): readonly SyntaxNode[] {
  const joining = new Map<number, SyntaxNode>();
  for (const { joinedBy } of uses) if (joinedBy !== undefined) joining.set(joinedBy.offset, joinedBy);
  return [...joining.values()];
}

/** The thing that has the relationship of a document: table, type of a remote schema or of actions. */
export function ownerThing(
  context: Pick<DocumentContext, 'catalogue'>,
  { owner }: Pick<Relationship, 'owner'>,
): NamedThing | undefined {
  switch (owner.kind) {
    case 'table':
      return owner.table.state === 'present'
        ? tableThing(context, owner.source?.name, owner.table.value)
        : undefined;
    case 'remote-schema-type':
      return owner.typeName.state === 'present'
        ? { kind: 'type', remoteSchema: owner.remoteSchema?.name, type: owner.typeName.value }
        : undefined;
    case 'action-type':
      return owner.typeName.state === 'present'
        ? { kind: 'action-type', type: owner.typeName.value }
        : undefined;
  }
}

/** `undefined` for a name that the source's kind does not take. */
export function tableThing(
  { catalogue }: Pick<DocumentContext, 'catalogue'>,
  source: string | undefined,
  name: TableName,
): TableThing | undefined {
  const kind = source === undefined ? undefined : knownValue(catalogue.source(source))?.kind;
  const table = tableKey(kind, name);
  return table === undefined ? undefined : { kind: 'table', source, table, tableName: name };
}

/** What a name that the owner's relationships join on stands for. */
function fieldOf(owner: NamedThing, name: string): NamedThing | undefined {
  switch (owner.kind) {
    case 'table':
      return { ...owner, kind: 'column', name };
    case 'type':
      return { kind: 'field', remoteSchema: owner.remoteSchema, type: owner.type, name };
    case 'action-type':
      return { kind: 'action-field', type: owner.type, name };
    default:
      return undefined;
  }
}

/** Of none that is requested: a request is no part of the metadata. */
function joining({ relationship: { request, name, node } }: Join): SyntaxNode | undefined {
  if (request !== undefined) return undefined;
  return name.state === 'present' ? name.node : node;
}

class Collector {
  readonly uses = new Map<string, Use[]>();
  /** What a node was taken for last: what several relationships share by an anchor is met several times. */
  readonly #met = new Map<SyntaxNode, string>();
  readonly #context: DocumentContext;

  constructor(context: DocumentContext) {
    this.#context = context;
  }

  add(thing: NamedThing | undefined, node: SyntaxNode, declares = false, joinedBy?: SyntaxNode): void {
    if (thing === undefined) return;
    const key = thingKey(thing);
    if (this.#met.get(node) === key && joinedBy === undefined) return;
    this.#met.set(node, key);
    addUse(this.uses, key, { thing, node, declares, joinedBy });
  }

  source(name: Property<string>, declares: boolean): void {
    if (name.state === 'present') this.add({ kind: 'source', source: name.value }, name.node, declares);
  }

  remoteSchema(name: Property<string>, declares: boolean): void {
    if (name.state !== 'present') return;
    this.add({ kind: 'remote-schema', remoteSchema: name.value }, name.node, declares);
  }

  tableEntry(entry: TableEntry): void {
    const { table, source, configuration, computedFields } = entry;
    if (table.state !== 'present') return;
    const thing = tableThing(this.#context, source?.name, table.value);
    if (thing === undefined) return;
    this.add(thing, table.node, true);
    for (const column of configuration.columns) this.#field(thing, column);
    for (const { name } of computedFields) this.#field(thing, name, true);
    const { columns, tables } = namesInEntry(entry);
    for (const column of columns) this.#field(thing, column);
    for (const other of tables) {
      const target = tableThing(this.#context, source?.name, other.table.value);
      if (target === undefined) continue;
      this.add(target, other.table.node);
      for (const column of other.columns) this.#field(target, column);
    }
  }

  remoteSchemaEntry({ name, types, customization }: RemoteSchemaEntry): void {
    this.remoteSchema(name, true);
    const remoteSchema = knownValue(name);
    for (const { typeName } of types) {
      if (typeName.state !== 'present') continue;
      this.add({ kind: 'type', remoteSchema, type: typeName.value }, typeName.node);
    }
    for (const [type, { node }] of customization?.typeNames?.mapping ?? []) {
      this.add({ kind: 'type', remoteSchema, type }, node.key ?? node);
    }
    for (const [type, { mapping }] of customization?.fieldNames ?? []) {
      for (const [field, { node }] of mapping) {
        this.add({ kind: 'field', remoteSchema, type, name: field }, node.key ?? node);
      }
    }
  }

  /** Commands that name a remote schema, or a table with its source. */
  request({ type, args }: OtherRequest): void {
    if (args?.kind !== 'object') return;
    const ofRemoteSchema = /_remote_schema(?:_permissions)?$/.test(type.value);
    const schema = ofRemoteSchema ? (given(args, 'remote_schema') ?? given(args, 'name')) : undefined;
    if (typeof schema?.value === 'string') {
      this.add({ kind: 'remote-schema', remoteSchema: schema.value }, schema);
    }
    const source = given(args, 'source');
    const sourceName = source === undefined ? 'default' : source.value;
    if (typeof sourceName !== 'string') return;
    if (source !== undefined) this.add({ kind: 'source', source: sourceName }, source);
    const table = property(args, 'table');
    const name = table && tableName(table);
    if (table !== undefined && typeof name === 'object') {
      this.add(tableThing(this.#context, sourceName, name), table);
    }
  }

  relationship(relationship: Relationship): void {
    const { owner, name, request } = relationship;
    const thing = ownerThing(this.#context, relationship);
    if (request !== undefined) this.#requestedOwner(relationship, thing);
    if (thing !== undefined && name.state === 'present') {
      const declares = request === undefined;
      const table = thing.kind === 'table' ? thing : undefined;
      const named = { owner: thingKey(thing), name: name.value, table };
      this.add({ kind: 'relationship', ...named }, name.node, declares);
    }
    if (owner.kind === 'remote-schema-type' && owner.typeName.state === 'present') {
      this.add(thing, owner.typeName.node);
    }
    for (const join of this.#joins(relationship)) this.#join(join, thing);
  }

  #requestedOwner({ owner }: Relationship, thing: NamedThing | undefined): void {
    if (owner.kind === 'table') {
      if (owner.source?.node !== undefined) {
        this.add({ kind: 'source', source: owner.source.name }, owner.source.node);
      }
      if (owner.table.state === 'present') this.add(thing, owner.table.node);
    } else if (owner.kind === 'remote-schema-type' && owner.remoteSchema?.node !== undefined) {
      this.add({ kind: 'remote-schema', remoteSchema: owner.remoteSchema.name }, owner.remoteSchema.node);
    }
  }

  /** Of several forms side by side, each. */
  #joins(relationship: Relationship): readonly Join[] {
    const { definition } = relationship;
    if (definition === undefined) return [];
    const { catalogue } = this.#context;
    const forms = definition.kind === 'unreadable' ? definition.candidates : [definition];
    const lhs = this.#context.lhs(relationship);
    return forms.map((form) => walkDefinition(relationship, form, catalogue, lhs));
  }

  #join(join: Join, owner: NamedThing | undefined): void {
    if (join.kind === 'to-remote-schema') {
      this.remoteSchema(join.definition.remoteSchema, false);
      for (const { name } of join.lhsFields) this.#field(owner, name);
      this.#path(join, owner);
      return;
    }
    const { source, table } = join.definition;
    this.source(source, false);
    const isDefault = source.state === 'missing' && join.relationship.owner.kind === 'action-type';
    const target =
      table.state === 'present'
        ? tableThing(this.#context, isDefault ? 'default' : knownValue(source), table.value)
        : undefined;
    if (table.state === 'present') this.add(target, table.node, false, joining(join));
    for (const { entry } of join.pairs) {
      this.#field(owner, entry.lhs);
      if (entry.column !== undefined) this.#field(target, entry.column);
    }
  }

  #field(owner: NamedThing | undefined, { value, node }: Located<string>, declares = false): void {
    this.add(owner && fieldOf(owner, value), node, declares);
  }

  #path(join: RemoteSchemaJoin, owner: NamedThing | undefined): void {
    const remoteSchema = knownValue(join.definition.remoteSchema);
    // By the node below the name of each step.
    const ways = new Map<SyntaxNode | undefined, string>();
    for (const { step, parentType, arguments: list, last } of join.path) {
      const { value: name, node } = step.name;
      const before = ways.get(node.parent?.parent) ?? '';
      ways.set(step.node, `${before}.${name}`);
      const type = parentType?.name ?? `${before}.`;
      this.add({ kind: 'field', remoteSchema, type, name }, node, false, last ? joining(join) : undefined);
      for (const { argument, value } of list) {
        const { value: argumentName, node: argumentNode } = argument.name;
        const place = { remoteSchema, type, field: name, name: argumentName };
        this.add({ kind: 'argument', ...place }, argumentNode);
        this.#value(value, `${type}.${name}(${argumentName})`, remoteSchema, owner);
      }
    }
  }

  #value(
    { value, expectedType, items, fields }: ValueStep,
    way: string,
    remoteSchema: string | undefined,
    owner: NamedThing | undefined,
  ): void {
    if (value.kind === 'variable') this.#field(owner, { value: value.name, node: value.node });
    for (const item of items) this.#value(item, way, remoteSchema, owner);
    for (const field of fields) this.#inputField(field, expectedType?.name ?? way, remoteSchema, owner);
  }

  #inputField(
    { argument, value }: ArgumentStep,
    type: string,
    remoteSchema: string | undefined,
    owner: NamedThing | undefined,
  ): void {
    const { value: name, node } = argument.name;
    this.add({ kind: 'field', remoteSchema, type, name }, node);
    this.#value(value, `${type}.${name}`, remoteSchema, owner);
  }
}
