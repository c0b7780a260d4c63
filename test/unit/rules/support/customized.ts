import type { Surroundings } from '../../support/checkText.ts';

const people = `
type Query { person(id: ID!): Person node: Node }
type Mutation { rename: Person }
interface Node { id: ID! title: String }
type Person implements Node { id: ID! title: String name: String }
type Robot implements Node { id: ID! title: String }
`;
/** A remote schema whose customization is told by `customized`. */
export const known: Surroundings = { remoteSchemas: { people }, files: {} };
export const customized = (text: string) =>
  `- name: people\n  definition:\n    url: u\n    customization:\n      ${text.replaceAll('\n', '\n      ')}\n`;
