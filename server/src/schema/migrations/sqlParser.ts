import type { Node, ParseResult } from 'libpg-query';
import type { PgQueryModule } from 'libpg-query/wasm/libpg-query.js';

/** A statement as PostgreSQL's parser reads it, or what is wrong with it. */
export type ParsedSql =
  | {
      readonly statements: readonly Node[];
      /** Where each begins and ends, in bytes. */
      readonly ranges: readonly (readonly [number, number])[];
      readonly at: (byte: number) => number;
    }
  | { readonly message: string; readonly offset: number };

export interface SqlToken {
  readonly text: string;
  readonly name: string;
}

/** PostgreSQL's own parser. Nothing it is given makes it throw. */
export interface SqlParser {
  /** `at` turns a location in the tree, a count of bytes, into an offset in `sql`. */
  parse(sql: string): ParsedSql;
  /** A DO statement or a function's CREATE, as a tree of PL/pgSQL; `undefined` when it is none. */
  parsePlpgsql(sql: string): unknown;
  /** The tokens of a text that does not parse; empty when not even these can be told. */
  scan(sql: string): readonly SqlToken[];
}

/** A text so long that its tree would fill the memory: no schema is written like that. */
const maximumLength = 16 * 1024 * 1024;

/** A tree longer than this is not read: its text was small and hostile, or data. */
const tooLong = 'This statement is too long.';

const tooDeep = 'This statement is nested too deep.';

const deepestComment = 1000;

/** The parser takes a time that grows with the square of how deep comments are in each other. */
function hasDeepComment(sql: string): boolean {
  let depth = 0;
  for (const [edge] of sql.matchAll(/\/\*|\*\//g)) {
    depth = edge === '/*' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepestComment) return true;
  }
  return false;
}

/**
 * Loads the parser: code and WebAssembly, on first need. `wasmFile` is where `libpg-query.wasm` lies when it is not beside the code
 * that loads it.
 */
export async function loadSqlParser(wasmFile?: string): Promise<SqlParser> {
  const { default: load } = await import('libpg-query/wasm/libpg-query.js');
  const module = await load({
    ...(wasmFile !== undefined && { locateFile: () => wasmFile }),
    printErr: () => {},
  });
  return new WebAssemblyParser(module);
}

class WebAssemblyParser implements SqlParser {
  readonly #module: PgQueryModule;

  constructor(module: PgQueryModule) {
    this.#module = module;
  }

  parse(sql: string): ParsedSql {
    if (sql.length > maximumLength) return { message: tooLong, offset: 0 };
    if (hasDeepComment(sql)) return { message: tooDeep, offset: 0 };
    try {
      return this.#parse(sql);
    } catch {
      // A text nested too deep for the stack, or too big for the memory.
      return { message: tooDeep, offset: 0 };
    }
  }

  #parse(sql: string): ParsedSql {
    const module = this.#module;
    return this.#withText(sql, (query, size) => {
      const result = module._wasm_parse_query_raw(query);
      if (result === 0) return { message: tooLong, offset: 0 };
      try {
        const error = module.getValue(result + 8, 'i32');
        if (error !== 0) {
          const message = module.UTF8ToString(module.getValue(error, 'i32'));
          const position = module.getValue(error + 16, 'i32');
          return { message, offset: codePointOffset(sql, Math.max(0, position - 1)) };
        }
        const tree = JSON.parse(module.UTF8ToString(module.getValue(result, 'i32'))) as ParseResult;
        const found = (tree.stmts ?? []).flatMap(({ stmt, stmt_location = 0, stmt_len = size }) =>
          stmt ? [{ stmt, range: [stmt_location, stmt_location + stmt_len] as const }] : [],
        );
        return {
          statements: found.map(({ stmt }) => stmt),
          ranges: found.map(({ range }) => range),
          at: byteOffsets(sql),
        };
      } finally {
        module._wasm_free_parse_result(result);
      }
    });
  }

  parsePlpgsql(sql: string): unknown {
    return this.#json(sql, (query) => this.#module._wasm_parse_plpgsql(query));
  }

  scan(sql: string): readonly SqlToken[] {
    const answer = this.#json(sql, (query) => this.#module._wasm_scan(query));
    const tokens = (answer as { tokens?: { text: string; tokenName: string }[] } | undefined)?.tokens ?? [];
    return tokens.map(({ text, tokenName }) => ({ text, name: tokenName }));
  }

  #json(sql: string, ask: (query: number) => number): unknown {
    if (sql.length > maximumLength || hasDeepComment(sql)) return undefined;
    try {
      return this.#withText(sql, (query) => {
        const answer = ask(query);
        if (answer === 0) return undefined;
        try {
          const text = this.#module.UTF8ToString(answer);
          // Anything else is an error message.
          return text.startsWith('{') ? JSON.parse(text) : undefined;
        } finally {
          this.#module._wasm_free_string(answer);
        }
      });
    } catch {
      return undefined;
    }
  }

  #withText<T>(text: string, use: (pointer: number, size: number) => T): T {
    const module = this.#module;
    const size = module.lengthBytesUTF8(text) + 1;
    const pointer = module._malloc(size);
    try {
      module.stringToUTF8(text, pointer, size);
      return use(pointer, size);
    } finally {
      module._free(pointer);
    }
  }
}

/** Locations in trees count bytes of UTF-8, places of errors count characters. */
function byteOffsets(text: string): (byte: number) => number {
  let bytes: number[] | undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is that of ASCII.
  if (/^[\x00-\x7f]*$/.test(text)) return (byte) => Math.min(byte, text.length);
  return (byte) => {
    bytes ??= bytesBefore(text);
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bytes[middle] ?? 0) < byte) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** For each UTF-16 unit, the bytes before it. */
function bytesBefore(text: string): number[] {
  const bytes: number[] = [];
  let count = 0;
  for (let offset = 0; offset < text.length; offset++) {
    bytes.push(count);
    const code = text.charCodeAt(offset);
    if (code < 0x80) count += 1;
    else if (code < 0x800) count += 2;
    else if (code >= 0xd800 && code < 0xe000) count += 2;
    else count += 3;
  }
  return bytes;
}

function codePointOffset(text: string, characters: number): number {
  let offset = 0;
  for (let left = characters; left > 0 && offset < text.length; left--) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
