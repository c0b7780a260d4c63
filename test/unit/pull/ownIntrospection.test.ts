import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { OwnIntrospection, type OwnIntrospectionOptions } from '../../../server/src/cli/ownIntrospection.ts';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import { remoteSchemaAddress } from '../../../server/src/metadata/remoteSchemaAddress.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

const data = introspectionFromSchema(buildSchema('type Query { wallet: Int }'));
const environment = {
  EMPTY: '',
  PAYMENTS_TOKEN: 'a-long-token-of-ours',
  PAYMENTS_URL: 'https://payments.example/graphql?tenant=1',
};
const headers =
  '[{ name: Authorization, value_from_env: PAYMENTS_TOKEN }, { name: x-client, value: hasura }]';

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly redirect: string | undefined;
}

async function ask(
  definition: string,
  given: Partial<OwnIntrospectionOptions> & { readonly answer?: Response } = {},
) {
  const { answer = Response.json({ data }), ...options } = given;
  const [sent, notes, hidden]: [Sent[], string[], string[]] = [[], [], []];
  const own = new OwnIntrospection({
    hosts: ['payments.example'],
    environment,
    person: undefined,
    timeout: undefined,
    signal: undefined,
    fetch: async (url, init) => {
      const body = typeof init.body === 'string' ? init.body : '';
      sent.push({ url, headers: init.headers as Record<string, string>, body, redirect: init.redirect });
      return answer;
    },
    note: (message) => notes.push(message),
    hide: (secret) => hidden.push(secret.reveal()),
    ...options,
  });
  const yaml = `- name: payments\n  definition: ${definition}\n`;
  const [entry] = readModel(parse(yaml, 'yaml'), { role: 'remote-schemas' }).remoteSchemas;
  const result = await own.of('payments', entry && remoteSchemaAddress(entry.node));
  return { result, sent, notes, hidden };
}

function answering(agrees: boolean | undefined) {
  const asked: string[] = [];
  const person = {
    agrees: async (question: string) => {
      asked.push(question);
      return agrees;
    },
  };
  return { person, asked };
}

describe('a remote schema that is asked itself', () => {
  it('gets the introspection query with its headers, and nothing else of the environment', async () => {
    const { result, sent, notes, hidden } = await ask(
      `{ url: "https://payments.example/graphql", headers: ${headers} }`,
    );
    expect(result).toEqual({ outcome: 'introspection', introspection: data });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: 'https://payments.example/graphql',
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: 'a-long-token-of-ours',
        'x-client': 'hasura',
      },
    });
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({ query: expect.stringContaining('__schema') });
    expect(notes).toEqual([
      'Remote schema "payments" is asked at payments.example, with the values of PAYMENTS_TOKEN.',
    ]);
    expect(hidden).toEqual(['a-long-token-of-ours']);
  });

  it('may have its URL in a variable, or variables in its URL', async () => {
    const whole = await ask('{ url_from_env: PAYMENTS_URL }');
    expect(whole.sent.map(({ url }) => url)).toEqual(['https://payments.example/graphql?tenant=1']);
    const part = await ask('{ url: "https://payments.example/{{PAYMENTS_TOKEN}}" }');
    expect(part.sent.map(({ url }) => url)).toEqual(['https://payments.example/a-long-token-of-ours']);
    expect(part.notes.join()).toContain('with the values of PAYMENTS_TOKEN');
    expect(part.notes.join()).not.toContain('a-long-token');
  });

  it.each<[string, string, readonly string[]]>([
    ['no host was named', '{ url: "https://payments.example/graphql" }', []],
    ['another host was named', '{ url: "https://payments.example/graphql" }', ['people.example']],
    ['it is at another port', '{ url: "https://payments.example:8443/graphql" }', ['payments.example']],
    [
      'it is at a host below',
      `{ url: "https://a.payments.example/", headers: ${headers} }`,
      ['payments.example'],
    ],
    [
      'its host only begins so',
      `{ url: "https://payments.example.evil/", headers: ${headers} }`,
      ['payments.example'],
    ],
  ])('is not when %s', async (_, definition, hosts) => {
    const { person, asked } = answering(true);
    const { result, sent, notes } = await ask(definition, { hosts, person });
    expect({ result, sent, notes, asked }).toEqual({ result: undefined, sent: [], notes: [], asked: [] });
  });

  it('is asked for at the terminal, by host and variables, each time', async () => {
    const definition = `{ url_from_env: PAYMENTS_URL, headers: ${headers} }`;
    for (const agrees of [true, false, undefined]) {
      const { person, asked } = answering(agrees);
      const { result, sent } = await ask(definition, { person });
      expect(asked).toEqual([
        'Send the values of PAYMENTS_TOKEN, PAYMENTS_URL to payments.example? (yes/no) ',
      ]);
      expect(sent).toHaveLength(agrees === true ? 1 : 0);
      if (agrees !== true) expect(result).toMatchObject({ message: 'Nothing was sent to payments.example.' });
    }
  });

  it.each<[string, string, boolean]>([
    ['plain http with headers', `{ url: "http://payments.example/", headers: ${headers} }`, true],
    ['plain http without headers', '{ url: "http://payments.example/" }', false],
    ['https with headers', `{ url: "https://payments.example/", headers: ${headers} }`, false],
    ['this machine', `{ url: "http://127.0.0.1:4000/", headers: ${headers} }`, false],
  ])('says whether its headers can be read on the way: %s', async (_, definition, warned) => {
    const { notes, sent } = await ask(definition, { hosts: ['payments.example', '127.0.0.1:4000'] });
    expect(sent).toHaveLength(1);
    expect(notes.some((note) => note.includes('can be read by anyone on the way'))).toBe(warned);
  });

  it.each<[string, string, RegExp]>([
    [
      'a variable is not set',
      '{ url: "https://payments.example/", headers: [{ name: a, value_from_env: NO_TOKEN }] }',
      /^The environment has no NO_TOKEN\.$/,
    ],
    [
      'several variables are not set',
      '{ url: "https://{{NO_URL}}/", headers: [{ name: a, value_from_env: EMPTY }] }',
      /^The environment has no EMPTY, NO_URL\.$/,
    ],
    ['it has no URL', '{ headers: [] }', /does not say where it is/],
    [
      'it has two',
      '{ url: "https://payments.example/", url_from_env: PAYMENTS_URL }',
      /does not say where it is/,
    ],
    ['its URL has a password', '{ url: "https://a:b@payments.example/" }', /^Its URL can't be used/],
    ['its URL is a file', '{ url: "file:///etc/passwd" }', /^Its URL can't be used/],
    ['its URL is a variable of another kind', '{ url_from_env: PAYMENTS_TOKEN }', /^Its URL can't be used/],
    [
      'a header can not be one',
      '{ url: "https://payments.example/", headers: [{ name: "a\\nb", value: c }] }',
      /can't be sent/,
    ],
  ])('is not when %s', async (_, definition, message) => {
    const { result, sent } = await ask(definition);
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringMatching(message) });
    expect(sent).toEqual([]);
    expect(JSON.stringify(result)).not.toContain('a-long-token');
  });

  it.each<[string, Response, RegExp]>([
    [
      'refuses',
      Response.json({ errors: [{ message: 'introspection is disabled' }] }),
      /an error: introspection is disabled/,
    ],
    ['is something else', Response.json({ hello: 1 }), /is no introspection result/],
    [
      'leads elsewhere',
      new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
      /redirect|elsewhere|evil/,
    ],
    ['tells the token', Response.json({ data: { ...data, told: 'a-long-token-of-ours' } }), /secret/],
    [
      'tells the token in an error',
      Response.json({ error: 'bad a-long-token-of-ours' }, { status: 401 }),
      /./,
    ],
  ])('fails when its server %s', async (_, answer, message) => {
    const { result, sent } = await ask(`{ url: "https://payments.example/", headers: ${headers} }`, {
      answer,
    });
    expect(result).toMatchObject({
      outcome: 'failed',
      message: expect.stringMatching(message),
      cancelled: false,
    });
    expect(JSON.stringify(result)).not.toContain('a-long-token');
    expect(sent).toHaveLength(1);
  });

  it('has hosts named, not URLs', async () => {
    for (const host of ['https://payments.example', 'payments.example/graphql', 'a b', ''])
      await expect(ask('{ url: "https://payments.example/" }', { hosts: [host] })).rejects.toThrow(
        /^--introspect is a host/,
      );
  });
});
