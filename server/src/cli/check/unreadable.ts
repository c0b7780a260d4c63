import { quoted } from '../../../../common/src/foreignText.ts';
import type { CheckedFiles } from '../checkedFiles.ts';
import { FileRanges } from '../fileRanges.ts';

/** Findings that say that a file, or what it includes, can't be read. */
const codes = new Set([
  'yaml-syntax',
  'unreadable-file',
  'outside-workspace',
  'include-not-found',
  'schema-file',
  'table-snapshot',
  'not-checked',
]);

/** Why relationships may not all have been seen: a sentence for each metadata or schema file that is broken. */
export function unreadableIn({ workspace, paths, print }: CheckedFiles): readonly string[] {
  const ranges = new FileRanges(workspace.documents, print);
  return paths.flatMap((path) => {
    const finding = workspace
      .findings(path)
      .findings.find(
        ({ code, severity }) => codes.has(code) && (severity === 'error' || code === 'not-checked'),
      );
    if (finding === undefined) return [];
    const { file, line } = ranges.at(path, finding);
    return [`${quoted(file)} can't be read, by line ${line}: ${finding.message} Not all was checked.`];
  });
}
