import type { Candidate, CandidateRequest } from './candidate.ts';
import { argumentCandidates } from './candidates/arguments.ts';
import { lhsFieldCandidates, mappingColumnCandidates, mappingKeyCandidates } from './candidates/columns.ts';
import { keyCandidates } from './candidates/keys.ts';
import {
  booleanCandidates,
  commandCandidates,
  relationshipTypeCandidates,
  remoteSchemaNameCandidates,
  sourceKindCandidates,
  sourceNameCandidates,
  typeNameCandidates,
} from './candidates/names.ts';
import { relationshipNameCandidates } from './candidates/relationshipNames.ts';
import { remoteFieldCandidates } from './candidates/remoteFields.ts';
import { tableCandidates } from './candidates/tables.ts';
import { argumentValueCandidates } from './candidates/values.ts';

/** Everything that can be completed at the place, best first. */
export function candidatesOf(request: CandidateRequest): Candidate[] {
  const { target } = request;
  switch (target.kind) {
    case 'key':
      return keyCandidates(target, request);
    case 'command':
      return commandCandidates(request);
    case 'source':
      return target.declares ? [] : sourceNameCandidates(request);
    case 'source-kind':
      return sourceKindCandidates();
    case 'remote-schema':
      return target.declares ? [] : remoteSchemaNameCandidates(request);
    case 'relationship-name':
      return relationshipNameCandidates(target, request);
    case 'relationship-type':
      return relationshipTypeCandidates();
    case 'boolean':
      return booleanCandidates();
    case 'type':
      return typeNameCandidates(target, request);
    case 'table':
      return tableCandidates(target, request);
    case 'lhs-field':
      return target.mapping === undefined
        ? lhsFieldCandidates(target, request)
        : mappingKeyCandidates(target);
    case 'column':
      return mappingColumnCandidates(target);
    case 'remote-field':
      return remoteFieldCandidates(target, request);
    case 'argument':
      return argumentCandidates(target, request);
    case 'value':
      return argumentValueCandidates(target, request);
  }
}
