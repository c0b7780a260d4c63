import { describe, expect, it } from 'vitest';
import { nodeLocation } from '../../../server/src/syntax/location.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

describe('nodeLocation', () => {
  it('follows its node', () => {
    const node = parse('{"name": "a"}', 'json').roots[0]?.children[0];
    if (node === undefined) throw new Error('no node');
    const location = nodeLocation('file:///a.json', node);
    node.offset += 100;
    expect(location).toMatchObject({ uri: 'file:///a.json', offset: 109, length: 3 });
  });
});
