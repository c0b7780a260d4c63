/** Takes the README's pictures anew, in the window test: `docs/pictures/*.png`. */
import { packageExtension } from './package.ts';
import { runOrFail } from './run.ts';

await packageExtension();
await runOrFail(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'window'], {
  show: true,
  env: { ...process.env, REMOTE_RELATIONSHIPS_PICTURES: 'docs/pictures' },
});
