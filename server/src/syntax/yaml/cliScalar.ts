/**
 * What the Hasura CLI sends for an unquoted scalar where that is something else than YAML 1.2 makes of it (C3):
 * it reads much of YAML 1.1. `undefined` where both agree.
 */
export function cliScalar(text: string): 'true' | 'false' | 'an integer' | 'a string' | undefined {
  if (/^(?:y|yes|on)$/i.test(text)) return 'true';
  if (/^(?:n|no|off)$/i.test(text)) return 'false';
  if (/^(?:0b[01]+|0X[\dA-Fa-f]+|[-+]?\d+(?:_\d+)+|0[bx][\dA-Fa-f]+(?:_[\dA-Fa-f]+)+)$/.test(text))
    return 'an integer';
  if (/^[-+]?\d+(?:[eE]\d+|\.)$/.test(text)) return 'a string';
  return undefined;
}

/** Whether the Hasura CLI stops at an unquoted scalar: numbers that one of the readers it goes through does not know (C3). */
export function stopsCli(text: string): boolean {
  return /^[-+]?(?:0[OB]\d+|0[0-7]*[89]\d*|\d+_(?:_[\d_]+)?|\.(?:inf|Inf|INF))$/.test(text);
}

/** Whether it stops at a scalar in double quotes, given with them: it knows no `\/`. */
export function hasEscapedSlash(text: string): boolean {
  return text.replaceAll('\\\\', '').includes('\\/');
}

/** Whether a text may have a scalar that stops the Hasura CLI. */
export function mayStopCli(text: string): boolean {
  return /[\s,:[{][-+]?(?:0[\dOB]|\d+_(?:\D|$)|\.(?:inf|Inf|INF))|\\\//.test(text);
}
