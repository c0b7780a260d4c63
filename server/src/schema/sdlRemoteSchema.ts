import { parse, type SchemaDefinitionNode, type SchemaExtensionNode } from 'graphql';
import type { Location } from '../syntax/location.ts';
import { builtInScalars } from './builtInScalars.ts';
import { federationSdl } from './federation.ts';
import type { LoadedRemoteSchema, SchemaFile, SchemaFileProblem } from './loadedRemoteSchema.ts';
import type { NamedType, RemoteSchema } from './remoteSchema.ts';
import {
  heldDefinitions,
  membersOf,
  readSdlDefinitions,
  type SdlDefinition,
  type SdlDefinitions,
} from './sdlDefinitions.ts';
import { isCodeFile, readSdlInCode } from './sdlInCode.ts';
import {
  declaringPart,
  kindOfPart,
  locationOfMember,
  locationOfPart,
  type SdlTypePart,
  sdlType,
} from './sdlTypes.ts';

/**
 * Reads the SDL of one remote schema, spread over any number of files. It is not validated as a GraphQL server would:
 * what a real server publishes counts, so unknown directives and types are fine and repeated names are a warning.
 */
export function loadSdl(
  files: readonly SchemaFile[],
  readText: (text: string) => SdlDefinitions = readSdlDefinitions,
): LoadedRemoteSchema {
  const problems: SchemaFileProblem[] = [];
  const parts = new Map<string, [SdlTypePart, ...SdlTypePart[]]>();
  const schemaNodes: (SchemaDefinitionNode | SchemaExtensionNode)[] = [];
  const all: { readonly uri: string; readonly definition: SdlDefinition }[] = [];
  let broken = false;
  const undecided = new Set<string>();
  for (const { uri, text, place } of files) {
    const isCode = isCodeFile(uri);
    const { definitions, problem } = isCode ? readSdlInCode(uri, text, readText) : readText(text);
    if (problem !== undefined) problems.push({ uri, ...problem });
    if (definitions === undefined) {
      broken = true;
      continue;
    }
    // Both sides of a merge conflict are there.
    if (problem?.severity === 'error') undecided.add(uri);
    for (const definition of definitions) {
      all.push({ uri, definition });
      switch (definition.kind) {
        case 'SchemaDefinition':
        case 'SchemaExtension':
          schemaNodes.push(definition.node as SchemaDefinitionNode | SchemaExtensionNode);
          break;
        case 'DirectiveDefinition':
          break;
        case 'OperationDefinition':
        case 'FragmentDefinition':
          // In code they stand beside each other.
          if (!isCode) problems.push(ignored(uri, definition));
          break;
        default: {
          const part = { uri, place, definition } as SdlTypePart;
          const known = parts.get(part.definition.name);
          if (known === undefined) parts.set(part.definition.name, [part]);
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
  for (const part of federationParts(all, root)) {
    const known = parts.get(part.definition.name);
    if (known === undefined) parts.set(part.definition.name, [part]);
    // Of a repeated name the first counts: what the SDL says itself.
    else if (part.definition.kind === 'ObjectTypeExtension') known.push(part);
  }
  return { schema: new SdlRemoteSchema(parts, root), problems };
}

function ignored(uri: string, { node, start }: SdlDefinition): SchemaFileProblem {
  return {
    uri,
    message: 'A query or fragment is not part of a schema and is ignored.',
    offset: start + (node.loc?.start ?? 0),
    length: node.loc?.startToken.value?.length ?? 1,
    severity: 'warning',
  };
}

function federationParts(
  all: readonly { readonly uri: string; readonly definition: SdlDefinition }[],
  root: string,
): readonly SdlTypePart[] {
  const sdl = federationSdl(
    all.map(({ definition }) => definition),
    root,
  );
  const from = all.find(({ definition }) => definition.federation !== undefined)?.uri;
  if (sdl === undefined || from === undefined) return [];
  // Without locations: none of it stands anywhere.
  const { definitions } = parse(sdl, { noLocation: true });
  return heldDefinitions(sdl, definitions).map((definition) => ({ uri: from, definition }) as SdlTypePart);
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
    if (parts.length > 1 || parts[0].definition.repeatsMember) reportRepetitionsOf(typeName, parts, problems);
  }
}

function reportRepetitionsOf(
  typeName: string,
  parts: readonly [SdlTypePart, ...SdlTypePart[]],
  problems: SchemaFileProblem[],
): void {
  const warn = ({ uri, offset, length }: Location, message: string) => {
    problems.push({ uri, offset, length, message, severity: 'warning' });
  };
  const kind = kindOfPart(declaringPart(parts));
  const seen = new Set<string>();
  let declared = false;
  for (const part of parts) {
    // In the file itself, wherever that is said to stand.
    const here = { ...part, place: undefined };
    if (part.definition.kind.endsWith('Definition')) {
      if (declared) {
        warn(
          locationOfPart(here),
          `Type "${typeName}" is defined more than once; the definitions are merged.`,
        );
      }
      declared = true;
    }
    if (kindOfPart(part) !== kind) {
      warn(locationOfPart(here), `Type "${typeName}" is defined as another kind; this part is ignored.`);
      continue;
    }
    for (const { name } of membersOf(part.definition.node)) {
      if (seen.has(name.value)) {
        warn(
          locationOfMember(here, name),
          `"${typeName}.${name.value}" is defined more than once; the first one counts.`,
        );
      }
      seen.add(name.value);
    }
  }
}
