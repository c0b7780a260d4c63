import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** Makes something at a path that is not a regular file. Windows has none of them. */
export const specialFiles: Readonly<Record<string, (path: string) => void | Promise<void>>> = {
  'a pipe': (path) => {
    execFileSync('mkfifo', [path]);
  },
  'a link to a device': (path) => symlinkSync('/dev/zero', path),
  'a socket': (path) =>
    new Promise((resolve) => {
      const server = createServer().listen(path, resolve);
      onTestFinished(() => void server.close());
    }),
};
