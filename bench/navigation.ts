import { performance } from 'node:perf_hooks';
import {
  CodeLensRequest,
  ReferencesRequest,
  RenameRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { graphRequest, type RelationshipGraph } from '../common/src/protocol.ts';
import type { GeneratedTable } from './generate.ts';
import type { BenchServer } from './server.ts';

export interface NavigationRow {
  readonly what: string;
  /** How long the first took: every file is looked at. */
  readonly first: number;
  /** Each after a keystroke in the open table. */
  readonly times: readonly number[];
  /** Milliseconds of the slowest in twenty; `NaN`: for information. */
  readonly goal: number;
}

/** Who joins on a column, its rename, symbols of the workspace and code lenses, asked in a table of many. */
export async function measureNavigation(
  server: BenchServer,
  uri: string,
  { name, yaml }: GeneratedTable,
  rounds: number,
): Promise<{ readonly rows: readonly NavigationRow[]; readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  const document = TextDocument.create(uri, 'yaml', 1, yaml);
  const place = { textDocument: { uri }, position: document.positionAt(yaml.indexOf('$login') + 2) };
  const end = yaml.length;
  let typed = 0;
  const measure = async (
    what: string,
    ask: () => Promise<number>,
    expected: number,
    goal = 50,
  ): Promise<NavigationRow> => {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      // A line of its own, so that the place stays where it is.
      await server.edit(end, typed, round % 2 === 0 ? `# ${what}\n` : '');
      typed = round % 2 === 0 ? what.length + 3 : 0;
      await server.diagnose();
      const begin = performance.now();
      const found = await ask();
      times.push(performance.now() - begin);
      if (found !== expected) wrong.push(`${what}: ${expected} expected, ${found} found`);
    }
    return { what, first: times[0] ?? Number.NaN, times: times.slice(1), goal };
  };
  const { connection } = server;
  const rows = [
    await measure(
      'references of a column',
      async () => {
        const context = { includeDeclaration: true };
        return (await connection.sendRequest(ReferencesRequest.type, { ...place, context }))?.length ?? 0;
      },
      5,
    ),
    await measure(
      'rename of a column',
      async () => {
        const edit = await connection.sendRequest(RenameRequest.type, { ...place, newName: 'account' });
        return Object.values(edit?.changes ?? {}).flat().length;
      },
      4,
    ),
    await measure(
      'workspace symbols',
      async () => {
        const query = `${name}.children`;
        const symbols = await connection.sendRequest(WorkspaceSymbolRequest.type, { query });
        return symbols?.[0]?.name === query ? 1 : 0;
      },
      1,
    ),
    await measure(
      'code lenses',
      async () => (await connection.sendRequest(CodeLensRequest.type, place))?.length ?? 0,
      4,
    ),
    await measure(
      'graph of the relationships',
      async () => {
        const graph = await connection.sendRequest<RelationshipGraph | null>(graphRequest.method, { uri });
        return graph?.edges.length ?? 0;
      },
      30_000,
      // Thirty thousand of them are some ten megabytes.
      Number.NaN,
    ),
  ];
  return { rows, wrong };
}
