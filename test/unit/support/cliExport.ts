import type { Json } from '../../endpoint/endpoint.ts';

/**
 * What the Hasura CLI writes into a file of a metadata directory for a part of what the server exports (C12): the keys as
 * the server orders them, two blanks a level, and the quotes of its YAML library. Knows nothing of the product's writer.
 */
export function cliExport(part: Json): string {
  return `${linesOf(part).join('\n')}\n`;
}

function linesOf(value: Json): string[] {
  if (typeof value === 'string') return textLines(value);
  if (value === null || typeof value !== 'object') return [String(value)];
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]'];
    return value.flatMap((item: Json) => {
      const [first = '', ...others] = linesOf(item);
      return [`- ${first}`, ...others.map(deeper)];
    });
  }
  const pairs = Object.entries(value) as [string, Json][];
  if (pairs.length === 0) return ['{}'];
  return pairs.flatMap(([key, item]) => {
    const lines = linesOf(item);
    const [first = '', ...others] = lines;
    const isBlock = item !== null && typeof item === 'object' && Object.keys(item).length > 0;
    const name = textLines(key)[0] ?? '';
    return isBlock ? [`${name}:`, ...lines.map(deeper)] : [`${name}: ${first}`, ...others.map(deeper)];
  });
}

function deeper(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

function textLines(text: string): string[] {
  if (text.includes('\n')) {
    if (/ (?:\n|$)|[^\n\t -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]|\r/.test(text)) return [doubled(text)];
    return ['|-', ...text.split('\n')];
  }
  if (cliMeaning(text) !== 'string' || isOldBoolean(text) || isBase60(text)) return [doubled(text)];
  if (/[^ -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text)) return [doubled(text)];
  const standsAlone =
    !/^ | $/.test(text) &&
    !/^(?:---|\.\.\.)/.test(text) &&
    !/^[#,[\]{}&*!|>'"%@`]/.test(text) &&
    !/^[?-](?: |$)/.test(text) &&
    !/:(?: |$)/.test(text) &&
    !/ #/.test(text);
  return [standsAlone ? text : `'${text.replaceAll("'", "''")}'`];
}

function doubled(text: string): string {
  return JSON.stringify(text);
}

function isOldBoolean(text: string): boolean {
  return /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/.test(text);
}

function isBase60(text: string): boolean {
  return /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/.test(text);
}

/** What either YAML reader of the CLI takes an unquoted text for: the one of its files, and the one of what it sends. */
export function cliMeaning(text: string): 'null' | 'boolean' | 'number' | 'date' | 'merge' | 'string' {
  if (/^(?:~|null|Null|NULL)?$/.test(text)) return 'null';
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text) || isOldBoolean(text)) return 'boolean';
  if (text === '<<') return 'merge';
  if (/^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(text)) return 'number';
  if (/^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?(?:Z|[-+]\d\d:\d\d)?)?$/.test(text))
    return 'date';
  if (/^\.\d+(?:[eE][-+]?\d+)?$/.test(text)) return 'number';
  if (!/^[-+\d]/.test(text)) return 'string';
  const plain = text.replaceAll('_', '');
  const isNumber =
    /^[-+]?(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/.test(plain) ||
    /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain);
  return isNumber ? 'number' : 'string';
}
