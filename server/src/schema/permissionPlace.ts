import { Lexer, Source, type Token, TokenKind } from 'graphql';
import type { FieldDefinition, InputValue, NamedType, NamedTypeKind, RemoteSchema } from './remoteSchema.ts';
import { namedTypeOf, typeReferenceText } from './typeReference.ts';

/** Something that can stand at a place of a permission's SDL. */
export interface PermissionOption {
  readonly name: string;
  /** What is written where that is more than the name; of a field, an argument or an input field its signature is. */
  readonly text?: string;
  /** What it is in the remote schema; `undefined` for words of SDL itself. */
  readonly thing: PermissionThing | undefined;
}

export type PermissionThing =
  | { readonly kind: 'type'; readonly type: NamedType }
  | { readonly kind: 'field'; readonly owner: string; readonly field: FieldDefinition }
  | { readonly kind: 'input'; readonly owner: string; readonly input: InputValue }
  | { readonly kind: 'enum-value'; readonly owner: NamedType };

export interface PermissionPlace {
  /** The word around the offset, in the SDL. */
  readonly start: number;
  readonly end: number;
  readonly options: readonly PermissionOption[];
  /** Names that stand beside it already. */
  readonly written: ReadonlySet<string>;
}

/**
 * What can stand at an offset of a permission's SDL, which is a part of the remote schema. The SDL may be half-written: it is
 * followed token by token, and nothing is said where that leads nowhere.
 */
export function permissionPlace(
  text: string,
  offset: number,
  schema: RemoteSchema,
): PermissionPlace | undefined {
  let [start, end] = [offset, offset];
  while (/\w/.test(text.charAt(start - 1))) start--;
  while (/\w/.test(text.charAt(end))) end++;
  const walk = new SdlWalk();
  // The word itself is left out: what stands before it says what it can be.
  for (const token of tokensOf(text.slice(0, start))) {
    // In the middle of a text nothing is asked for, nor in a comment.
    if (token === 'broken') return undefined;
    const inComment = token.kind === TokenKind.COMMENT && !text.slice(token.end, start).includes('\n');
    if (inComment) return undefined;
    walk.take(token);
  }
  const place = walk.place();
  for (const token of tokensOf(text.slice(end))) {
    if (token === 'broken') break;
    walk.take(token);
  }
  return { start, end, ...optionsAt(place, walk.types, schema) };
}

/** All tokens, comments included; `broken` where a text does not end, or what follows is no GraphQL. */
function* tokensOf(text: string): Generator<Token | 'broken'> {
  const lexer = new Lexer(new Source(text));
  try {
    let last = lexer.token;
    for (;;) {
      const next = lexer.advance();
      for (let each = last.next; each !== null && each !== undefined; each = each.next) {
        if (each.kind === TokenKind.EOF) return;
        yield each;
        if (each === next) break;
      }
      last = next;
    }
  } catch {
    yield 'broken';
  }
}

interface Definition {
  keyword: string;
  name: string | undefined;
}

/** What is expected next. */
type Expected =
  | 'definition'
  | 'type'
  | 'interface'
  | 'member-type'
  | 'member'
  | 'reference'
  | 'directive'
  | 'nothing';

interface Level {
  readonly kind: 'document' | 'body' | 'arguments' | 'directive' | 'value';
  readonly definition: Definition | undefined;
  /** The field whose arguments they are. */
  readonly field: string | undefined;
  written: Set<string>;
  expected: Expected;
  /** The last name of a member. */
  member: string | undefined;
}

interface WalkPlace {
  readonly level: Level;
  readonly written: ReadonlySet<string>;
  readonly expected: Expected;
  readonly member: string | undefined;
  readonly definition: Definition | undefined;
  readonly outer: Level | undefined;
  /** The type is begun: brackets stand before it. */
  readonly begun: boolean;
}

const keywords: Readonly<Record<string, NamedTypeKind>> = {
  type: 'object',
  interface: 'interface',
  union: 'union',
  enum: 'enum',
  input: 'input-object',
  scalar: 'scalar',
};
const definitionWords = new Set([...Object.keys(keywords), 'schema', 'extend', 'directive']);

/** Follows SDL from token to token. */
class SdlWalk {
  /** Types that are defined. */
  readonly types = new Set<string>();
  #levels: Level[] = [this.#level('document', undefined, 'definition')];
  #definition: Definition | undefined;
  #last: string = TokenKind.SOF;

  place(): WalkPlace {
    const level = this.#top;
    return {
      level,
      written: level.written,
      expected: level.expected,
      member: level.member,
      definition: level.definition ?? this.#definition,
      outer: this.#levels.at(-2),
      begun: this.#last === TokenKind.BRACKET_L,
    };
  }

  take({ kind, value }: Token): void {
    if (kind === TokenKind.COMMENT) return;
    const level = this.#top;
    switch (kind) {
      case TokenKind.NAME:
        this.#name(level, value);
        break;
      case TokenKind.COLON:
        level.expected = level.kind === 'directive' || level.kind === 'value' ? 'nothing' : 'reference';
        break;
      case TokenKind.EQUALS:
        level.expected = level.kind === 'document' ? 'member-type' : 'nothing';
        break;
      case TokenKind.PIPE:
        if (level.kind === 'document') level.expected = 'member-type';
        break;
      case TokenKind.AMP:
        level.expected = 'interface';
        break;
      case TokenKind.AT:
        level.expected = 'directive';
        break;
      case TokenKind.PAREN_L:
        if (this.#last === 'directive') this.#push('directive', 'member');
        else this.#push('arguments', 'member', level.member);
        break;
      case TokenKind.BRACE_L:
        if (level.kind === 'document') this.#push('body', 'member');
        else this.#push('value', 'nothing');
        break;
      case TokenKind.BRACKET_L:
        if (level.expected !== 'reference') this.#push('value', 'nothing');
        break;
      case TokenKind.BRACKET_R:
        if (level.kind === 'value') this.#pop();
        break;
      case TokenKind.BRACE_R:
      case TokenKind.PAREN_R:
        this.#pop();
        break;
      case TokenKind.STRING:
      case TokenKind.BLOCK_STRING:
      case TokenKind.INT:
      case TokenKind.FLOAT:
        if (level.expected === 'nothing')
          level.expected = level.kind === 'document' ? 'definition' : 'member';
        break;
    }
    const wasDirective = kind === TokenKind.NAME && this.#last === TokenKind.AT;
    this.#last = wasDirective ? 'directive' : kind;
  }

  #name(level: Level, value: string): void {
    if (level.expected === 'directive') {
      level.expected = level.kind === 'document' ? 'nothing' : 'member';
      return;
    }
    if (level.kind === 'document') {
      this.#nameInDocument(level, value);
      return;
    }
    if (level.expected !== 'member') {
      // A type, or a value, is named: what follows is another member.
      level.expected = 'member';
      return;
    }
    level.member = value;
    level.written.add(value);
    level.expected = level.definition?.keyword === 'enum' ? 'member' : 'nothing';
  }

  #nameInDocument(level: Level, value: string): void {
    const definition = this.#definition;
    if (level.expected === 'type' && definition !== undefined) {
      definition.name = value;
      this.types.add(value);
      level.expected = 'definition';
    } else if (level.expected === 'interface' || level.expected === 'member-type') {
      level.written.add(value);
      level.expected = 'definition';
    } else if (value === 'implements') {
      level.written = new Set();
      level.expected = 'interface';
    } else if (definitionWords.has(value)) {
      level.written = new Set();
      this.#definition = { keyword: value, name: undefined };
      level.expected = keywords[value] === undefined ? 'definition' : 'type';
    }
  }

  get #top(): Level {
    return this.#levels.at(-1) as Level;
  }

  #push(kind: Level['kind'], expected: Expected, field?: string): void {
    this.#levels.push(this.#level(kind, this.#definition, expected, field));
  }

  #pop(): void {
    if (this.#levels.length === 1) return;
    const { kind } = this.#top;
    this.#levels.pop();
    const level = this.#top;
    if (kind === 'body') {
      this.#definition = undefined;
      level.expected = 'definition';
    } else if (kind !== 'arguments') level.expected = level.kind === 'document' ? 'definition' : 'member';
  }

  #level(kind: Level['kind'], definition: Definition | undefined, expected: Expected, field?: string): Level {
    return { kind, definition, expected, field, written: new Set(), member: undefined };
  }
}

type Offered = Pick<PermissionPlace, 'options' | 'written'>;

function optionsAt(
  { level, written, expected, member, definition, outer, begun }: WalkPlace,
  types: ReadonlySet<string>,
  schema: RemoteSchema,
): Offered {
  const owner = definition?.name === undefined ? undefined : schema.type(definition.name);
  const field = level.field === undefined ? undefined : owner?.field(level.field);
  const inputs = level.kind === 'arguments' ? (field?.arguments ?? []) : (owner?.inputFields ?? []);
  const inputOwner = level.kind === 'arguments' ? (level.field ?? '') : (owner?.name ?? '');
  switch (expected) {
    case 'definition':
      return { options: [...Object.keys(keywords), 'schema'].map((each) => word(each)), written: new Set() };
    case 'type': {
      const kind = keywords[definition?.keyword ?? ''];
      return { options: typesOf(schema, (type) => type.kind === kind), written: types };
    }
    case 'interface':
      return { options: typesOf(schema, ({ name }) => owner?.interfaces.includes(name) === true), written };
    case 'member-type':
      return { options: typesOf(schema, ({ name }) => owner?.memberTypes.includes(name) === true), written };
    case 'directive':
      return level.kind === 'arguments' || definition?.keyword === 'input'
        ? { options: [word('preset')], written: new Set() }
        : nothing;
    case 'reference': {
      if (definition?.keyword === 'schema')
        return { options: typesOf(schema, ({ kind }) => kind === 'object'), written: new Set() };
      const type =
        level.kind === 'arguments' || definition?.keyword === 'input'
          ? inputs.find(({ name }) => name === member)?.type
          : owner?.field(member ?? '')?.type;
      if (type === undefined) return nothing;
      const named = schema.type(namedTypeOf(type));
      if (named === undefined) return nothing;
      return {
        options: [
          {
            name: named.name,
            text: begun ? named.name : typeReferenceText(type),
            thing: { kind: 'type', type: named },
          },
        ],
        written: new Set(),
      };
    }
    case 'member':
      break;
    case 'nothing':
      return nothing;
  }
  if (level.kind === 'directive') {
    const isPreset = outer?.kind === 'arguments' || definition?.keyword === 'input';
    return isPreset
      ? { options: ['value', 'static'].map((name) => word(name, `${name}: `)), written }
      : nothing;
  }
  if (definition?.keyword === 'schema')
    return {
      options: ['query', 'mutation', 'subscription'].map((name) => word(name, `${name}: `)),
      written,
    };
  if (definition?.keyword === 'enum' && owner !== undefined) {
    const options = owner.enumValues.map(
      (name): PermissionOption => ({
        name,
        text: name,
        thing: { kind: 'enum-value', owner },
      }),
    );
    return { options, written };
  }
  if (level.kind === 'arguments' || definition?.keyword === 'input') {
    return {
      options: inputs.map(
        (input): PermissionOption => ({
          name: input.name,
          thing: { kind: 'input', owner: inputOwner, input },
        }),
      ),
      written,
    };
  }
  if (owner === undefined) return nothing;
  return {
    options: owner.fields.map(
      (each): PermissionOption => ({
        name: each.name,
        thing: { kind: 'field', owner: owner.name, field: each },
      }),
    ),
    written,
  };
}

const nothing: Offered = { options: [], written: new Set() };

function word(name: string, text = name): PermissionOption {
  return { name, text, thing: undefined };
}

function typesOf(schema: RemoteSchema, fits: (type: NamedType) => boolean): readonly PermissionOption[] {
  return schema.typeNames.flatMap((name): PermissionOption[] => {
    const type = schema.type(name);
    if (type === undefined || name.startsWith('__') || !fits(type)) return [];
    return [{ name, thing: { kind: 'type', type } }];
  });
}
