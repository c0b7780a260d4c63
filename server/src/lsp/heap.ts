import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/*
 * How the server's memory grows: said before anything else is loaded.
 *
 * Each keystroke leaves much behind that dies at once. Kept small, the space for young objects holds a third less memory, in the
 * same time. What outlives that space is cleaned up when the heap has grown by a little; of a large heap only when it has grown
 * several times, since there each cleaning takes longer than the keystroke. So it is with the last of the compilers: what it
 * needs itself is a tenth of a small project's memory, and nothing there runs long enough to be the faster for it.
 */
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--optimize-for-size');
setFlagsFromString('--no-turbofan');

/** Bytes. A small project with a large remote schema has half of it. */
const largeHeap = 32 * 1024 * 1024;

new PerformanceObserver((list) => {
  if (!list.getEntries().some(isCleaning)) return;
  const isLarge = getHeapStatistics().used_heap_size > largeHeap;
  setFlagsFromString(isLarge ? '--no-optimize-for-size' : '--optimize-for-size');
  setFlagsFromString(isLarge ? '--turbofan' : '--no-turbofan');
}).observe({ entryTypes: ['gc'] });

/** Of the whole heap, not of the young objects alone. */
function isCleaning(entry: PerformanceEntry): boolean {
  const { detail } = entry as PerformanceEntry & { readonly detail: { readonly kind: number } };
  return detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}
