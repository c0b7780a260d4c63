import { describe, expect, it } from 'vitest';
import { expectFindings, expectNothing, findingsIn, type Surroundings } from '../support/checkText.ts';
import { inTickets, toSource } from './joinFixtures.ts';
import { location } from './support/joins.ts';

describe('unsupported-target', () => {
  const code = 'unsupported-target';
  const mysql = (serverVersion: string): Surroundings => ({
    ...location,
    serverVersion,
    sources: { ...location.sources, old: { kind: 'mysql' } },
  });
  const text = toSource('{ id: x }', { source: '⟦old⟧', target: '{ name: t }' });
  const codes = (version: string) =>
    findingsIn(text.replace(/[⟦⟧]/g, ''), mysql(version)).map((finding) => finding.code);

  it('native mysql, as long as there was one', () => {
    expectFindings(
      text,
      [
        {
          code,
          severity: 'error',
          serverMessage: `${inTickets}source old does not support being used as the target of a remote relationship`,
        },
      ],
      mysql('2.25.1'),
    );
    expectFindings(
      text.replace('{ name: t }', 't'),
      [{ code, severity: 'warning', serverMessage: undefined, message: /fails when it is queried/ }],
      mysql('2.20.0'),
    );
    expect(codes('2.26.0')).not.toContain(code);
  });

  it('is told with the place of the source', () => {
    const [finding] = findingsIn(text.replace(/[⟦⟧]/g, ''), mysql('2.25.1'));
    expect(finding?.related.map(({ message }) => message)).toEqual(['Source "old" is declared here.']);
  });

  it('mssql before 2.6.0', () => {
    const toSql = toSource('{ age: id }', { source: 'sql', target: 'account' });
    expectFindings(toSql, [{ code, severity: 'warning' }], { ...location, serverVersion: '2.5.0' });
    expectNothing(toSql, location);
  });

  it.each([
    ['bigquery', 'warehouse', '{ dataset: sales, name: orders }', '{ email: customer }'],
    ['a data connector', 'mongo', '[shop, cart]', '{ email: id }'],
    ['a source of no known kind', 'dark', 'anything', '{ email: any }'],
  ])('says nothing of %s', (_, source, target, mapping) => {
    expectNothing(toSource(mapping, { source, target }), location);
  });
});
