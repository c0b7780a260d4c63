import type { MetadataModel } from '../metadata/relationship.ts';
import { isProjectCode } from '../rules/projectCodes.ts';
import type { Finding } from '../rules/rule.ts';
import { headRange } from '../syntax/textRange.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import { projectFinding } from './findings.ts';

/** Whether a file has what metadata directories list: without that, nobody expects it to be read. */
export function holdsListed({ sources, tables, remoteSchemas, relationships }: MetadataModel): boolean {
  const written = relationships.filter(({ request }) => request === undefined);
  return sources.length + tables.length + remoteSchemas.length + written.length > 0;
}

export function unlistedFinding({ roots: [root] }: SyntaxTree): Finding {
  const message = 'No "!include" leads to this file, so the Hasura CLI does not read it.';
  return projectFinding('unlisted-file', message, root === undefined ? start : headRange(root));
}

const start = { offset: 0, length: 0 };

/** What the server would refuse it never sees: it is no error yet. */
export function unseenByServer(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) =>
    isProjectCode(finding.code) || finding.severity !== 'error'
      ? finding
      : { ...finding, severity: 'warning', serverMessage: undefined },
  );
}
