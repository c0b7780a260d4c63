import type { ServerVersion } from '../../../../common/src/serverVersion.ts';

const prefixes =
  /^(Remote fields are represented by an object that maps each field name to its arguments\.)(Remote arguments are represented by an object that maps each argument name to its value\.)?/;

const olderTexts: readonly (readonly [current: RegExp, older: string])[] = [
  [/^Expecting one single mapping, received (none|too many)\.$/, 'Only one field allowed, not multiple.'],
  [
    /^parsing RemoteFields failed, .*$/,
    'Remote fields should be an object that starts with the name of a field e.g. person: ...',
  ],
  [/^parsing RemoteArguments failed, .*$/, 'Remote arguments should be an object of keys.'],
  [/^(Empty variable name|Invalid variable name '.*')$/, 'Invalid variable name.'],
];

/** A parse error of the remote field tree as servers before v2.1.0 put it (spec section 3); others as they are. */
export function serverTextOfVersion(text: string | undefined, version: ServerVersion): string | undefined {
  if (text === undefined || version.atLeast(2, 1)) return text;
  const bare = text.replace(prefixes, '');
  return olderTexts.find(([current]) => current.test(bare))?.[1] ?? bare;
}
