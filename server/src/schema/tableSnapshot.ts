import { snapshotHeadKeys } from '../../../common/src/snapshotHead.ts';
import type { Location } from '../syntax/location.ts';
import { fixedLocation, nodeLocation } from '../syntax/location.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';
import { booleanMember, memberOf, stringItems, stringMember } from './nodeReading.ts';
import { type TableName, tableNameOf } from './tableName.ts';

/** A column as it stands in the file; the file itself is described in `common/src/metadataApi/pull/snapshot.ts`. */
export interface SnapshotColumnEntry {
  readonly name: string;
  /** SQL type as the database prints it; `undefined` when not written. */
  readonly type: string | undefined;
  readonly nullable: boolean | undefined;
  /** False for nested object or array columns of data connectors. */
  readonly scalar: boolean;
  /** As written; usually left to the foreign keys and the metadata. */
  readonly enumReference: boolean | undefined;
  readonly description: string | undefined;
  readonly location: Location;
}

export interface SnapshotComputedFieldEntry {
  readonly name: string;
  readonly type: string | undefined;
  /** Whether it returns a scalar; `undefined` when not written. */
  readonly scalar: boolean | undefined;
  /** Number of arguments besides the row and the session; `undefined` when not written. */
  readonly arguments: number | undefined;
  readonly functionName: string | undefined;
  readonly location: Location;
}

export interface SnapshotForeignKeyEntry {
  readonly columns: readonly string[];
  readonly table: TableName;
}

export interface SnapshotTableEntry {
  readonly name: TableName;
  /** `undefined` when the snapshot does not list them. */
  readonly columns: readonly SnapshotColumnEntry[] | undefined;
  /** False when an entry was unreadable: a column or computed field that is not listed may exist. Left out: true. */
  readonly columnsComplete?: boolean;
  readonly computedFields: readonly SnapshotComputedFieldEntry[];
  /** `undefined` when the snapshot does not list them. */
  readonly foreignKeys: readonly SnapshotForeignKeyEntry[] | undefined;
  readonly isEnum: boolean | undefined;
  readonly description: string | undefined;
  readonly location: Location;
}

export interface TableSnapshotProblem {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  readonly severity: 'error' | 'warning';
}

/** The tables of one source. `complete` is false when an entry was unreadable: the list may lack a table. */
export interface SnapshotTables {
  readonly tables: readonly SnapshotTableEntry[];
  readonly complete: boolean;
}

export interface TableSnapshot {
  /** Of a snapshot of one source; `undefined` when it is none, or one keyed by source. */
  readonly tables: SnapshotTables | undefined;
  /** Of a snapshot keyed by source name; empty otherwise. */
  readonly bySource: ReadonlyMap<string, SnapshotTables>;
  /** When and where it was taken, when the snapshot says so. */
  readonly takenAt: string | undefined;
  readonly origin: string | undefined;
  readonly problems: readonly TableSnapshotProblem[];
}

/** The tables a snapshot has for a source: its own when it is keyed by source, else those of the one source it is of. */
export function tablesOfSource(snapshot: TableSnapshot, source: string): SnapshotTables | undefined {
  return snapshot.tables ?? snapshot.bySource.get(source);
}

/**
 * Reads a table snapshot: a list of tables, `{ "tables": [...] }` with the time and origin it was taken at, or an
 * object of such lists by source name (also below `sources`). Whatever can't be read is a problem at its place.
 * `isFixed`: the tree will not be patched, and nothing of it is kept.
 */
export function readTableSnapshot(uri: string, tree: SyntaxTree, isFixed = false): TableSnapshot {
  const locate = isFixed ? fixedLocation : nodeLocation;
  const reader = new SnapshotReader((node) => locate(uri, node), tree.problems.length === 0);
  const root = tree.roots[0];
  const nothing = { tables: undefined, bySource: new Map<string, SnapshotTables>() };
  const head = { takenAt: stringMember(root, 'takenAt'), origin: stringMember(root, 'origin') };
  if (root === undefined) {
    const problem = { message: `The file is empty: ${expectedSnapshot}.`, offset: 0, length: 0 } as const;
    return { ...nothing, ...head, problems: [{ ...problem, severity: 'error' }] };
  }
  const list = root.kind === 'array' ? root : memberOf(root, 'tables');
  if (list !== undefined) {
    const tables = reader.tables(list);
    return { ...nothing, ...head, tables, problems: reader.problems };
  }
  const sources = memberOf(root, 'sources') ?? root;
  if (sources.kind !== 'object' || sources.children.length === 0) {
    reader.problem(root, `This is not a table snapshot: ${expectedSnapshot}.`);
    return { ...nothing, ...head, problems: reader.problems };
  }
  for (const child of sources.children) {
    const name = child.key?.value;
    if (typeof name !== 'string' || (sources === root && snapshotHeadKeys.has(name))) continue;
    const tables = reader.tables(memberOf(child, 'tables') ?? child);
    if (tables !== undefined) nothing.bySource.set(name, tables);
  }
  return { ...nothing, ...head, problems: reader.problems };
}

const expectedSnapshot = 'expected a list of tables, or an object with a list of tables for each source';

class SnapshotReader {
  readonly problems: TableSnapshotProblem[] = [];
  readonly #locate: (node: SyntaxNode) => Location;
  readonly #wellFormed: boolean;

  constructor(locate: (node: SyntaxNode) => Location, wellFormed: boolean) {
    this.#locate = locate;
    this.#wellFormed = wellFormed;
  }

  problem(node: SyntaxNode, message: string, severity: 'error' | 'warning' = 'error'): void {
    this.problems.push({ message, offset: node.offset, length: node.length, severity });
  }

  tables(node: SyntaxNode): SnapshotTables | undefined {
    if (node.kind !== 'array') {
      this.problem(node.key ?? node, 'Expected a list of tables.');
      return undefined;
    }
    const tables = node.children.flatMap((item) => this.#table(item) ?? []);
    return { tables, complete: this.#wellFormed && tables.length === node.children.length };
  }

  #table(node: SyntaxNode): SnapshotTableEntry | undefined {
    if (node.kind !== 'object') {
      this.problem(node, 'Expected a table: an object with "schema", "name" and "columns".');
      return undefined;
    }
    const nameNode = memberOf(node, 'name');
    const whole = nameNode?.kind === 'object' || nameNode?.kind === 'array';
    const name = tableNameOf(whole ? nameNode : node);
    if (nameNode === undefined || name === undefined) {
      this.problem(
        nameNode ?? node,
        nameNode === undefined
          ? 'This table has no "name".'
          : 'The name of a table must be a string, or a list of strings for a data connector.',
      );
      return undefined;
    }
    const columns = this.#list(node, 'columns', (item) => this.#column(item));
    const computedFields = this.#list(node, 'computedFields', (item) => this.#computedField(item));
    return {
      name,
      columns: columns?.items,
      columnsComplete: columns?.complete !== false && computedFields?.complete !== false,
      computedFields: computedFields?.items ?? [],
      foreignKeys: this.#foreignKeys(memberOf(node, 'foreignKeys') ?? memberOf(node, 'foreign_keys')),
      isEnum: booleanMember(node, 'isEnum') ?? booleanMember(node, 'enum'),
      description: stringMember(node, 'description'),
      location: this.#locate(nameNode),
    };
  }

  /** `undefined` when the list is not there; not complete when an item of it was unreadable. */
  #list<T>(
    node: SyntaxNode,
    key: string,
    read: (item: SyntaxNode) => T | undefined,
  ): { readonly items: readonly T[]; readonly complete: boolean } | undefined {
    const list = memberOf(node, key);
    if (list === undefined || list.kind === 'null') return undefined;
    if (list.kind !== 'array') {
      this.problem(list, `"${key}" must be a list.`);
      return undefined;
    }
    const items = list.children.map(read).filter((item) => item !== undefined);
    return { items, complete: this.#wellFormed && items.length === list.children.length };
  }

  #named(node: SyntaxNode, what: string): { readonly name: string; readonly node: SyntaxNode } | undefined {
    const nameNode = memberOf(node, 'name');
    if (typeof nameNode?.value === 'string' && nameNode.value !== '') {
      return { name: nameNode.value, node: nameNode };
    }
    this.problem(nameNode ?? node, `A ${what} needs a "name" that is a string.`);
    return undefined;
  }

  #column(node: SyntaxNode): SnapshotColumnEntry | undefined {
    const named = this.#named(node, 'column');
    if (named === undefined) return undefined;
    const typeNode = memberOf(node, 'type');
    // Data connectors write the type of a nested column as an object.
    const nested = typeNode?.kind === 'object' || typeNode?.kind === 'array';
    if (typeNode !== undefined && !nested && typeof typeNode.value !== 'string' && typeNode.kind !== 'null') {
      this.problem(
        typeNode,
        'The type of a column must be a string: the SQL type as the database prints it.',
        'warning',
      );
    }
    return {
      name: named.name,
      type: stringMember(node, 'type'),
      nullable: booleanMember(node, 'nullable'),
      scalar: booleanMember(node, 'scalar') ?? !nested,
      enumReference: booleanMember(node, 'enumReference'),
      description: stringMember(node, 'description'),
      location: this.#locate(named.node),
    };
  }

  #computedField(node: SyntaxNode): SnapshotComputedFieldEntry | undefined {
    const named = this.#named(node, 'computed field');
    if (named === undefined) return undefined;
    const argumentList = memberOf(node, 'arguments');
    return {
      name: named.name,
      type: stringMember(node, 'type'),
      scalar: booleanMember(node, 'scalar'),
      arguments: argumentList?.kind === 'array' ? argumentList.children.length : undefined,
      functionName: stringMember(node, 'function'),
      location: this.#locate(named.node),
    };
  }

  /**
   * A list of `{columns, table}`, or an object of them by constraint name as the server prints it
   * (`column_mapping`, `foreign_table`). `columns` is a list of own columns, or an object that maps them.
   */
  #foreignKeys(node: SyntaxNode | undefined): readonly SnapshotForeignKeyEntry[] | undefined {
    if (node === undefined || node.kind === 'null') return undefined;
    const keys = node.children.map((item): SnapshotForeignKeyEntry | undefined => {
      const columnsNode = memberOf(item, 'columns') ?? memberOf(item, 'column_mapping');
      const tableNode = memberOf(item, 'table') ?? memberOf(item, 'foreign_table');
      const table = tableNode && tableNameOf(tableNode);
      const columns =
        columnsNode?.kind === 'object'
          ? columnsNode.children.map((child) => String(child.key?.value))
          : stringItems(columnsNode);
      return table === undefined || columns === undefined ? undefined : { columns, table };
    });
    const readable = keys.filter((key) => key !== undefined);
    if (readable.length < keys.length || (node.kind !== 'array' && node.kind !== 'object')) {
      this.problem(
        node,
        'A foreign key needs "columns" (of this table) and "table" (the table it references).',
        'warning',
      );
      return undefined;
    }
    return readable;
  }
}
