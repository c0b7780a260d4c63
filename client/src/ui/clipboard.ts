import { env } from 'vscode';

/** Puts a text on the clipboard as it is: what pastes it is not VS Code's to show. */
export async function copyText(text: string): Promise<void> {
  await env.clipboard.writeText(text);
}
