import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import { loggable, redact, redactJson } from '../../../common/src/metadataApi/http/redact.ts';

const secrets = [new Secret('p&s "1"<2>', 'a test')];

describe('Secret', () => {
  it('does not show itself', () => {
    const [secret] = secrets;
    const shown = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }),
      inspect(secret),
    ];
    for (const text of shown) expect(text).not.toContain('p&s');
    expect(Object.values({ ...secret })).toEqual(['a test']);
    expect(secret?.reveal()).toBe('p&s "1"<2>');
  });
});

describe('redact', () => {
  it.each([
    ['as it is', 'x p&s "1"<2> y'],
    ['in JSON', 'x {"a":"p&s \\"1\\"<2>"} y'],
    ['in a URL', 'x ?s=p%26s%20%221%22%3C2%3E y'],
    ['in a form', 'x s=p%26s+%221%22%3C2%3E y'],
    ['in a URL, in small letters', 'x ?s=p%26s%20%221%22%3c2%3e y'],
    ['in a URL, wholly', 'x ?s=%70%26%73%20%22%31%22%3C%32%3E y'],
    ['in hexadecimal', 'x 702673202231223c323e y'],
    ['in hexadecimal, in capitals', 'x 702673202231223C323E y'],
    ['in HTML', 'x <b>p&amp;s &quot;1&quot;&lt;2&gt;</b> y'],
    ['in base 64', `x ${btoa('p&s "1"<2>')} y`],
    ['twice', 'x p&s "1"<2>p&s "1"<2> y'],
  ])('takes it out %s', (_how, text) => {
    const redacted = redact(text, secrets);
    expect(redacted).toContain('[secret]');
    expect(redacted).toMatch(/^x .* y$/);
    expect(redacted).not.toMatch(/p&|1"<2|p%26|p&amp;|%70|7026/);
  });

  it('takes it out in base 64 as URLs have it', () => {
    const secret = 'ü?>~~ÿÿ';
    const text = Buffer.from(secret).toString('base64url');
    expect(text).toMatch(/[-_]/);
    expect(redact(`x ${text} y`, [new Secret(secret, 'a test')])).toBe('x [secret] y');
  });

  it('takes passwords out of URLs', () => {
    expect(redact('to postgres://u:p@h/db and https://h/@a', [])).toBe(
      'to postgres://[secret]@h/db and https://h/@a',
    );
  });

  it.each([
    ['that never become a URL', 'a.'.repeat(100_000)],
    ['that could begin many', 'a://'.repeat(50_000)],
    ['that could end many', `://${'a:b@'.repeat(50_000)}`],
  ])('reads 200 KB of letters %s in one go', (_, text) => {
    expect(redact(text, secrets).length).toBeGreaterThan(10);
  });

  it('leaves other texts alone, and an empty secret takes nothing out', () => {
    expect(redact('p and s', [...secrets, new Secret('', 'x'), new Secret('  ', 'x')])).toBe('p and s');
  });

  it('holds for any secret, in any text', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 4, unit: 'binary' }),
        fc.string(),
        fc.string(),
        (secret, before, after) => {
          fc.pre(secret.trim().length >= 4 && !'[secret]'.includes(secret.trim()));
          const hidden = redact(`${before}${secret}${after}`, [new Secret(secret, 'x')]);
          expect(hidden.includes(secret)).toBe(false);
        },
      ),
    );
  });

  it('reaches every text of a value, keys too, and stops in the depth', () => {
    const value = { 'p&s "1"<2>': ['p&s "1"<2>', 1, null, true] };
    expect(redactJson(value, secrets)).toEqual({ '[secret]': ['[secret]', 1, null, true] });
    let deep: unknown = 'p&s "1"<2>';
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(JSON.stringify(redactJson(deep as never, secrets))).not.toContain('p&s');
  });
});

describe('loggable', () => {
  it.each([
    [
      'a whole document',
      { type: 'replace_metadata', version: 1, args: { version: 3, sources: [] } },
      { type: 'replace_metadata', version: 1, args: '[left out]' },
    ],
    [
      'headers of a remote schema',
      { type: 'add_remote_schema', args: { name: 'n', definition: { headers: [{ value: 'x' }], url: 'u' } } },
      { type: 'add_remote_schema', args: { name: 'n', definition: { headers: '[left out]', url: 'u' } } },
    ],
    [
      'a connection inside a bulk',
      { type: 'bulk', args: [{ type: 'pg_add_source', args: { configuration: { a: 1 } } }] },
      { type: 'bulk', args: [{ type: 'pg_add_source', args: { configuration: '[left out]' } }] },
    ],
    [
      'nothing of a relationship',
      {
        type: 'pg_create_remote_relationship',
        args: { name: 'n', definition: { to_source: { table: 't' } } },
      },
      {
        type: 'pg_create_remote_relationship',
        args: { name: 'n', definition: { to_source: { table: 't' } } },
      },
    ],
  ])('leaves out %s', (_what, request, expected) => {
    expect(loggable(request, [])).toEqual(expected);
  });
});
