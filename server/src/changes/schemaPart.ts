import {
  type BreakingChange,
  BreakingChangeType,
  buildASTSchema,
  type DangerousChange,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  parse,
} from 'graphql';
import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { builtInScalars } from '../schema/builtInScalars.ts';
import type {
  FieldDefinition,
  InputValue,
  NamedType,
  NamedTypeKind,
  RemoteSchema,
  TypeReference,
} from '../schema/remoteSchema.ts';
import { typeKeywords } from '../schema/typeKeywords.ts';
import { isRequired, namedTypeOf, typeReferenceText } from '../schema/typeReference.ts';

interface TypePart {
  readonly kind: NamedTypeKind;
  /** Each as SDL has it, by its name: fields with arguments, input fields, values of an enum. */
  readonly members: Map<string, MemberPart>;
}

interface MemberPart {
  readonly arguments: Map<string, string>;
  /** `undefined` of a value. */
  readonly type: string | undefined;
}

/** What is used of a remote schema: some of its types, and of these some fields, arguments and values. */
export class SchemaPart {
  readonly #types = new Map<string, TypePart>();
  #queryTypeName = 'Query';

  /** A field with those of its arguments, and the types of all of it by their names. */
  addField(schema: RemoteSchema, type: NamedType, field: FieldDefinition, used: readonly InputValue[]): void {
    this.#queryTypeName = schema.queryTypeName;
    const member = this.#addMember(type, field.name, typeReferenceText(field.type));
    this.#addNamed(schema, field.type);
    for (const argument of used) {
      if (!isGraphqlName(argument.name)) continue;
      member?.arguments.set(argument.name, typeReferenceText(argument.type));
      this.#addNamed(schema, argument.type);
    }
  }

  addInputField(schema: RemoteSchema, type: NamedType, field: InputValue): void {
    this.#addMember(type, field.name, typeReferenceText(field.type));
    this.#addNamed(schema, field.type);
  }

  /** A value of an enum. */
  addValue(type: NamedType, value: string): void {
    this.#addMember(type, value, undefined);
  }

  /** The same part of another schema, as far as that has it, with what it requires besides. */
  in(schema: RemoteSchema): SchemaPart {
    const part = new SchemaPart();
    part.#queryTypeName = schema.queryTypeName;
    for (const [name, { members }] of this.#types) {
      const type = schema.type(name);
      if (type === undefined) continue;
      part.#add(type.kind, name);
      for (const [member, { arguments: list }] of members) {
        const field = type.field(member);
        const used = field?.arguments.filter((each) => list.has(each.name) || isRequired(each)) ?? [];
        if (field !== undefined) part.addField(schema, type, field, used);
        if (type.enumValues.includes(member)) part.addValue(type, member);
      }
      if (members.size === 0) continue;
      for (const field of type.inputFields) {
        if (members.has(field.name) || isRequired(field)) part.addInputField(schema, type, field);
      }
    }
    return part;
  }

  /** In order of names, so that equal parts are equal texts. */
  get sdl(): string {
    const root = this.#queryTypeName === 'Query' ? '' : `schema {\n  query: ${this.#queryTypeName}\n}\n\n`;
    return root + sorted(this.#types).map(typeText).join('\n');
  }

  #addMember(type: NamedType, name: string, text: string | undefined): MemberPart | undefined {
    if (!isGraphqlName(name)) return undefined;
    const members = this.#add(type.kind, type.name)?.members;
    const known = members?.get(name);
    if (known !== undefined) return known;
    const made = { arguments: new Map<string, string>(), type: text };
    members?.set(name, made);
    return made;
  }

  #addNamed(schema: RemoteSchema, reference: TypeReference): void {
    const name = namedTypeOf(reference);
    if (!builtInScalars.has(name)) this.#add(schema.type(name)?.kind ?? 'scalar', name);
  }

  #add(kind: NamedTypeKind, name: string): TypePart | undefined {
    const known = this.#types.get(name);
    if (known !== undefined || !isGraphqlName(name)) return known;
    const made = { kind, members: new Map<string, MemberPart>() };
    this.#types.set(name, made);
    return made;
  }
}

function typeText([name, { kind, members }]: readonly [string, TypePart]): string {
  const head = `${typeKeywords[kind]} ${name}`;
  if (members.size === 0) return `${head}\n`;
  const lines = sorted(members).map(([member, { arguments: list, type }]) => {
    const inner = sorted(list).map(([argument, text]) => `${argument}: ${text}`);
    const brackets = inner.length === 0 ? '' : `(${inner.join(', ')})`;
    return `  ${member}${brackets}${type === undefined ? '' : `: ${type}`}\n`;
  });
  return `${head} {\n${lines.join('')}}\n`;
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What differs for who uses a part of a schema and gets that of another, in GraphQL's own words. */
export function schemaChanges(before: SchemaPart, schema: RemoteSchema): readonly string[] {
  const after = before.in(schema);
  if (before.sdl === after.sdl) return [];
  const [from, to] = [schemaOf(before), schemaOf(after)];
  if (from === undefined || to === undefined) return [];
  return [...findBreakingChanges(from, to), ...findDangerousChanges(from, to)]
    .filter((change) => !isOfBuiltInScalar(change))
    .map(({ description }) => description);
}

/** To the library, what nothing refers to is gone. */
function isOfBuiltInScalar({ type, description }: BreakingChange | DangerousChange): boolean {
  return type === BreakingChangeType.TYPE_REMOVED && description.startsWith('Standard scalar ');
}

/** `undefined` of one that is none to the library, as whose types are named like built-in ones. */
function schemaOf({ sdl }: SchemaPart): GraphQLSchema | undefined {
  if (sdl === '') return undefined;
  try {
    return buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
  } catch {
    return undefined;
  }
}
