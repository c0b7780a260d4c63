import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Finding } from '../../../server/src/rules/rule.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { applyFix, expectReadable, findingsIn, type Surroundings } from '../support/checkText.ts';

const metadata = `version: 3
sources:
  - name: shop
    kind: postgres
    configuration: {}
    tables:
      - table: { schema: public, name: customer }
        configuration: { column_config: { cust_id: { custom_name: customer } } }
        remote_relationships:
          - name: profile
            remote_schema: people
            hasura_fields: [person_id]
            remote_field:
              person: { arguments: { id: $person_id } }
          - hasura_fields: [id]
            name: my-profile # remote-relationships-ignore-line unknown-key
            remote_schema: people
            remote_field: { person: { field: { name: {} } } }
          - name: tickets
            definition:
              to_source:
                relationship_type: many
                source: shop
                table: customer
                field_maping: { id: person_id }
          - name: profile
            definition: { to_remote_schema: { remote_schema: people, lhs_fields: id, remote_field: { person: { arguments: { id: $ } } } } }
      - table: customer
        remote_relationship: []
remote_schemas:
  - name: people
    definition: { url: u }
    remote_relationships:
      - type: Person
        relationships: [{ name: name, definition: {} }]
      - type_name: Person
        relationships: []
`;

const requests = `- type: pg_create_remote_relationship
  args:
    table: customer
    name: profile
    definition:
      remote_schema: people
      hasura_fields: [id]
      remote_field: { person: { arguments: { id: $id } } }
- type: mssql_delete_remote_relationships
  args: { source: shop, table: custmer, name: profile }
- type: create_remote_schema_remote_relationship
  args: { remote_schema: peple, type: Person, name: a-b, to_source: { source: shop } }
`;

const surroundings: Surroundings = {
  sources: { shop: { tables: [{ table: 'customer', columns: { id: 'int4!', person_id: 'uuid' } }] } },
  remoteSchemas: { people: 'type Query { person(id: ID): Person } type Person { id: ID name: String }' },
};

/** A text with pieces of it taken out, doubled, or replaced by what is typed often. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(30),
    text: fc.constantFrom(
      '',
      '\n',
      ' ',
      '  ',
      ':',
      '- ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '#',
      '$',
      '&a',
      '*a',
      'null',
      '|\n',
    ),
  }),
  { maxLength: 4 },
);

function edited(
  text: string,
  changes: typeof edits extends fc.Arbitrary<infer Edits> ? Edits : never,
): string {
  return changes.reduce((result, { at, length, text: added }) => {
    const from = Math.floor(at * result.length);
    return result.slice(0, from) + added + result.slice(from + length);
  }, text);
}

/** After a fix there is one finding of its code less. */
function expectMended(
  found: readonly Finding[],
  finding: Finding,
  text: string,
  language: SyntaxLanguage,
): void {
  const count = (list: readonly Finding[], code: string) => list.filter((each) => each.code === code).length;
  for (const fix of finding.fixes.filter(({ preferred }) => preferred)) {
    const after = findingsIn(applyFix(text, fix), surroundings, language);
    expect(count(after, finding.code), `${finding.code}: ${fix.title}\n${text}`).toBeLessThan(
      count(found, finding.code),
    );
  }
}

const texts = [
  ['metadata in YAML', metadata, 'yaml'],
  ['requests in YAML', requests, 'yaml'],
  ['metadata in YAML of Windows', metadata.replaceAll('\n', '\r\n'), 'yaml'],
  ['metadata in JSON', JSON.stringify(parseYaml(metadata), null, 2), 'json'],
  ['requests in JSON, on one line', JSON.stringify(parseYaml(requests)), 'json'],
] as const;

describe('any text', () => {
  it.each(texts)('%s: ranges lie in the text, and fixes leave it readable', (_, text, language) => {
    fc.assert(
      fc.property(edits, (changes) => {
        const changed = edited(text, changes);
        const found = findingsIn(changed, surroundings, language);
        expectReadable(found, changed, language);
        if (parse(changed, language).problems.length === 0) {
          for (const finding of found) expectMended(found, finding, changed, language);
        }
      }),
      { numRuns: 60 },
    );
  });
});
