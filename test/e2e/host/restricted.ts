import { runTests } from './mocha.ts';

export const run = () => runTests(() => import('./restricted.test.ts'));
