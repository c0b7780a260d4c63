import { describe, expect, it } from 'vitest';
import type { ClientCapabilities, Position } from 'vscode-languageserver-protocol/node';
import { baseName } from '../../server/src/project/files.ts';
import { customerTable, smallProject, TemporaryFolder } from '../unit/project/temporaryFolder.ts';
import { pulling } from './capabilities.ts';
import { ServerProcess } from './serverProcess.ts';

/** Positions that count bytes, for editors that would rather: the same places as those that count UTF-16 units. */

// One, two, three and four bytes; the last of two units.
const name = 'aé€𝄞';
const lineOf = (name: string, id: string) =>
  `  - { name: "${name}", definition: { to_remote_schema: { remote_schema: people, lhs_fields: [], remote_field: { person: { arguments: { id: ${id} } } } } } }\n`;
const text = `table: { schema: public, name: customer }\nremote_relationships:\n${lineOf(name, '$')}`;
const schema = `"${name}" type Query { person(id: ID!): Person } type Person { id: ID! }`;

function encodings(...positionEncodings: string[]): ClientCapabilities {
  return { ...pulling, general: { positionEncodings } };
}

async function open(capabilities: ClientCapabilities) {
  const folder = new TemporaryFolder({ ...smallProject, 'schema/people.graphql': schema });
  const server = await ServerProcess.start({ folders: [folder], capabilities });
  const uri = folder.uri(customerTable);
  await server.open(uri, text);
  return { folder, server, uri };
}

/** A position of the third line in bytes. */
function inBytes({ line, character }: Position, of = text): Position {
  const written = of.split('\n')[line] ?? '';
  return { line, character: Buffer.byteLength(written.slice(0, character)) };
}

describe('what positions count', () => {
  it.each<[string[], string | undefined]>([
    [[], undefined],
    [['utf-16'], undefined],
    [['utf-8', 'utf-16'], 'utf-8'],
    [['utf-32', 'utf-8', 'utf-16'], 'utf-8'],
    [['utf-16', 'utf-8'], undefined],
    [['utf-32'], undefined],
  ])('of %s it is %s', async (offered, chosen) => {
    const { server } = await open(encodings(...offered));
    expect(server.initialized.capabilities.positionEncoding).toBe(chosen);
  });
});

describe('in bytes', () => {
  it('findings, outline, hover, definition and completion are where they are in units', async () => {
    const [units, bytes] = await Promise.all([open(pulling), open(encodings('utf-8'))]);
    const place = { line: 2, character: lineOf(name, '$').indexOf('$') + 1 };
    const person = { line: 2, character: lineOf(name, '$').indexOf('person:') + 1 };
    const asked = ({ server, uri }: typeof units, position: (at: Position) => Position) => {
      const textDocument = { uri };
      return Promise.all([
        server.diagnostics(uri),
        server.connection.sendRequest('textDocument/documentSymbol', { textDocument }),
        server.connection.sendRequest('textDocument/hover', { textDocument, position: position(person) }),
        server.connection.sendRequest('textDocument/definition', {
          textDocument,
          position: position(person),
        }),
        server.complete(uri, 2, position(place).character),
        server.connection.sendRequest('textDocument/codeAction', {
          textDocument,
          range: { start: position(place), end: position(place) },
          context: { diagnostics: [] },
        }),
      ]);
    };
    const inUnits = await asked(units, (position) => position);
    const answered = JSON.stringify(await asked(bytes, inBytes)).replaceAll(
      baseName(bytes.folder.path),
      baseName(units.folder.path),
    );
    // Every position of the answers in units, in bytes of the line it is in.
    const converted = JSON.stringify(inUnits, (_, value: unknown) =>
      isPosition(value) ? inBytes(value) : value,
    );
    const texts = (json: string) => json.replaceAll(/"target\w+":\{[^}]*\}[^}]*\}\}/g, '');
    expect(texts(answered)).toBe(texts(converted));
    expect(JSON.stringify(inUnits[4])).toContain('$person_id');
    const [{ targetRange }] = inUnits[3] as unknown as [{ targetRange: { start: Position } }];
    const [link] = JSON.parse(answered)[3] as [{ targetRange: { start: Position } }];
    expect(link.targetRange.start).toEqual(inBytes(targetRange.start, schema));
    expect(link.targetRange.start).not.toEqual(targetRange.start);
  });

  it('edits change what they say', async () => {
    const { server, uri } = await open(encodings('utf-8'));
    const start = inBytes({ line: 2, character: lineOf(name, '$').indexOf('$') });
    const end = { ...start, character: start.character + 1 };
    const first = inBytes({ line: 2, character: lineOf(name, '$').indexOf('[]') + 1 });
    await server.change(
      uri,
      2,
      { range: { start, end }, text: '"$person_id"' },
      { range: { start: first, end: first }, text: 'person_id' },
    );
    expect(await server.codes(uri)).toEqual(['relationship-name']);
    const wrong = inBytes({ line: 2, character: lineOf(name, '$').indexOf('€') });
    await server.change(uri, 3, {
      range: { start: wrong, end: { ...wrong, character: wrong.character + 3 } },
      text: '',
    });
    const [finding] = await server.diagnostics(uri);
    expect(finding?.range.start.character).toBe(
      inBytes({ line: 2, character: '  - { name: "'.length }).character,
    );
    expect((finding?.range.end.character ?? 0) - (finding?.range.start.character ?? 0)).toBe(
      Buffer.byteLength('aé𝄞'),
    );
  });
});

function isPosition(value: unknown): value is Position {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}
