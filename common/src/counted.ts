/** `1 request`, `3 requests`; `one` in place of the first: `a request`. */
export function counted(count: number, what: string, one = `1 ${what}`): string {
  return count === 1 ? one : `${count} ${what}s`;
}
