import { describe, expect, it } from 'vitest';
import { type ExpectedFinding, expectFindings, expectNothing, findingsIn } from '../support/checkText.ts';
import { inTickets, toSource } from './joinFixtures.ts';
import { location, pairs } from './support/joins.ts';

describe('unknown-table', () => {
  const code = 'unknown-table';

  it.each<[string, string, string, string, ExpectedFinding]>([
    [
      'a mistyped name',
      'helpdesk',
      '⟦tikcet⟧',
      'ticket',
      {
        code,
        severity: 'error',
        message: 'Source "helpdesk" tracks no table "tikcet". Did you mean "ticket"?',
        serverMessage: `${inTickets}table "tikcet" does not exist in source: helpdesk`,
      },
    ],
    [
      'another case',
      'helpdesk',
      '{ schema: public, name: ⟦Ticket⟧ }',
      '{ schema: public, name: ticket }',
      { code },
    ],
    [
      'another schema',
      'helpdesk',
      '{ schema: ⟦publik⟧, name: ticket }',
      '{ schema: public, name: ticket }',
      { code, serverMessage: `${inTickets}table "publik.ticket" does not exist in source: helpdesk` },
    ],
    [
      'no schema where one is needed',
      'helpdesk',
      '{ name: ⟦ticket_old⟧ }',
      '{ schema: archive, name: ticket_old }',
      { code },
    ],
    [
      'a name with its schema',
      'helpdesk',
      '⟦archive.ticket_old⟧',
      '{schema: archive, name: ticket_old}',
      { code },
    ],
    [
      'a dataset',
      'warehouse',
      '{ dataset: ⟦sale⟧, name: orders }',
      '{ dataset: sales, name: orders }',
      { code },
    ],
    ['a list', 'mongo', '[shop, ⟦crt⟧]', '[shop, cart]', { code }],
    ['the first of a list', 'mongo', '[⟦shp⟧, cart]', '[shop, cart]', { code }],
    [
      'the name of another schema, whose schema is nothing like it',
      'helpdesk',
      '{ schema: ⟦zzz⟧, name: ticket_old }',
      '{ schema: archive, name: ticket_old }',
      { code, message: /Did you mean "archive\.ticket_old"\?$/ },
    ],
    [
      'the name of another schema, nearly',
      'helpdesk',
      '{ schema: zzz, name: ⟦tikcet_old⟧ }',
      '{ schema: archive, name: ticket_old }',
      { code },
    ],
  ])('%s', (_, source, target, fixed, finding) => {
    expectFindings(
      toSource('{ id: thing }', { source, target }),
      [{ ...finding, fixed: toSource('{ id: thing }', { source, target: fixed }) }],
      location,
    );
  });

  it('a schema of a table over lines', () => {
    expectFindings(
      toSource(pairs, { target: '\n          schema: ⟦publik⟧\n          name: ticket' }),
      [{ code, fixed: toSource(pairs, { target: '\n          schema: public\n          name: ticket' }) }],
      location,
    );
  });

  it.each([
    ['what is like none', 'helpdesk', 'zzzzzz', ''],
    ['a list of another length', 'mongo', '[crt]', ''],
    ['an object over lines that lacks the schema', 'helpdesk', '\n          name: ticket_old', ''],
    ['an alias', 'helpdesk', '*t', 'select_permissions: [{ role: &t tikcet }]\n'],
    ['an object with a part that is merged', 'helpdesk', '{ <<: { schema: publik }, name: ticket }', ''],
  ])('offers nothing for %s', (_, source, target, before) => {
    const text = toSource('{ id: thing }', { source, target }).replace('remote_', `${before}remote_`);
    const found = findingsIn(text, location).filter((finding) => finding.code === code);
    expect(found.map(({ fixes }) => fixes)).toEqual([[]]);
  });

  it('a table of another schema is meant before one that is only like it', () => {
    const tables = ['order', 'orders'].map((name) => ({ table: { schema: 'archive', name } }));
    const [finding] = findingsIn(toSource('{ id: thing }', { target: '{ schema: zzz, name: order }' }), {
      ...location,
      sources: { ...location.sources, helpdesk: { tables } },
    }).filter((each) => each.code === code);
    expect(finding?.message).toMatch(/Did you mean "archive\.order"\?$/);
  });

  it('the schema that is the default is not written to a name', () => {
    const tables = [{ table: { schema: 'public', name: 'ticket' } }];
    expectFindings(
      toSource('{ id: thing }', { target: '⟦tikcet⟧' }),
      [{ code, fixed: toSource('{ id: thing }', { target: 'ticket' }) }],
      { ...location, sources: { ...location.sources, helpdesk: { tables } } },
    );
  });

  it('says nothing where not every table is known', () => {
    expectNothing(toSource('{ id: x }', { target: 'anything', source: 'dark' }), location);
  });

  it('a table that is in the database but not tracked', () => {
    const metadata = `
- name: helpdesk
  kind: postgres
  configuration: {}
  tables:
    - table: ticket
    - table: customer
      remote_relationships:
        - name: tickets
          definition:
            to_source:
              relationship_type: array
              source: helpdesk
              table: ⟦secret⟧
              field_mapping: { id: id }
`;
    expectFindings(metadata, [{ code }], {
      files: {},
      sources: {
        helpdesk: {
          tables: ['secret', 'ticket', 'customer'].map((table) => ({ table, columns: { id: 'uuid' } })),
        },
      },
    });
  });

  it('a table that is tracked, and inconsistent', () => {
    const metadata = (target: string) => `
- name: helpdesk
  kind: postgres
  configuration: {}
  tables:
    - table: ticket
      configuration: { column_config: { gone: { custom_name: away } } }
    - table: lost
    - table: customer
      remote_relationships:
        - name: tickets
          definition:
            to_source:
              relationship_type: array
              source: helpdesk
              table: ⟦${target}⟧
              field_mapping: { id: id }
`;
    const tables = ['ticket', 'customer'].map((table) => ({ table, columns: { id: 'uuid' } }));
    const around = { files: {}, sources: { helpdesk: { tables } } };
    expectFindings(
      metadata('ticket'),
      [
        {
          code,
          severity: 'error',
          message:
            'Table "ticket" of source "helpdesk" can\'t be a target. The server considers it inconsistent: configuration was given for the column "gone", but no such column exists.',
          serverMessage: `${inTickets}table "ticket" does not exist in source: helpdesk`,
          related: ['gone', 'ticket'],
        },
      ],
      around,
    );
    expectFindings(
      metadata('lost'),
      [{ code, message: /no such table\/view exists in source: "lost"\.$/ }],
      around,
    );
    expectNothing(metadata('lost').replaceAll(/⟦|⟧/g, ''), { files: {}, sources: { helpdesk: {} } });
  });
});
