import { findingsIn, type Surroundings } from '../../support/checkText.ts';

export const text = (before: string, behind = '', first = '') => `${first}table: customer
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: []
${before === '' ? '' : `        ${before}\n`}        hasura_field: []${behind}
        remote_field: { me: { arguments: {} } }
`;

export const codes = (yaml: string, surroundings: Surroundings = {}) =>
  findingsIn(yaml, surroundings).map(({ code }) => code);
