import { boundedName, thousands } from '../../../common/src/boundedText.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { missingColumns } from '../join/missingColumns.ts';
import type { Finding } from '../rules/rule.ts';
import { headRange } from '../syntax/textRange.ts';
import type { ProjectLocation } from './discovery.ts';
import type { Documents } from './documents.ts';
import { joinPath } from './files.ts';
import { projectFinding } from './findings.ts';

/**
 * One notice for each source in which relationships join on several columns that no migration creates, by the file it stands in:
 * `version.yaml`, else where the first is named. A migration may be missing, which nobody can see.
 */
export function outOfStepFindings(
  catalogue: Catalogue,
  { metadata, layout }: ProjectLocation,
  documents: Documents,
): ReadonlyMap<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const [source, columns] of missingColumns(catalogue)) {
    const [first] = columns;
    if (first === undefined || columns.length === 1) continue;
    const version = layout === 'file' ? undefined : joinPath(metadata ?? '', 'version.yaml');
    const root = version === undefined ? undefined : documents.get(version)?.tree.roots[0];
    const path = version !== undefined && root !== undefined ? version : documents.keyOf(first.location.uri);
    const { table, column } = first;
    const name = `"${boundedName(column)}" of table "${boundedName(table)}"`;
    const message = `The metadata and the migrations of source "${boundedName(source)}" are out of step: relationships join on ${thousands(columns.length)} columns that no migration creates, first ${name}. Is a migration missing here, or not written yet?`;
    const related = [{ message: 'The first is named here.', location: first.location }];
    const list = found.get(path) ?? [];
    found.set(path, list);
    list.push(
      projectFinding(
        'migrations-out-of-step',
        message,
        root === undefined ? first.location : headRange(root),
        {
          related,
        },
      ),
    );
  }
  return found;
}
