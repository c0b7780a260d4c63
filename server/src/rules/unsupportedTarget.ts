import type { ServerVersion } from '../../../common/src/serverVersion.ts';
import { contentRange } from '../syntax/textRange.ts';
import type { Rule } from './rule.ts';
import { sourceJoins } from './support/joinReaders.ts';
import { inconsistentObject, relationshipName } from './support/messages.ts';
import { relatedPlace } from './support/tableNames.ts';

/** A source of a kind that can't be the target of a relationship (R30). */
export const unsupportedTarget: Rule = {
  code: 'unsupported-target',
  specification: ['R30'],
  title: 'A source can’t be the target of a relationship.',
  severity: 'error',
  check(context, report) {
    const version = context.catalogue.serverVersion;
    for (const join of sourceJoins(context)) {
      const { source } = join.definition;
      if (source.state !== 'present' || join.source.state !== 'present') continue;
      const { kind, location } = join.source.value;
      if (kind === undefined || !isUnsupported(kind, version)) continue;
      const refused = version.atLeast(2, 21);
      const late = refused ? '' : ' The server accepts this, but the relationship fails when it is queried.';
      report({
        ...(refused ? {} : { severity: 'warning' as const }),
        message: `Source "${source.value}" is of kind ${kind}, which server ${version.text} does not support as the target of a relationship.${late}`,
        serverMessage: refused
          ? inconsistentObject(
              context,
              join.relationship,
              `source ${source.value} does not support being used as the target of a remote relationship`,
            )
          : undefined,
        ...contentRange(source.node),
        related: relatedPlace(`Source "${source.value}" is declared here.`, location),
        relationship: relationshipName(join.relationship),
      });
    }
  },
};

/** Native mysql never could; mssql can since v2.6.0. What a data connector can do only its agent knows. */
function isUnsupported(kind: string, version: ServerVersion): boolean {
  if (kind === 'mysql') return !version.atLeast(2, 26);
  return kind === 'mssql' && !version.atLeast(2, 6);
}
