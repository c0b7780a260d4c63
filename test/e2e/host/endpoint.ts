import { runTests } from './mocha.ts';

export const run = () =>
  runTests(async () => {
    await import('./endpoint.test.ts');
    await import('./pull.test.ts');
  });
