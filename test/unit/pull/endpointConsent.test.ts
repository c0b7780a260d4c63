import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ConnectOptions, connect } from '../../../server/src/cli/connect.ts';
import { EndpointConsent } from '../../../server/src/cli/endpointConsent.ts';
import { noModes, skipBecause } from '../../machine.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

/** Someone who gives these answers, one after the other. */
function person(...answers: (boolean | undefined)[]) {
  const questions: string[] = [];
  return {
    questions,
    ask: async (question: string) => {
      questions.push(question);
      return answers.shift();
    },
  };
}

function asked(folder: TemporaryFolder, ask?: (question: string) => Promise<boolean | undefined>) {
  const notes: string[] = [];
  const file = folder.file('of-the-user/remote-relationships/endpoints.json');
  return {
    file,
    notes,
    consent: new EndpointConsent(file, ask && { agrees: ask }, (message) => notes.push(message)),
  };
}

describe('consent', () => {
  it.each([true, false])('is asked for once, and the answer %s is kept for this host', async (answer) => {
    const folder = new TemporaryFolder();
    const { ask, questions } = person(answer, true);
    const { file, consent } = asked(folder, ask);
    expect(await consent.of('https://a.test')).toEqual({ given: answer, keptIn: file });
    expect(await asked(folder, ask).consent.of('https://a.test')).toEqual({ given: answer, keptIn: file });
    expect(questions).toEqual(['Send it to https://a.test? The answer is remembered. (yes/no) ']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      adminSecretFromEnvironment: { 'https://a.test': answer ? 'yes' : 'no' },
    });
    // Another one is another question, and both are kept.
    await consent.of('http://a.test');
    expect(questions).toHaveLength(2);
    expect((await asked(folder).consent.of('https://a.test')).given).toBe(answer);
  });

  it('is kept where nobody else reads it', async () => {
    skipBecause(noModes);
    const { file, consent } = asked(new TemporaryFolder(), person(true).ask);
    await consent.of('https://a.test');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(file))).toEqual(['endpoints.json']);
  });

  it('is given where there is no terminal, and nothing is kept', async () => {
    const { file, consent } = asked(new TemporaryFolder());
    expect(await consent.of('https://a.test')).toEqual({ given: true });
    expect(existsSync(file)).toBe(false);
  });

  it('stays refused where there is no terminal', async () => {
    const folder = new TemporaryFolder();
    await asked(folder, person(false).ask).consent.of('https://a.test');
    expect(await asked(folder).consent.of('https://a.test')).toMatchObject({ given: false });
  });

  it('without an answer is not given, and asked for again', async () => {
    const folder = new TemporaryFolder();
    const { ask, questions } = person(undefined, true);
    const { file, consent } = asked(folder, ask);
    expect(await consent.of('https://a.test')).toEqual({ given: false });
    expect(existsSync(file)).toBe(false);
    expect(await consent.of('https://a.test')).toEqual({ given: true, keptIn: file });
    expect(questions).toHaveLength(2);
  });

  it.each([
    ['nothing', ''],
    ['another form', '["https://a.test"]'],
    ['another answer', '{"adminSecretFromEnvironment":{"https://a.test":true}}'],
  ])('in a file with %s is asked for', async (_, text) => {
    const folder = new TemporaryFolder({ 'of-the-user/remote-relationships/endpoints.json': text });
    const { ask, questions } = person(true);
    const { file, consent } = asked(folder, ask);
    expect(await consent.of('https://a.test')).toEqual({ given: true, keptIn: file });
    expect(questions).toHaveLength(1);
  });

  it('that can’t be kept counts this time, and that is said', async () => {
    const { notes, consent } = asked(new TemporaryFolder({ 'of-the-user': 'a file' }), person(true).ask);
    expect(await consent.of('https://a.test')).toEqual({ given: true, keptIn: undefined });
    expect(notes).toEqual([expect.stringMatching(/^The answer could not be saved: /)]);
    const none = new EndpointConsent(undefined, { agrees: person(false).ask }, (message) =>
      notes.push(message),
    );
    expect(await none.of('https://a.test')).toEqual({ given: false, keptIn: undefined });
  });
});

describe('the endpoint of a project', () => {
  const secret = 's3cret';

  async function run(files: Record<string, string>, options: Partial<ConnectOptions> = {}, answer = true) {
    const notes: string[] = [];
    const questions: string[] = [];
    const connection = connect({
      endpoint: undefined,
      root: new TemporaryFolder(files).path,
      environment: { HASURA_GRAPHQL_ADMIN_SECRET: secret },
      timeout: undefined,
      fetch: () => expect.fail('it was asked'),
      consent: {
        of: async (origin) => {
          questions.push(origin);
          return { given: answer, keptIn: '/configuration/endpoints.json' };
        },
      },
      note: (message) => notes.push(message),
      ...options,
    });
    const outcome = await connection.then(
      ({ address }) => address,
      (error: Error) => error.message,
    );
    expect([outcome, ...notes].join('\n')).not.toContain(secret);
    return { outcome, notes, questions };
  }

  const repository = { 'config.yaml': 'endpoint: https://h.example/base\n' };
  const told =
    'The admin secret of HASURA_GRAPHQL_ADMIN_SECRET in the environment goes to https://h.example (endpoint in config.yaml).';

  it('that a file names gets the secret of the environment after it was said, and asked', async () => {
    expect(await run(repository)).toEqual({
      outcome: 'https://h.example/base',
      notes: [told],
      questions: ['https://h.example'],
    });
    const dotEnv = { '.env': 'HASURA_GRAPHQL_ENDPOINT=https://h.example' };
    expect((await run(dotEnv)).notes[0]).toContain('(HASURA_GRAPHQL_ENDPOINT in .env)');
  });

  it('is said as it is reached, not as it is written', async () => {
    const { outcome, questions } = await run({
      'config.yaml': 'endpoint: HTTPS://H\u00c4sura.example:443/v/../base/',
    });
    expect(outcome).toBe('https://xn--hsura-gra.example/base');
    expect(questions).toEqual(['https://xn--hsura-gra.example']);
  });

  it('on a name below localhost, which the network may answer, is not taken for this machine', async () => {
    expect((await run({ 'config.yaml': 'endpoint: http://hasura.localhost:8080' })).questions).toEqual([
      'http://hasura.localhost:8080',
    ]);
  });

  it('gets nothing when that is refused', async () => {
    expect(await run(repository, {}, false)).toEqual({
      outcome:
        'Nothing was sent to https://h.example. The answer is kept in /configuration/endpoints.json. With --only-endpoint h.example it is sent without asking.',
      notes: [told],
      questions: ['https://h.example'],
    });
  });

  it.each<[string, Record<string, string>, Partial<ConnectOptions>]>([
    ['on this machine', { 'config.yaml': 'endpoint: http://127.0.0.1:8080' }, {}],
    [
      'whose secret stands in the files too',
      { ...repository, 'config.yaml': 'endpoint: https://h.example\nadmin_secret: x' },
      { environment: {} },
    ],
    ['without a secret', repository, { environment: {} }],
    ['that is named for this run', repository, { endpoint: 'https://h.example' }],
    [
      'of the environment',
      repository,
      { environment: { HASURA_GRAPHQL_ADMIN_SECRET: secret, HASURA_GRAPHQL_ENDPOINT: 'https://h.example' } },
    ],
  ])('is asked without a word: one %s', async (_, files, options) => {
    const { outcome, notes, questions } = await run(files, options);
    expect(outcome).toMatch(/^https?:/);
    expect([notes, questions]).toEqual([[], []]);
  });

  it.each([
    ['h.example', {}],
    ['H.EXAMPLE', {}],
    ['h.example:443', {}],
    ['localhost:8080', { endpoint: 'http://localhost:8080' }],
  ])('is asked without a question when --only-endpoint names its host: %s', async (onlyEndpoint, options) => {
    const { outcome, questions } = await run(repository, { onlyEndpoint, ...options }, false);
    expect(outcome).toMatch(/^https?:/);
    expect(questions).toEqual([]);
  });

  it.each([
    [
      'other.example',
      {},
      /^The endpoint is at h\.example \(endpoint in config\.yaml\), and --only-endpoint allows only other\.example\. Nothing was sent\.$/,
    ],
    ['h.example:8443', {}, /allows only h\.example:8443/],
    ['example', {}, /allows only example/],
    ['h.example', { endpoint: 'https://other.example' }, /^The endpoint is at other\.example \(--endpoint\)/],
    ['localhost', { endpoint: 'http://localhost:8080' }, /^The endpoint is at localhost:8080/],
    ['https://h.example', {}, /^--only-endpoint is a host/],
    ['h.example/base', {}, /^--only-endpoint is a host/],
    ['me@h.example', {}, /^--only-endpoint is a host/],
    ['', {}, /^--only-endpoint is a host/],
  ])('is not asked when --only-endpoint is %s', async (onlyEndpoint, options, message) => {
    const { outcome, notes } = await run(repository, { onlyEndpoint, ...options });
    expect(outcome).toMatch(message);
    expect(notes).toEqual([]);
  });

  it.each<[string, Record<string, string>, Partial<ConnectOptions>]>([
    ['in place of localhost', { 'config.yaml': 'version: 3\nendpoint: [' }, {}],
    [
      'in place of that of .env',
      { 'config.yaml': '- x', '.env': 'HASURA_GRAPHQL_ENDPOINT=https://h.example' },
      {},
    ],
    [
      'in place of the one that is named',
      { 'config.yaml': 'endpoint: [' },
      { endpoint: 'https://h.example' },
    ],
    ['when a directory has its name', { 'config.yaml/x': '' }, {}],
  ])('is not asked where config.yaml can’t be read, %s', async (_, files, options) => {
    const { outcome, notes, questions } = await run(files, options);
    expect(outcome).toMatch(
      /^(?:config\.yaml can't be read.* Correct it first: nothing is sent until then\.|"config\.yaml" is a directory, but a file is expected here\.)$/,
    );
    expect([notes, questions]).toEqual([[], []]);
  });

  it('that nobody names gets no secret of the environment', async () => {
    const { outcome, notes } = await run({ 'config.yaml': 'version: 3\n' });
    expect(outcome).toBe('http://localhost:8080');
    expect(notes).toEqual([expect.stringMatching(/^No endpoint is named, .* is not sent to it\./)]);
  });
});
