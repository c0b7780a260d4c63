import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'opinion', include: ['test/secondOpinion/**/*.test.ts'], testTimeout: 180_000 } },
      // These look at what was built: `npm run package` first, or `npm test`, which does so itself.
      { test: { name: 'protocol', include: ['test/protocol/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'package', include: ['test/package/**/*.test.ts'] } },
      { test: { name: 'host', include: ['test/e2e/host.test.ts'] } },
      ...['window', 'endpoint'].map((name) => ({
        test: {
          name,
          include: [`test/e2e/${name}.test.ts`],
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      })),
    ],
  },
});
