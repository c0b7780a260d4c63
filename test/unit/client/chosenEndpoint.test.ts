import { describe, expect, it } from 'vitest';
import {
  changesSince,
  choiceOf,
  chosenEndpoint,
  lapse,
  questionBefore,
} from '../../../client/src/endpoint/connection/chosenEndpoint.ts';
import { type Endpoint, listEndpoints } from '../../../client/src/endpoint/connection/endpoints.ts';
import { readChoice } from '../../../client/src/endpointChoice.ts';
import { readEndpoint } from '../../../common/src/endpoint/endpointConfiguration.ts';

/** The endpoint staging as a repository's file, or the settings, name it. */
function staging(entry: object, ofRepository = true): Endpoint {
  const { endpoints } = listEndpoints({
    cli: undefined,
    named: [{ value: { staging: { url: 'https://a.test', ...entry } }, from: 'the file', ofRepository }],
    environment: { ONE: 'top-secret', TWO: 'another' },
  });
  return endpoints[0] ?? expect.fail('there is no endpoint');
}

function ofCli(configYaml: string, environment: Record<string, string> = {}): Endpoint {
  const { endpoints } = listEndpoints({
    cli: readEndpoint({ configYaml, environment }),
    named: [],
    environment,
  });
  return endpoints[0] ?? expect.fail('there is no endpoint');
}

describe('a choice', () => {
  const chosen = staging({ adminSecretVariable: 'ONE' });

  it('is what was seen, without the secret, and survives being kept', () => {
    const kept: unknown = JSON.parse(JSON.stringify(choiceOf(chosen)));
    expect(kept).toEqual({
      name: 'staging',
      url: 'https://a.test',
      paths: {},
      protected: true,
      readOnly: false,
      secretSource: 'ONE in the environment',
    });
    expect(chosenEndpoint(readChoice(kept), [chosen])).toBe(chosen);
    expect(lapse(readChoice(kept), [chosen])).toBeUndefined();
  });

  it.each([
    ['of an earlier version', { name: 'staging', url: 'https://a.test' }],
    ['that is none', 'staging'],
    ['that is nothing', undefined],
    ['of another form', { ...choiceOf(chosen), secretSource: 1 }],
  ])('%s is asked anew', (_, kept) => {
    expect(readChoice(kept)).toBeUndefined();
  });

  it.each<[string, Endpoint, Endpoint, string[]]>([
    [
      'the variable',
      chosen,
      staging({ adminSecretVariable: 'TWO' }),
      ['admin secret: ONE in the environment → TWO in the environment'],
    ],
    ['a variable where there was none', staging({}), chosen, ['admin secret: none → ONE in the environment']],
    [
      'the host',
      chosen,
      staging({ adminSecretVariable: 'ONE', url: 'https://b.test' }),
      ['address: https://a.test → https://b.test'],
    ],
    [
      'the path',
      chosen,
      staging({ adminSecretVariable: 'ONE', url: 'https://a.test/x' }),
      ['address: https://a.test → https://a.test/x'],
    ],
    ['the protection', staging({ readOnly: true }), staging({}), ['read-only: yes → no']],
    [
      'the protection of this machine',
      staging({ url: 'http://localhost', protected: true }),
      staging({ url: 'http://localhost' }),
      ['asks before every change: yes → no'],
    ],
    [
      'the path of an API',
      ofCli('endpoint: https://a.test'),
      ofCli('endpoint: https://a.test\napi_paths: { v1_metadata: other }'),
      ['path of v1/metadata: v1/metadata → other'],
    ],
    [
      'the file the secret is in',
      ofCli('endpoint: https://a.test\nadmin_secret: x'),
      ofCli('endpoint: https://a.test\nadmin_secret: x', { HASURA_GRAPHQL_ADMIN_SECRET: 'y' }),
      ['admin secret: admin_secret in config.yaml → HASURA_GRAPHQL_ADMIN_SECRET in the environment'],
    ],
    [
      'everything',
      chosen,
      staging({ adminSecretVariable: 'TWO', url: 'http://localhost', readOnly: true }),
      [
        'address: https://a.test → http://localhost',
        'asks before every change: yes → no',
        'read-only: no → yes',
        'admin secret: ONE in the environment → TWO in the environment',
      ],
    ],
  ])('is void when %s has changed, and says so', (_, before, after, changes) => {
    const choice = choiceOf(before);
    expect(changesSince(choice, after)).toEqual(changes);
    expect(chosenEndpoint(choice, [after])).toBeUndefined();
    expect(lapse(choice, [after])).toBe(
      `The endpoint ${after.name} has changed since it was chosen: ${changes.join('; ')}.`,
    );
    const question = questionBefore(after, choice, true);
    expect(question?.message).toBe(`The endpoint ${after.name} has changed since it was chosen.`);
    expect(question?.details.slice(0, changes.length)).toEqual(changes);
    expect(question?.button).toBe('Choose Anyway');
  });

  it('is void when there is no such endpoint any more', () => {
    expect(chosenEndpoint(choiceOf(chosen), [])).toBeUndefined();
    expect(lapse(choiceOf(chosen), [])).toBe('The endpoint staging that was chosen is no longer named.');
  });

  it.each([
    ['is as it was', chosen, chosen],
    [
      'has no secret now, which is sent nowhere',
      ofCli('endpoint: https://a.test', { HASURA_GRAPHQL_ADMIN_SECRET: 'x' }),
      ofCli('endpoint: https://a.test'),
    ],
  ])('counts when it %s', (_, before, after) => {
    expect(chosenEndpoint(choiceOf(before), [after])).toBe(after);
    expect(questionBefore(after, choiceOf(before), true)).toBeUndefined();
  });
});

describe('before it is chosen', () => {
  const mine = { adminSecretVariable: 'ONE' };

  it.each<[string, Endpoint, boolean]>([
    ['with a variable of the user’s settings, where its source was seen', staging(mine, false), true],
    ['without a secret, from the tree', staging({}), false],
  ])('nothing is asked of one %s', (_, endpoint, seen) => {
    expect(questionBefore(endpoint, undefined, seen)).toBeUndefined();
  });

  it.each<[string, Endpoint, boolean, string, string]>([
    [
      'the variable and the host, when a repository names the variable',
      staging(mine),
      true,
      'The admin secret is read from the environment variable ONE and sent to a.test.',
      'Choose Anyway',
    ],
    [
      'the source of the secret, from the tree',
      staging(mine, false),
      false,
      'The admin secret of ONE in the environment is sent to a.test.',
      'Choose',
    ],
    [
      'plain http first, and the variable too',
      staging({ ...mine, url: 'http://a.test' }),
      true,
      'a.test is reached over plain http: the admin secret can be read by anyone on the way. Use https.',
      'Choose Anyway',
    ],
  ])('it is asked with %s', (_, endpoint, seen, message, button) => {
    const question = questionBefore(endpoint, undefined, seen);
    expect(question).toMatchObject({ message, button });
    const all = [question?.message, ...(question?.details ?? [])].join('\n');
    expect(all).toContain('ONE');
    expect(all).toContain('a.test');
    expect(all).not.toContain('top-secret');
    expect(question?.details.at(-1)).toMatch(/^the file, admin secret: ONE in the environment/);
  });
});
