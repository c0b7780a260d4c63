import { expect, it } from 'vitest';
import { typeReferenceText } from '../../../server/src/schema/typeReference.ts';
import { writtenType } from '../../../server/src/schema/writtenType.ts';

/** Types that are listed field by field, as those of actions are. */

it.each<[string | undefined, string]>([
  ['Int', 'Int'],
  ['[String!]!', '[String!]!'],
  [undefined, ''],
  ['', ''],
  ['Int]', ''],
  ['$x', ''],
  // More than anybody writes, and too deep to follow.
  [`${'['.repeat(499)}ID${']'.repeat(499)}`, `${'['.repeat(499)}ID${']'.repeat(499)}`],
  [`${'['.repeat(5000)}ID${']'.repeat(5000)}`, ''],
])('a field of type %s', (written, read) => {
  const type = writtenType('Output', [
    { name: 'id', type: written },
    { name: 'nr', type: 'Int' },
  ]);
  const nothing = { inputFields: [], enumValues: [], interfaces: [], memberTypes: [] };
  expect(type).toMatchObject({ kind: 'object', name: 'Output', ...nothing });
  expect(type.fields.map(({ name }) => name)).toEqual(['id', 'nr']);
  const field = type.field('id');
  expect(field).toBe(type.fields[0]);
  expect(field?.arguments).toEqual([]);
  expect(field && typeReferenceText(field.type)).toBe(read);
  expect([type.field('none'), type.inputField('id'), field?.argument('a')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
