import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readCheckedFiles } from '../../../server/src/cli/checkedFiles.ts';
import { type CheckResult, checkFiles } from '../../../server/src/cli/lint.ts';
import * as parsing from '../../../server/src/syntax/parse.ts';
import { describeOutside } from '../../outside.ts';
import { customerTable, smallProject, TemporaryFolder } from '../project/temporaryFolder.ts';

async function checked(workingDirectory: string, keepsTrees: boolean): Promise<CheckResult> {
  const note = (message: string): void => {
    throw new Error(message);
  };
  const files = await readCheckedFiles({
    ...{ paths: ['.'], configuration: undefined, workingDirectory, keepsTrees, note },
  });
  return checkFiles(files);
}

const relationship = (name: string, argument: string, field = 'person'): string =>
  `  - { name: ${name}, definition: { to_remote_schema: { remote_schema: people, lhs_fields: [person_id], remote_field: { ${field}: { arguments: { ${argument} } } } } } }\n`;
const head = (name: string, schema = 'public'): string =>
  `table: { schema: ${schema}, name: ${name} }\nremote_relationships:\n`;
const columns = ['id', 'person_id'].map((name) => ({ name, type: 'uuid', nullable: false }));
const tablesFolder = 'metadata/databases/default/tables';

/** Tables whose relationships are wrong by what other files say. */
const entangled: Readonly<Record<string, string>> = {
  ...smallProject,
  'remote-relationships.config.json': '{"serverVersion":"2.48"}',
  [`${tablesFolder}/tables.yaml`]: ['customer', 'crm_leads', 'leads', 'people', 'people_again']
    .map((name) => `- "!include public_${name}.yaml"\n`)
    .join(''),
  // The types of both are named after "crm_leadsprofile", and are not the same.
  [`${tablesFolder}/public_crm_leads.yaml`]:
    head('crm_leads') + relationship('profile', 'filter: { id: $person_id }', 'search'),
  [`${tablesFolder}/public_leads.yaml`]: `${head('leads', 'crm') + relationship('profile', 'filter: { name: $person_id }', 'search')}  - { name: to_customer, definition: { to_source: { source: default, relationship_type: object, table: customer, field_mapping: { id: idd } } } }\n`,
  [`${tablesFolder}/public_people.yaml`]: `${head('people')}  - { name: to_customer, definition: { to_source: { source: default, relationship_type: object, table: customer, field_mapping: { id: idd } } } }\n`,
  [`${tablesFolder}/public_people_again.yaml`]: head('people') + relationship('y', 'id: $person_id'),
  'schema/people.graphql':
    'type Query { person(id: ID!): Person search(filter: Filter): Person }\ninput Filter { id: ID name: String other: String }\ntype Person { id: ID! }\n',
  'schema/default.tables.json': JSON.stringify([
    ...['customer', 'crm_leads', 'people'].map((name) => ({ schema: 'public', name, columns })),
    { schema: 'crm', name: 'leads', columns },
  ]),
  'requests/delete.json': JSON.stringify({
    type: 'pg_delete_remote_relationship',
    args: { source: 'default', table: 'customer', name: 'none' },
  }),
};

describe('without kept trees', () => {
  it('the same is found, each file of a table read twice, at most', async () => {
    const folder = new TemporaryFolder(entangled);
    const kept = await checked(folder.path, true);
    const codes = kept.findings.map(({ code }) => code);
    for (const code of [
      'input-type-conflict',
      'overridden-duplicate',
      'unknown-relationship',
      'unknown-target-column',
    ]) {
      expect(codes).toContain(code);
    }
    const parse = vi.spyOn(parsing, 'parse');
    expect(await checked(folder.path, false)).toEqual(kept);
    const times = (name: string): number =>
      parse.mock.calls.filter(([text]) => text === entangled[name]).length;
    expect(times(customerTable)).toBe(2);
    expect(times('metadata/databases/databases.yaml')).toBe(1);
    parse.mockRestore();
  });
});

describeOutside('without kept trees', 'fixtures/real', (fixtures) => {
  it.each(readdirSync(fixtures))('the same is found in %s', async (name) => {
    const folder = join(fixtures, name);
    expect(await checked(folder, false)).toEqual(await checked(folder, true));
  });
});
