import { parseHttp } from './http/parseHttp.ts';
import { parseJson } from './json/parseJson.ts';
import type { SyntaxLanguage, SyntaxTree } from './tree.ts';
import { parseYaml } from './yaml/parseYaml.ts';

/** Reads a text. Never throws: whatever is wrong is in `problems`, and what can be read around it is in `roots`. */
export function parse(text: string, language: SyntaxLanguage): SyntaxTree {
  if (language === 'json') return parseJson(text);
  return language === 'yaml' ? parseYaml(text) : parseHttp(text);
}

/**
 * The language of a file by what the editor calls it, else by the end of its name (a path or a URI).
 * `undefined` for a file that is none of ours.
 */
export function languageOf(path: string, languageId?: string): SyntaxLanguage | undefined {
  switch (languageId) {
    case 'json':
    case 'jsonc':
    case 'json5':
      return 'json';
    case 'yaml':
    case 'dockercompose':
      return 'yaml';
    case 'http':
    case 'rest':
      return 'http';
    default:
  }
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase();
  switch (extension) {
    case 'json':
    case 'jsonc':
      return 'json';
    case 'yaml':
    case 'yml':
      return 'yaml';
    case 'http':
    case 'rest':
      return 'http';
    default:
      return undefined;
  }
}
