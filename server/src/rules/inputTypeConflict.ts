import { groupBy } from '../../../common/src/groupBy.ts';
import { type Catalogue, knownValue, type Table } from '../catalogue/catalogue.ts';
import { walkRelationship } from '../join/documentContext.ts';
import type { ValueStep } from '../join/joinPath.ts';
import { ownerTable, strippedTypeSuffix } from '../join/strippedTypes.ts';
import { objectArgumentOf, templateOf } from '../metadata/argumentTemplates.ts';
import type { MetadataModel, Relationship } from '../metadata/relationship.ts';
import { nodeLocation } from '../syntax/location.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';

import { relationshipName } from './support/messages.ts';

/**
 * Object arguments of two relationships for which the server makes input types of one name, and of different fields (R55).
 * The name is made of the input type, the table or remote schema, and the relationship.
 */
export const inputTypeConflict: Rule = {
  code: 'input-type-conflict',
  specification: ['R55'],
  title: 'Object arguments of two relationships give different input types the same name.',
  severity: 'error',
  check: (context, report) => {
    const { catalogue } = context;
    if (!catalogue.serverVersion.atLeast(2, 2)) return;
    const own = withObjectArguments(context.model);
    if (own.length === 0) return;
    const suffixes = new Set(own.map((relationship) => strippedTypeSuffix(catalogue, relationship)));
    const groups = relationshipsNamed(catalogue, suffixes);
    for (const relationship of own) {
      const suffix = strippedTypeSuffix(catalogue, relationship);
      const argument = objectArgumentOf(relationship.definition);
      const group = suffix === undefined ? [] : (groups.get(suffix) ?? []);
      const others = group.filter((other) => mayMeet(catalogue, relationship, other));
      if (argument === undefined || others.length === 0 || isInconsistent(catalogue, relationship)) continue;
      const types = strippedTypes(catalogue, relationship);
      for (const other of others) {
        const clash = [...strippedTypes(catalogue, other.relationship)].find(
          ([type, template]) => types.has(type) && types.get(type) !== template,
        );
        const name = other.relationship.name;
        if (clash === undefined || name.state !== 'present') continue;
        const type = `${clash[0]}_remote_rel_${suffix}`;
        report({
          message: `The server names the type of the rest of this object "${type}", as it does for another relationship, "${name.value}", which sets other keys: one schema can't have both. Set the same keys, or rename one of the relationships.`,
          serverMessage: `Found conflicting definitions for GraphQL type "${type}"`,
          ...contentRange(argument.name.node),
          relationship: relationshipName(relationship),
          related: [{ message: 'The other relationship.', location: nodeLocation(other.uri, name.node) }],
        });
        break;
      }
    }
  },
};

interface Placed {
  readonly uri: string;
  readonly relationship: Relationship;
}

const candidates = new WeakMap<MetadataModel, readonly Relationship[]>();

/** The relationships of a document whose last field gets an object. */
function withObjectArguments(model: MetadataModel): readonly Relationship[] {
  const known = candidates.get(model);
  if (known !== undefined) return known;
  const found = model.relationships.filter(({ definition }) => objectArgumentOf(definition) !== undefined);
  candidates.set(model, found);
  return found;
}

/** Of each document what the types of its relationships are named after, as long as the kinds of the sources are the same. */
const bySuffix = new WeakMap<
  MetadataModel,
  { readonly kinds: string; readonly relationships: ReadonlyMap<string, readonly Relationship[]> }
>();

function relationshipsOf(
  model: MetadataModel,
  catalogue: Catalogue,
  kinds: string,
): ReadonlyMap<string, readonly Relationship[]> {
  const known = bySuffix.get(model);
  if (known?.kinds === kinds) return known.relationships;
  const relationships = groupBy(withObjectArguments(model), (relationship) =>
    strippedTypeSuffix(catalogue, relationship),
  );
  bySuffix.set(model, { kinds, relationships });
  return relationships;
}

type Groups = ReadonlyMap<string, readonly Placed[]>;

const asked = new WeakMap<Catalogue, { times: number; index: Groups | undefined }>();

/**
 * Those of the project's metadata whose types are named after one of these. After a keystroke one document is checked: to look
 * through the others takes less than an index of them, which pays where many are checked.
 */
function relationshipsNamed(catalogue: Catalogue, suffixes: ReadonlySet<string | undefined>): Groups {
  const state = asked.get(catalogue) ?? { times: 0, index: undefined };
  asked.set(catalogue, state);
  if (state.times++ > 3) state.index ??= groupsOf(catalogue, () => true);
  return state.index ?? groupsOf(catalogue, (suffix) => suffixes.has(suffix));
}

function groupsOf(catalogue: Catalogue, isWanted: (suffix: string) => boolean): Groups {
  const kinds = JSON.stringify(catalogue.sources.map(({ name, kind }) => [name, kind]));
  const groups = new Map<string, Placed[]>();
  for (const { uri, model } of catalogue.documents) {
    for (const [suffix, relationships] of relationshipsOf(model, catalogue, kinds)) {
      if (!isWanted(suffix)) continue;
      const group = groups.get(suffix) ?? [];
      for (const relationship of relationships) group.push({ uri, relationship });
      groups.set(suffix, group);
    }
  }
  return groups;
}

/** Whether both are in one schema: those of one table or type replace each other, what is overridden or inconsistent is gone. */
function mayMeet(
  catalogue: Catalogue,
  relationship: Relationship,
  { uri, relationship: other }: Placed,
): boolean {
  if (ownerKey(catalogue, relationship) === ownerKey(catalogue, other)) return false;
  if (targetOf(relationship) !== targetOf(other)) return false;
  if (isInconsistent(catalogue, other)) return false;
  const { owner } = other;
  const winner = tableOf(catalogue, other)?.declarations.at(-1);
  if (winner === undefined || owner.kind !== 'table' || owner.table.state !== 'present') return true;
  return winner.uri === uri && winner.offset === owner.table.node.offset;
}

/** The server has dropped the relationships of such a table before it makes a schema. */
function isInconsistent(catalogue: Catalogue, relationship: Relationship): boolean {
  return tableOf(catalogue, relationship)?.consistency.state === 'inconsistent';
}

function tableOf(catalogue: Catalogue, { owner }: Relationship): Table | undefined {
  if (owner.kind !== 'table' || owner.source === undefined || owner.table.state !== 'present')
    return undefined;
  const source = knownValue(catalogue.source(owner.source.name));
  return source && knownValue(source.table(owner.table.value));
}

function ownerKey(catalogue: Catalogue, { owner }: Relationship): string | undefined {
  if (owner.kind === 'table') return ownerTable(catalogue, owner)?.key;
  const schema = owner.kind === 'action-type' ? undefined : owner.remoteSchema?.name;
  return JSON.stringify([schema, knownValue(owner.typeName)]);
}

function targetOf({ definition }: Relationship): string | undefined {
  return definition?.kind === 'to-remote-schema' ? knownValue(definition.remoteSchema) : undefined;
}

/** What is fixed of each input type that a relationship strips; of a type that it strips in two ways, nothing is known. */
function strippedTypes(catalogue: Catalogue, relationship: Relationship): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const ambiguous = new Set<string>();
  const read = ({ items, fields, value, expectedType }: ValueStep): void => {
    const before = expectedType && found.get(expectedType.name);
    for (const item of items) read(item);
    for (const field of fields) read(field.value);
    if (value.kind !== 'object' || expectedType?.kind !== 'input-object') return;
    const type = expectedType.name;
    // The outer one is made last, and stays; of two side by side nobody knows which does.
    const template = templateOf(value.fields);
    if (before === undefined) ambiguous.delete(type);
    else if (before !== template) ambiguous.add(type);
    found.set(type, template);
  };
  const join = walkRelationship(relationship, catalogue);
  const last = join?.kind === 'to-remote-schema' ? join.path.findLast((step) => step.last) : undefined;
  for (const argument of last?.arguments ?? []) read(argument.value);
  for (const type of ambiguous) found.delete(type);
  return found;
}
