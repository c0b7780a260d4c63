import { describe, expect, it } from 'vitest';
import { expectFindings, expectFindingsIn, expectNothing, findingsIn } from '../support/checkText.ts';

const code = 'cli-scalar';
const toSource = (mapping: string, table = 'ticket', name = 'tickets') => `table: customer
remote_relationships:
  - name: ${name}
    definition:
      to_source:
        relationship_type: array
        source: helpdesk
        table: ${table}
        field_mapping: ${mapping}
`;
const toPeople = (fields: string, argument = '$id', type = 'a') => `table: customer
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: ${fields}
        remote_field:
          person: { arguments: { ${type}: ${argument} } }
`;

describe('cli-scalar', () => {
  it.each([
    ['a column to join to', toSource('{ id: ⟦no⟧ }'), 'false', toSource('{ id: "no" }')],
    ['a join field', toPeople('[id, ⟦y⟧]'), 'true', toPeople('[id, "y"]')],
    ['in any case', toPeople('[id, ⟦On⟧]'), 'true', toPeople('[id, "On"]')],
    ['an integer', toSource('{ id: ⟦1_000⟧ }'), 'an integer', toSource('{ id: "1_000" }')],
    [
      'a table',
      toSource('{ id: id }', '{ schema: ⟦off⟧, name: t }'),
      'false',
      toSource('{ id: id }', '{ schema: "off", name: t }'),
    ],
    ['a relationship', toSource('{ id: id }', 't', '⟦yes⟧'), 'true', toSource('{ id: id }', 't', '"yes"')],
  ])('%s', (_, text, sent, fixed) => {
    const found = findingsIn(text.replaceAll(/⟦|⟧/g, '')).filter((finding) => finding.code === code);
    expect(found).toHaveLength(1);
    expectFindingsIn('yaml', text, [
      {
        code,
        severity: 'warning',
        message: new RegExp(`^Without quotes, the Hasura CLI sends .+ as ${sent}, but`),
        serverMessage: undefined,
        fixed,
      },
      ...(text.includes('[id') ? [{ code: 'unused-lhs-field' }] : []),
    ]);
  });

  it('is not changed where an anchor says it', () => {
    const found = findingsIn(`x: &a no\n${toSource('{ id: *a }')}`).filter(
      (finding) => finding.code === code,
    );
    expect(found.map(({ fixes }) => fixes)).toEqual([[]]);
  });

  const stops = (what: string) =>
    `The Hasura CLI stops at ${what} without quotes, and builds no metadata at all.`;

  it.each([
    ['a name', toSource('{ id: ⟦0B1⟧ }'), stops('0B1'), toSource('{ id: "0B1" }')],
    ['a key', toSource('{ ⟦1__0⟧: id }'), stops('1__0'), toSource('{ "1__0": id }')],
    ['a value', toPeople('[]', '⟦09⟧'), stops('09'), undefined],
    ['infinity', toPeople('[]', '{ b: [⟦-.inf⟧] }'), stops('-.inf'), undefined],
    [
      'a value that nobody looks at',
      toSource('{ id: id }').replace(
        'table: customer',
        'table: customer\nevent_triggers: [{ name: a, retry: ⟦0O17⟧ }]',
      ),
      stops('0O17'),
      toSource('{ id: id }').replace(
        'table: customer',
        'table: customer\nevent_triggers: [{ name: a, retry: "0O17" }]',
      ),
    ],
    [
      'an escaped slash',
      toPeople('[]', '⟦"a\\\\\\/b\\/c"⟧'),
      'The Hasura CLI stops at "\\/" in double quotes, and builds no metadata at all: write "/".',
      toPeople('[]', '"a\\\\/b/c"'),
    ],
  ])('what the CLI stops at: %s', (_, text, message, fixed) =>
    expectFindingsIn('yaml', text, [
      {
        code,
        severity: 'warning',
        message,
        serverMessage: undefined,
        ...(fixed ? { fixed } : { fixes: [] }),
      },
    ]),
  );

  it.each([
    ['numbers', toPeople('[]', '[017]')],
    ['what only looks like it', toPeople('[]', '[1_0]', 'b').replace('1_0', '0x1f')],
    ['names and versions', toSource('{ a_: id_, v0B1: "09", b1_: x }')],
    ['an escaped backslash', toPeople('[]', '"a\\\\/b"')],
    ['a tagged text', toPeople('[]', '!!str 09')],
  ])('reads on at %s', (_, text) => expectFindingsIn('yaml', text, []));

  it.each([
    ['quotes', toSource('{ id: "no", b: \'1_000\' }')],
    ['a key', toSource('{ y: id, no: id }')],
    ['longer words', toSource('{ id: node, b: yesterday, c: _1, d: v1_000 }')],
  ])('is not reported: %s', (_, text) => expectNothing(text));

  it('is not reported of a source’s own name, which the CLI reads as a text', () =>
    expectNothing('- { name: on, kind: postgres, configuration: {}, tables: [] }\n'));

  it('is not reported in JSON, nor in a request', () => {
    expectFindingsIn(
      'json',
      JSON.stringify({ type: 'pg_delete_remote_relationship', args: { table: 'y', name: 'no' } }),
      [],
    );
    expectFindingsIn('yaml', 'type: pg_delete_remote_relationship\nargs: { table: y, name: no }\n', []);
  });

  it('makes is_enum a boolean', () =>
    expectFindingsIn('yaml', 'table: customer\nis_enum: yes\nremote_relationships: []\n', []));
});

describe('literal-type, of what the CLI sends', () => {
  const around = {
    location: { source: 'default' },
    remoteSchemas: {
      people: 'type Query { person(flag: Boolean, number: Int, text: String): Int }',
    },
  };
  it.each([
    ['flag', 'yes'],
    ['number', '1_000'],
    ['text', '1e3'],
    ['text', '"yes"'],
  ])('%s: %s is fine', (argument, value) =>
    expect(findingsIn(toPeople('[]', value, argument), around)).toEqual([]),
  );
  it.each([
    ['text', 'yes', 'Boolean'],
    ['flag', '0b1', 'Int'],
    ['number', '1e3', 'String'],
  ])('%s: %s is %s', (argument, value, type) => {
    expectFindingsIn(
      'yaml',
      toPeople('[]', `⟦${value}⟧`, argument),
      [
        {
          code: 'literal-type',
          severity: 'warning',
          message: / Without quotes, the Hasura CLI reads .+ as .+\.$/,
          serverMessage: new RegExp(`but got "${type}"$`),
        },
      ],
      around,
    );
  });
  it('is an error in JSON', () =>
    expectFindings(toPeople('[]', '"yes"', 'flag'), [{ code: 'literal-type', severity: 'error' }], around));
});
