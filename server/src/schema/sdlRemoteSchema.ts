import type { DefinitionNode, NameNode, SchemaDefinitionNode, SchemaExtensionNode } from 'graphql';
import { builtInScalars } from './builtInScalars.ts';
import { federationParts } from './federation.ts';
import type { LoadedRemoteSchema, SchemaFile, SchemaFileProblem } from './loadedRemoteSchema.ts';
import { type ParsedSdl, parseSdl } from './parseSdl.ts';
import type { NamedType, RemoteSchema } from './remoteSchema.ts';
import { isCodeFile, parseSdlInCode } from './sdlInCode.ts';
import {
  declaringPart,
  kindOfPart,
  locationOfName,
  membersOfPart,
  type SdlTypePart,
  sdlType,
} from './sdlTypes.ts';

/**
 * Reads the SDL of one remote schema, spread over any number of files. It is not validated as a GraphQL server would:
 * what a real server publishes counts, so unknown directives and types are fine and repeated names are a warning.
 */
export function loadSdl(
  files: readonly SchemaFile[],
  parseText: (text: string) => ParsedSdl = parseSdl,
): LoadedRemoteSchema {
  const problems: SchemaFileProblem[] = [];
  const parts = new Map<string, [SdlTypePart, ...SdlTypePart[]]>();
  const schemaNodes: (SchemaDefinitionNode | SchemaExtensionNode)[] = [];
  const definitions: { readonly uri: string; readonly node: DefinitionNode }[] = [];
  let broken = false;
  const undecided = new Set<string>();
  for (const { uri, text, place } of files) {
    const isCode = isCodeFile(uri);
    const { document, problem } = isCode ? parseSdlInCode(uri, text, parseText) : parseText(text);
    if (problem !== undefined) problems.push({ uri, ...problem });
    if (document === undefined) {
      broken = true;
      continue;
    }
    // Both sides of a merge conflict are there.
    if (problem?.severity === 'error') undecided.add(uri);
    for (const node of document.definitions) {
      definitions.push({ uri, node });
      switch (node.kind) {
        case 'SchemaDefinition':
        case 'SchemaExtension':
          schemaNodes.push(node);
          break;
        case 'DirectiveDefinition':
        case 'DirectiveExtension':
          break;
        case 'OperationDefinition':
        case 'FragmentDefinition':
          // In code they stand beside each other.
          if (isCode) break;
          problems.push({
            uri,
            message: 'A query or fragment is not part of a schema and is ignored.',
            offset: node.loc?.start ?? 0,
            length: node.loc?.startToken.value?.length ?? 1,
            severity: 'warning',
          });
          break;
        default: {
          const known = parts.get(node.name.value);
          const part = { uri, text, place, node };
          if (known === undefined) parts.set(node.name.value, [part]);
          else known.push(part);
        }
      }
    }
  }
  if (undecided.size === 0) reportRepetitions(parts, problems);
  if (broken) return { schema: undefined, problems };
  const first = files[0];
  if (parts.size === 0) {
    if (first !== undefined) {
      const message = 'This file defines no GraphQL type.';
      problems.push({ uri: first.uri, message, offset: 0, length: 0, severity: 'error' });
    }
    return { schema: undefined, problems };
  }
  const root = queryTypeNameOf(parts, schemaNodes);
  for (const part of federationParts(definitions, root)) {
    const known = parts.get(part.node.name.value);
    if (known === undefined) parts.set(part.node.name.value, [part]);
    // Of a repeated name the first counts: what the SDL says itself.
    else if (part.node.kind === 'ObjectTypeExtension') known.push(part);
  }
  return { schema: new SdlRemoteSchema(parts, root), problems };
}

function queryTypeNameOf(
  parts: ReadonlyMap<string, unknown>,
  schemaNodes: readonly (SchemaDefinitionNode | SchemaExtensionNode)[],
): string {
  const query = schemaNodes
    .flatMap((node) => node.operationTypes ?? [])
    .find((operation) => operation.operation === 'query');
  // An SDL of types alone may come from a server that calls its root `query_root`.
  const byDefault = !parts.has('Query') && parts.has('query_root') ? 'query_root' : 'Query';
  return query?.type.name.value ?? byDefault;
}

class SdlRemoteSchema implements RemoteSchema {
  readonly queryTypeName: string;
  readonly #parts: ReadonlyMap<string, readonly [SdlTypePart, ...SdlTypePart[]]>;
  readonly #types = new Map<string, NamedType>();

  constructor(parts: ReadonlyMap<string, readonly [SdlTypePart, ...SdlTypePart[]]>, queryTypeName: string) {
    this.#parts = parts;
    this.queryTypeName = queryTypeName;
  }

  get typeNames(): readonly string[] {
    return [...new Set([...builtInScalars.keys(), ...this.#parts.keys()])];
  }

  type(name: string): NamedType | undefined {
    const known = this.#types.get(name) ?? builtInScalars.get(name);
    if (known !== undefined) return known;
    const parts = this.#parts.get(name);
    if (parts === undefined) return undefined;
    const type = sdlType(parts);
    this.#types.set(name, type);
    return type;
  }
}

/** One warning for each type, field or enum value that was declared before. */
function reportRepetitions(
  types: ReadonlyMap<string, readonly [SdlTypePart, ...SdlTypePart[]]>,
  problems: SchemaFileProblem[],
): void {
  for (const [typeName, parts] of types) {
    if (parts.length > 1 || repeatsMember(parts[0])) reportRepetitionsOf(typeName, parts, problems);
  }
}

function reportRepetitionsOf(
  typeName: string,
  parts: readonly [SdlTypePart, ...SdlTypePart[]],
  problems: SchemaFileProblem[],
): void {
  const warn = (uri: string, name: NameNode, message: string) => {
    problems.push({ ...locationOfName({ uri }, name), message, severity: 'warning' });
  };
  const kind = kindOfPart(declaringPart(parts));
  const seen = new Set<string>();
  let declared = false;
  for (const part of parts) {
    const { uri, node } = part;
    if (node.kind.endsWith('Definition')) {
      if (declared) {
        warn(uri, node.name, `Type "${typeName}" is defined more than once; the definitions are merged.`);
      }
      declared = true;
    }
    if (kindOfPart(part) !== kind) {
      warn(uri, node.name, `Type "${typeName}" is defined as another kind; this part is ignored.`);
      continue;
    }
    for (const { name } of membersOfPart(part)) {
      if (seen.has(name.value)) {
        warn(uri, name, `"${typeName}.${name.value}" is defined more than once; the first one counts.`);
      }
      seen.add(name.value);
    }
  }
}

/** Comparing a few names costs less than hashing them, and a large schema has many types of a few fields. */
function repeatsMember(part: SdlTypePart): boolean {
  const members = membersOfPart(part);
  if (members.length > 12) return new Set(members.map(({ name }) => name.value)).size < members.length;
  for (let later = 1; later < members.length; later += 1) {
    const name = members[later]?.name.value;
    for (let earlier = 0; earlier < later; earlier += 1) {
      if (members[earlier]?.name.value === name) return true;
    }
  }
  return false;
}
