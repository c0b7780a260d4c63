import { describe, expect, it } from 'vitest';
import type { PrivateThings } from '../../../client/src/endpoint/ui/privateText.ts';
import {
  addressKind,
  type ProblemFacts,
  problemReport,
} from '../../../client/src/endpoint/ui/problemReport.ts';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import type { SchemaStatus } from '../../../common/src/protocol.ts';

const secret = 'correct-horse-battery';
const nobody: PrivateThings = { secrets: [], urls: [], home: '/home/me' };
const facts: ProblemFacts = {
  versions: { 'Remote Relationships for Hasura': '0.1.0', 'Remote window': 'wsl' },
  settings: {},
  server: { kind: 'running' },
  status: undefined,
  choice: undefined,
  log: [],
};

function schema(name: string, parts: Partial<SchemaStatus> = {}): SchemaStatus {
  return {
    name,
    state: 'missing',
    uri: null,
    origin: null,
    since: null,
    problem: null,
    detail: null,
    ...parts,
  };
}

const report = (parts: Partial<ProblemFacts>, privateThings = nobody) =>
  problemReport({ ...facts, ...parts }, privateThings);

/** What stands outside of code blocks, as CommonMark has them. */
function outside(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const marks = /^`{3,}/.exec(line)?.[0];
    if (fence === undefined) {
      if (marks === undefined) lines.push(line);
      else fence = marks;
    } else if (marks !== undefined && marks.length >= fence.length && line === marks) fence = undefined;
  }
  expect(fence).toBeUndefined();
  return lines.join('\n');
}

describe('the report of a problem', () => {
  it('says versions, settings, what is in use, and the end of the log', () => {
    const text = report({
      settings: { codeLens: { user: false }, rules: { workspace: { 'null-value': 'off' } } },
      status: {
        recognised: true,
        project: {
          name: 'shop',
          uri: 'file:///home/me/shop',
          configurationUri: 'file:///home/me/shop/c.json',
        },
        serverVersion: '2.48',
        sources: [
          schema('db', { state: 'loaded', origin: 'convention', uri: 'file:///home/me/shop/db.tables.json' }),
        ],
        remoteSchemas: [schema('people')],
        problems: ['"x" is no severity.'],
      },
      choice: {
        ...{ name: 'staging', url: 'https://hasura.example.com', paths: {} },
        ...{ protected: true, readOnly: false, secretSource: 'HASURA_GRAPHQL_ADMIN_SECRET in .env' },
      },
      log: ['2026-11-29T10:00:00.000Z [info] one', '2026-11-29T10:00:01.000Z [error] two\n    at f'],
    });
    for (const line of [
      'Remote Relationships for Hasura: 0.1.0',
      'Remote window: wsl',
      '    "user": false',
      '      "null-value": "off"',
      'language server: running',
      'project: "shop"',
      'configuration file: c.json',
      'checked against: 2.48',
      'source "db": loaded, convention, db.tables.json',
      'remote schema "people": missing',
      'problem of the settings: "x" is no severity.',
      'endpoint: https, another host, protected, admin secret named',
      '2026-11-29T10:00:00.000Z [info] one',
      '2026-11-29T10:00:01.000Z [error] two',
      '    at f',
    ]) {
      expect(text.split('\n').map((each) => each.replace(/,$/, ''))).toContain(line);
    }
  });

  it('is the same text around whatever others have written', () => {
    const hostile = '```\n# Forged\n<img src=x>\n````text\u202e';
    const plain = outside(report({}));
    const text = report({
      versions: { [hostile]: hostile },
      settings: {
        serverVersion: { workspace: hostile },
        sources: { user: { [hostile]: { kind: hostile } } },
      },
      server: { kind: 'failed', reason: hostile },
      status: {
        recognised: true,
        project: { name: hostile, uri: 'file:///a', configurationUri: `file:///${hostile}` },
        serverVersion: hostile,
        sources: [schema(hostile, { problem: hostile, detail: hostile })],
        remoteSchemas: [],
        problems: [hostile],
      },
      log: [hostile],
    });
    expect(outside(text)).toBe(plain);
    expect(text).not.toContain('\u202e');
  });

  it('has no secret, no address and nobody’s home, wherever they stand', () => {
    const everywhere = `${secret} at https://hasura.example.com/v1?key=1 in /home/me/shop`;
    const text = report(
      {
        settings: {
          serverVersion: { user: everywhere },
          sources: { workspace: { [everywhere]: { kind: everywhere, password: 'top', tables: everywhere } } },
          remoteSchemas: { folder: { people: { schema: [everywhere], headers: { a: 'top' } }, b: 'top' } },
          endpoints: {
            user: {
              'hasura.example.com': {
                url: 'https://hasura.example.com',
                adminSecretVariable: 'MY_VARIABLE',
                adminSecret: 'top',
                protected: true,
              },
              x: 'top',
            },
            workspace: 'top',
          },
        },
        server: { kind: 'failed', reason: everywhere },
        status: {
          recognised: false,
          project: null,
          serverVersion: 'latest',
          sources: [schema('db', { state: 'failed', problem: everywhere })],
          remoteSchemas: [],
          problems: [everywhere],
        },
        log: [everywhere],
      },
      { ...nobody, secrets: [new Secret(secret, 'a test')], urls: ['https://hasura.example.com'] },
    );
    for (const hidden of [secret, 'hasura.example.com', '/home/me', 'top', 'MY_VARIABLE']) {
      expect(text).not.toContain(hidden);
    }
    expect(text).toContain('[secret] at https://host-1 in ~/shop');
    expect(text).toContain('"url": "https, another host"');
    expect(text).toContain('"protected": true');
  });

  it('fits into an issue, and has the newest entries of the log', () => {
    const long = 'x'.repeat(19_000);
    const text = report({
      settings: {
        rules: { user: Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`r${n}`, long])) },
      },
      status: {
        recognised: true,
        project: null,
        serverVersion: 'latest',
        sources: Array.from({ length: 900 }, (_, n) => schema(`${n}${long}`)),
        remoteSchemas: [],
        problems: [],
      },
      log: [...Array.from({ length: 99 }, (_, n) => `${n} ${long}`), 'the last one'],
    });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('the last one');
    expect(text).toContain('98 xxx');
    expect(text).not.toContain('\n0 xxx');
  });

  it('shows no part of a secret that stands where an entry is cut', () => {
    const text = report(
      { log: [`${'x'.repeat(1990)}${secret}`] },
      { ...nobody, secrets: [new Secret(secret, 'a test')] },
    );
    expect(text).not.toContain('correct');
  });
});

it.each([
  ['http://localhost:8080', 'http, this machine'],
  ['https://hasura.example.com/a', 'https, another host'],
  ['ftp://a', 'no http or https address'],
  ['{{URL}}', 'no http or https address'],
])('of an address its kind is said: %s', (url, kind) => {
  expect(addressKind(url)).toBe(kind);
});
