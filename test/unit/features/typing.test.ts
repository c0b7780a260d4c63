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

describe('a value that holds a placeholder', () => {
  it.each([
    `"▮\${REMOTE}"`,
    `"$▮{REMOTE}"`,
    `"\${REM▮OTE}"`,
    '"{▮{REMOTE}}"',
    '"{{REMOTE}}▮"',
    `"▮a_\${REMOTE}_b"`,
  ])('is replaced as a whole: %s', (value) => {
    const text = table(
      `    definition:\n      to_remote_schema: { remote_schema: ${value}, lhs_fields: [id] }`,
    );
    const whole = text.replace(value, '"people"▮');
    expect(completeAt(text, 'yaml', surroundings, {}).choose('people')).toBe(whole);
    const inRequest = (written: string) =>
      `{"type": "pg_create_remote_relationship", "args": {"definition": {"to_remote_schema": {"remote_schema": ${written}, "lhs_fields": []}}}}`;
    expect(completeAt(inRequest(value), 'json', request, {}).choose('people')).toBe(inRequest('"people"▮'));
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

describe('the name of a relationship', () => {
  const named = (name: string, below: string) => `table: { schema: public, name: customer }
remote_relationships:
  - name: ${name}
    definition:
${below}`;
  const toPerson = `      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field: { person: { arguments: { id: $person_id }, field: { friends: { arguments: {} } } } }
`;
  const toTicket = '      to_source: { source: helpdesk, table: ticket }\n';

  it.each<[string, string, string[]]>([
    ['a remote field and its remote schema', toPerson, ['friends', 'person', 'people']],
    ['a table and its source', toTicket, ['ticket', 'helpdesk']],
    ['what there is to lead to', '', ['people', 'forum', 'dark']],
  ])('is offered to those who ask, after %s', (_, below, names) => {
    expect(offered(named('▮', below))).toEqual(names);
  });

  it('is unlike all that its table has', () => {
    const other = "  - name: ticket\n    definition: {}\n  - name: 'email'\n    definition: {}\n";
    expect(offered(named('▮', toTicket) + other)).toEqual(['ticket_2', 'helpdesk']);
    const email = '      to_source: { source: helpdesk, table: email }\n';
    expect(offered(named('▮', email) + other)).toEqual(['email_2', 'helpdesk']);
    expect(offered(named('▮', '      to_source: { source: helpdesk, table: odd-name }\n'))[0]).toBe(
      'odd_name',
    );
  });

  it('opens no list by itself', () => {
    expect(offered(named('▮', toPerson), ' ')).toEqual([]);
    expect(offered(named('"▮"', toPerson), '"')).toEqual([]);
    expect(offered(named('per▮', toPerson))).toEqual([]);
  });

  it('is not asked for when a skeleton with it was chosen', () => {
    const command = (text: string, label: string) =>
      completeAt(text, 'yaml', surroundings, { asksAgain: true }).items.find((item) => item.label === label)
        ?.command;
    const item = 'table: customer\nremote_relationships:\n  - ▮\n';
    expect(command(item, 'name')).toBeUndefined();
    expect(command(item, 'definition')?.command).toBe('editor.action.triggerSuggest');
  });
});

describe('an editor that offers words of open files where it is offered nothing', () => {
  const silence = (text: string) =>
    completeAt(text, 'yaml', surroundings, { offersWords: true }).items.map(
      ({ label, filterText, textEdit }) => ({
        label,
        fitsNothing: filterText === '\0',
        newText: textEdit?.newText,
      }),
    );

  it.each([
    ['a name', 'pro', 'table: customer\nremote_relationships:\n  - name: pro▮\n'],
    ['a value that is typed to its end', 'people', definition('').replace('people', 'people▮')],
    ['what nothing is known of', 'it', `${definition('').replace('people', 'dark').trimEnd()} { it▮ }`],
  ])('is kept from it: %s', (_, word, text) => {
    expect(silence(text)).toEqual([{ label: word, fitsNothing: true, newText: word }]);
  });

  it('is told nothing where nothing is typed, as everything would fit', () => {
    expect(silence(table('    definition: { to_source: { field_mapping: { x: ▮ } } }'))).toEqual([]);
  });
});

describe('what is chosen in JSON is written as the file is', () => {
  const inFile = (args: string) => `{
    "type": "pg_create_remote_relationship",
    "args": {
        "table": "customer",
        "name": "x",
        ${args}
    }
}`;
  const choose = (text: string, label: string, language: SyntaxLanguage = 'json') =>
    completeAt(text, language, request).choose(label);

  it.each<[string, string]>([
    ['behind its key', '"definition": ▮'],
    ['between brackets', '"definition": {▮}'],
    ['in quotes between brackets', '"definition": {"▮"}'],
  ])('in lines: %s', (_, before) => {
    expect(choose(inFile(before), 'to_source')).toBe(
      inFile(`"definition": {
            "to_source": {
                "relationship_type": "▮object",
                "source": "",
                "table": "",
                "field_mapping": {
                    
                }
            }
        }`),
    );
  });

  it('in a line where the brackets are in one', () => {
    expect(choose(inFile('"definition": { "to_remote_schema": {▮} }'), 'lhs_fields')).toBe(
      inFile('"definition": { "to_remote_schema": {"lhs_fields": [▮]} }'),
    );
  });

  it('lists as other lists are', () => {
    const lists = (items: string, chosen: string) =>
      inFile(`"other": ${items},
        "definition": {
            "to_remote_schema": {
                ${chosen}
            }
        }`);
    for (const [items, written] of [
      ['["a"]', '[▮]'],
      ['[\n            "a"\n        ]', '[\n                    ▮\n                ]'],
    ] as const) {
      expect(choose(lists(items, '"▮"'), 'lhs_fields')).toBe(lists(items, `"lhs_fields": ${written}`));
    }
  });

  it('a file that is begun, also below a request', () => {
    expect(choose('{▮}', 'type')).toBe('{\n  "type": "▮"\n}');
    const http = 'POST http://localhost:8080/v1/metadata\n\n';
    expect(choose(`${http}{▮}`, 'type', 'http')).toBe(`${http}{\n  "type": "▮"\n}`);
    expect(choose(`${http}{\n    ▮`, 'args', 'http')).toBe(`${http}{\n    "args": {\n        ▮\n    }\n}`);
  });

  it('and VS Code goes on from place to place, though values are chosen with their quotes', () => {
    const [item] = completeAt(inFile('"definition": {\n            ▮\n        }'), 'json', request, {
      asksAgain: true,
    }).items.filter(({ label }) => label === 'to_source');
    const text = item?.textEdit?.newText ?? '';
    expect(text).toMatch(/^\$\{1:"to_source": \{\n/);
    expect(text).toMatch(/"relationship_type": "\$\{2\|object,array\|\}"/);
    expect(text).toMatch(/"source": "\$3"/);
    expect(text).toMatch(/\$5\n *\\\}\n *\\\}\}$/);
    expect(item?.command).toEqual({
      title: 'Suggest',
      command: 'runCommands',
      arguments: [
        {
          commands: [
            'jumpToNextSnippetPlaceholder',
            { command: 'editor.action.triggerSuggest', args: { auto: true } },
          ],
        },
      ],
    });
  });
});
