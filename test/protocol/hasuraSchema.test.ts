import { describe, expect, it } from 'vitest';
import type {
  CompletionItem,
  CompletionList,
  Hover,
  LocationLink,
} from 'vscode-languageserver-protocol/node';
import { statusRequest } from '../../common/src/protocol.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { ServerProcess } from './serverProcess.ts';

const { 'schema/default.tables.json': _, ...withoutSnapshot } = smallProject;
const schemaFile = 'web/schema.graphql';
const project = {
  ...withoutSnapshot,
  [customerTable]: `${withoutSnapshot[customerTable]}configuration: { column_config: { person_id: { custom_name: personId } } }\n`,
  'remote-relationships.config.yaml': `sources:\n  default:\n    tables: { graphql: ${schemaFile} }\n`,
  [schemaFile]: `scalar uuid
type Query { customer: [customer!]! }
type customer {
  id: uuid!
  personId: uuid!
  shoe_size: Int
}
enum customer_select_column { id personId shoe_size }
`,
};
const text = project[customerTable] ?? '';

function positionOf(word: string) {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe('tables known by the GraphQL schema of Hasura', () => {
  it('are completed, explained and found under their names in the database, and said in the status', async () => {
    const folder = new TemporaryFolder(project);
    const server = await ServerProcess.start({ folders: [folder] });
    const textDocument = { uri: folder.uri(customerTable) };
    await server.open(textDocument.uri, text);
    expect(await server.codes(textDocument.uri)).toEqual([]);
    const at = { textDocument, position: positionOf('person_id]') };

    const hover = await server.connection.sendRequest<Hover | null>('textDocument/hover', at);
    expect(JSON.stringify(hover?.contents)).toMatch(
      /Column `person_id` of `customer`: `uuid, not null`.*schema\.graphql/,
    );
    const links = await server.connection.sendRequest<LocationLink[] | null>('textDocument/definition', at);
    expect(JSON.stringify(links)).toContain(JSON.stringify(folder.uri(schemaFile)));
    const answer = await server.connection.sendRequest<CompletionList | CompletionItem[] | null>(
      'textDocument/completion',
      at,
    );
    const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
    expect(items.map(({ label }) => label).toSorted()).toEqual(['id', 'person_id', 'shoe_size']);

    const status = await server.connection.sendRequest(statusRequest.method, textDocument);
    expect(status).toMatchObject({
      sources: [
        {
          state: 'loaded',
          origin: 'configuration',
          detail: '1 tracked table known by "schema.graphql", the GraphQL schema of Hasura',
        },
      ],
    });
    await server.stop();
  });
});
