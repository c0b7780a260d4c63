import type { Memento, Uri } from 'vscode';

/** The version of Hasura that a project's endpoint was seen to have. */
export function seenVersion(state: Memento, project: Uri): string | undefined {
  const kept = state.get<unknown>(keyOf(project));
  return typeof kept === 'string' ? kept : undefined;
}

/** Keeps it, as far as it is a release: what other servers say of themselves says nothing of what they can do. */
export async function keepVersion(state: Memento, project: Uri, text: string): Promise<void> {
  const release = /^v?(\d{1,6}\.\d{1,6}\.\d{1,6})(?:[-+]|$)/.exec(text)?.[1];
  if (release !== undefined && release !== seenVersion(state, project)) {
    await state.update(keyOf(project), release);
  }
}

function keyOf(project: Uri): string {
  return `serverVersion ${project.toString()}`;
}
