import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { normalisePath, relativePath } from '../../../server/src/project/files.ts';
import { nodeFileSystem } from '../../../server/src/project/nodeFiles.ts';
import { Workspace } from '../../../server/src/project/workspace.ts';
import { describeOutside } from '../../outside.ts';

/** What a person would call wrong in them, too. */
const agreed: readonly string[] = [
  // The list of remote schemas is empty, and no list of tables includes this file.
  'meetzaveri+hasura-testing/hasura/metadata/databases/default/tables/public_Employee.yaml unknown-remote-schema EmployeeTax',
];

/** The samples, which have errors on purpose, are looked at by `npm start -- --check`. */
describeOutside('projects from the real world', 'fixtures/real', (fixtures) => {
  it.each(readdirSync(fixtures))('%s', async (name) => {
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
