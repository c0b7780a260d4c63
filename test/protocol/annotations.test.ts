import { describe, expect, it } from 'vitest';
import {
  type ClientCapabilities,
  type InlayHint,
  InlayHintKind,
  type SemanticTokens,
  TokenFormat,
} from 'vscode-languageserver-protocol/node';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { poor, pulling } from './capabilities.ts';
import { ServerProcess } from './serverProcess.ts';

/** Colours by what names are, and types in the lines. */

const text = `table: { schema: public, name: customer }
remote_relationships:
  - { name: "aé€𝄞", definition: { to_remote_schema: { remote_schema: people, lhs_fields: [person_id], remote_field: { person: { arguments: { id: $person_id } } } } } }
`;

function client(
  tokenTypes: readonly string[],
  more: object = {},
  general: ClientCapabilities['general'] = {},
): ClientCapabilities {
  return {
    ...pulling,
    general,
    workspace: { ...pulling.workspace, inlayHint: { refreshSupport: true } },
    textDocument: {
      ...pulling.textDocument,
      inlayHint: {},
      semanticTokens: {
        requests: { full: true, range: true },
        tokenTypes: [...tokenTypes],
        tokenModifiers: ['deprecated'],
        formats: [TokenFormat.Relative],
        ...more,
      },
    },
  };
}
const all = ['class', 'property', 'variable', 'parameter', 'comment'];

async function open(capabilities: ClientCapabilities, settings?: unknown) {
  const folder = new TemporaryFolder(smallProject);
  const uri = folder.uri(customerTable);
  const server = await ServerProcess.start({ folders: [folder], capabilities, settings });
  await server.open(uri, text);
  return { server, uri, textDocument: { uri } };
}

/** `line:from-to type` of each token. */
function decoded({ data }: SemanticTokens, types: readonly string[] = []): string[] {
  let [line, character] = [0, 0];
  return Array.from({ length: data.length / 5 }, (_, index) => {
    const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(index * 5);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    return `${line}:${character}-${character + length} ${types[type]}`;
  });
}

describe('semantic tokens', () => {
  it.each<[string, NonNullable<ClientCapabilities['general']>, (character: number) => number]>([
    ['units', {}, (character) => character],
    // `é`, `€` and `𝄞` have one, two and two bytes more than units.
    ['bytes', { positionEncodings: ['utf-8'] }, (character) => character + 5],
  ])('are where they stand, in %s', async (_, general, inEncoding) => {
    const { server, textDocument } = await open(client(all, {}, general));
    const provider = server.initialized.capabilities.semanticTokensProvider;
    expect(provider).toEqual({
      legend: { tokenTypes: ['variable', 'property', 'parameter', 'class'], tokenModifiers: ['deprecated'] },
      full: true,
      range: true,
    });
    const whole = await server.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument,
    });
    const line = text.split('\n')[2] ?? '';
    const at = (name: string, type: string) => {
      const start = inEncoding(line.indexOf(name));
      return `2:${start}-${start + name.length} ${type}`;
    };
    const second = [
      at('person_id', 'variable'),
      at('person', 'property').replace(/.*/, () => {
        const start = inEncoding(line.indexOf('person: {'));
        return `2:${start}-${start + 6} property`;
      }),
      at('id: $', 'parameter').replace(/-\d+/, () => `-${inEncoding(line.indexOf('id: $')) + 2}`),
      at('$person_id', 'variable'),
    ];
    const types = provider?.legend.tokenTypes;
    expect(decoded(whole, types)).toEqual(['0:31-39 class', ...second]);
    const part = await server.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/range', {
      textDocument,
      range: { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } },
    });
    expect(decoded(part, types)).toEqual(second);
    const other = { uri: `${textDocument.uri}.txt` };
    await server.open(other.uri, 'nothing of Hasura', 'plaintext');
    expect(
      await server.connection.sendRequest('textDocument/semanticTokens/full', { textDocument: other }),
    ).toEqual({ data: [] });
  });

  it('are of the types that the client knows', async () => {
    const { server, textDocument } = await open(client(['variable', 'comment'], { tokenModifiers: [] }));
    expect(server.initialized.capabilities.semanticTokensProvider?.legend).toEqual({
      tokenTypes: ['variable'],
      tokenModifiers: [],
    });
    const { data } = await server.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument,
    });
    expect(decoded({ data }, ['variable'])).toHaveLength(2);
  });
});

describe('inlay hints', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };

  it('are shown where the settings say so', async () => {
    const { server, textDocument } = await open(client(all), { inlayHints: true });
    expect(server.initialized.capabilities.inlayHintProvider).toBe(true);
    const line = text.split('\n')[2] ?? '';
    const at = (name: string) => ({ line: 2, character: line.indexOf(name) + name.length });
    const hint = (name: string, label: string): InlayHint => ({
      position: at(name),
      label,
      kind: InlayHintKind.Type,
      paddingLeft: true,
    });
    expect(await server.connection.sendRequest('textDocument/inlayHint', { textDocument, range })).toEqual([
      hint('person:', 'Person'),
      hint('$person_id', 'uuid'),
    ]);
  });

  it('are none unless they do', async () => {
    const { server, textDocument } = await open(client(all));
    expect(await server.connection.sendRequest('textDocument/inlayHint', { textDocument, range })).toBeNull();
  });

  it('are not offered to a client without them, nor are semantic tokens', async () => {
    const { inlayHintProvider, semanticTokensProvider } = (await open(poor)).server.initialized.capabilities;
    expect([inlayHintProvider, semanticTokensProvider]).toEqual([undefined, undefined]);
  });
});
