import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What asks the disk anything else. */
const asks = /\b(?:readdir|l?stat|realpath|access|exists|readlink|opendir|statfs|glob)(?:Sync)?\b/;

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

/**
 * The only ones that ask the disk, and why. `lint` finds again what it found as long as the disk answers the same, so whatever
 * findings depend on is asked by those that notice the answer.
 */
const asking: Readonly<Record<string, string>> = {
  'common/src/files/fileStatus.ts': 'notices what it is answered',
  'common/src/files/folderEntries.ts': 'notices what it is answered',
  'common/src/files/realPath.ts': 'notices what it is answered',
  'common/src/files/regularFile.ts': 'notices what it is answered',
  'server/src/project/nodeFiles.ts': 'notices what it is answered',
  'common/src/files/atomicWrite.ts': 'where something is written',
  'common/src/files/cacheFolder.ts': 'what this program has written',
  'common/src/metadataApi/change/journal.ts': 'what this program has written',
  'common/src/metadataApi/pull/writingRule.ts': 'where something is written',
  'client/src/endpoint/commands/snapshotPlaces.ts': 'where something is written',
  'server/src/cli/fixing.ts': 'where something is written',
  'server/src/cli/lintCommand.ts': 'where something is written',
  'server/src/commandLine.ts': 'what a command is given',
  'server/src/cli/projectAt.ts': 'what commands are given that ask an endpoint',
};

it('the disk is asked by few, so that what findings depend on is known', () => {
  expect(sources.filter((file) => namesOf(file).some((names) => asks.test(names))).sort()).toEqual(
    Object.keys(asking).sort(),
  );
});

it('files are opened by one reader and one writer, so that none is by another rule', () => {
  const opening = sources.filter((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const whole =
      /import\s+(?:\*\s+as\s+)?\w+\s+from 'node:fs|require\('(?:node:)?fs|workspace\.fs\.(?:readFile|writeFile|copy)/;
    return whole.test(text) || namesOf(file).some((names) => opens.test(names));
  });
  expect(opening.sort()).toEqual(Object.keys(reasons).sort());
});

/** What a file imports from the disk's module, one text for each time. */
function namesOf(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/import\s*(?:type\s*)?\{([^}]*)\}\s*from 'node:fs(?:\/promises)?'/g)].map(
    ([, names = '']) => names,
  );
}
