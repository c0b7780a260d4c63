/** Takes the README's pictures anew, in the window tests that take some: `docs/pictures/*.png`. */
import { packageExtension } from './package.ts';
import { runOrFail } from './run.ts';
import { makePicturesSmall } from './smallPictures.ts';

await packageExtension();
const tests = ['window', 'firstMinutes', 'story', 'migrations', 'graph', 'wholeProject'].map(
  (name) => `test/e2e/${name}.test.ts`,
);
await runOrFail(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'window', ...tests],
  {
    show: true,
    env: { ...process.env, REMOTE_RELATIONSHIPS_PICTURES: 'docs/pictures' },
  },
);
await makePicturesSmall();
