import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/run.ts';
import { leftOut } from '../../../scripts/windows/step.ts';

it.each(Object.entries(leftOut))(
  '%s is there to be left out on Windows, and the reason is said',
  (name, reason) => {
    expect(existsSync(path.join(root, 'test/protocol', name))).toBe(true);
    expect(reason).toMatch(/^(?:has|is|starts) .{20,}$/);
  },
);
