const published =
  'https://github.com/hasura-remote-relationships/hasura-remote-relationships/blob/main/docs/rules';

/** Where the page of a rule is published. */
export function rulePage(code: string): string {
  return `${published}/${code}.md`;
}
