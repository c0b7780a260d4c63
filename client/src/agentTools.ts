import {
  type CancellationToken,
  Disposable,
  LanguageModelTextPart,
  type LanguageModelToolInvocationOptions,
  LanguageModelToolResult,
  lm,
} from 'vscode';
import { agentToolRequest } from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';

/** The tools of the manifest, by the server's names for them. */
const tools: Readonly<Record<string, string>> = {
  remoteRelationships_validate: 'validate',
  remoteRelationships_explain: 'explain',
  remoteRelationships_joinable: 'joinable',
  remoteRelationships_previewSdl: 'preview_sdl',
};

/** Lets a language model in the chat ask what the language server knows; it changes nothing, and sends nothing. */
export function registerAgentTools(server: Pick<LanguageServerClient, 'ask' | 'start'>): Disposable {
  return Disposable.from(
    ...Object.entries(tools).map(([name, tool]) =>
      lm.registerTool<object>(name, {
        invoke: async (options, token) =>
          new LanguageModelToolResult([await answer(server, tool, options, token)]),
      }),
    ),
  );
}

async function answer(
  server: Pick<LanguageServerClient, 'ask' | 'start'>,
  tool: string,
  { input }: LanguageModelToolInvocationOptions<object>,
  token: CancellationToken,
): Promise<LanguageModelTextPart> {
  await server.start();
  const asked = { tool, input: JSON.parse(JSON.stringify(input ?? {})) };
  const result = await server.ask(agentToolRequest, asked, token);
  if (result === undefined) throw new Error('The language server of Remote Relationships does not run.');
  if ('problem' in result) throw new Error(result.problem);
  return new LanguageModelTextPart(result.text);
}
