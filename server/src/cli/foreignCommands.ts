/** Commands of the Hasura CLI that people write here, and what does the like, or what does it. */
const hints: Readonly<Record<string, string>> = {
  diff: 'Use "remote-relationships diff" to compare remote relationships with those of the server; it compares no other metadata. For all of it, use "hasura metadata diff".',
  export:
    'Use "remote-relationships pull" for the tables and remote schemas that relationships are checked against. It writes no metadata: use "hasura metadata export" for that.',
  reload: 'Write "remote-relationships reload".',
  apply:
    'Use "remote-relationships apply" to send remote relationships; it sends no other metadata. For all of it, use "hasura metadata apply".',
};

/** What to write in place of a command of the Hasura CLI; `undefined` for what is none. */
export function hintFor(command: string, others: readonly string[]): string | undefined {
  if (command !== 'metadata' && command !== 'md') return hints[command];
  const hint = others[0] === undefined ? undefined : hints[others[0]];
  return (
    hint ??
    '"hasura metadata" is a command of the Hasura CLI. The commands here are lint, coverage, preview, roles, graph, check, lock, pull, diff, apply, delete, rename, undo, reload and status.'
  );
}
