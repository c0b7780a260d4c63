import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AdminSecrets, checkSecret } from '../../../client/src/endpoint/connection/adminSecrets.ts';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import { fakeClient, inconsistent } from '../metadataApi/fakeServer.ts';

function storage() {
  const values = new Map<string, string>();
  return {
    get: async (key: string) => values.get(key),
    store: async (key: string, value: string) => void values.set(key, value),
    delete: async (key: string) => void values.delete(key),
  };
}

it('a secret is kept for one origin, and forgotten', async () => {
  const secrets = new AdminSecrets(storage());
  await secrets.keep('https://a.test', new Secret('top-secret', 'a box'));
  expect((await secrets.get('https://a.test'))?.reveal()).toBe('top-secret');
  expect(await secrets.get('http://a.test')).toBeUndefined();
  expect(await secrets.get('https://a.test:8443')).toBeUndefined();
  expect(inspect(await secrets.get('https://a.test'))).not.toContain('top-secret');
  await secrets.forget('https://a.test');
  expect(await secrets.get('https://a.test')).toBeUndefined();
});

describe('checking a secret', () => {
  const error = (status: number, code: string) => ({ status, json: { path: '$', error: 'no', code } });

  it.each([
    ['right', inconsistent(), 'right'],
    ['wrong', error(401, 'access-denied'), 'wrong'],
    ['not an admin’s', error(400, 'access-denied'), 'failed'],
    ['asked of something else', { status: 404, json: 'not found' }, 'failed'],
    ['asked of nobody', new Error('ECONNREFUSED'), 'failed'],
  ])('%s', async (_, answer, outcome) => {
    const { client } = fakeClient({ get_inconsistent_metadata: answer });
    expect((await checkSecret(client)).outcome).toBe(outcome);
  });
});
