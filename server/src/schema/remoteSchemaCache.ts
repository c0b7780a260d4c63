import { loadIntrospection } from './introspectionRemoteSchema.ts';
import type { LoadedRemoteSchema, SchemaFile } from './loadedRemoteSchema.ts';
import { readSdlDefinitions, type SdlDefinitions } from './sdlDefinitions.ts';
import { isCodeFile } from './sdlInCode.ts';
import { loadSdl } from './sdlRemoteSchema.ts';

/**
 * Reads a remote schema from SDL, in any number of files, or from one introspection result. A file is
 * JSON when it is called so or begins like it.
 */
export function loadRemoteSchema(
  files: readonly SchemaFile[],
  readText: (text: string) => SdlDefinitions = readSdlDefinitions,
): LoadedRemoteSchema {
  const introspection = files.filter(isJson);
  const [only] = introspection;
  if (only === undefined) return loadSdl(files, readText);
  if (files.length === 1) return loadIntrospection(only.uri, only.text);
  return {
    schema: undefined,
    problems: introspection.map(({ uri }) => ({
      uri,
      message: "An introspection result can't be combined with other schema files.",
      offset: 0,
      length: 0,
      severity: 'error',
    })),
  };
}

function isJson({ uri, text }: SchemaFile): boolean {
  if (isCodeFile(uri)) return false;
  return uri.toLowerCase().endsWith('.json') || /^[\uFEFF\s]*\{\s*["}]/.test(text);
}

/**
 * Remote schemas by the content of their files: the same text is parsed once and the schema is shared by all who use
 * it. Keeps the most recently used.
 */
export class RemoteSchemaCache {
  readonly #limit: number;
  #loaded: { readonly files: readonly SchemaFile[]; readonly result: LoadedRemoteSchema }[] = [];
  readonly #read = new Map<string, SdlDefinitions>();

  /** `limit`: how many remote schemas, and how many texts, are kept. */
  constructor(limit = 32) {
    this.#limit = limit;
  }

  load(files: readonly SchemaFile[]): LoadedRemoteSchema {
    const known = this.#loaded.find((one) => sameFiles(one.files, files));
    const found = known ?? { files, result: loadRemoteSchema(files, (text) => this.#readText(text)) };
    this.#loaded = [found, ...this.#loaded.filter((one) => one !== found)].slice(0, this.#limit);
    return found.result;
  }

  clear(): void {
    this.#loaded = [];
    this.#read.clear();
  }

  /** One text may stand in several files. */
  #readText(text: string): SdlDefinitions {
    const definitions = this.#read.get(text) ?? readSdlDefinitions(text);
    this.#read.delete(text);
    this.#read.set(text, definitions);
    const [oldest] = this.#read.keys();
    if (this.#read.size > this.#limit && oldest !== undefined) this.#read.delete(oldest);
    return definitions;
  }
}

function sameFiles(left: readonly SchemaFile[], right: readonly SchemaFile[]): boolean {
  return (
    left.length === right.length &&
    left.every((file, index) => file.uri === right[index]?.uri && file.text === right[index]?.text)
  );
}
