import { runTests } from './mocha.ts';

export const run = () => runTests(() => import('./plain.test.ts'));
