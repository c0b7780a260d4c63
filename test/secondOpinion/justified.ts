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
    why: 'What is on the server is asked of the server: the project may be ahead of it, or behind (R38, spec 6.3).',
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
  {
    title: 'a wrong relationship in place of a wrong one, before 2.46',
    why: 'These releases take it with 200, though it does nothing (4.0, 6.3): it is wrong all the same.',
    is: ({ refusedBy, asked: { document }, release, wrongBefore }) =>
      refusedBy === 'language service' &&
      release?.before(2, 46) === true &&
      isObject(document['args']) &&
      wrongBefore.includes(String(document['args']['name'])),
  },
  {
    title: 'forms that only releases before 2.2 take',
    why: `Legacy keys below the definition of a request (2.1.0, 2.1.1), and both forms side by side (before 2.1.1), are not
      read any further than that: the language service is silent about what is wrong in them (10.1).`,
    is: ({ refusedBy, asked: { document }, release }) => {
      const { args } = document;
      if (refusedBy !== 'server' || release?.before(2, 2) !== true || !isObject(args)) return false;
      const { definition, remote_schema: legacy } = args;
      const besides = legacy !== undefined && definition !== undefined;
      return besides || (isObject(definition) && definition['remote_schema'] !== undefined);
    },
  },
  {
    title: 'wrong relationships of remote schemas in metadata before 2.3',
    why: 'These releases ignore them whole (10.1). That they do is a warning; what is wrong in them is said as later.',
    is: ({ refusedBy, asked, release, service }) =>
      refusedBy === 'language service' &&
      asked.form === 'metadata' &&
      release?.before(2, 3) === true &&
      // Where no relationship can be read for the mistake, none is warned of.
      (service.warnings.includes('unsupported-by-server-version') ||
        /^metadata remote_schemas\[\d+\] \$\[\d+\]\.relationships/.test(asked.title)),
  },
];

function isAll(rules: readonly string[], rule: string): boolean {
  return rules.length > 0 && rules.every((each) => each === rule);
}
