import { runTests } from './mocha.ts';

export const run = () => runTests(() => import('./multiRoot.test.ts'));
