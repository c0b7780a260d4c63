import { describe, expect, it } from 'vitest';
import { distinctMistakes } from '../../../server/src/cli/distinctMistakes.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { findingsIn } from '../support/checkText.ts';

function distinct(text: string, language: 'yaml' | 'json' = 'yaml'): string[] {
  return distinctMistakes(findingsIn(text, {}, language), parse(text, language)).map(
    ({ code, offset, length }) => `${code} ${text.slice(offset, offset + length)}`,
  );
}

const head = 'table: t\nremote_relationships:\n';
const item = (name: string, keys: string) =>
  `  - name: ${name}\n    definition:\n      to_remote_schema:\n        remote_schema: r\n        lhs_fields: []\n        remote_field: { a: { arguments: {} } }\n${keys}`;

describe('the command line says the same of the same key once', () => {
  it('a key written again and again', () => {
    expect(distinct(head + item('a', '        zz: 1\n'.repeat(500))).toSorted()).toEqual([
      'unknown-key zz',
      'yaml-syntax zz',
    ]);
  });

  it('in JSON', () => {
    const keys = '"remote_schema":"r",'.repeat(500);
    const text = `{"table":"t","remote_relationships":[{"name":"a","definition":{"to_remote_schema":{${keys}"lhs_fields":[],"remote_field":{"a":{"arguments":{}}}}}}]}`;
    expect(distinct(text, 'json')).toEqual(['duplicate-key remote_schema']);
  });

  it('all of different keys', () => {
    const keys = Array.from({ length: 500 }, (_, index) => `        zz${index}: 1\n`).join('');
    expect(distinct(head + item('a', keys))).toHaveLength(500);
  });

  it('the same key of another object, and another mistake', () => {
    const text = head + item('a', '        zz: 1\n') + item('b', '        zz: 1\n') + item('b', '');
    expect(distinct(text)).toEqual(['unknown-key zz', 'unknown-key zz', 'duplicate-relationship b']);
  });
});
