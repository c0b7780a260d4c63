/** Whether a text can be the name of a field, an argument, a variable or a type in GraphQL: ASCII only. */
export function isGraphqlName(text: string): boolean {
  return /^[_A-Za-z][_0-9A-Za-z]*$/.test(text);
}
