import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Elsewhere the step `windows` runs these. */
const onWindows = process.platform === 'win32' ? ['test/windows/paths.test.ts'] : [];

/**
 * Folders whose tests call functions that keep nothing: they run in one place after another, so that what they import is
 * loaded once, which takes longer than they do.
 */
const pure = 'test/unit/{acceptance,catalogue,features,join,metadata,rules,schema,syntax}/**/*.test.ts';

/** What was built keeps its cache apart from that of whoever runs the tests. */
const env = { XDG_CACHE_HOME: join(tmpdir(), 'remote-relationships-tests') };

export default defineConfig({
  test: {
    projects: [
      // Properties are tried many times: a loaded machine needs longer.
      { test: { name: 'unit-pure', include: [pure], isolate: false, testTimeout: 30_000 } },
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', ...onWindows],
          exclude: [pure],
          testTimeout: 30_000,
        },
      },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'opinion', include: ['test/secondOpinion/**/*.test.ts'], testTimeout: 180_000 } },
      // These look at what was built: `npm run package` first, or `npm test`, which does so itself.
      {
        test: {
          name: 'protocol',
          include: ['test/protocol/**/*.test.ts'],
          env,
          testTimeout: 30_000,
          // Here a test waits while another process works.
          maxWorkers: '100%',
        },
      },
      // Editors mostly wait.
      {
        test: { name: 'editors', include: ['test/editors/**/*.test.ts'], testTimeout: 60_000, maxWorkers: 4 },
      },
      { test: { name: 'faults', include: ['test/faults/**/*.test.ts'], testTimeout: 120_000 } },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'], env, testTimeout: 60_000 } },
      { test: { name: 'host', include: ['test/e2e/host.test.ts'] } },
      {
        test: {
          name: 'window',
          include: ['test/e2e/*.test.ts'],
          exclude: ['test/e2e/host.test.ts'],
          // A window at a time: each is a whole VS Code with a browser.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
