import { describe, expect, it } from 'vitest';
import { readConfigYaml } from '../../../common/src/endpoint/configYaml.ts';

describe('config.yaml', () => {
  it.each<[string, string, object]>([
    ['nothing', '', {}],
    ['a comment', '# endpoint: x', {}],
    ['null', '~', {}],
    ['a key twice', 'endpoint: a\nendpoint: b', { endpoint: 'b' }],
    ['a second document, whatever is in it', 'endpoint: a\n---\nendpoint: [', { endpoint: 'a' }],
    [
      'merge keys',
      'x: &x { query: a }\napi_paths: { <<: *x, version: b }',
      { x: { query: 'a' }, api_paths: { query: 'a', version: 'b' } },
    ],
    [
      'keys in another case',
      'Endpoint: a\nAPI_Paths: { V1_Metadata: b }',
      { endpoint: 'a', api_paths: { v1_metadata: 'b' } },
    ],
    ['keys in two cases', 'Endpoint: a\nendpoint: b', { endpoint: 'a' }],
    [
      'words and numbers of YAML 1.1',
      'a: yes\nb: 0123\nc: 12:30\nd: 2024-01-01',
      { a: true, b: 83, c: '12:30', d: '2024-01-01' },
    ],
    [
      'numbers, which the CLI sends otherwise than they are written',
      'a: 12345678901234567890\nb: 1234567890123456789\nc: 1_000\nd: 0X1F\ne: 0o17\nf: 09\ng: 1e21\nh: 0.0000001\ni: -0b11\nj: "0123"\nk: !!str 0123\n0123: a',
      {
        a: 12345678901234567000,
        b: '1234567890123456789',
        c: 1000,
        d: 31,
        e: 15,
        f: 9,
        g: '1000000000000000000000',
        h: '0.0000001',
        i: -3,
        j: '0123',
        k: '0123',
        83: 'a',
      },
    ],
    ['tags of others', 'endpoint: !x a', { endpoint: 'a' }],
  ])('is read with %s', (_, text, settings) => {
    expect(readConfigYaml(text)).toEqual({ outcome: 'read', settings });
  });

  it.each([
    ['an open list', 'version: 3\nadmin_secret: [s3cret', /line 2 is not valid YAML\.$/],
    ['a tab', 'version: 3\n\tadmin_secret: s3cret', /line 2 is not valid YAML\.$/],
    ['a list', '- s3cret', /it holds no keys and values\.$/],
    ['a word', 's3cret', /it holds no keys and values\.$/],
    ['an alias without its anchor', 'admin_secret: *s3cret', /not valid YAML\.$/],
    ['what is nested too deeply', `a: ${'['.repeat(20_000)}`, /nested too deeply\.$/],
    ['more than it ever has', `a: ${'x'.repeat(100_000)}`, /too long\.$/],
    ['nested keys', '? '.repeat(49_000), /nested too deeply\.$/],
    [
      'aliases that multiply',
      [
        'a: &a [s3cret]',
        ...[...'bcdefghi'].map(
          (name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]}, `.repeat(10)}]`,
        ),
      ].join('\n'),
      /not valid YAML\.$/,
    ],
  ])('with %s can’t be read, and says so without values', (_, text, problem) => {
    const config = readConfigYaml(text);
    expect(config).toMatchObject({ outcome: 'unreadable', problem: expect.stringMatching(problem) });
    expect(JSON.stringify(config)).not.toContain('s3cret');
    if (config.outcome !== 'unreadable') return;
    expect(config.offset + config.length).toBeLessThanOrEqual(text.length);
  });
});
