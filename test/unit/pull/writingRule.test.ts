import { chmodSync, existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PullPart } from '../../../common/src/metadataApi/pull/pullAll.ts';
import {
  decideWrite,
  type WriteDecision,
  whyNotThere,
} from '../../../common/src/metadataApi/pull/writingRule.ts';
import { makeLink, noModes, skipBecause } from '../../machine.ts';
import { specialFiles } from '../files/specialFiles.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

const outside = 'it is outside the project';

describe('by the path alone', () => {
  const place = { project: '/a/project', workspace: ['/other', '/a'] };

  it.each<[string, PullPart['what'], string | undefined]>([
    ['/a/project/x.json', 'source', undefined],
    ['/a/project/x.yaml', 'source', undefined],
    ['/a/project/schema/x.YML', 'source', undefined],
    ['/a/project/schema/x.graphql', 'remote-schema', undefined],
    ['/a/project/schema/x.graphqls', 'remote-schema', undefined],
    ['/a/project/schema/x.GQL', 'remote-schema', undefined],
    ['/a/project/schema/x.json', 'remote-schema', undefined],
    ['/a/project', 'source', outside],
    ['/a/x.json', 'source', outside],
    ['/a/project-evil/x.json', 'source', outside],
    ['/a/Project/x.json', 'source', outside],
    ['/a/project/../x.json', 'source', outside],
    ['/a/project/schema/../../project-evil/x.json', 'source', outside],
    ['/other/x.json', 'source', outside],
    ['x.json', 'source', outside],
    ['/a/project/.git/hooks/pre-commit', 'source', '".git" is hidden: its name begins with a dot'],
    ['/a/project/deep/.vscode/x.json', 'source', '".vscode" is hidden: its name begins with a dot'],
    ['/a/project/.x.json', 'source', '".x.json" is hidden: its name begins with a dot'],
    ['/a/project/.bashrc', 'source', '".bashrc" is hidden: its name begins with a dot'],
    ['/a/project/x', 'source', 'its name ends in none of .json, .yaml, .yml'],
    ['/a/project/x.sh', 'remote-schema', 'its name ends in none of .graphql, .graphqls, .gql, .json'],
    ['/a/project/x.json.sh', 'source', 'its name ends in none of .json, .yaml, .yml'],
    ['/a/project/x.graphql', 'source', 'its name ends in none of .json, .yaml, .yml'],
    ['/a/project/x.yaml', 'remote-schema', 'its name ends in none of .graphql, .graphqls, .gql, .json'],
    ['/a/project/nul.json', 'source', '"nul.json" is not a valid file name: it names a device on Windows'],
    ['/a/project/con/x.json', 'source', '"con" is not a valid file name: it names a device on Windows'],
    ['/a/project/a /x.json', 'source', '"a " is not a valid file name: it ends with a dot or a space'],
    [
      '/a/project/x.sh:y.json',
      'source',
      '"x.sh:y.json" is not a valid file name: it has a character that is not allowed in file names',
    ],
  ])('%s, for a %s: %s', (path, what, expected) => {
    expect(whyNotThere(path, what, place, posix)).toBe(expected);
  });

  it.each<[string, string | undefined]>([
    ['C:\\a\\project\\schema\\x.json', undefined],
    ['c:/A/Project/schema/x.json', undefined],
    ['C:\\a\\project-evil\\x.json', outside],
    ['C:\\a\\project\\..\\x.json', outside],
    ['D:\\a\\project\\x.json', outside],
    ['\\\\server\\a\\project\\x.json', outside],
    ['C:\\a\\project\\.git\\x.json', '".git" is hidden: its name begins with a dot'],
    [
      'C:\\a\\project\\run.ps1:x.json',
      '"run.ps1:x.json" is not a valid file name: it has a character that is not allowed in file names',
    ],
  ])('on Windows, %s: %s', (path, expected) => {
    const windows = { project: 'C:\\a\\project', workspace: ['C:\\a'] };
    expect(whyNotThere(path, 'source', windows, win32)).toBe(expected);
  });

  it.each<[string, string | undefined]>([
    ['\\\\server\\share\\project\\x.json', undefined],
    ['\\\\server\\share\\project-evil\\x.json', outside],
    ['\\\\server\\share2\\project\\x.json', outside],
    ['C:\\project\\x.json', outside],
  ])('on a share, %s: %s', (path, expected) => {
    const share = { project: '\\\\server\\share\\project', workspace: ['\\\\server\\share'] };
    expect(whyNotThere(path, 'source', share, win32)).toBe(expected);
  });

  it('a project that is not in a folder that is open is none', () => {
    expect(whyNotThere('/a/project/x.json', 'source', { ...place, workspace: ['/b'] }, posix)).toBe(outside);
    expect(whyNotThere('/a/project/x.json', 'source', { ...place, workspace: [] }, posix)).toBe(outside);
    const inner = { project: '/a/project', workspace: ['/a/project/inner'] };
    expect(whyNotThere('/a/project/x.json', 'source', inner, posix)).toBe(outside);
    expect(whyNotThere('/a/project/inner/x.json', 'source', inner, posix)).toBeUndefined();
  });
});

const snapshot = '[{"schema":"public","name":"a","columns":[]}]';
const schema = 'type Query { a: Int }\n';

function project(): TemporaryFolder {
  const folder = new TemporaryFolder({
    'project/config.yaml': 'version: 3\nmetadata_directory: metadata\n',
    'project/metadata/version.yaml': 'version: 3\n',
    'project/metadata/actions.graphql': 'type Mutation { a: Int }\n',
    'project/metadata/databases/databases.yaml': '[]\n',
    'project/schema/a.json': snapshot,
    'project/schema/a.graphql': schema,
    'project/schema/empty.json': '',
    'project/schema/broken.graphql': 'type Query {',
    'project/schema/queries.graphql': 'query A { a }',
    'project/package.json': '{"name":"x","scripts":{}}',
    'project/.git/hooks/pre-commit': '#!/bin/sh\n',
    'project/.envrc': 'export A=1\n',
    'project/.bashrc': 'alias a=b\n',
    'project-evil/a.json': snapshot,
    'metadata.json': '{"version":3,"sources":[]}',
    'elsewhere/a.json': snapshot,
    'elsewhere/kept': '',
  });
  for (const [link, target] of [
    ['project/real-folder-link', 'project/schema'],
    ['project/real-link.json', 'project/schema/a.json'],
    ['project/folder-link', 'elsewhere'],
    ['project/file-link.json', 'elsewhere/a.json'],
    ['project/sibling-link', 'project-evil'],
    ['project/dangling-link.json', 'elsewhere/new.json'],
    ['project/git-link', 'project/.git'],
    ['project/hook.json', 'project/.git/hooks/pre-commit'],
    ['project/bashrc.json', 'project/.bashrc'],
    ['project/loop.json', 'project/loop.json'],
  ] as const) {
    makeLink(folder.file(target), folder.file(link));
  }
  return folder;
}

function decide(folder: TemporaryFolder, name: string, what: PullPart['what'] = 'source'): WriteDecision {
  return decideWrite(folder.file(name), what, {
    project: folder.file('project'),
    workspace: [folder.file('project')],
  });
}

describe('as the disk is', () => {
  it.each<[string, string, PullPart['what'], Partial<Extract<WriteDecision, { path: string }>>]>([
    ['a new file', 'schema/new.json', 'source', { outcome: 'allowed', before: undefined }],
    ['a new file in a new folder', 'new/er/a.graphql', 'remote-schema', { outcome: 'allowed' }],
    ['a snapshot', 'schema/a.json', 'source', { outcome: 'allowed', before: snapshot }],
    ['a schema', 'schema/a.graphql', 'remote-schema', { outcome: 'allowed', before: schema }],
    ['an empty file', 'schema/empty.json', 'source', { outcome: 'allowed', before: '' }],
    ['a broken schema', 'schema/broken.graphql', 'remote-schema', { outcome: 'doubtful' }],
    [
      'a link to a folder inside',
      'real-folder-link/a.json',
      'source',
      { outcome: 'allowed', before: snapshot },
    ],
    ['a link to a file inside', 'real-link.json', 'source', { outcome: 'allowed', before: snapshot }],
    ['dots that come back', '../project/schema/a.json', 'source', { outcome: 'allowed', before: snapshot }],
  ])('%s may be written', (_, name, what, expected) => {
    const folder = project();
    const decision = decide(folder, `project/${name}`, what);
    expect(decision).toMatchObject(expected);
    expect(decision).not.toHaveProperty('reason');
  });

  it('is written where a link leads, not in the place of the link', () => {
    const folder = project();
    expect(decide(folder, 'project/real-link.json')).toMatchObject({
      path: folder.file('project/schema/a.json'),
    });
  });

  it.each<[string, string, PullPart['what'], RegExp]>([
    ['a file above', '../metadata.json', 'source', /outside the project/],
    ['a file beside', '../elsewhere/a.json', 'source', /outside the project/],
    ['a folder whose name begins alike', '../project-evil/a.json', 'source', /outside the project/],
    ['a link to such a folder', 'sibling-link/a.json', 'source', /outside the project/],
    ['a link to a folder outside', 'folder-link/a.json', 'source', /outside the project/],
    ['a new file there', 'folder-link/new.json', 'source', /outside the project/],
    ['a link to a file outside', 'file-link.json', 'source', /outside the project/],
    ['a link to nothing', 'dangling-link.json', 'source', /broken link/],
    ['what is below it', 'dangling-link.json/a.json', 'source', /broken link/],
    ['a link to itself', 'loop.json', 'source', /broken link/],
    ['a hook of Git', '.git/hooks/pre-commit', 'source', /hidden/],
    ['a hook of Git, by another name', '.git/hooks/pre-commit.json', 'source', /hidden/],
    ['a hook of Git, through a link', 'git-link/hooks/pre-commit', 'source', /hidden/],
    ['a new file there', 'git-link/new.json', 'source', /hidden/],
    ['a link to a hook of Git', 'hook.json', 'source', /hidden/],
    ['.bashrc', '.bashrc', 'remote-schema', /hidden/],
    ['a link to .bashrc', 'bashrc.json', 'source', /hidden/],
    ['.envrc', '.envrc', 'remote-schema', /hidden/],
    ['a script', 'script.sh', 'remote-schema', /ends in none of/],
    ['config.yaml', 'config.yaml', 'source', /neither a schema nor a snapshot/],
    ['a package', 'package.json', 'source', /neither a schema nor a snapshot/],
    ['queries', 'schema/queries.graphql', 'remote-schema', /neither a schema nor a snapshot/],
    ['metadata', 'metadata/databases/databases.yaml', 'source', /among the metadata/],
    ['the schema of actions', 'metadata/actions.graphql', 'remote-schema', /among the metadata/],
    ['a new file among the metadata', 'metadata/tables.yaml', 'source', /among the metadata/],
    ['a new file below databases', 'metadata/databases/a/a.yaml', 'source', /among the metadata/],
    ['a folder', 'schema', 'source', /ends in none of/],
    ['below a file', 'package.json/a.json', 'source', /./],
  ])('%s is not', (_, name, what, reason) => {
    expect(decide(project(), `project/${name}`, what)).toEqual({
      outcome: 'refused',
      reason: expect.stringMatching(reason),
    });
  });

  it('a folder of its own in the metadata directory may hold snapshots', () => {
    expect(decide(project(), 'project/metadata/schema/a.json')).toMatchObject({ outcome: 'allowed' });
  });

  it('a folder in the place of a file is not written over', () => {
    const folder = new TemporaryFolder({ 'project/a.json/inside': '' });
    expect(decide(folder, 'project/a.json')).toEqual({
      outcome: 'refused',
      reason: 'it is not a regular file',
    });
  });

  it.each([0o444, 0o400, 0o555])('a file of mode %o is not', (mode) => {
    skipBecause(noModes);
    const folder = project();
    chmodSync(folder.file('project/schema/a.json'), mode);
    expect(decide(folder, 'project/schema/a.json')).toEqual({
      outcome: 'refused',
      reason: 'it is read-only',
    });
  });

  it('a file that is too long to be read is not', () => {
    const folder = project();
    truncateSync(folder.file('project/schema/a.json'), 64 * 1024 ** 2 + 1);
    expect(decide(folder, 'project/schema/a.json')).toEqual({
      outcome: 'refused',
      reason: 'The file "a.json" is larger than 64 MB and is not read.',
    });
  });

  it.each(['a pipe', 'a socket'])('%s is not, and nobody waits for it', async (kind) => {
    skipBecause(noModes);
    const folder = project();
    await specialFiles[kind]?.(folder.file('project/special.json'));
    expect(decide(folder, 'project/special.json')).toEqual({
      outcome: 'refused',
      reason: 'it is not a regular file',
    });
  });

  it('a device is not, whatever links to it', () => {
    skipBecause(noModes);
    const folder = project();
    makeLink('/dev/zero', folder.file('project/zero.json'));
    expect(decide(folder, 'project/zero.json')).toEqual({ outcome: 'refused', reason: outside });
  });

  it('nothing is touched by asking', () => {
    const folder = project();
    for (const name of ['schema/new.json', 'new/er/a.json', 'folder-link/new.json', 'schema/a.json']) {
      decide(folder, `project/${name}`);
    }
    expect(existsSync(folder.file('project/new'))).toBe(false);
    expect(readdirSync(folder.file('elsewhere'))).toEqual(['a.json', 'kept']);
    expect(readFileSync(folder.file('project/schema/a.json'), 'utf8')).toBe(snapshot);
  });
});
