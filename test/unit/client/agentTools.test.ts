import { describe, expect, it, vi } from 'vitest';
import type { CancellationToken } from 'vscode';
import { registerAgentTools } from '../../../client/src/agentTools.ts';
import { agentToolRequest } from '../../../common/src/protocol.ts';
import { shownManifest } from '../../../scripts/manifest.ts';
import { agentTools } from '../../../server/src/features/agentTools/agentTools.ts';

interface Tool {
  invoke(
    options: { readonly input: unknown },
    token: unknown,
  ): Promise<{ readonly parts: readonly unknown[] }>;
}

const registered = vi.hoisted(() => new Map<string, unknown>());

vi.mock('vscode', () => ({
  Disposable: { from: () => ({ dispose: () => undefined }) },
  LanguageModelTextPart: class {
    readonly value: string;
    constructor(value: string) {
      this.value = value;
    }
  },
  LanguageModelToolResult: class {
    readonly parts: unknown[];
    constructor(parts: unknown[]) {
      this.parts = parts;
    }
  },
  lm: {
    registerTool: (name: string, tool: unknown) => {
      registered.set(name, tool);
      return { dispose: () => undefined };
    },
  },
}));

const manifest = shownManifest<{
  readonly contributes: {
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly displayName: string;
      readonly modelDescription: string;
      readonly inputSchema: object;
    }[];
  };
}>();
const { languageModelTools } = manifest.contributes;

/** What the language server is asked by a tool, and what it answers. */
async function invoke(name: string, input: unknown, answer: unknown) {
  const asked: unknown[] = [];
  let started = 0;
  registerAgentTools({
    start: async () => {
      started++;
    },
    ask: async (request: { readonly method: string }, params: unknown) => {
      asked.push([request.method, params]);
      return answer as undefined;
    },
  });
  const tool = registered.get(name) as Tool;
  const result = await tool.invoke({ input }, {} as CancellationToken);
  return { asked, started, parts: result.parts };
}

describe('language model tools', () => {
  it('are those of the manifest, which says of each what the server says', () => {
    registerAgentTools({ start: async () => undefined, ask: async () => undefined });
    expect(languageModelTools.map(({ name }) => name)).toEqual([...registered.keys()]);
    const said = languageModelTools.map(({ displayName, modelDescription, inputSchema }) => ({
      ...{ title: displayName, description: modelDescription, inputSchema },
    }));
    expect(said).toEqual(
      agentTools.map(({ title, description, inputSchema }) => ({ title, description, inputSchema })),
    );
  });

  it.each(languageModelTools.map(({ name }, index) => [name, agentTools[index]?.name]))(
    '%s asks the server by the name %s',
    async (name, tool) => {
      const { asked, started, parts } = await invoke(name, { path: 'a.yaml' }, { text: 'answer' });
      expect(asked).toEqual([[agentToolRequest.method, { tool, input: { path: 'a.yaml' } }]]);
      expect(started).toBe(1);
      expect(parts).toEqual([{ value: 'answer' }]);
    },
  );

  it('fail with the words of the server, and where there is none', async () => {
    const name = 'remoteRelationships_validate';
    await expect(invoke(name, {}, { problem: 'There is no file.' })).rejects.toThrow('There is no file.');
    await expect(invoke(name, undefined, undefined)).rejects.toThrow(/does not run/);
  });
});
