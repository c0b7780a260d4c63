import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { normalisePath, relativePath } from '../../../server/src/project/files.ts';
import { nodeFileSystem } from '../../../server/src/project/nodeFiles.ts';
import { Workspace } from '../../../server/src/project/workspace.ts';

const fixtures = fileURLToPath(new URL('../../../../shared/fixtures/real', import.meta.url));

/** What a person would call wrong in them, too. */
const agreed: readonly string[] = [
  // The list of remote schemas is empty, and no list of tables includes this file.
  'meetzaveri+hasura-testing/hasura/metadata/databases/default/tables/public_Employee.yaml unknown-remote-schema EmployeeTax',
];

describe.skipIf(!existsSync(fixtures))('projects from the real world (skipped where they are absent)', () => {
  const names = existsSync(fixtures) ? readdirSync(fixtures) : [];
  it.each(names)('%s', async (name) => {
    const folder = normalisePath(join(fixtures, name));
    const logged: string[] = [];
    const workspace = new Workspace({ disk: nodeFileSystem, log: (message) => logged.push(message) });
    workspace.setFolders([folder]);
    await workspace.discover();
    for (const _ of workspace.load());
    const files = await workspace.documents.files.find(folder, ['**/*.{json,yaml,yml}']);
    expect(files.length).toBeGreaterThan(0);
    const errors = [...new Set([...files, ...workspace.reportableFiles()])].flatMap((path) =>
      workspace
        .findings(path)
        .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
        .map(({ code, relationship }) =>
          `${relativePath(folder, path)} ${code} ${relationship ?? ''}`.trim(),
        ),
    );
    expect(errors.filter((error) => !agreed.includes(`${name}/${error}`))).toEqual([]);
    expect(logged).toEqual([]);
  });
});
