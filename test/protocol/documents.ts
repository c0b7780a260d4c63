import { customerTable, smallProject } from '../unit/project/temporaryFolder.ts';

/** The relationships of a table, those with an argument that its remote field does not have, and those of another table. */
export const text = smallProject[customerTable] ?? '';
export const wrongText = text.replace('{ id: $person_id }', '{ id: $person_id, idd: $person_id }');
export const orders = `table: { schema: public, name: customer }
remote_relationships:
  - name: orders
    definition:
      to_source:
        relationship_type: array
        source: default
        table: { schema: public, name: orders }
        field_mapping: { id: customer_id }
`;
