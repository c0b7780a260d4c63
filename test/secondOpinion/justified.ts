import { isObject } from '../contract/difference.ts';
import type { Disagreement } from './tally.ts';

/** A disagreement that is right. */
export interface Justified {
  readonly title: string;
  /** Why, with the section of the specification. */
  readonly why: string;
  is(disagreement: Disagreement): boolean;
}

export const justified: readonly Justified[] = [
  {
    title: 'a data connector that can be no target',
    why: 'Whether it can be is a capability its agent tells the server; no file of a project has it (R30).',
    is: ({ refusedBy, rules }) => refusedBy === 'server' && isAll(rules, 'R30'),
  },
  {
    title: 'an update of a relationship that is not there',
    why: 'What is on the server is asked of the server: the project may be ahead of it, or behind (R38, 6.3).',
    is: ({ refusedBy, rules, asked }) =>
      refusedBy === 'server' && isAll(rules, 'R38') && /update_/.test(String(asked.document['type'])),
  },
  {
    title: 'a relationship of a remote schema that is not there',
    why: `The server answers with success and does nothing, which is known from its code only (6.3, 11). That the remote
      schema is missing is a warning; what else is wrong with the relationship is said as where there is one.`,
    is: ({ refusedBy, service, asked }) =>
      refusedBy === 'language service' &&
      asked.document['type'] === 'create_remote_schema_remote_relationship' &&
      service.warnings.includes('untracked-table'),
  },
  {
    title: 'fields of an introspection type',
    why: 'The server has __Type and its like from the introspection; an SDL file, as pulled, does not list them (7.2).',
    is: ({ refusedBy, asked }) => {
      const { args } = asked.document;
      return refusedBy === 'server' && isObject(args) && /^__/.test(String(args['type_name']));
    },
  },
];

function isAll(rules: readonly string[], rule: string): boolean {
  return rules.length > 0 && rules.every((each) => each === rule);
}
