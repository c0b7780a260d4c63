import type { ServerVersion } from '../../../common/src/serverVersion.ts';
import type { RemoteSchemaCustomization, RemoteSchemaEntry, Renaming } from '../metadata/relationship.ts';
import { isBuiltInScalar } from '../schema/builtInScalars.ts';
import type { NamedType, RemoteSchema } from '../schema/remoteSchema.ts';
import { nodeLocation } from '../syntax/location.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Knowledge, RemoteSchemaInconsistency } from './catalogue.ts';
import { customizedFieldName, customizedTypeName, hasCustomization } from './remoteSchemaNames.ts';

/**
 * What makes the server drop a remote schema, with every relationship to it (R57, R58): its URL, and what its
 * customization does to the types there are. Of a schema that is not known nothing is said.
 */
export function remoteSchemaInconsistencies(
  uri: string,
  { node, urlProblem, customization }: RemoteSchemaEntry,
  schema: Knowledge<RemoteSchema>,
  version: ServerVersion,
): readonly RemoteSchemaInconsistency[] {
  const found: RemoteSchemaInconsistency[] = [];
  /** One for a place: a prefix may be wrong for many names. */
  const add = (
    part: RemoteSchemaInconsistency['part'],
    at: SyntaxNode,
    reason: string,
    serverText: string,
    certain = true,
  ) => {
    if (found.some((other) => other.node === at)) return;
    found.push({ part, location: nodeLocation(uri, at), node: at, reason, serverText, certain });
  };
  if (urlProblem === 'none') {
    add('url', node, 'it has no URL', "both `url` and `url_from_env` can't be empty");
  } else if (urlProblem === 'two') {
    add('url', node, 'it has two URLs', "both `url` and `url_from_env` can't be present");
  }
  if (customization === undefined || !hasCustomization(version)) return found;
  for (const { value: name, node: key } of customization.reservedNames) {
    add(
      'customization',
      key,
      `"${name}" is reserved and can't be renamed`,
      `attempt to customize reserved field name "${name}"`,
    );
  }
  if (!customization.complete || schema.state !== 'present') return found;
  for (const { at, reason, serverText, certain } of conflicts(customization, schema.value)) {
    add('customization', at, reason, serverText, certain);
  }
  return found;
}

interface Conflict {
  readonly at: SyntaxNode;
  readonly reason: string;
  readonly serverText: string;
  readonly certain: boolean;
}

function* conflicts(customization: RemoteSchemaCustomization, schema: RemoteSchema): Generator<Conflict> {
  if (customization.fieldNames.size > 0) yield* interfaceConflicts(customization, schema);
  if (customization.typeNames !== undefined) {
    yield* typeConflicts(customization, customization.typeNames, schema);
  }
  for (const [typeName, renaming] of customization.fieldNames) {
    const type = schema.type(typeName);
    if (type !== undefined) yield* fieldConflicts(customization, renaming, type);
  }
}

/** A field has the same name on an interface and on every type that implements it. */
function* interfaceConflicts(
  customization: RemoteSchemaCustomization,
  schema: RemoteSchema,
): Generator<Conflict> {
  const { fieldNames } = customization;
  for (const name of schema.typeNames) {
    const type = schema.type(name);
    if (type?.kind !== 'object') continue;
    for (const interfaceName of type.interfaces) {
      const own = fieldNames.get(name);
      const renaming = own ?? fieldNames.get(interfaceName);
      const known = schema.type(interfaceName);
      if (renaming === undefined || known?.kind !== 'interface') continue;
      for (const field of known.fields) {
        // Readings of the engine differ where a prefix or suffix alone makes the difference.
        const certain = [fieldNames.get(interfaceName), own].some((each) => each?.mapping.has(field.name));
        const onInterface = customizedFieldName(customization, interfaceName, field.name);
        const onType = customizedFieldName(customization, name, field.name);
        if (onInterface === onType) continue;
        yield {
          certain,
          at: placeOf(fieldNames.get(interfaceName) ?? renaming, own, field.name),
          reason: `field "${field.name}" becomes "${onInterface}" on interface "${interfaceName}", but "${onType}" on type "${name}", which implements it`,
          serverText: `Remote schema customization inconsistency: field name mapping for field "${field.name}" of interface "${interfaceName}" is inconsistent with mapping for type "${name}". Interface field name maps to "${onInterface}". Type field name maps to "${onType}".`,
        };
      }
    }
  }
}

/** Where the new name of a field is written: in one of two renamings, or as the whole of the first. */
function placeOf(first: Renaming, second: Renaming | undefined, field: string): SyntaxNode {
  return first.mapping.get(field)?.node ?? second?.mapping.get(field)?.node ?? first.node;
}

function* typeConflicts(
  customization: RemoteSchemaCustomization,
  renaming: Renaming,
  schema: RemoteSchema,
): Generator<Conflict> {
  const names = schema.typeNames.filter((name) => isCertainlyThere(name));
  const renamed = names.flatMap((old) => {
    const name = customizedTypeName(customization, schema, old);
    return name === undefined ? [] : [{ old, name }];
  });
  for (const { name, olds } of sameNames(renamed)) {
    yield {
      certain: true,
      at: lastWritten(renaming, olds),
      reason: `types ${inQuotes(olds)} all become "${name}"`,
      serverText: `Type name mappings are not distinct; the following types appear more than once: "${name}"`,
    };
  }
}

/** A schema lists of the built-in scalars only those it uses; an introspection uses these two. */
function isCertainlyThere(name: string): boolean {
  return !isBuiltInScalar(name) || name === 'String' || name === 'Boolean';
}

function* fieldConflicts(
  customization: RemoteSchemaCustomization,
  renaming: Renaming,
  type: NamedType,
): Generator<Conflict> {
  const renamed = type.fields.map(({ name }) => ({
    old: name,
    name: customizedFieldName(customization, type.name, name),
  }));
  for (const { name, olds } of sameNames(renamed)) {
    yield {
      certain: true,
      at: lastWritten(renaming, olds),
      reason: `fields ${inQuotes(olds)} of type "${type.name}" all become "${name}"`,
      serverText: `Field name mappings for ${type.kind} type "${type.name}" are not distinct; the following fields appear more than once: "${name}"`,
    };
  }
}

function sameNames(
  renamed: readonly { readonly old: string; readonly name: string }[],
): { readonly name: string; readonly olds: readonly string[] }[] {
  const byName = new Map<string, string[]>();
  for (const { old, name } of renamed) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [old]);
    else known.push(old);
  }
  return [...byName].flatMap(([name, olds]) => (olds.length > 1 ? [{ name, olds }] : []));
}

function lastWritten(renaming: Renaming, olds: readonly string[]): SyntaxNode {
  const written = olds.flatMap((old) => renaming.mapping.get(old)?.node ?? []);
  return written.toSorted((a, b) => a.offset - b.offset).at(-1) ?? renaming.node;
}

function inQuotes(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
