import type {
  ConstDirectiveNode,
  EnumTypeDefinitionNode,
  EnumTypeExtensionNode,
  FieldDefinitionNode,
  InputObjectTypeDefinitionNode,
  InputObjectTypeExtensionNode,
  InputValueDefinitionNode,
  InterfaceTypeDefinitionNode,
  InterfaceTypeExtensionNode,
  NamedTypeNode,
  NameNode,
  ObjectTypeDefinitionNode,
  ObjectTypeExtensionNode,
  TypeDefinitionNode,
  TypeExtensionNode,
  TypeNode,
} from 'graphql';
import type { Location } from '../syntax/location.ts';
import { lazy } from './lazy.ts';
import type { FieldDefinition, InputValue, NamedType, NamedTypeKind, TypeReference } from './remoteSchema.ts';
import type { SdlDefinition } from './sdlDefinitions.ts';

type TypeNodeKind = (TypeDefinitionNode | TypeExtensionNode)['kind'];

/** One definition or extension of a type, and the file it stands in. */
export interface SdlTypePart {
  readonly uri: string;
  readonly place?: Location | undefined;
  readonly definition: SdlDefinition & { readonly kind: TypeNodeKind; readonly name: string };
}

const kinds: Readonly<Record<TypeNodeKind, NamedTypeKind>> = {
  ObjectTypeDefinition: 'object',
  ObjectTypeExtension: 'object',
  InterfaceTypeDefinition: 'interface',
  InterfaceTypeExtension: 'interface',
  UnionTypeDefinition: 'union',
  UnionTypeExtension: 'union',
  ScalarTypeDefinition: 'scalar',
  ScalarTypeExtension: 'scalar',
  EnumTypeDefinition: 'enum',
  EnumTypeExtension: 'enum',
  InputObjectTypeDefinition: 'input-object',
  InputObjectTypeExtension: 'input-object',
};

export function kindOfPart(part: SdlTypePart): NamedTypeKind {
  return kinds[part.definition.kind];
}

/** The part that says what kind of type it is: the first definition, or, of a type that is only extended, the first part. */
export function declaringPart(parts: readonly [SdlTypePart, ...SdlTypePart[]]): SdlTypePart {
  return parts.find((part) => part.definition.kind.endsWith('Definition')) ?? parts[0];
}

function nodeOf({ definition }: SdlTypePart): TypeDefinitionNode | TypeExtensionNode {
  return definition.node as TypeDefinitionNode | TypeExtensionNode;
}

/** Where the name of a member of the part stands. */
export function locationOfMember({ uri, place, definition }: SdlTypePart, name: NameNode): Location {
  const offset = definition.start + (name.loc?.start ?? 0);
  return place ?? { uri, offset, length: name.value.length };
}

/** Where the name of the type stands. */
export function locationOfPart({ uri, place, definition }: SdlTypePart): Location {
  return place ?? { uri, offset: definition.nameOffset, length: definition.name.length };
}

type WithFields =
  | ObjectTypeDefinitionNode
  | ObjectTypeExtensionNode
  | InterfaceTypeDefinitionNode
  | InterfaceTypeExtensionNode;
type WithInputFields = InputObjectTypeDefinitionNode | InputObjectTypeExtensionNode;
type WithValues = EnumTypeDefinitionNode | EnumTypeExtensionNode;

/** A type whose fields are made when first asked for. Parts of the same kind are merged; of a repeated name the first wins. */
export function sdlType(parts: readonly [SdlTypePart, ...SdlTypePart[]]): NamedType {
  return new SdlType(parts);
}

class SdlType implements NamedType {
  readonly kind: NamedTypeKind;
  readonly name: string;
  readonly location: Location;
  readonly #parts: readonly SdlTypePart[];
  readonly #fields: () => ReadonlyMap<string, FieldDefinition>;
  readonly #inputFields: () => ReadonlyMap<string, InputValue>;

  constructor(parts: readonly [SdlTypePart, ...SdlTypePart[]]) {
    const declared = declaringPart(parts);
    this.kind = kindOfPart(declared);
    this.name = declared.definition.name;
    this.location = locationOfPart(declared);
    this.#parts = parts.filter((part) => kindOfPart(part) === this.kind);
    this.#fields = lazy(() =>
      byName(this.#parts, (part) =>
        ((nodeOf(part) as WithFields).fields ?? []).map((node) => new SdlField(part, node)),
      ),
    );
    this.#inputFields = lazy(() =>
      byName(this.#parts, (part) =>
        ((nodeOf(part) as WithInputFields).fields ?? []).map((node) => sdlInputValue(part, node)),
      ),
    );
  }

  get description(): string | undefined {
    for (const part of this.#parts) {
      const node = nodeOf(part);
      if ('description' in node && node.description !== undefined) return node.description.value;
    }
    return undefined;
  }

  get fields(): readonly FieldDefinition[] {
    return this.kind === 'object' || this.kind === 'interface' ? [...this.#fields().values()] : [];
  }

  get inputFields(): readonly InputValue[] {
    return this.kind === 'input-object' ? [...this.#inputFields().values()] : [];
  }

  get enumValues(): readonly string[] {
    if (this.kind !== 'enum') return [];
    const names = this.#parts.flatMap((part) =>
      ((nodeOf(part) as WithValues).values ?? []).map((value) => value.name.value),
    );
    return [...new Set(names)];
  }

  get interfaces(): readonly string[] {
    return this.#names((node) => ('interfaces' in node ? node.interfaces : undefined));
  }

  get memberTypes(): readonly string[] {
    return this.#names((node) => ('types' in node ? node.types : undefined));
  }

  #names(
    of: (node: TypeDefinitionNode | TypeExtensionNode) => readonly NamedTypeNode[] | undefined,
  ): readonly string[] {
    return [
      ...new Set(this.#parts.flatMap((part) => (of(nodeOf(part)) ?? []).map(({ name }) => name.value))),
    ];
  }

  field(name: string): FieldDefinition | undefined {
    return this.kind === 'object' || this.kind === 'interface' ? this.#fields().get(name) : undefined;
  }

  inputField(name: string): InputValue | undefined {
    return this.kind === 'input-object' ? this.#inputFields().get(name) : undefined;
  }
}

class SdlField implements FieldDefinition {
  readonly name: string;
  readonly #part: SdlTypePart;
  readonly #node: FieldDefinitionNode;
  readonly #arguments: () => ReadonlyMap<string, InputValue>;

  constructor(part: SdlTypePart, node: FieldDefinitionNode) {
    this.name = node.name.value;
    this.#part = part;
    this.#node = node;
    this.#arguments = lazy(() =>
      byName([part], () => (node.arguments ?? []).map((argument) => sdlInputValue(part, argument))),
    );
  }

  get type(): TypeReference {
    return typeReferenceOf(this.#node.type);
  }

  get arguments(): readonly InputValue[] {
    return this.#node.arguments === undefined ? [] : [...this.#arguments().values()];
  }

  get description(): string | undefined {
    return this.#node.description?.value;
  }

  get deprecationReason(): string | undefined {
    return deprecationReasonOf(this.#node.directives);
  }

  get location(): Location {
    return locationOfMember(this.#part, this.#node.name);
  }

  argument(name: string): InputValue | undefined {
    return this.#arguments().get(name);
  }
}

function sdlInputValue(part: SdlTypePart, node: InputValueDefinitionNode): InputValue {
  const defaultPlace = node.defaultValue?.loc;
  return {
    name: node.name.value,
    type: typeReferenceOf(node.type),
    description: node.description?.value,
    hasDefault: node.defaultValue !== undefined,
    defaultText: defaultPlace && part.definition.text.slice(defaultPlace.start, defaultPlace.end),
    deprecationReason: deprecationReasonOf(node.directives),
    location: locationOfMember(part, node.name),
  };
}

export function typeReferenceOf(node: TypeNode, nonNull = false): TypeReference {
  if (node.kind === 'NonNullType') return typeReferenceOf(node.type, true);
  if (node.kind === 'ListType') return { kind: 'list', of: typeReferenceOf(node.type), nonNull };
  return { kind: 'named', name: node.name.value, nonNull };
}

function deprecationReasonOf(directives: readonly ConstDirectiveNode[] | undefined): string | undefined {
  const deprecated = directives?.find((directive) => directive.name.value === 'deprecated');
  if (deprecated === undefined) return undefined;
  const reason = deprecated.arguments?.find((argument) => argument.name.value === 'reason')?.value;
  return reason?.kind === 'StringValue' ? reason.value : 'No longer supported';
}

/** Of a repeated name the first wins. */
function byName<T extends { readonly name: string }>(
  parts: readonly SdlTypePart[],
  read: (part: SdlTypePart) => readonly T[],
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const part of parts) {
    for (const item of read(part)) {
      if (!found.has(item.name)) found.set(item.name, item);
    }
  }
  return found;
}
