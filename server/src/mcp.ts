import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { errorMessage } from '../../common/src/errorMessage.ts';
import { version } from '../../package.json';
import { agentTools, dataNote, runAgentTool } from './features/agentTools/agentTools.ts';
import { normalisePath } from './project/files.ts';
import { nodeFileSystem, spelledOnDisk } from './project/nodeFiles.ts';
import { Workspace } from './project/workspace.ts';
import { LazyReplay } from './schema/migrations/lazyReplay.ts';

/**
 * A server of the Model Context Protocol over standard input and output. It reads files of one folder, as of a workspace that
 * nobody trusts: nothing outside, no `.env` and no environment. It writes nothing, and asks no other server.
 */
export async function serveAgents(folder: string, note: (message: string) => void): Promise<void> {
  const replay = new LazyReplay(undefined);
  const workspace = new Workspace({
    disk: nodeFileSystem,
    trusted: false,
    looksAtDisk: true,
    reportAllSyntax: true,
    replaySql: (files) => replay.replay(files),
    log: note,
  });
  workspace.setFolders([spelledOnDisk(normalisePath(folder))]);

  /** One call after another: each sees the files as they are. */
  let last: Promise<unknown> = Promise.resolve();
  const answer = (name: string, input: unknown): Promise<string> => {
    const next = last.then(async () => {
      workspace.lookAtDisk(true);
      await workspace.discover();
      for (const _ of workspace.load());
      await workspace.migrationsRead();
      return runAgentTool(workspace, name, input);
    });
    last = next.catch(() => undefined);
    return next;
  };

  const server = new Server(
    { name: 'hasura-remote-relationships', version },
    {
      capabilities: { tools: {} },
      instructions: `Checks Hasura v2 remote relationships in the files of one folder; reads only. ${dataNote}`,
    },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: agentTools.map(({ name, title, description, inputSchema }) => ({
      ...{ name, title, description },
      inputSchema: { ...inputSchema, required: [...inputSchema.required] },
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    try {
      const text = await answer(params.name, params.arguments ?? {});
      return { content: [{ type: 'text', text }] };
    } catch (error) {
      return { isError: true, content: [{ type: 'text', text: errorMessage(error) }] };
    }
  });
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once('end', resolve);
  });
  await server.connect(new StdioServerTransport());
  await closed;
}
