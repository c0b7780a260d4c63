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
