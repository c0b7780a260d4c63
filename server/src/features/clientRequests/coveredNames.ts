import type { CoveredName } from '../../../../common/src/protocol.ts';
import { checkedNames } from '../../join/checkedNames.ts';
import type { Workspace } from '../../project/workspace.ts';

/** Every name that relationships of the document's project use, and what it is checked against. */
export function coveredNames(workspace: Workspace, uri: string): readonly CoveredName[] {
  const key = workspace.key(uri);
  const files = new Set([key, ...workspace.projectOf(key).allFiles()]);
  return [...files].sort().flatMap((file): readonly CoveredName[] => {
    const context = workspace.context(file);
    if (context === undefined) return [];
    const inFile = workspace.uri(file);
    return checkedNames(context).map(({ kind, name, against, node }) => ({
      kind,
      name,
      against,
      uri: inFile,
      range: workspace.documents.range(inFile, node.offset, node.length),
    }));
  });
}
