import { contentRange, headRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';

export const requestForm = shapeRule(
  {
    code: 'request-form',
    specification: ['R2'],
    title: 'A request has neither `definition` nor `remote_schema`, or both.',
    severity: 'error',
  },
  ['request-form'],
  ({ node }, { catalogue }) => {
    // With it there are both, without it neither.
    const legacy = node.children.find(({ key, kind }) => key?.value === 'remote_schema' && kind !== 'null');
    const version = catalogue.serverVersion;
    const takesBoth = legacy !== undefined && !version.atLeast(2, 1, 1);
    return {
      ...(takesBoth ? { severity: 'warning' as const } : {}),
      message: legacy
        ? `A request takes "definition" or the legacy "remote_schema", not both.${takesBoth ? ' The server reads one of them.' : ''}`
        : 'A request needs a "definition", or the legacy "remote_schema", "hasura_fields" and "remote_field".',
      range: legacy?.key === undefined || legacy.merged ? headRange(node) : contentRange(legacy.key),
      ...(version.atLeast(2, 1, 1) ? {} : { serverMessage: null }),
    };
  },
);
