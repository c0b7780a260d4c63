import type { DocumentContext } from '../../join/documentContext.ts';
import { anyDefinitionKeys, lhsFieldsKeys } from '../../metadata/metadataSchema.ts';
import type { ShapeProblemOf } from '../../metadata/relationship.ts';
import { suggest } from '../../schema/suggest.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

type UnknownKey = Omit<ShapeProblemOf<'unknown-key'>, 'kind'>;

/** What other forms, local relationships and old documents call a key. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  [lhsFieldsKeys.unified]: [lhsFieldsKeys.legacy],
  [lhsFieldsKeys.legacy]: [lhsFieldsKeys.unified],
  remote_schema: ['schema'],
  to_source: ['remote_source'],
  table: ['remote_table'],
  field_mapping: ['column_mapping', 'mapping'],
  relationship_type: ['type'],
  arguments: ['args'],
};

/** An export may write the keys of the forms it does not use as `null`. */
const nullableKeys = new Set<unknown>(['definition', ...anyDefinitionKeys]);

/** The unknown keys of one object. */
export interface MeantKeys {
  /** What each is meant to be called, where that is known; without those that mean nothing by being there. */
  readonly meant: ReadonlyMap<SyntaxNode, string | undefined>;
  /** The first key that is meant to be called so. */
  readonly first: ReadonlyMap<string, SyntaxNode>;
}

/** By document and object, each read once: it may have many keys. */
const read = new WeakMap<DocumentContext, ReadonlyMap<SyntaxNode | undefined, MeantKeys>>();

/** What the unknown keys of an object are meant to be called; `undefined` where it has none. */
export function meantKeys(context: DocumentContext, object: SyntaxNode | undefined): MeantKeys | undefined {
  const known = read.get(context) ?? readAll(context);
  read.set(context, known);
  return known.get(object);
}

function readAll({ model }: DocumentContext): ReadonlyMap<SyntaxNode | undefined, MeantKeys> {
  const unknown = new Map<SyntaxNode | undefined, UnknownKey[]>();
  for (const problem of model.shapeProblems) {
    if (problem.kind !== 'unknown-key') continue;
    const known = unknown.get(problem.node.parent);
    if (known === undefined) unknown.set(problem.node.parent, [problem]);
    else known.push(problem);
  }
  return new Map([...unknown].map(([object, problems]) => [object, readKeys(object, problems)]));
}

function readKeys(object: SyntaxNode | undefined, problems: readonly UnknownKey[]): MeantKeys {
  const children = object?.children ?? [];
  const names = new Set<unknown>(children.map((child) => child.key?.value));
  const values = new Map(children.flatMap((child) => (child.key ? [[child.key, child] as const] : [])));
  const meant = new Map<SyntaxNode, string | undefined>();
  const first = new Map<string, SyntaxNode>();
  for (const { node, key, allowed } of problems) {
    if (values.get(node)?.kind === 'null' && nullableKeys.has(node.value)) continue;
    // A key that is written already is not what was meant.
    const missing = allowed.filter((name) => !names.has(name));
    const name = missing.find((other) => otherNames[other]?.includes(key)) ?? suggest(key, missing);
    meant.set(node, name);
    if (name !== undefined && !first.has(name)) first.set(name, node);
  }
  return { meant, first };
}
