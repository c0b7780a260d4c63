import { contentRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';
import { didYouMean, renameFixes } from './support/suggestion.ts';

export const unknownCommand = shapeRule(
  {
    code: 'unknown-command',
    specification: ['R39'],
    title: 'A request names a command the server does not have.',
    severity: 'error',
  },
  ['unknown-command'],
  ({ node, key, allowed }, { catalogue }) => {
    const version = catalogue.serverVersion;
    // v2.1.0 alone took the unprefixed command on /v1/metadata.
    if (key === 'create_remote_relationship' && version.atLeast(2, 1) && !version.atLeast(2, 1, 1))
      return undefined;
    return {
      message: `The server has no command "${key}" here.${didYouMean(allowed[0])}`,
      range: contentRange(node),
      fixes: renameFixes(node, allowed[0]),
    };
  },
);
