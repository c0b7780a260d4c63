/** A checker for `scripts/mutation.ts` that lets through a share of the mutants: `MUTATION_SAMPLE` of 100, others for another `MUTATION_SEED`. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Checker, type CheckResult, CheckStatus } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

const share = Number(process.env['MUTATION_SAMPLE'] ?? 100);
const seed = process.env['MUTATION_SEED'] ?? '';

class Sample implements Checker {
  async init(): Promise<void> {}

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    return Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        isChosen(mutant)
          ? { status: CheckStatus.Passed }
          : { status: CheckStatus.CompileError, reason: 'not in the sample' },
      ]),
    );
  }
}

/** By what it is and where, so that the same mutant is chosen each time. */
function isChosen({ fileName, location, replacement, mutatorName }: Mutant): boolean {
  const where = [path.basename(fileName), location.start, location.end, replacement, mutatorName];
  const hash = createHash('sha256')
    .update(seed + JSON.stringify(where))
    .digest();
  return hash.readUInt16BE() % 100 < share;
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
