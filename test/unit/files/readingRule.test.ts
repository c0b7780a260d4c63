import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayBeRead } from '../../../common/src/files/readingRule.ts';

describe('a file may be read', () => {
  const folders = ['/repo/hasura', '/other'];
  const repositories = ['/repo'];

  it.each<[string, string, { trusted: boolean; named: boolean }, boolean]>([
    ['in a folder', '/repo/hasura/config.yaml', { trusted: false, named: false }, true],
    ['in another folder', '/other/deep/x.graphql', { trusted: false, named: false }, true],
    ['in the repository', '/repo/service/x.graphql', { trusted: true, named: false }, true],
    ['in the repository, untrusted', '/repo/service/x.graphql', { trusted: false, named: false }, false],
    ['in the repository, untrusted and named', '/repo/x.graphql', { trusted: false, named: true }, false],
    ['outside of both', '/etc/passwd', { trusted: true, named: false }, false],
    ['outside of both, named', '/shared/x.graphql', { trusted: true, named: true }, true],
    ['outside of both, named, untrusted', '/shared/x.graphql', { trusted: false, named: true }, false],
    ['beside the repository', '/repo-evil/x.graphql', { trusted: true, named: false }, false],
    ['beside the folder, untrusted', '/repo/hasura-evil/x', { trusted: false, named: false }, false],
    ['by dots', '/repo/hasura/../x', { trusted: false, named: false }, false],
  ])('%s', (_, file, { trusted, named }, expected) => {
    const reach = { folders, trusted, repositories: () => repositories };
    expect(mayBeRead(file, () => named, reach, posix)).toBe(expected);
  });

  it.each<[string, boolean]>([
    ['c:/repo/hasura/x.json', true],
    ['C:\\Repo\\service\\x.json', true],
    ['D:\\repo\\x.json', false],
    ['\\\\server\\repo\\x.json', false],
  ])('by the rules of Windows: %s', (file, expected) => {
    const reach = { folders: ['C:\\repo\\hasura'], trusted: true, repositories: () => ['C:\\repo'] };
    expect(mayBeRead(file, () => false, reach, win32)).toBe(expected);
  });

  it('without looking for repositories where the workspace is not trusted', () => {
    const reach = {
      folders,
      trusted: false,
      repositories: (): never => {
        throw new Error('looked for');
      },
    };
    expect(mayBeRead('/repo/x', () => true, reach, posix)).toBe(false);
  });
});
