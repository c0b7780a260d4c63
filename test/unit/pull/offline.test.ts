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

it('the language server has nothing that talks to an endpoint; the command line has', async () => {
  // What relationships are (`document/`) is the same for files and servers; how a part is called, and what `config.yaml`
  // and `.env` say, is a text.
  const talks = (file: string): boolean =>
    /^(?:common\/src\/(?:metadataApi\/(?!document\/|pull\/partText)|endpoint\/(?!configYaml|dotEnv))|server\/src\/cli)/.test(
      file,
    );
  const server = await filesBehind('server/src/main.ts');
  expect(server.filter(talks)).toEqual([]);
  expect(server).toContain('server/src/project/workspace.ts');
  expect(await filesBehind('server/src/commandLine.ts')).toContain('common/src/metadataApi/http/http.ts');
});
