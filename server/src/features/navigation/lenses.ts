import { boundedName } from '../../../../common/src/boundedText.ts';
import { visible } from '../../../../common/src/foreignText.ts';
import { knownValue } from '../../catalogue/catalogue.ts';
import { tableText } from '../../catalogue/tableNames.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Join } from '../../join/joinPath.ts';
import { thingKey } from '../../join/namedThing.ts';
import { type DocumentUses, joiningOf, tableThing } from '../../join/uses.ts';
import { contentRange, type TextRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { tableNameNode } from './references.ts';

/** Which of the lenses are wanted. */
export interface LensParts {
  /** Where each relationship leads. */
  readonly targets: boolean;
  /** How many other relationships lead to the same, and how many to a table. */
  readonly references: boolean;
  /** What can be done with a table. */
  readonly actions: boolean;
}

/** A line above a relationship or a table. */
export interface LensEntry {
  readonly place: TextRange;
  readonly title: string;
  /** The name whose references are meant; the table that gets a relationship. */
  readonly name: TextRange;
  /** Adds a relationship; else shows references. */
  readonly adds?: boolean;
}

/** What stands above the tables and relationships of a document; `joined`: how many relationships lead to what has a key. */
export function lenses(
  context: DocumentContext,
  uses: DocumentUses,
  joined: ReadonlyMap<string, number>,
  parts: LensParts,
): readonly LensEntry[] {
  const { model } = context;
  const found: LensEntry[] = [];
  const keys = new Map<SyntaxNode, string>();
  for (const { thing, node, joinedBy } of uses.all) if (joinedBy) keys.set(node, thingKey(thing));
  if (parts.references) {
    for (const { table, source } of model.tables) {
      if (table.state !== 'present') continue;
      const thing = tableThing(context, source?.name, table.value);
      const count = (thing && joined.get(thingKey(thing))) ?? 0;
      if (count === 0) continue;
      const name = contentRange(tableNameNode(table.node));
      found.push({ place: startOf(table.node), title: `joined by ${count}`, name });
    }
  }
  if (parts.actions) {
    for (const { table, source } of model.tables) {
      if (table.state !== 'present' || source === undefined) continue;
      const place = startOf(table.node);
      const name = contentRange(tableNameNode(table.node));
      found.push({ place, title: 'Add Remote Relationship…', name, adds: true });
    }
  }
  for (const join of [...context.joins, ...context.actionJoins]) {
    const target = targetOf(context, join);
    if (target === undefined) continue;
    const key = keys.get(target.node);
    const others = key === undefined ? 0 : (joined.get(key) ?? 0) - ownCount(uses, key, target.node);
    const texts = [
      ...(parts.targets ? [`to ${target.names.map((name) => visible(boundedName(name))).join('.')}`] : []),
      ...(parts.references && others > 0 ? [`also joined by ${others}`] : []),
    ];
    if (texts.length === 0) continue;
    const { node } = join.relationship;
    found.push({ place: startOf(node), title: texts.join(' · '), name: contentRange(target.name) });
  }
  return found.toSorted((a, b) => a.place.offset - b.place.offset);
}

/** How many lead to a thing by one place: several share it by an anchor. */
function ownCount(uses: DocumentUses, key: string, node: SyntaxNode): number {
  return joiningOf(uses.of(key).filter((use) => use.node === node)).length;
}

interface Target {
  readonly names: readonly string[];
  /** As `Use.node`. */
  readonly node: SyntaxNode;
  readonly name: SyntaxNode;
}

/** `undefined` while it is not written. */
function targetOf(context: DocumentContext, join: Join): Target | undefined {
  if (join.kind === 'to-source') {
    const { source, table } = join.definition;
    if (table.state !== 'present') return undefined;
    const sourceName = knownValue(source) ?? knownValue(join.source)?.name;
    const kind =
      sourceName === undefined ? undefined : knownValue(context.catalogue.source(sourceName))?.kind;
    const names = [...(sourceName === undefined ? [] : [sourceName]), tableText(kind, table.value)];
    return { names, node: table.node, name: tableNameNode(table.node) };
  }
  const remoteSchema = knownValue(join.definition.remoteSchema);
  const last = join.path.find((step) => step.last)?.step.name.node;
  if (remoteSchema === undefined || last === undefined) return undefined;
  return { names: [remoteSchema, ...join.path.map(({ step }) => step.name.value)], node: last, name: last };
}

function startOf({ offset }: SyntaxNode): TextRange {
  return { offset, length: 0 };
}
