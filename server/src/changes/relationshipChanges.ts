import { type Catalogue, type Knowledge, knownValue, unknown } from '../catalogue/catalogue.ts';
import { tableKey, tableText } from '../catalogue/tableNames.ts';
import { type DocumentContext, walkRelationship } from '../join/documentContext.ts';
import type { Join } from '../join/joinPath.ts';
import type { Relationship } from '../metadata/relationship.ts';
import { nameOf } from '../metadata/relationshipName.ts';
import type { Finding } from '../rules/rule.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { ReliedUpon } from './reliedUpon.ts';
import { schemaChanges } from './schemaPart.ts';

/** A document in one state of the metadata, the tables and the remote schemas, and what is wrong in it then. */
export interface CheckedDocument {
  readonly context: DocumentContext;
  readonly findings: readonly Finding[];
}

export interface State {
  /** In the order the server reads them: of equal relationships the last counts. */
  readonly documents: readonly CheckedDocument[];
  /** What is known of tables and remote schemas where a document stands. */
  catalogueFor(document: CheckedDocument): Catalogue | undefined;
}

/**
 * What a change does to a relationship. `breaks`: the server would refuse it, or leave it out. `weakens`: it stays, and
 * gives another type, is warned of, or can't be checked any more. `new` and `removed` have no other side.
 */
export type Verdict = 'breaks' | 'weakens' | 'untouched' | 'new' | 'removed';

export interface RelationshipChange {
  readonly verdict: Verdict;
  readonly name: string;
  /** `table "customer" of source "shop"` */
  readonly owner: string;
  /** Why, in sentences; empty of what is untouched, new or removed. */
  readonly reasons: readonly string[];
  /** Where it stands: in the state after, unless it is removed. */
  readonly place: { readonly uri: string; readonly node: SyntaxNode };
}

interface Checked {
  readonly name: string;
  readonly owner: string;
  readonly document: CheckedDocument;
  readonly relationship: Relationship;
  /** `undefined` where the definition can't be read. */
  readonly join: Join | undefined;
}

/** What becomes of each relationship when one state takes the place of the other, in the order of the state after. */
export function relationshipChanges(before: State, after: State): readonly RelationshipChange[] {
  const [was, is] = [relationshipsOf(before), relationshipsOf(after)];
  const changes = [...is].map(([key, now]): RelationshipChange => {
    const then = was.get(key);
    if (then === undefined) return changeOf(now, 'new', []);
    const { breaks, weakens } = differences(then, now, before);
    const verdict = breaks.length > 0 ? 'breaks' : weakens.length > 0 ? 'weakens' : 'untouched';
    return changeOf(now, verdict, [...new Set([...breaks, ...weakens])]);
  });
  const removed = [...was].filter(([key]) => !is.has(key));
  return [...changes, ...removed.map(([, then]) => changeOf(then, 'removed', []))];
}

function changeOf(
  { name, owner, document, relationship: { node } }: Checked,
  verdict: Verdict,
  reasons: readonly string[],
): RelationshipChange {
  return { verdict, name, owner, reasons, place: { uri: document.context.uri, node } };
}

/** By what is equal for the same relationship in both states; requests change relationships, and are none. */
function relationshipsOf({ documents }: State): ReadonlyMap<string, Checked> {
  const found = new Map<string, Checked>();
  for (const document of documents) {
    const { model, catalogue, joins, actionJoins } = document.context;
    const joinOf = new Map([...joins, ...actionJoins].map((join) => [join.relationship, join]));
    const ofTypes = model.actionTypes.flatMap(({ relationships }) => relationships);
    for (const relationship of [...model.relationships, ...ofTypes]) {
      if (relationship.request !== undefined) continue;
      const name = nameOf(relationship);
      const owner = ownerOf(relationship, catalogue);
      if (name === undefined || owner === undefined) continue;
      const join = joinOf.get(relationship);
      found.set(JSON.stringify([owner.key, name]), { name, owner: owner.text, document, relationship, join });
    }
  }
  return found;
}

function ownerOf(
  { owner }: Relationship,
  catalogue: Catalogue,
): { readonly key: string; readonly text: string } | undefined {
  if (owner.kind === 'table') {
    const table = knownValue(owner.table);
    if (table === undefined || owner.source === undefined) return undefined;
    const { name } = owner.source;
    const kind = knownValue(catalogue.source(name))?.kind;
    const text = `table "${tableText(kind, table)}" of source "${name}"`;
    return { key: JSON.stringify([name, tableKey(kind, table) ?? text]), text };
  }
  const type = knownValue(owner.typeName);
  if (type === undefined) return undefined;
  if (owner.kind === 'action-type') return { key: JSON.stringify([type]), text: `action type "${type}"` };
  if (owner.remoteSchema === undefined) return undefined;
  const { name } = owner.remoteSchema;
  return { key: JSON.stringify([name, type, '']), text: `type "${type}" of remote schema "${name}"` };
}

interface Differences {
  readonly breaks: string[];
  readonly weakens: string[];
}

function differences(then: Checked, now: Checked, before: State): Differences {
  const found: Differences = { breaks: [], weakens: [] };
  compareSides(then.join, now.join, found);
  const newFindings = findingsOf(now);
  for (const key of findingsOf(then).keys()) newFindings.delete(key);
  const isBroken = [...newFindings.values()].some(({ severity }) => severity === 'error');
  // The same definition in both states: what it says itself is no change of what it relies on.
  const catalogue = before.catalogueFor(now.document);
  const earlier = catalogue && walkRelationship(now.relationship, catalogue);
  if (earlier !== undefined && now.join !== undefined) {
    const words = reliedChanges(earlier, now.join, now.document.context.catalogue);
    (isBroken || found.breaks.length > 0 ? found.breaks : found.weakens).push(...words);
  }
  for (const { severity, message, tags } of newFindings.values()) {
    if (severity === 'error') found.breaks.push(message);
    else if (severity === 'warning' || tags.includes('deprecated')) found.weakens.push(message);
  }
  return found;
}

/** What is found in a relationship and at the name of its owner, by what it is known by wherever it moves. */
function findingsOf({ document, relationship }: Checked): Map<string, Finding> {
  const { findings, context } = document;
  const { owner, node } = relationship;
  const places = [node, ownerNode(owner)].filter((each) => each !== undefined);
  const inside = findings.filter(({ offset }) =>
    places.some((place) => place.offset <= offset && offset < place.offset + place.length),
  );
  const { text } = context.tree;
  return new Map(
    inside.map((finding) => [
      `${finding.code} ${text.slice(finding.offset, finding.offset + finding.length)}`,
      finding,
    ]),
  );
}

function ownerNode(owner: Relationship['owner']): SyntaxNode | undefined {
  const name = owner.kind === 'table' ? owner.table : owner.typeName;
  return name.state === 'present' ? name.node : undefined;
}

/** One side of a relationship: there and used by the server or not, as far as it is known. */
interface Side {
  readonly text: string;
  readonly state: 'known' | 'unknown' | 'absent' | 'inconsistent';
  readonly reason?: string;
}

function compareSides(then: Join | undefined, now: Join | undefined, { breaks, weakens }: Differences): void {
  if (then === undefined || now === undefined) return;
  const earlier = sidesOf(then);
  for (const [index, side] of sidesOf(now).entries()) {
    const was = earlier[index]?.state;
    if (was === side.state) continue;
    if (side.state === 'absent') breaks.push(`There is no ${side.text}.`);
    else if (side.state === 'inconsistent')
      breaks.push(`The server leaves out ${side.text}: ${side.reason ?? ''}`);
    else if (side.state === 'unknown' && was === 'known')
      weakens.push(`It can't be checked any more: ${side.text} is not known.`);
  }
}

function sidesOf(join: Join): readonly [Side, Side] {
  return [leftSide(join), join.kind === 'to-source' ? targetTable(join) : targetSchema(join)];
}

function leftSide({ lhs, relationship: { owner } }: Join): Side {
  if (lhs.kind === 'table') {
    const written = owner.kind === 'table' ? knownValue(owner.table)?.name : undefined;
    return tableSide(`table "${lhs.text ?? written ?? ''}"`, lhs.source, lhs.table);
  }
  const type = owner.kind === 'table' ? undefined : knownValue(owner.typeName);
  return { text: `type "${type ?? ''}"`, state: stateOf(lhs.type) };
}

function targetTable({ definition, source, table }: Join & { kind: 'to-source' }): Side {
  const name = knownValue(definition.table);
  const text = knownValue(table)?.text ?? (name && tableText(knownValue(source)?.kind, name)) ?? '';
  return tableSide(`table "${text}"`, source, table);
}

type TableKnowledge = (Join & { kind: 'to-source' })['table'];

function tableSide(text: string, source: Knowledge<unknown>, table: TableKnowledge): Side {
  if (source.state === 'absent' || table.state === 'absent') return { text, state: 'absent' };
  const known = knownValue(table);
  if (known?.consistency.state === 'inconsistent') {
    return { text, state: 'inconsistent', reason: known.consistency.reason };
  }
  return { text, state: known?.columns.state === 'present' ? 'known' : 'unknown' };
}

function targetSchema({ definition, target, schema }: Join & { kind: 'to-remote-schema' }): Side {
  const text = `remote schema "${knownValue(definition.remoteSchema) ?? ''}"`;
  if (target.state === 'absent') return { text, state: 'absent' };
  const [inconsistency] = knownValue(target)?.inconsistencies.filter(({ certain }) => certain) ?? [];
  if (inconsistency !== undefined) return { text, state: 'inconsistent', reason: inconsistency.serverText };
  return { text, state: stateOf(schema) };
}

function stateOf({ state }: Knowledge<unknown>): Side['state'] {
  return state === 'present' ? 'known' : state;
}

/** What differs of what a definition relies on, in sentences. */
function reliedChanges(then: Join, now: Join, catalogue: Catalogue): readonly string[] {
  const [before, after] = [ReliedUpon.of([then]), ReliedUpon.of([now])];
  const ofSchemas = [...before.remoteSchemas].flatMap(([name, part]) => {
    const schema = knownValue(knownValue(catalogue.remoteSchema(name))?.schema ?? unknown);
    return schema === undefined ? [] : schemaChanges(part, schema).map((words) => `${words} (${name})`);
  });
  const types = after.columnTypes;
  const ofColumns = [...before.columnTypes].flatMap(([column, type]) => {
    const current = types.get(column);
    if (type === undefined || current === undefined || type === current) return [];
    return [`The ${column} is of type ${current}, and was of type ${type}.`];
  });
  return [...ofSchemas, ...ofColumns];
}
