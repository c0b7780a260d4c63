import { describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { type SchemaCandidatesAnswer, schemaCandidatesRequest } from '../../common/src/protocol.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { ServerProcess } from './serverProcess.ts';

const { 'schema/people.graphql': people = '', ...unknown } = smallProject;
const text = smallProject[customerTable] ?? '';

function positionOf(word: string) {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

async function actionsAt(server: ServerProcess, uri: string, word: string): Promise<readonly CodeAction[]> {
  const start = positionOf(word);
  const params = { textDocument: { uri }, range: { start, end: start }, context: { diagnostics: [] } };
  const actions = await server.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', params);
  return (actions ?? []).filter(({ title }) => title.startsWith('Use '));
}

describe('a schema that lies in the workspace', () => {
  it.each([true, false])('is offered where the remote schema is named, trusted: %j', async (trusted) => {
    const folder = new TemporaryFolder({ ...unknown, 'services/people/schema.graphql': people });
    const capabilities = {
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } },
    };
    const initializationOptions = { trusted };
    const server = await ServerProcess.start({ folders: [folder], capabilities, initializationOptions });
    const uri = folder.uri(customerTable);
    await server.open(uri, text);
    for (const word of ['people', 'person:', 'id: $']) {
      const [action, ...others] = await actionsAt(server, uri, word);
      expect(others).toEqual([]);
      expect(action?.title).toBe('Use services/people/schema.graphql for people');
      expect(action?.edit?.documentChanges).toMatchObject([
        { kind: 'create', uri: folder.uri('remote-relationships.config.json') },
        {
          edits: [
            {
              newText: `${JSON.stringify({ remoteSchemas: { people: { schema: 'services/people/schema.graphql' } } }, null, 2)}\n`,
            },
          ],
        },
      ]);
    }
    expect(await actionsAt(server, uri, 'public')).toEqual([]);
    const answer = await server.connection.sendRequest<readonly SchemaCandidatesAnswer[]>(
      schemaCandidatesRequest.method,
      { uri: folder.uri('') },
    );
    expect(answer).toEqual([
      {
        part: { what: 'remote-schema', name: 'people' },
        candidates: [
          {
            text: 'services/people/schema.graphql',
            entry: { keys: ['remoteSchemas', 'people', 'schema'], value: 'services/people/schema.graphql' },
          },
        ],
      },
    ]);
  });

  it('is written into the configuration file that is there, which keeps its comments', async () => {
    const name = 'remote-relationships.config.yaml';
    const configuration = '# Ours.\nserverVersion: "2.48" # really\n';
    const folder = new TemporaryFolder({ ...unknown, [name]: configuration, 'sdl/people.graphqls': people });
    const server = await ServerProcess.start({ folders: [folder] });
    const uri = folder.uri(customerTable);
    await server.open(uri, text);
    const [action] = await actionsAt(server, uri, 'people');
    expect(action?.edit?.changes).toEqual({
      [folder.uri(name)]: [
        {
          range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
          newText: 'remoteSchemas:\n  people:\n    schema: sdl/people.graphqls\n',
        },
      ],
    });
  });

  it('is offered for a source, where the source, its table or a column is named', async () => {
    const { 'schema/default.tables.json': _, ...files } = smallProject;
    const hasura = `type query_root { customer: [customer!]! }
scalar uuid
type customer { id: uuid! person_id: uuid }
enum customer_select_column { id person_id }
schema { query: query_root }
`;
    const folder = new TemporaryFolder({ ...files, 'web/schema.graphql': hasura });
    const capabilities = {
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } },
    };
    const server = await ServerProcess.start({ folders: [folder], capabilities });
    const uri = folder.uri(customerTable);
    await server.open(uri, text);
    for (const word of ['customer', 'person_id']) {
      const [action, ...others] = await actionsAt(server, uri, word);
      expect(others).toEqual([]);
      expect(action?.title).toBe('Use web/schema.graphql for default');
      expect(JSON.stringify(action?.edit)).toContain(
        JSON.stringify(
          `${JSON.stringify({ sources: { default: { tables: { graphql: 'web/schema.graphql' } } } }, null, 2)}\n`,
        ),
      );
    }
    expect(await actionsAt(server, uri, 'person:')).toEqual([]);
  });

  it('is not offered where a schema is known, or no file fits', async () => {
    for (const files of [{ ...smallProject, 'a.graphql': people }, unknown]) {
      const folder = new TemporaryFolder(files);
      const server = await ServerProcess.start({ folders: [folder] });
      const uri = folder.uri(customerTable);
      await server.open(uri, text);
      expect(await actionsAt(server, uri, 'people')).toEqual([]);
    }
  });
});
