import { describe, expect, it } from 'vitest';
import { newestEntry, type ReleaseFacts, releaseProblems } from '../../../scripts/releaseChecks.ts';

const changelog = '# Changelog\n\n## 1.2.3\n\n- Does more.\n\n## 1.2.2\n\n- Does less.\n';

const ready: ReleaseFacts = {
  version: '1.2.3',
  lockedVersions: ['1.2.3'],
  changelog,
  tags: ['v1.2.3'],
  taggedElsewhere: false,
  changedFiles: [],
};

describe('a release', () => {
  it('has nothing in its way when all agree', () => {
    expect(releaseProblems(ready)).toEqual({ wrong: [], missing: [] });
  });

  it.each<[string, Partial<ReleaseFacts>, string]>([
    [
      'a version the marketplaces refuse',
      { version: '1.2.3-rc.1' },
      'package.json: 1.2.3-rc.1 is not of the form 1.2.3.',
    ],
    [
      'another version in the lock file',
      { lockedVersions: ['1.2.2'] },
      'package-lock.json has the version 1.2.2, not 1.2.3: run npm install.',
    ],
    [
      'two versions in the lock file',
      { lockedVersions: ['1.2.3', undefined] },
      'package-lock.json has the version 1.2.3, , not 1.2.3: run npm install.',
    ],
    [
      'a changelog that begins with another',
      { changelog: '# Changelog\n\n## 1.2.2\n\n- Does less.\n' },
      'CHANGELOG.md begins with 1.2.2, not 1.2.3.',
    ],
    [
      'a changelog without entries',
      { changelog: '# Changelog\n' },
      'CHANGELOG.md begins with undefined, not 1.2.3.',
    ],
    [
      'an empty entry in the changelog',
      { changelog: '## 1.2.3\n\n## 1.2.2\n\n- Does less.\n' },
      'CHANGELOG.md says nothing of 1.2.3.',
    ],
    [
      'the tag of another version',
      { tags: ['v1.2.3', 'v1.2.4'] },
      'The commit has the tag v1.2.4, not v1.2.3.',
    ],
    [
      'its tag on another commit',
      { tags: [], taggedElsewhere: true },
      'The tag v1.2.3 is on another commit.',
    ],
  ])('is stopped by %s', (_title, facts, problem) => {
    expect(releaseProblems({ ...ready, ...facts }).wrong).toContain(problem);
  });

  it.each<[string, Partial<ReleaseFacts>, string]>([
    ['a tag', { tags: [] }, 'The commit has no tag v1.2.3.'],
    ['a commit', { changedFiles: ['README.md', 'package.json'] }, 'Not committed: README.md, package.json.'],
  ])('still needs %s', (_title, facts, problem) => {
    expect(releaseProblems({ ...ready, ...facts })).toEqual({ wrong: [], missing: [problem] });
  });

  it.each([['some-tag'], ['validated']])('does not mind a tag that names no version: %s', (tag) => {
    expect(releaseProblems({ ...ready, tags: [...ready.tags, tag] })).toEqual({ wrong: [], missing: [] });
  });
});

describe('the newest entry of the changelog', () => {
  it.each([
    ['of several', changelog],
    ['with the line breaks of Windows', changelog.replaceAll('\n', '\r\n')],
  ])('%s', (_title, text) => {
    expect(newestEntry(text)).toEqual({ version: '1.2.3', text: '- Does more.' });
  });
});
