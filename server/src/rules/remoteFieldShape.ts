import { contentRange, headRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';

export const remoteFieldShape = shapeRule(
  {
    code: 'remote-field-shape',
    specification: ['R6'],
    title:
      'A level of the remote field path has no field, several fields, or a name that is not a valid GraphQL name.',
    severity: 'error',
  },
  ['remote-field-count', 'field-name', 'argument-name'],
  (problem) => {
    const { node } = problem;
    if (problem.kind === 'remote-field-count') {
      const second = node.children[1];
      return second === undefined
        ? { message: 'Exactly one remote field belongs here.', range: headRange(node) }
        : {
            message: 'Each level of the path can have only one remote field.',
            range: second.merged ? headRange(node) : contentRange(second.key ?? second),
          };
    }
    const what = problem.kind === 'field-name' ? 'remote field' : 'argument';
    return {
      message:
        `"${problem.key}" can't be the name of a ${what}: GraphQL names have only letters, digits and "_", and don't begin with a digit.`.replace(
          'a argument',
          'an argument',
        ),
      range: contentRange(node),
    };
  },
);
