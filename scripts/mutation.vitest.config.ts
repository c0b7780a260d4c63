import { defineConfig } from 'vitest/config';

const all = ['test/unit/**/*.test.ts'];

/**
 * What mutants are run against: the unit tests alone, which know the sources and not what is built of them; without
 * those that try thousands of texts or rows or a whole endpoint, and would be run for nearly every mutant, or that read the sources.
 */
export default defineConfig({
  test: {
    include: process.env['MUTATION_TESTS']?.split(',') ?? all,
    exclude: [
      'test/unit/acceptance/**',
      'test/unit/architecture/**',
      'test/unit/**/{anyText,damaged,everyOffset,faults,halfWritten,joinRulesProperties,longDocuments,manyRows,patch,realFiles,realProjects,realSchemas,tooMuch,translation}.test.ts',
      'test/unit/project/edits.test.ts',
    ],
    testTimeout: 30_000,
    // One module graph for all files: a mutant is switched on while it runs, and loading takes longer than most tests.
    // But those of the client replace modules, each its own.
    isolate: process.env['MUTATION_TESTS']?.includes('test/unit/client') ?? false,
  },
});
