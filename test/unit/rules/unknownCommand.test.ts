import { describe, it } from 'vitest';
import { expectFindingsIn } from '../support/checkText.ts';
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
  it.each([
    ['delete_remote_relationship', '/v1/query'],
    ['pg_delete_remote_relationship', '/v1/metadata'],
    ['postgres_delete_remote_relationship', '/v1/metadata'],
    ['snowflake_delete_remote_relationship', '/v1/metadata'],
  ])('is not reported: %s on %s', (type, target) => expectFindingsIn('http', http(type, target), []));
});
