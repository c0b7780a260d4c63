import { runTests } from './mocha.ts';

export const run = () =>
  runTests(async () => {
    await import('./diagnostics.test.ts');
    await import('./features.test.ts');
    await import('./addRelationship.test.ts');
    await import('./lifecycle.test.ts');
  });
