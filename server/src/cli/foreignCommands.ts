/** Commands of the Hasura CLI that people write here, and what does the like, or what does it. */
const hints: Readonly<Record<string, string>> = {
  diff: 'Write "remote-relationships diff": it compares remote relationships with those of the server, and nothing else of the metadata. All of it: "hasura metadata diff".',
  export:
    'Write "remote-relationships pull" for the tables and remote schemas that relationships are checked against. It writes no metadata: "hasura metadata export" does.',
  reload: 'Write "remote-relationships reload".',
  apply:
    'Write "remote-relationships apply": it sends remote relationships, and nothing else of the metadata. All of it: "hasura metadata apply".',
};

/** What to write in place of a command of the Hasura CLI; `undefined` for what is none. */
export function hintFor(command: string, others: readonly string[]): string | undefined {
  if (command !== 'metadata' && command !== 'md') return hints[command];
  const hint = others[0] === undefined ? undefined : hints[others[0]];
  return (
    hint ??
    'The commands of "hasura metadata" are those of the Hasura CLI. Here there are lint, coverage, pull, diff, apply, delete, rename, undo, reload and status.'
  );
}
