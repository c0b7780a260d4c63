import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { changedFindings, realOf } from '../../../server/src/cli/changedSince.ts';
import { changedSince } from '../../../server/src/cli/git.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

it('files that have changed are known by where they really are, however Git spells them', () => {
  const folder = new TemporaryFolder({ 'kept.yaml': '', 'CHANGED.yaml': '' });
  const author = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.invalid',
    '-c',
    'commit.gpgsign=false',
  ];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-qm', 'first'],
  ]) {
    execFileSync('git', [...author, ...args], { cwd: folder.path });
  }
  folder.write('CHANGED.yaml', 'text');
  folder.write('ADDED.yaml', '');
  const real = (path: string): string => path.replace(/[A-Z]+\.yaml$/, (name) => name.toLowerCase());
  const { changed } = changedSince('HEAD', folder.path);
  expect(changed.map(({ path }) => realOf(path, { real })).sort()).toEqual([
    folder.file('added.yaml'),
    folder.file('changed.yaml'),
  ]);
});

describe('a finding of a relationship', () => {
  const wrong = {
    ...smallProject,
    [customerTable]: (smallProject[customerTable] ?? '').replace('{ id:', '{ idd:'),
    'metadata/databases/default/tables/tables.yaml':
      '- "!include public_customer.yaml"\n- "!include public_region.yaml"\n',
    'metadata/databases/default/tables/public_region.yaml': 'table: { schema: public, name: region }\n',
    'schema/others.graphql': 'type Query { other: String }\n',
    'metadata/remote_schemas.yaml': `${smallProject['metadata/remote_schemas.yaml']}- name: others
  definition: { url: "https://others.example/graphql" }
`,
    'remote-relationships.config.json':
      '{"rules":{"unsupplied-required-argument":"off","inconsistent-table":"off"}}',
    'other/config.yaml': 'version: 3\n',
    'other/metadata/databases/databases.yaml': '[]\n',
  };
  const noRemoteSchema = { ...wrong, 'metadata/remote_schemas.yaml': '[]\n' };

  it.each<[string, boolean, Readonly<Record<string, string>>?]>([
    [customerTable, true],
    ['schema/people.graphql', true],
    ['schema/default.tables.json', true],
    ['metadata/remote_schemas.yaml', true],
    ['metadata/version.yaml', true],
    ['metadata/databases/databases.yaml', true],
    ['metadata/databases/default/tables/tables.yaml', true],
    ['config.yaml', true],
    ['.env', true],
    ['remote-relationships.config.json', true],
    // Not there any more.
    ['metadata/databases/default/tables/public_gone.yaml', true],
    ['migrations/default/1_gone/up.sql', true],
    ['schema/gone.graphql', true],
    ['remote-relationships.config.yaml', true],
    ['lib/gone.graphql', true],
    // Of something else.
    ['metadata/databases/default/tables/public_region.yaml', false],
    ['schema/others.graphql', false],
    ['README.md', false],
    ['src/main.rs', false],
    ['../elsewhere/metadata/gone.yaml', false],
    ['other/metadata/databases/databases.yaml', false],
    ['other/config.yaml', false],
    // Whatever may have had what it does not find.
    ['metadata/databases/default/tables/public_region.yaml', true, noRemoteSchema],
    ['schema/others.graphql', false, noRemoteSchema],
  ])('when %s has changed: %s', async (name, isTold, files = wrong) => {
    const folder = new TemporaryFolder(files);
    const workspace = await workspaceOf([folder.path]);
    const path = folder.file(customerTable);
    const [finding] = workspace.findings(path).findings.filter(({ severity }) => severity === 'error');
    if (finding === undefined) throw new Error('there is none');
    expect(changedFindings(workspace, new Set())(path)(finding)).toBe(false);
    expect(changedFindings(workspace, new Set([folder.file(name)]))(path)(finding)).toBe(isTold);
  });
});
