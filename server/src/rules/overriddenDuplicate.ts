import type { Rule } from './rule.ts';
import { overriddenEntries } from './support/overriddenEntries.ts';

export const overriddenDuplicate: Rule = {
  code: 'overridden-duplicate',
  specification: ['R43', 'R60', '2.5'],
  title: 'Something is defined again further down: the server silently uses only the last.',
  severity: 'warning',
  check: (context, report) => {
    for (const { finding } of overriddenEntries(context)) report(finding);
  },
};
