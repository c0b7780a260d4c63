import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

async function filesBehind(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

/** What relationships are, as data: the same for files and servers. They import nothing but each other. */
const data = ['json', 'tableName', 'definition', 'relationshipIdentity'].map(
  (name) => `common/src/metadataApi/${name}.ts`,
);

it('the language server has nothing that talks to an endpoint; the command line has', async () => {
  const talks = (file: string): boolean =>
    /^(?:common\/src\/(?:metadataApi|endpoint)|server\/src\/cli)\//.test(file) && !data.includes(file);
  const server = await filesBehind('server/src/main.ts');
  expect(server.filter(talks)).toEqual([]);
  expect(server).toContain('server/src/project/workspace.ts');
  expect(await filesBehind('server/src/cli.ts')).toContain('common/src/metadataApi/http.ts');
});
