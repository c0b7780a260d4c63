import { expect, it, vi } from 'vitest';
import { showReferences } from '../../../client/src/showReferences.ts';
import type { JoiningRelationship } from '../../../common/src/protocol.ts';

const run = vi.hoisted(() => [] as unknown[][]);

vi.mock('vscode', async () => {
  const { URI } = await import('vscode-uri');
  return {
    Uri: URI,
    Position: class {
      readonly text: string;
      constructor(line: number, character: number) {
        this.text = `${line}:${character}`;
      }
    },
    Range: class {
      readonly text: string;
      constructor(...numbers: number[]) {
        this.text = numbers.join(' ');
      }
    },
    WorkspaceEdit: class {},
    Location: class {
      readonly text: string;
      constructor(uri: unknown, range: { text: string }) {
        this.text = `${uri} ${range.text}`;
      }
    },
    commands: { executeCommand: async (...given: unknown[]) => void run.push(given) },
  };
});

const uri = 'file:///project/customer.yaml';
const position = { line: 4, character: 12 };
const other: JoiningRelationship = {
  uri: 'file:///project/ticket.yaml',
  range: { start: { line: 7, character: 10 }, end: { line: 7, character: 18 } },
};

it.each<[string, readonly JoiningRelationship[] | undefined, unknown[]]>([
  ['the relationships it counts', [other], ['editor.action.showReferences', [`${other.uri} 7 10 7 18`]]],
  ['whatever names the same, where it counts none', [], ['editor.action.findReferences']],
  ['the same where the server does not run', undefined, ['editor.action.findReferences']],
])('a code lens shows %s', async (_, answer, [command, ...locations]) => {
  run.length = 0;
  const asked: unknown[] = [];
  const ask = async (_request: unknown, params: unknown) => {
    asked.push(params);
    return answer as never;
  };
  await showReferences({ ask }, uri, position);
  expect(asked).toEqual([{ uri, position }]);
  const [[ran, at, place, shown] = []] = run;
  expect([ran, String(at), (place as { text: string }).text]).toEqual([command, uri, '4:12']);
  const texts = shown && (shown as { text: string }[]).map(({ text }) => text);
  expect(texts === undefined ? [] : [texts]).toEqual(locations);
});
