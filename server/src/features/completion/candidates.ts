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
import { remoteFieldCandidates } from './candidates/remoteFields.ts';
import { tableCandidates, tableKeyCandidates, tablePartCandidates } from './candidates/tables.ts';
import { argumentValueCandidates } from './candidates/values.ts';

/** Everything that can be completed at the place, best first. */
export function candidatesOf(request: CandidateRequest): Candidate[] {
  const { slot } = request.placed;
  switch (slot.kind) {
    case 'key':
      return keyCandidates(slot, request);
    case 'command':
      return commandCandidates(request);
    case 'source-name':
      return sourceNameCandidates(request);
    case 'source-kind':
      return sourceKindCandidates();
    case 'remote-schema-name':
      return remoteSchemaNameCandidates(request);
    case 'relationship-name':
      return [];
    case 'relationship-type':
      return relationshipTypeCandidates();
    case 'boolean':
      return booleanCandidates();
    case 'type-name':
      return typeNameCandidates(slot, request);
    case 'table':
      return tableCandidates(slot, request);
    case 'table-key':
      return tableKeyCandidates(slot, request);
    case 'table-part':
      return tablePartCandidates(slot, request);
    case 'lhs-field':
      return lhsFieldCandidates(slot, request);
    case 'mapping-key':
      return mappingKeyCandidates(slot);
    case 'mapping-column':
      return mappingColumnCandidates(slot);
    case 'remote-field':
      return remoteFieldCandidates(slot, request);
    case 'argument':
      return argumentCandidates(slot, request);
    case 'argument-value':
      return argumentValueCandidates(slot, request);
  }
}
