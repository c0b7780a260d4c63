/** What Emscripten made of PostgreSQL's parser; the package declares types for its wrapper alone. */
declare module 'libpg-query/wasm/libpg-query.js' {
  export interface PgQueryModule {
    _malloc(size: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(query: number): number;
    _wasm_free_parse_result(result: number): void;
    _wasm_parse_plpgsql(query: number): number;
    _wasm_scan(query: number): number;
    _wasm_free_string(text: number): void;
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, pointer: number, size: number): void;
    UTF8ToString(pointer: number): string;
    getValue(pointer: number, type: 'i32'): number;
  }
  const load: (options: {
    readonly locateFile?: (name: string, folder: string) => string;
    readonly printErr?: (line: string) => void;
  }) => Promise<PgQueryModule>;
  export default load;
}
