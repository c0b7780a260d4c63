import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const sources = ['client/src', 'server/src', 'common/src']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.posix.join(folder, name.replaceAll('\\', '/')),
    ),
  )
  .filter((file) => file.endsWith('.ts'));

/** What opens a file, or makes one. */
const opens =
  /\b(?:(?:read|write|append|copy)File(?:Sync)?|(?:create(?:Read|Write)Stream|openAsBlob)|open(?:Sync)?|cp(?:Sync)?)\b/;

/** The only ones that do, and why. */
const reasons: Readonly<Record<string, string>> = {
  'common/src/files/regularFile.ts': 'reads whatever is read',
  'common/src/files/atomicWrite.ts': 'writes whatever is written',
  'common/src/metadataApi/change/journal.ts': 'keeps its entries in the program’s own storage',
};

it('files are opened by one reader and one writer, so that none is by another rule', () => {
  const opening = sources.filter((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const imported = [...text.matchAll(/import\s*(?:type\s*)?\{([^}]*)\}\s*from 'node:fs(?:\/promises)?'/g)];
    const whole =
      /import\s+(?:\*\s+as\s+)?\w+\s+from 'node:fs|require\('(?:node:)?fs|workspace\.fs\.(?:readFile|writeFile|copy)/;
    return whole.test(text) || imported.some(([, names = '']) => opens.test(names));
  });
  expect(opening.sort()).toEqual(Object.keys(reasons).sort());
});
