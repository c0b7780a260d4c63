/** Whether a text is a GraphQL name (ASCII only, spec section 3). */
export function isGraphqlName(text: string): boolean {
  return /^[_A-Za-z][_0-9A-Za-z]*$/.test(text);
}
