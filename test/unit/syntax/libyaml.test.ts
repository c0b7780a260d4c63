import { describe, expect, it } from 'vitest';
import { parse } from '../../../server/src/syntax/parse.ts';
import { keyColons, wrongTabs } from '../../../server/src/syntax/yaml/libyaml.ts';

/** As yaml.v3 reads each of them. */
describe('tabs', () => {
  it.each([
    ['a: x\n\t\nb: y', [5]],
    ['a: x\n\t', [5]],
    ['a: "x"\n \t\nb: y', [8]],
    ['a: [x]\n  \t \nb: y', [9]],
    ['a:\n\t\n  b: x', [3]],
    ['a:\n  b: x\n \t# c\nc: y', [11]],
    ['a:\n  b: x\n  \t\n  c: y', [12]],
    ['- x\n\t\n- y\n\t\n- z', [4, 10]],
    ['-\ta', [1]],
    ['a:\n- - \tb', [7]],
    ['# c\n\t\na: x', [4]],
    ['a: x\n\t\n---\nb: y', [5]],
    ['a: x # c\n\t\nb: y', [9]],
    ['a:\n  b: x\n# c\n   \t\n  c: d', [17]],
    ['a: [b\n\t]', [6]],
    ['a:\n  b: [c\n  \t]', [13]],
  ])('where an entry could begin they are wrong: %j', (text, offsets) => {
    const tree = parse(text, 'yaml');
    expect(tree.problems).toEqual([]);
    expect(wrongTabs(tree)).toEqual(offsets);
  });

  it.each([
    'a:\tx\t\nb:\t\n - c',
    'a: x\n \t\nb: y',
    'a:\n  b: x\n   \t\n',
    'a: [x,\n\ty,\n\t\n z]',
    'a: |\n  x\n  \ty\n   -\tz\n',
    'a: ["x"\n\t]',
    '[x\n\t]',
    'a:\n  b: [c\n   \t]',
    'a: [x # y\n\t]',
    'a: [\n\t]',
    'a: {x: [y]\n\t}',
    'a: "x\n\ty"',
    'a: x\n -\ty',
    'a: |\n  x\n  -\t\n',
    'a: |\n  x\n\n  - - \t\nb: c\n',
    'a: b\n  -\t\nc: d\n',
    'a:\n- b\n  -\t\n',
    '# x\n\t# c\nz: 1\n',
    'a: x \t# y',
    '\t',
  ])('elsewhere they are white space: %j', (text) => {
    const tree = parse(text, 'yaml');
    expect(tree.problems).toEqual([]);
    expect(wrongTabs(tree)).toEqual([]);
  });
});

it('tabs are told up to a number, and looked for once', () => {
  const lines = 20_000;
  expect(wrongTabs(parse(`a: b\n${'\t\n'.repeat(lines)}`, 'yaml'))).toHaveLength(20);
  expect(wrongTabs(parse(`a: b\n${' \t\n'.repeat(lines)}`, 'yaml'))).toEqual([]);
});

describe('colons', () => {
  it.each([
    ['a: {b:{c: d}}', [5]],
    ['{a: b, c:[]}', [8]],
    ['a: {b:, c: d}', [5]],
    ['a:\n  - {b:}\n  - {c:[d]}', [9, 18]],
    ['a: [b:[], !c d]', [5]],
    ['{a: {b:[{c:[]}]}}', [6, 10]],
  ])('are part of the key: %j', (text, offsets) => {
    expect(keyColons(parse(text, 'yaml'))).toEqual(offsets);
  });

  it('are found beside more items than a call can take', () => {
    expect(keyColons(parse(`a: {b:[]}\nc:\n${'- x\n'.repeat(150_000)}`, 'yaml'))).toEqual([5]);
  });

  it.each([
    '{"a":{b: c},\'d\':[e]}',
    '{a: {}, b: []}',
    'a:\n- b:c',
    '{a:\n[b]}',
    'a: "b:[c]"',
    'a: {b:{{c}}}',
    'a: x:{y}',
    'a: [x:y, z:z]',
  ])('are none: %j', (text) => {
    expect(keyColons(parse(text, 'yaml'))).toEqual([]);
  });
});
