import { absent, type Knowledge, knownValue, unknown } from '../catalogue/catalogue.ts';
import { tableText } from '../catalogue/tableNames.ts';
import type { Join } from '../join/joinPath.ts';
import type { TableName } from '../schema/tableName.ts';

/** One side of a relationship: there and used by the server or not, as far as it is known. */
export interface Side {
  readonly text: string;
  /** What it would be called in sources of other kinds. */
  readonly otherTexts: readonly string[];
  readonly state: 'known' | 'unknown' | 'absent' | 'inconsistent';
  readonly reason?: string;
}

/** The sides that are otherwise than they were. */
export function changedSides(
  then: Join | undefined,
  now: Join | undefined,
): readonly { readonly was: Side['state'] | undefined; readonly side: Side }[] {
  if (then === undefined || now === undefined) return [];
  const earlier = sidesOf(then);
  return sidesOf(now).flatMap((side, index) => {
    const was = earlier[index]?.state;
    return was === side.state ? [] : [{ was, side }];
  });
}

/** `absent table "customer"`: of the sides that are gone, or that the server leaves out. */
export function missingSides(join: Join | undefined): readonly string[] {
  return (join === undefined ? [] : sidesOf(join)).flatMap(({ state, text }) =>
    state === 'absent' || state === 'inconsistent' ? [`${state} ${text}`] : [],
  );
}

function sidesOf(join: Join): readonly [Side, Side] {
  return [leftSide(join), join.kind === 'to-source' ? targetTable(join) : targetSchema(join)];
}

function leftSide({ lhs, relationship: { owner } }: Join): Side {
  if (lhs.kind === 'table') {
    const written = owner.kind === 'table' ? knownValue(owner.table) : undefined;
    return {
      ...tableSide(`table "${lhs.text ?? written?.name ?? ''}"`, lhs.source, lhs.table),
      otherTexts: textsOfKinds(written),
    };
  }
  const type = owner.kind === 'table' ? undefined : knownValue(owner.typeName);
  return { text: `type "${type ?? ''}"`, otherTexts: [], ...sideOf(lhs.type) };
}

function targetTable({ definition, source, table }: Join & { kind: 'to-source' }): Side {
  const name = knownValue(definition.table);
  const text = knownValue(table)?.text ?? (name && tableText(knownValue(source)?.kind, name)) ?? '';
  return { ...tableSide(`table "${text}"`, source, table), otherTexts: textsOfKinds(name) };
}

/** With each schema that is the default of some kind, and with none. */
function textsOfKinds(name: TableName | undefined): readonly string[] {
  if (name === undefined) return [];
  return ['postgres', 'mssql', 'bigquery'].map((kind) => `table "${tableText(kind, name)}"`);
}

type TableKnowledge = (Join & { kind: 'to-source' })['table'];

function tableSide(
  text: string,
  source: Knowledge<unknown>,
  table: TableKnowledge,
): Omit<Side, 'otherTexts'> {
  if (source.state === 'absent' || table.state === 'absent') return { text, ...sideOf(absent) };
  const known = knownValue(table);
  if (known?.consistency.state === 'inconsistent') {
    return { text, state: 'inconsistent', reason: known.consistency.reason };
  }
  return { text, ...sideOf(known?.columns ?? unknown) };
}

function targetSchema({ definition, target, schema }: Join & { kind: 'to-remote-schema' }): Side {
  const name = { text: `remote schema "${knownValue(definition.remoteSchema) ?? ''}"`, otherTexts: [] };
  if (target.state === 'absent') return { ...name, ...sideOf(absent) };
  const [inconsistency] = knownValue(target)?.inconsistencies.filter(({ certain }) => certain) ?? [];
  if (inconsistency !== undefined)
    return { ...name, state: 'inconsistent', reason: inconsistency.serverText };
  return { ...name, ...sideOf(schema) };
}

function sideOf({ state }: Knowledge<unknown>): Pick<Side, 'state'> {
  return { state: state === 'present' ? 'known' : state };
}
