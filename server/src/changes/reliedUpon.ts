import type { SnapshotColumn, SnapshotTable } from '../../../common/src/metadataApi/pull/snapshot.ts';
import { type Knowledge, knownValue, type Source, type Table } from '../catalogue/catalogue.ts';
import { snapshotTableKey } from '../catalogue/tableNames.ts';
import type { ArgumentStep, Join, LhsField, PathStep, ValueStep } from '../join/joinPath.ts';
import type { TableName } from '../schema/tableName.ts';
import { isRequired } from '../schema/typeReference.ts';
import { SchemaPart } from './schemaPart.ts';

interface TablePart {
  readonly text: string;
  readonly name: TableName;
  /** The type of each column; `undefined`: not known. */
  readonly columns: Map<string, string | undefined>;
}

/** The part of remote schemas and tables that relationships rely on, as far as it is known. */
export class ReliedUpon {
  readonly #remoteSchemas = new Map<string, SchemaPart>();
  /** By source, then by what is equal for equal tables. */
  readonly #tables = new Map<string, Map<string, TablePart>>();

  static of(joins: Iterable<Join>): ReliedUpon {
    const relied = new ReliedUpon();
    for (const join of joins) relied.#add(join);
    return relied;
  }

  /** In order of names. */
  get remoteSchemas(): ReadonlyMap<string, SchemaPart> {
    return new Map([...this.#remoteSchemas].sort(byKey));
  }

  /** By source, in order of names, with the columns that are relied on alone. */
  get tables(): ReadonlyMap<string, readonly SnapshotTable[]> {
    return new Map(
      [...this.#tables]
        .sort(byKey)
        .map(([source, tables]) => [
          source,
          [...tables]
            .sort(([a, { text }], [b, other]) => compare(text, other.text) || compare(a, b))
            .map(([, table]) => snapshotTable(table)),
        ]),
    );
  }

  /** The columns by what is equal for equal ones: in words, and of which type, `undefined` where it is not known. */
  get columns(): ReadonlyMap<string, { readonly text: string; readonly type: string | undefined }> {
    const found = new Map<string, { readonly text: string; readonly type: string | undefined }>();
    for (const [source, tables] of this.#tables) {
      for (const [table, { text, columns }] of tables) {
        for (const [column, type] of columns) {
          const words = `column "${column}" of table "${text}" of source "${source}"`;
          found.set(JSON.stringify([source, table, column]), { text: words, type });
        }
      }
    }
    return found;
  }

  #add(join: Join): void {
    const { lhs } = join;
    const fields = join.kind === 'to-source' ? join.pairs.map((pair) => pair.lhs) : lhsFieldsOf(join);
    if (lhs.kind === 'table') {
      this.#table(lhs.source, lhs.table);
      for (const field of fields) {
        const known = knownValue(field);
        if (known?.origin === 'column') this.#addColumn(lhs.source, lhs.table, known.name, known.type);
      }
    } else if (lhs.kind === 'remote-schema-type') {
      const remoteSchema = knownValue(lhs.remoteSchema);
      const schema = remoteSchema && knownValue(remoteSchema.schema);
      const type = knownValue(lhs.type);
      if (remoteSchema !== undefined && schema !== undefined && type !== undefined) {
        const part = this.#part(remoteSchema.name);
        for (const field of fields) {
          const definition = type.field(knownValue(field)?.name ?? '');
          if (definition !== undefined) part.addField(schema, type, definition, []);
        }
      }
    }
    if (join.kind === 'to-source') {
      this.#table(join.source, join.table);
      for (const { column } of join.pairs) {
        const known = knownValue(column);
        if (known !== undefined) this.#addColumn(join.source, join.table, known.name, known.type);
      }
      return;
    }
    const target = knownValue(join.target);
    if (target === undefined) return;
    if (join.schema.state === 'present') this.#part(target.name);
    for (const step of join.path) this.#addStep(target.name, join, step);
  }

  #addStep(name: string, { schema: knownSchema }: Join & { kind: 'to-remote-schema' }, step: PathStep): void {
    const schema = knownValue(knownSchema);
    const field = knownValue(step.field);
    if (schema === undefined || step.parentType === undefined || field === undefined) return;
    const part = this.#part(name);
    const supplied = new Set(step.arguments.map(({ argument }) => argument.name.value));
    const used = field.arguments.filter((each) => supplied.has(each.name) || isRequired(each));
    part.addField(schema, step.parentType, field, used);
    addArguments(part, schema, step.arguments);
  }

  #part(remoteSchema: string): SchemaPart {
    const known = this.#remoteSchemas.get(remoteSchema);
    if (known !== undefined) return known;
    const made = new SchemaPart();
    this.#remoteSchemas.set(remoteSchema, made);
    return made;
  }

  #addColumn(
    source: Knowledge<Source>,
    table: Knowledge<Table>,
    column: string,
    type: string | undefined,
  ): void {
    this.#table(source, table)?.columns.set(column, type);
  }

  /** `undefined` of a table whose columns are not known. */
  #table(source: Knowledge<Source>, table: Knowledge<Table>): TablePart | undefined {
    if (source.state !== 'present' || table.state !== 'present') return undefined;
    if (table.value.columns.state !== 'present') return undefined;
    const { name, kind } = source.value;
    const tables = this.#tables.get(name) ?? new Map<string, TablePart>();
    this.#tables.set(name, tables);
    const key = snapshotTableKey(kind, table.value.name);
    const part = tables.get(key) ?? {
      text: table.value.text,
      name: table.value.name,
      columns: new Map<string, string | undefined>(),
    };
    tables.set(key, part);
    return part;
  }
}

function lhsFieldsOf({ lhsFields }: Join & { kind: 'to-remote-schema' }): readonly Knowledge<LhsField>[] {
  return lhsFields.map(({ field }) => field);
}

type Schema = Parameters<SchemaPart['addField']>[0];

function addArguments(part: SchemaPart, schema: Schema, list: readonly ArgumentStep[]): void {
  for (const { value } of list) addValue(part, schema, value);
}

function addValue(part: SchemaPart, schema: Schema, { value, expectedType, items, fields }: ValueStep): void {
  if (expectedType?.kind === 'enum' && value.kind === 'literal' && typeof value.node.value === 'string') {
    if (expectedType.enumValues.includes(value.node.value)) part.addValue(expectedType, value.node.value);
  }
  if (expectedType?.kind === 'input-object' && value.kind === 'object') {
    const supplied = new Set(fields.map(({ argument }) => argument.name.value));
    for (const field of expectedType.inputFields) {
      if (supplied.has(field.name) || isRequired(field)) part.addInputField(schema, expectedType, field);
    }
  }
  for (const item of items) addValue(part, schema, item);
  addArguments(part, schema, fields);
}

function snapshotTable({ name, columns }: TablePart): SnapshotTable {
  const { form, schema } = name;
  const list: readonly SnapshotColumn[] = [...columns]
    .sort(byKey)
    .map(([column, type]) => ({ name: column, ...(type === undefined ? {} : { type }) }));
  return {
    ...(schema === undefined ? {} : form === 'dataset' ? { dataset: schema } : { schema }),
    name: form === 'list' ? name.parts : name.name,
    columns: list,
  };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
