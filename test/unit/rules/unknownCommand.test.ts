import { describe, expect, it } from 'vitest';
import { expectFindingsIn, findingsIn } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

describe('unknown-command', () => {
  const request = (type: string) => `type: ${type}\nargs: { table: customer, name: profile }\n`;
  rows([
    [
      'a misspelling',
      request('⟦pg_delete_remote_relationships⟧'),
      {
        code: 'unknown-command',
        serverMessage: 'unknown metadata command "delete_remote_relationships" for backend postgres',
        relationship: 'profile',
        fixed: request('pg_delete_remote_relationship'),
      },
    ],
  ]);

  rows([
    [
      'one without a prefix, of which nothing is left for a backend',
      request('⟦deleteremoterelationship⟧'),
      {
        code: 'unknown-command',
        serverMessage:
          'unknown metadata command "deleteremoterelationship"; "deleteremoterelationship" was not recognized as a valid backend name',
      },
    ],
    [
      'one that begins with a line',
      request('⟦_delete_remote_relationship⟧'),
      {
        code: 'unknown-command',
        serverMessage:
          'unknown metadata command "_delete_remote_relationship"; "" was not recognized as a valid backend name',
      },
    ],
  ]);

  const http = (type: string, target: string) =>
    `POST {{endpoint}}${target} HTTP/1.1\nContent-Type: application/json\n\n{"type": "${type}", "args": {"table": "customer", "name": "profile"}}\n`;
  it('an unprefixed command on /v1/metadata', () => {
    expectFindingsIn('http', http('⟦delete_remote_relationship⟧', '/v1/metadata'), [
      {
        code: 'unknown-command',
        serverMessage: 'unknown metadata command "remote_relationship" for backend delete',
        fixed: http('pg_delete_remote_relationship', '/v1/metadata'),
      },
    ]);
  });
  it('the unprefixed creation, which v2.1.0 alone took there', () => {
    const codesAt = (type: string, serverVersion: string) =>
      findingsIn(http(type, '/v1/metadata'), { serverVersion }, 'http').map(({ code }) => code);
    expect(codesAt('create_remote_relationship', '2.1.0')).not.toContain('unknown-command');
    for (const version of ['2.0.9', '2.1.1'])
      expect(codesAt('create_remote_relationship', version)).toContain('unknown-command');
    expect(codesAt('delete_remote_relationship', '2.1.0')).toContain('unknown-command');
  });
  it.each([
    ['delete_remote_relationship', '/v1/query'],
    ['pg_delete_remote_relationship', '/v1/metadata'],
    ['postgres_delete_remote_relationship', '/v1/metadata'],
    ['snowflake_delete_remote_relationship', '/v1/metadata'],
  ])('is not reported: %s on %s', (type, target) => expectFindingsIn('http', http(type, target), []));
});
