import { runTests } from './mocha.ts';

export const run = () => runTests(() => import('./endpoint.test.ts'));
