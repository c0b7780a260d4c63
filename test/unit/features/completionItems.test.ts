import { describe, expect, it } from 'vitest';
import { CompletionItemTag, InsertTextFormat, InsertTextMode } from 'vscode-languageserver-types';
import { completeAt, request, surroundings } from './support.ts';

const path = (field: string) => `table: customer
remote_relationships:
  - name: it
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field:
          ${field}
`;

function itemOf(marked: string, label: string, where = surroundings) {
  const item = completeAt(marked, marked.startsWith('{') ? 'json' : 'yaml', where).items.find(
    (one) => one.label === label,
  );
  if (item === undefined) throw new Error(`${label} is not offered`);
  return item;
}

describe('a completion item', () => {
  it('tells the signature, description and deprecation of a remote field', () => {
    expect(itemOf(path('▮'), 'person')).toMatchObject({
      detail: 'person(id: ID!): Person',
      documentation: { kind: 'markdown', value: 'One person by identifier.' },
    });
    expect(itemOf(path('▮'), 'person').tags).toBeUndefined();
    expect(itemOf(path('▮'), 'old')).toMatchObject({
      tags: [CompletionItemTag.Deprecated],
      documentation: { value: '**Deprecated:** Use person.' },
    });
  });

  it('tells the type of an argument and whether it is required', () => {
    const text = path('people:\n            arguments:\n              ▮');
    expect(itemOf(text, 'where').detail).toBe('PersonFilter! (required)');
    expect(itemOf(text, 'limit').detail).toBe('Int = 20');
  });

  it('tells the type and nullability of a column, and when it is not listed yet', () => {
    const text = path('person:\n            arguments:\n              id: ▮');
    expect(itemOf(text, '$person_id').detail).toBe('uuid, nullable');
    expect(itemOf(text, '$email').detail).toBe('text, not null, adds it to the join fields');
    expect(itemOf(text, '$full_name').detail).toContain('(computed)');
  });

  it('puts booleans between what suits a Boolean and what does not', () => {
    const text = path('personByEmail:\n            arguments:\n              active: ▮');
    const { labels } = completeAt(text);
    expect(labels.slice(0, 3)).toEqual(['$active', 'true', 'false']);
  });

  it.each([
    ['customer', '$customer'],
    ['customerId', '$customer_id'],
    ['customer_id', '$customerId'],
    ['customer', '$customer_id'],
  ])('proposes for the argument %s first %s', (argument, first) => {
    const where = {
      ...surroundings,
      sources: {
        default: {
          tables: [
            {
              table: { schema: 'public', name: 'customer' },
              columns: { id: 'integer!', other: 'integer!', [first.slice(1)]: 'integer!' },
            },
          ],
        },
      },
      remoteSchemas: { people: `type Query { wallet(${argument}: Int!): Int }` },
    };
    const text = path(`wallet:\n            arguments:\n              ${argument}: ▮`);
    expect(completeAt(text, 'yaml', where).labels[0]).toBe(first);
  });

  it.each([
    ['name: cus▮', ['customer']],
    ['name: custome▮', ['customer']],
    ['name: inv▮', ['customer']],
    ['schema: sa▮', ['public', 'sales']],
  ])('tracks a table that no other entry tracks: %s', (typed, labels) => {
    const where = {
      ...surroundings,
      files: {
        'other.yaml':
          '- name: default\n  kind: postgres\n  configuration: {}\n  tables: [{table: {schema: public, name: order}, is_enum: false}]\n',
      },
    };
    const other = typed.startsWith('name') ? 'schema: public' : 'name: x';
    const text = `table:\n  ${other}\n  ${typed}\nis_enum: false\n`;
    expect(completeAt(text, 'yaml', where).labels.toSorted()).toEqual(labels);
  });

  it('has no label twice, also where a table is called like a key', () => {
    const where = {
      ...surroundings,
      sources: { default: { tables: [{ table: 'name' }, { table: 'schema' }, { table: 'customer' }] } },
    };
    const text =
      'table: {schema: public, name: customer}\nremote_relationships:\n  - name: x\n    definition:\n      to_source:\n        source: default\n        table: {▮}\n';
    expect(completeAt(text, 'yaml', where).labels).toEqual(['name', 'schema', 'customer']);
  });

  it('is compared with what is typed, quotes and all', () => {
    expect(itemOf(path('"per▮"'), 'person').filterText).toBe('"person"');
    expect(itemOf(path('per▮'), 'person').filterText).toBe('person');
    const value = (typed: string) => path(`person:\n            arguments:\n              id: ${typed}▮`);
    expect(itemOf(value('$per'), '$person_id').filterText).toBe('$person_id');
    expect(itemOf(value('per'), '$person_id').filterText).toBe('person_id');
    expect(itemOf('{"type": "pg_▮"}', 'pg_create_remote_relationship', request).filterText).toBe(
      '"pg_create_remote_relationship"',
    );
  });

  it('is a snippet only where one goes on inside it, and is then inserted as it is', () => {
    expect(itemOf(path('▮'), 'person')).toMatchObject({
      insertTextFormat: InsertTextFormat.Snippet,
      insertTextMode: InsertTextMode.asIs,
    });
    const variable = itemOf(path('person:\n            arguments:\n              id: ▮'), '$person_id');
    expect(variable.insertTextFormat).toBe(InsertTextFormat.PlainText);
    expect(variable.textEdit?.newText).toBe('$person_id');
  });

  it.each([
    [
      'the first of a block',
      '  - name: it\n    definition:\n      ▮\n',
      'to_remote_schema',
      '  - name: it\n    definition:\n      to_remote_schema:▮\n',
    ],
    [
      'all of what stands in braces',
      '  - {name: it, definition: {▮}}\n',
      'to_remote_schema',
      '  - {name: it, definition: {to_remote_schema: { remote_schema: , lhs_fields: [], remote_field: {} }▮}}\n',
    ],
  ])('is one line, %s, where nobody knows what becomes of more', (_, before, label, after) => {
    const start = 'table: customer\nremote_relationships:\n';
    const completed = completeAt(start + before, 'yaml', surroundings, {
      snippets: false,
      indents: undefined,
    });
    expect(completed.choose(label)).toBe(start + after);
  });

  it('that begins on the next line is not offered there', () => {
    const text = 'table: customer\nremote_relationships:\n  - name: it\n    definition: ▮\n';
    expect(completeAt(text).labels).toContain('to_source');
    expect(completeAt(text, 'yaml', surroundings, { snippets: false, indents: undefined }).labels).toEqual(
      [],
    );
  });

  it('asks again only where the client knows the command', () => {
    const command = (asksAgain: boolean) =>
      completeAt(path('▮'), 'yaml', surroundings, { asksAgain }).items.find(({ label }) => label === 'person')
        ?.command;
    expect(command(true)?.command).toBe('editor.action.triggerSuggest');
    expect(command(false)).toBeUndefined();
  });

  it('is offered in an empty file by what its place says', () => {
    expect(completeAt('▮').labels[0]).toBe('table');
    const reading = { role: 'table', source: 'default' } as const;
    expect(completeAt('▮', 'yaml', surroundings, { reading }).labels[0]).toBe('table');
    expect(completeAt('tab▮', 'yaml', surroundings, { reading }).choose('table')).toBe('table: ▮');
  });
});

describe('a name is quoted where a reader of YAML would take it for something else', () => {
  const tableAt = (before: string) =>
    `table: customer\nremote_relationships:\n  - name: it\n    definition:\n      to_source:\n        source: odd\n        table: ${before}\n`;

  it.each([
    ['2024_sales', '2024_sales'],
    ['1_000', '"1_000"'],
    ['0x1F', '"0x1F"'],
    ['no', '"no"'],
    ['2001-12-14', '"2001-12-14"'],
    ['a, b', "'a, b'"],
    ["it's: so", "'it''s: so'"],
  ])('%s', (name, written) => {
    const where = {
      ...surroundings,
      sources: { ...surroundings.sources, odd: { tables: [{ table: { schema: 'public', name } }] } },
    };
    const choose = (before: string) => completeAt(tableAt(before), 'yaml', where).choose(name);
    expect(choose('{schema: public, name: ▮}')).toBe(tableAt(`{schema: public, name: ${written}▮}`));
    expect(choose('\n          schema: public\n          name: ▮')).toBe(
      tableAt(`\n          schema: public\n          name: ${written}▮`),
    );
    expect(choose('{schema: public, name: "▮"}')).toBe(
      tableAt(`{schema: public, name: ${JSON.stringify(name)}▮}`),
    );
  });
});
