import { describe, expect, it } from 'vitest';
import { check, customerFile, json, metadata, project, request, schemas } from './project.ts';

/** JSON in which a string lacks its end, or something is left out, says nothing certain about names there. */

const item = metadata().sources[0]?.tables[0];
const text = json({
  type: 'bulk',
  args:
    item !== undefined && 'remote_relationships' in item
      ? item.remote_relationships.slice(0, 2).map((one) => request(one as object))
      : [],
});

async function errorsIn(files: Readonly<Record<string, string>>): Promise<string[]> {
  const found = await check(files);
  return found.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

const ofShape = new Set(['unreadable-file', 'missing-key', 'wrong-kind']);

describe('half-typed JSON', () => {
  it.each([
    ['a source', '"source": "helpdesk",', '"source": "help'],
    ['a column', '"id": "customer_id"', '"id": "cust'],
    ['a key of a mapping', '"id": "customer_id"', '"i'],
    ['a join field', '"person_id"\n', '"per\n'],
    ['a join field that begins', '"person_id"\n', '"\n'],
    ['a variable', '"$person_id"', '"$per'],
    ['a kind of relationship', '"relationship_type": "array",', '"relationship_type": "arr'],
    ['a bracket', ']', ''],
    ['a comma', '"name": "profile",', '"name": "profile"'],
  ])('without the end of %s only its syntax or shape is wrong', async (_, whole, cut) => {
    expect(text).toContain(whole);
    const errors = await errorsIn({ ...project, 'request.json': text.replace(whole, cut) });
    expect(errors).toContain('unreadable-file');
    expect(errors.filter((code) => !ofShape.has(code))).toEqual([]);
  });

  it('is checked where it is whole', async () => {
    const wrong = text.replace('"person":', '"persn":').replace('"id": "customer_id"', '"id": "cust');
    const errors = await errorsIn({ ...project, 'request.json': wrong });
    expect(errors).toContain('unknown-remote-field');
  });

  it('is never said to name a backend with half a word', async () => {
    const half = json(metadata()).replace('"kind": "postgres"', '"kind": "post');
    expect(await errorsIn({ ...schemas, 'metadata.json': half })).toEqual(['unreadable-file']);
  });
});

describe('half-typed YAML', () => {
  const whole = project[customerFile] ?? '';
  it.each([
    ['a flow list that is open', 'lhs_fields:\n          - person_id', 'lhs_fields: [persn_id, '],
    ['a variable that swallows its line', 'id: $person_id', 'id: "$pers'],
    ['a key without its colon', 'remote_field:', 'remote_fie'],
  ])('%s: no name in this relationship is called wrong', async (_, written, half) => {
    expect(whole).toContain(written);
    const found = await check({ ...project, [customerFile]: whole.replace(written, half) });
    const names = found.filter(({ code }) => /^(?:unknown-(?!key)|unlisted|multiple|literal)/.test(code));
    expect(found.some(({ code }) => code === 'yaml-syntax')).toBe(true);
    expect(names.filter(({ relationship }) => relationship === 'profile')).toEqual([]);
  });
});
