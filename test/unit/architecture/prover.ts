import { parentPort, workerData } from 'node:worker_threads';

/** The checker by itself, in this process: its faster builds are programs of their own. */
export async function checker(): Promise<(pattern: string, flags: string) => string> {
  process.env['RECHECK_SYNC_BACKEND'] = 'pure';
  const { checkSync } = await import('recheck');
  return (pattern, flags) => {
    const result = checkSync(pattern, flags, { checker: 'automaton', timeout: null });
    return result.status === 'vulnerable' ? result.complexity.summary : result.status;
  };
}

/** As a thread: tells the verdict on each of the expressions it is given. */
if (parentPort !== null && Array.isArray(workerData?.expressions)) {
  const check = await checker();
  for (const { text, pattern, flags } of workerData.expressions) {
    parentPort.postMessage([text, check(pattern, flags)]);
  }
}
