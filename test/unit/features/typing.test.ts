import { describe, expect, it } from 'vitest';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { completeAt, remoteSchemas, request, surroundings } from './support.ts';

/**
 * Whatever is typed without a look at the list arrives as typed: a list opens by itself only where a value or an item
 * begins, and not any more once a word is typed to its end.
 */

const table = (below: string) => `table: { schema: public, name: customer }
remote_relationships:
  - name: profile
${below}`;
const definition = (below: string) =>
  table(`    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field:
${below}`);

function offered(text: string, trigger?: string, language: SyntaxLanguage = 'yaml'): readonly string[] {
  return completeAt(text, language, language === 'yaml' ? surroundings : request, { trigger }).labels;
}

describe('a list opens by itself', () => {
  it.each<[string, string, string, string]>([
    [
      'where a value begins',
      table('    definition:\n      to_remote_schema:\n        remote_schema: ▮'),
      ' ',
      'people',
    ],
    ['where an item begins', 'table: customer\nremote_relationships:\n  - ▮', ' ', 'name'],
    [
      'where an item of columns begins',
      table('    definition:\n      to_remote_schema:\n        lhs_fields:\n          - ▮'),
      ' ',
      'person_id',
    ],
    [
      'at a variable',
      definition('          person:\n            arguments:\n              id: $▮'),
      '$',
      '$person_id',
    ],
    [
      'in quotes',
      table('    definition:\n      to_remote_schema:\n        remote_schema: "▮"'),
      '"',
      'people',
    ],
  ])('%s', (_, text, trigger, label) => {
    expect(offered(text, trigger)).toContain(label);
  });

  it.each<[string, string, string]>([
    ['behind a comma', table('    definition:\n      to_remote_schema:\n        lhs_fields: [id, ▮]'), ' '],
    ['in the indentation of a line', table('    definition:\n      ▮'), ' '],
    ['behind a key whose keys stand below it', table('    definition: ▮'), ' '],
    [
      'behind a key whose items stand below it',
      table('    definition:\n      to_source:\n        field_mapping: ▮'),
      ' ',
    ],
    ['behind a word', 'table: customer ▮', ' '],
    [
      'behind the quote that ends a value',
      table('    definition:\n      to_remote_schema:\n        lhs_fields: ["id"▮]'),
      '"',
    ],
  ])('but not %s', (_, text, trigger) => {
    expect(offered(text, trigger)).toEqual([]);
  });

  it('what stands below a key is offered behind it to those who ask', () => {
    expect(offered(table('    definition: ▮'))).toContain('to_source');
  });
});

describe('a word that is typed to its end', () => {
  it.each<[string, string, SyntaxLanguage?]>([
    ['a key', table('    definition▮')],
    ['a key of which others begin alike', definition('          person▮')],
    ['a value', table('    definition:\n      to_remote_schema:\n        remote_schema: people▮')],
    ['a quoted value', table('    definition:\n      to_remote_schema:\n        remote_schema: "people▮"')],
    ['a column', table('    definition:\n      to_remote_schema:\n        lhs_fields: [person_id▮]')],
    ['a variable', definition('          person:\n            arguments:\n              id: $person_id▮')],
    ['a command of a request', '{"type": "pg_create_remote_relationship▮"}', 'json'],
  ])('is not offered again: %s', (_, text, language) => {
    expect(offered(text, undefined, language)).toEqual([]);
  });

  it('is offered until then', () => {
    expect(offered(definition('          perso▮'))[0]).toBe('person');
    expect(offered(definition('          personB▮'))).toContain('personByEmail');
  });
});

describe('what is offered for a word on the line of its key', () => {
  it.each(['t', 'tick', 'ticke'])('changes nothing once the word is whole: %s', (word) => {
    const text = table(`    definition:
      to_source:
        source: helpdesk
        table: ${word}▮`);
    const { choose } = completeAt(text, 'yaml', surroundings, {});
    expect(choose('ticket')).toBe(text.replace(`${word}▮`, 'ticket▮'));
  });

  it('has the keys of the name only for those who ask before they type', () => {
    const text = table(`    definition:
      to_source:
        source: helpdesk
        table: ▮`);
    expect(offered(text, ' ')).toEqual([]);
    expect(completeAt(text, 'yaml', surroundings, {}).choose('ticket')).toContain(
      'schema: public\n          name: ticket',
    );
  });
});

describe('below a dash, where editors leave the cursor', () => {
  const types = (below: string) => `- name: people
  definition: { url: https://people }
  remote_relationships:
    - type_name: Person
${below}  comment: x
`;

  it('an item that lacks keys is gone on with', () => {
    expect(completeAt(types('    rel▮\n'), 'yaml', remoteSchemas).choose('relationships')).toBe(
      types('      relationships:\n        - name: ▮\n          definition:\n            \n'),
    );
    expect(completeAt(types('    ▮\n'), 'yaml', remoteSchemas).labels).toEqual(['relationships']);
    expect(completeAt('table: customer\nremote_relationships:\n  - name: x\n  def▮\n').labels).toEqual([
      'definition',
    ]);
  });

  it('also where lists are not indented, and keys of what is around stand there too', () => {
    const { labels, choose } = completeAt('table: customer\nremote_relationships:\n- name: x\nd▮\n');
    expect(labels.slice(0, 2)).toEqual(['definition', 'object_relationships']);
    expect(choose('definition')).toBe(
      'table: customer\nremote_relationships:\n- name: x\n  definition:\n    ▮\n',
    );
  });

  it('else the next item begins', () => {
    const below = '    definition: { to_source: {} }\n  ▮\n';
    expect(completeAt(table(below)).choose('name')).toBe(table(below).replace('▮', '- name: ▮'));
  });
});
