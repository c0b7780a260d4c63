import { parseAllDocuments, visit } from 'yaml';
import { localized } from '../localized.ts';
import { isJsonObject, type Json, type JsonObject } from '../metadataApi/document/json.ts';
import { withoutTrailing } from '../trailing.ts';
import { isTooDeep, plainValue } from '../yamlValue.ts';

/** The Hasura CLI's `config.yaml`. Nothing is sent from a project whose own can't be read. */
export type ConfigYaml =
  | { readonly outcome: 'read'; readonly settings: JsonObject }
  | {
      readonly outcome: 'unreadable';
      /** A sentence without values: a line may hold the secret. */
      readonly problem: string;
      /** Where it can't be read, in UTF-16 units. */
      readonly offset: number;
      readonly length: number;
    };

/**
 * Reads it as the CLI does: YAML 1.1, the first document alone; of a key that is there twice the last one counts, and
 * keys may be in any case.
 */
export function readConfigYaml(text: string): ConfigYaml {
  if (text.length > longest) return unreadable(localized`config.yaml can't be read: it is too long.`, 0, 0);
  if (isTooDeep(text))
    return unreadable(localized`config.yaml can't be read: it is nested too deeply.`, 0, 0);
  try {
    const [document] = parseAllDocuments(text, {
      version: '1.1',
      merge: true,
      uniqueKeys: false,
      logLevel: 'silent',
      // Each would look for its line in the whole text.
      prettyErrors: false,
      // The CLI knows neither dates nor numbers to the base of 60.
      customTags: (tags) =>
        tags.filter(
          (tag) =>
            typeof tag === 'string' || (tag.format !== 'TIME' && tag.tag !== 'tag:yaml.org,2002:timestamp'),
        ),
    });
    if (document === undefined) return { outcome: 'read', settings: {} };
    const [error] = document.errors;
    if (error !== undefined) {
      const [start, end] = error.pos.map((at) => Math.min(at, text.length)) as [number, number];
      const line = text.slice(0, start).split('\n').length;
      return unreadable(
        localized`config.yaml can't be read: line ${line} is not valid YAML.`,
        start,
        end - start,
      );
    }
    visit(document, {
      Scalar(key, node) {
        if (key !== 'key' && node.type === 'PLAIN' && node.tag === undefined && node.source !== undefined)
          node.value = cliNumber(node.source) ?? node.value;
      },
    });
    const content = plainValue(document.toJS({ mapAsMap: true }));
    if (isJsonObject(content)) return { outcome: 'read', settings: inLowerCase(content) };
    if (content === null) return { outcome: 'read', settings: {} };
    const [start, end] = document.contents?.range ?? [0, 0];
    return unreadable(localized`config.yaml can't be read: it holds no keys and values.`, start, end - start);
  } catch {
    // Aliases without a target or without end, and what is nested too deeply.
    return unreadable(localized`config.yaml can't be read: it is not valid YAML.`, 0, 0);
  }
}

/**
 * What the CLI makes of a number without quotes, as it then sends it (C14): a text where a number here would lose digits.
 * `undefined`: it is none.
 */
function cliNumber(written: string): number | string | undefined {
  const text = written.replaceAll('_', '');
  const [, sign = '', digits = ''] =
    /^([-+]?)(0x[\da-f]+|0o[0-7]+|0b[01]+|0[0-7]*|[1-9]\d*)$/i.exec(text) ?? [];
  if (digits !== '') {
    const isOctal = /^0[0-7]+$/.test(digits);
    const size = BigInt(isOctal ? `0o${digits.slice(1)}` : digits.toLowerCase());
    const value = sign === '-' ? -size : size;
    if (BigInt.asIntN(64, value) === value) {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : String(value);
    }
    return decimals(Number(value));
  }
  const isFloat = /^[-+\d]/.test(written) && /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i.test(text);
  return isFloat ? decimals(Number(text)) : undefined;
}

/** Without an exponent. */
function decimals(value: number): number | string {
  if (!String(value).includes('e')) return value;
  return Number.isInteger(value) ? String(BigInt(value)) : withoutTrailing(value.toFixed(20), '0');
}

/** In UTF-16 units; a real one has a few dozen lines. */
const longest = 100_000;

/** Of keys that differ in case alone, the one that is not in lower case counts. */
function inLowerCase(object: JsonObject): JsonObject {
  const [lower, others] = [new Map<string, Json>(), new Map<string, Json>()];
  for (const [key, value] of Object.entries(object)) {
    const known = key === key.toLowerCase() ? lower : others;
    known.set(key.toLowerCase(), isJsonObject(value) ? inLowerCase(value) : value);
  }
  return Object.fromEntries([...lower, ...others]);
}

function unreadable(problem: string, offset: number, length: number): ConfigYaml {
  return { outcome: 'unreadable', problem, offset, length };
}
