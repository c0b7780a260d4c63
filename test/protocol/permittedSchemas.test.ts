import { describe, expect, it } from 'vitest';
import type { CompletionItem, CompletionList, Hover } from 'vscode-languageserver-protocol/node';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { ServerProcess } from './serverProcess.ts';

const { 'schema/people.graphql': schema = '', ...unknown } = smallProject;
const project = {
  ...unknown,
  'metadata/remote_schemas.yaml': `${unknown['metadata/remote_schemas.yaml']}  permissions:
    - role: user
      definition: { schema: "type Query { person(id: ID!): Person, team: Person } type Person { nick: String }" }
`,
};
const text = smallProject[customerTable] ?? '';
const uriIn = (folder: TemporaryFolder) => folder.uri(customerTable);

/** What is offered where the name of the remote field begins, were nothing written there yet. */
async function fields(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = new TemporaryFolder(files);
  const server = await ServerProcess.start({ folders: [folder] });
  const [before = ''] = text.split('person:');
  await server.open(uriIn(folder), before);
  const lines = before.split('\n');
  const answer = await server.connection.sendRequest<CompletionList | CompletionItem[] | null>(
    'textDocument/completion',
    {
      textDocument: { uri: uriIn(folder) },
      position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    },
  );
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  await server.stop();
  return items.map(({ label }) => label);
}

describe('a remote schema known by its permissions alone', () => {
  it('is completed by them, and by its own schema as soon as there is one', async () => {
    expect(await fields(project)).toEqual(['person', 'team']);
    expect(await fields({ ...project, 'schema/people.graphql': schema })).toEqual(['person']);
  });

  it('is explained by them, and nothing is wrong by them', async () => {
    const folder = new TemporaryFolder(project);
    const wrong = text.replace('$person_id }', '$person_id, other: 1 }');
    const server = await ServerProcess.start({ folders: [folder] });
    await server.open(uriIn(folder), wrong);
    expect(await server.codes(uriIn(folder))).toEqual([]);
    const before = wrong.slice(0, wrong.indexOf('person:')).split('\n');
    const hover = await server.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri: uriIn(folder) },
      position: { line: before.length - 1, character: (before.at(-1)?.length ?? 0) + 1 },
    });
    expect(JSON.stringify(hover?.contents)).toContain('person(id: ID!): Person');
    await server.stop();
  });
});
