import { boundedName } from '../../../common/src/boundedText.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { isOutOfStep, missingColumns } from '../join/missingColumns.ts';
import type { Finding } from '../rules/rule.ts';
import { headRange } from '../syntax/textRange.ts';
import type { ProjectLocation } from './discovery.ts';
import type { Documents } from './documents.ts';
import { joinPath } from './files.ts';
import { projectFinding } from './findings.ts';

/** Columns that a notice leads to; each is reported where it stands as well. */
const columnsNamed = 5;

/**
 * One notice for each source that is out of step with its migrations, by the file it stands in: `version.yaml`, else where the
 * first of the columns is named. Its text is the same however many they are, so that a baseline knows it.
 */
export function outOfStepFindings(
  catalogue: Catalogue,
  { metadata, layout }: ProjectLocation,
  documents: Documents,
): ReadonlyMap<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const [source, columns] of missingColumns(catalogue)) {
    const [first] = columns;
    if (first === undefined || !isOutOfStep(catalogue, source)) continue;
    const version =
      layout === 'file' ? undefined : documents.keyOfWritten(joinPath(metadata ?? '', 'version.yaml'));
    const root = version === undefined ? undefined : documents.get(version)?.tree.roots[0];
    const path = version !== undefined && root !== undefined ? version : documents.keyOf(first.location.uri);
    const message = `The metadata and the migrations of source "${boundedName(source)}" are out of step: relationships join on several columns that the tables lack after the migrations. Is a migration missing or not written yet?`;
    const related = columns.slice(0, columnsNamed).map(({ table, column, location }) => ({
      message: `Column "${boundedName(column)}" of table "${boundedName(table)}" is named here.`,
      location,
    }));
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
