import { boundedList, boundedName, thousands } from '../../../common/src/boundedText.ts';
import { type Knowledge, knownValue, type Source, type Table } from '../catalogue/catalogue.ts';
import { tableText } from '../catalogue/tableNames.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Join } from '../join/joinPath.ts';
import type { TableName } from '../schema/tableName.ts';

/** How much of the relationships could be checked. */
export interface Coverage {
  readonly relationships: number;
  /** Those of which both sides are known. */
  readonly known: number;
  /** What is not known, in words: `remote schema "payments"`, `table "users" of source "default"`. Empty only when all are known. */
  readonly unknown: readonly string[];
}

/** Adds up the relationships of documents; those of which a side is absent are known: an error says so. */
export class CoverageCount {
  readonly #unknown = new Set<string>();
  #relationships = 0;
  #known = 0;

  add({ joins, model }: DocumentContext): void {
    const walked = new Set(joins.map((join) => join.relationship));
    // A definition that can't be read is an error by itself.
    const unread = model.relationships.filter((one) => one.definition !== undefined && !walked.has(one));
    this.#relationships += walked.size + unread.length;
    this.#known += unread.length;
    for (const join of joins) {
      const sides = [unknownLeft(join), unknownRight(join)].filter((side) => side !== undefined);
      if (sides.length === 0) this.#known++;
      for (const side of sides) this.#unknown.add(side);
    }
  }

  sum(): Coverage {
    return { relationships: this.#relationships, known: this.#known, unknown: [...this.#unknown].sort() };
  }
}

/** The line that says what was not checked; `undefined` when everything was. */
export function coverageLine({ relationships, known, unknown }: Coverage): string | undefined {
  if (unknown.length === 0) return undefined;
  const counted = `checked ${thousands(relationships)} relationship${relationships === 1 ? '' : 's'}`;
  return `${counted}; ${thousands(known)} against a known schema; ${boundedList(unknown.map((what) => `${what} unknown`))}`;
}

function unknownLeft({ lhs, relationship }: Join): string | undefined {
  const { owner } = relationship;
  if (owner.kind === 'table') {
    return lhs.kind === 'table' ? unknownTable(lhs, owner.source?.name, knownValue(owner.table)) : undefined;
  }
  return owner.kind !== 'action-type' && lhs.kind === 'remote-schema-type' && lhs.type.state === 'unknown'
    ? remoteSchemaWords(owner.remoteSchema?.name)
    : undefined;
}

/** The table where the columns of others of its source are known, else the source. */
function unknownTable(
  { source, table }: { readonly source: Knowledge<Source>; readonly table: Knowledge<Table> },
  sourceName: string | undefined,
  name: TableName | undefined,
): string | undefined {
  if (hasColumns(table)) return undefined;
  const known = knownValue(source);
  const others = known?.tables.some(({ columns }) => columns.state === 'present') === true;
  if (!others || name === undefined) return sourceWords(sourceName);
  return `table "${boundedName(tableText(known?.kind, name))}" of ${sourceWords(sourceName)}`;
}

function unknownRight(join: Join): string | undefined {
  if (join.kind === 'to-source') {
    if (join.source.state === 'absent') return undefined;
    return unknownTable(join, knownValue(join.definition.source), knownValue(join.definition.table));
  }
  return join.target.state !== 'absent' && join.schema.state === 'unknown'
    ? remoteSchemaWords(knownValue(join.definition.remoteSchema))
    : undefined;
}

function hasColumns(table: Knowledge<Table>): boolean {
  return table.state === 'absent' || (table.state === 'present' && table.value.columns.state === 'present');
}

function sourceWords(name: string | undefined): string {
  return name === undefined ? 'a source whose name is' : `source "${boundedName(name)}"`;
}

function remoteSchemaWords(name: string | undefined): string {
  return name === undefined ? 'a remote schema whose name is' : `remote schema "${boundedName(name)}"`;
}
