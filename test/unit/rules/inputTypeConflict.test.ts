import { describe, expect, it } from 'vitest';
import { inputTypeConflict } from '../../../server/src/rules/inputTypeConflict.ts';
import {
  contextOf,
  expectFindings,
  expectNothing,
  findingsIn,
  type Surroundings,
} from '../support/checkText.ts';

const schema = `type Query { people(where: Filter, limit: Int): Int nested(id: Int, where: Filter): Inner }
type Inner { people(where: Filter): Int }
type Person { id: Int } type Robot { id: Int }
input Filter { id: Match name: Match and: [Filter] not: Filter } input Match { eq: Int in: Int }`;
const around: Surroundings = {
  files: {},
  remoteSchemas: { people: schema, other: schema },
  serverVersion: '2.48',
};

const definition = (argument: string, target = 'people', before = '') =>
  `{ to_remote_schema: { remote_schema: ${target}, lhs_fields: [id], remote_field: { people: { arguments: { ${argument}${before} } } } } }`;
const table = (name: string, argument: string, relationship = 'profile', target = 'people') =>
  `{ table: ${name}, remote_relationships: [{ name: ${relationship}, definition: ${definition(argument, target)} }] }`;
const source = (name: string, ...tables: string[]) =>
  `- name: ${name}\n  kind: postgres\n  configuration: {}\n  tables:\n${tables.map((one) => `    - ${one}\n`).join('')}`;

const leads = '{ schema: crm, name: leads }';
const byId = 'where: { id: { eq: $id } }';
const byName = 'where: { name: { eq: $id } }';
const marked = (text: string) => text.replace('where', '⟦where⟧');
const conflict = (type: string) => ({
  code: 'input-type-conflict',
  severity: 'error' as const,
  serverMessage: `Found conflicting definitions for GraphQL type "${type}"`,
});

describe('input-type-conflict', () => {
  it('tables whose names become one', () =>
    expectFindings(
      source('shop', table(leads, marked(byId)), table('crm_leads', marked(byName))),
      [conflict('Filter_remote_rel_crm_leadsprofile'), conflict('Filter_remote_rel_crm_leadsprofile')],
      around,
    ));

  it('tables of one name in two sources', () =>
    expectFindings(
      source('shop', table('users', marked(byId))) +
        source('helpdesk', table('users', marked('where: { and: [{ id: { eq: $id } }] }'))),
      [conflict('Filter_remote_rel_usersprofile'), conflict('Filter_remote_rel_usersprofile')],
      around,
    ));

  it('an inner type alone', () =>
    expectFindings(
      source('shop', table('users', marked(byId))) +
        source('helpdesk', table('users', marked('where: { id: { in: $id } }'))),
      [conflict('Match_remote_rel_usersprofile'), conflict('Match_remote_rel_usersprofile')].map(
        (finding) => ({
          code: finding.code,
        }),
      ),
      around,
    ));

  it('an inner type alone, in a list', () =>
    expectFindings(
      source('shop', table('users', marked('where: { and: [{ id: { eq: $id } }] }'))) +
        source('helpdesk', table('users', marked('where: { and: [{ id: { in: $id } }] }'))),
      [conflict('Match_remote_rel_usersprofile'), conflict('Match_remote_rel_usersprofile')],
      around,
    ));

  it('types of one remote schema', () =>
    expectFindings(
      `- name: people
  definition: { url: "https://people.example" }
  remote_relationships:
    - type_name: Person
      relationships: [{ name: profile, definition: ${definition(marked(byId))} }]
    - type_name: Robot
      relationships: [{ name: profile, definition: ${definition(marked(byName))} }]
`,
      [conflict('Filter_remote_rel_peopleprofile'), conflict('Filter_remote_rel_peopleprofile')],
      around,
    ));

  it('a table of another file', () =>
    expectFindings(
      source('shop', table(leads, marked(byId))),
      [conflict('Filter_remote_rel_crm_leadsprofile')],
      {
        ...around,
        files: { 'other.yaml': source('helpdesk', table('crm_leads', byName)) },
      },
    ));

  it('an outer type that has others of its own in it, whose keys differ from each other', () =>
    expectFindings(
      source(
        'shop',
        table(leads, marked('where: { and: [{ id: { eq: $id } }], not: { name: { eq: 5 } } }')),
        table('crm_leads', marked(byId)),
      ),
      [conflict('Filter_remote_rel_crm_leadsprofile'), conflict('Filter_remote_rel_crm_leadsprofile')],
      around,
    ));

  it('is not reported where one of the tables is inconsistent', () =>
    expect(
      findingsIn(source('shop', table(leads, byId), table('crm_leads', byName)), {
        ...around,
        sources: {
          shop: {
            tables: [
              { table: { schema: 'crm', name: 'leads' }, columns: { id: 'int' } },
              { table: 'other', columns: { id: 'int' } },
            ],
          },
        },
      }).map(({ code }) => code),
    ).toEqual(['inconsistent-table']));

  it('is not reported of servers that name no type so', () =>
    expect(
      findingsIn(source('shop', table(leads, byId), table('crm_leads', byName)), {
        ...around,
        serverVersion: '2.1.1',
      }).map(({ code }) => code),
    ).not.toContain('input-type-conflict'));

  it('is not reported where one type is fixed in two ways side by side', () => {
    const twice =
      'where: { not: { name: { eq: $id } }, and: [{ id: { eq: $id } }] }, more: { id: { eq: $id } }';
    expect(
      findingsIn(
        source(
          'shop',
          table(leads, twice),
          table('crm_leads', 'where: { not: { name: { eq: 5 } } }, more: { name: { eq: $id } }'),
        ),
        {
          ...around,
          remoteSchemas: { people: schema.replace('limit: Int', 'more: Filter') },
        },
      ).map(({ code }) => code),
    ).not.toContain('input-type-conflict');
  });

  it.each<[string, string]>([
    ['equal keys', source('shop', table(leads, byId), table('crm_leads', byId))],
    [
      'equal keys with other values',
      source('shop', table(leads, byId), table('crm_leads', 'where: { id: { eq: 5 } }')),
    ],
    [
      'another name of the relationship',
      source('shop', table(leads, byId), table('crm_leads', byName, 'person')),
    ],
    ['another table', source('shop', table('leads', byId), table('users', byName))],
    [
      'another remote schema',
      source('shop', table(leads, byId), table('crm_leads', byName, 'profile', 'other')),
    ],
  ])('is not reported: %s', (_, text) =>
    expect(findingsIn(text, around).filter(({ code }) => code === 'input-type-conflict')).toEqual([]),
  );

  it('is the same however many documents of a project are checked', () => {
    const text = source('shop', table(leads, byId), table('crm_leads', byName), table('users', byName));
    const context = contextOf(text, around);
    const checks = Array.from({ length: 8 }, () => {
      const found: (string | undefined)[] = [];
      inputTypeConflict.check(context, ({ relationship, offset }) => found.push(`${relationship} ${offset}`));
      return found;
    });
    expect(checks[0]).toHaveLength(2);
    expect(checks).toEqual(checks.map(() => checks[0]));
  });

  it('is not reported of what is overridden', () => {
    const found = findingsIn(
      source(
        'shop',
        table(leads, byId),
        '{ table: crm_leads }',
        table('crm_leads', byName),
        '{ table: crm_leads }',
      ),
      around,
    );
    expect(found.map(({ code }) => code)).toEqual(['overridden-duplicate', 'overridden-duplicate']);
  });

  it('is not reported of two of one table, which are one mistake', () => {
    const two = table('users', byId).replace(
      ' }] }',
      ` }, { name: profile, definition: ${definition(byName)} }] }`,
    );
    const found = findingsIn(source('shop', two), around);
    expect(found.map(({ code }) => code)).toEqual(['duplicate-relationship']);
  });

  it('is not reported without an object argument', () =>
    expectNothing(
      source('shop', table(leads, 'limit: $id'), table('crm_leads', 'limit: 5').replace('[id]', '[]')),
      around,
    ));
});
