import { Lexer, Source, type Token, TokenKind } from 'graphql';
import type { TextRange } from '../syntax/textRange.ts';

/** SDL as it was written before June 2018, and as old servers still print it. */
interface OldSdl extends TextRange {
  /** As it is written today; as long as before, so that all offsets stay. */
  readonly text: string;
  /** How the first such place is written today. */
  readonly today: string;
}

/** `undefined` when nothing in the text is old: `implements A, B`, `implements A B`, `type Empty {}`. */
export function withoutOldSdl(text: string): OldSdl | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const characters = text.split('');
  let first: (TextRange & { today: string }) | undefined;
  const found = (start: number, end: number, today: string): void => {
    first ??= { offset: start, length: end - start, today };
  };
  for (const [index, token] of tokens.entries()) {
    if (isEmptyBody(tokens, index)) {
      const end = tokens[index + 1]?.end ?? token.end;
      found(token.start, end, 'a definition without fields has no braces');
      characters[token.start] = characters[end - 1] = ' ';
    }
    if (!isImplements(tokens, index)) continue;
    for (const [name, next] of namesWithoutSeparator(tokens, index + 1)) {
      found(next.start, next.end, `interfaces have "&" between them: "${name.value} & ${next.value}"`);
      characters[name.end] = '&';
    }
  }
  return first === undefined ? undefined : { ...first, text: characters.join('') };
}

function tokensOf(text: string): readonly Token[] | undefined {
  const lexer = new Lexer(new Source(text));
  const tokens: Token[] = [];
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance())
      tokens.push(token);
    return tokens;
  } catch {
    return undefined;
  }
}

/** `{}` behind a name or the arguments of a directive: elsewhere it is a value. */
function isEmptyBody(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.kind;
  return (
    tokens[index]?.kind === TokenKind.BRACE_L &&
    tokens[index + 1]?.kind === TokenKind.BRACE_R &&
    (before === TokenKind.NAME || before === TokenKind.PAREN_R)
  );
}

/** `type Name implements`, and the same of an interface. */
function isImplements(tokens: readonly Token[], index: number): boolean {
  const keyword = tokens[index - 2]?.value;
  return tokens[index]?.value === 'implements' && (keyword === 'type' || keyword === 'interface');
}

/** Names of interfaces, from a token on, that follow each other directly: commas mean nothing in GraphQL. */
function* namesWithoutSeparator(tokens: readonly Token[], start: number): Generator<[Token, Token]> {
  for (let at = start; ; at++) {
    const [name, next, behind] = tokens.slice(at, at + 3);
    if (name?.kind === TokenKind.AMP) continue;
    if (name?.kind !== TokenKind.NAME || next === undefined) return;
    if (next.kind === TokenKind.AMP) continue;
    // The next definition: one without fields has no braces.
    if (next.kind !== TokenKind.NAME || (keywords.has(next.value) && behind?.kind === TokenKind.NAME)) return;
    yield [name, next];
  }
}

const keywords: ReadonlySet<string> = new Set(
  'type,interface,union,enum,input,scalar,directive,schema,extend'.split(','),
);
