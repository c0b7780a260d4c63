import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { Fix } from '../../../server/src/rules/rule.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { applyFix, findingsIn, type Surroundings, type TableFixture } from '../support/checkText.ts';
import { surroundings, toRemoteSchema, toSource } from './joinFixtures.ts';

/** Fixes where text is easily broken: at the end of a file, on aliases and anchors, of names that have to be quoted. */

const located: Surroundings = { ...surroundings, location: { source: 'default' } };

/** The fixes of the first finding of a rule. */
function fixesOf(
  text: string,
  code: string,
  around = located,
  language: SyntaxLanguage = 'yaml',
): readonly Fix[] {
  const finding = findingsIn(text, around, language).find((each) => each.code === code);
  if (finding === undefined) throw new Error(`no ${code}`);
  return finding.fixes;
}

/** The text after the preferred fix, which can be read; `undefined` when there is none. */
function fixed(
  text: string,
  code: string,
  around = located,
  language: SyntaxLanguage = 'yaml',
): string | undefined {
  const fix = fixesOf(text, code, around, language).find(({ preferred }) => preferred);
  if (fix === undefined) return undefined;
  const after = applyFix(text, fix);
  expect(parse(after, language).problems, after).toEqual([]);
  return after;
}

/** The first definition of a table, to a reader that knows nothing of Hasura. */
function definitionIn(text: string | undefined): Record<string, Record<string, unknown>> {
  return parseYaml(text ?? '').remote_relationships[0].definition;
}

/** The last line without its line break. */
const unended = (text: string) => text.trimEnd();

const oddNames = [
  'order line',
  'yes',
  '2nd',
  '123456',
  "it's",
  'a "b"',
  'a: bc',
  'a #bc',
  'ab, c',
  '[abc]',
  'back\\slash',
  'größe',
  '- abc',
  '@abc',
  'null',
];

describe('names that have to be quoted', () => {
  const quotings: Readonly<Record<string, (text: string) => string>> = {
    'in single quotes': (text) => `'${text.replaceAll("'", "''")}'`,
    'in double quotes': (text) => JSON.stringify(text),
  };
  const helpdesk = (...tables: TableFixture[]): Surroundings => ({
    ...located,
    sources: { ...surroundings.sources, helpdesk: { tables } },
  });
  const rows = oddNames.flatMap((name) => Object.keys(quotings).map((how) => [name, how] as const));

  it.each(rows)('a table %j, %s', (name, how) => {
    const around = helpdesk({ table: name, columns: { id: 'uuid!' } });
    const written = quotings[how]?.(`${name}q`) ?? '';
    const target = (text: string) =>
      definitionIn(fixed(text, 'unknown-table', around))['to_source']?.['table'];
    expect(target(toSource('{ id: id }', { target: written }))).toBe(name);
    expect(target(toSource('{ id: id }', { target: `{ name: ${written} }` }))).toEqual({ name });
  });

  it.each(oddNames)('a table %j, in another schema', (name) => {
    const around = helpdesk({ table: { schema: name, name: 'ticket' }, columns: { id: 'uuid!' } });
    const target = (written: string) =>
      definitionIn(fixed(toSource('{ id: id }', { target: written }), 'unknown-table', around))[
        'to_source'
      ]?.['table'];
    expect(target('ticket')).toEqual({ schema: name, name: 'ticket' });
    expect(target('{ name: ticket }')).toEqual({ schema: name, name: 'ticket' });
    expect(target('{ schema: other, name: ticket }')).toEqual({ schema: name, name: 'ticket' });
    const json = JSON.stringify(parseYaml(toSource('{ id: id }', { target: 'ticket' })));
    expect(definitionIn(fixed(json, 'unknown-table', around, 'json'))['to_source']?.['table']).toEqual({
      schema: name,
      name: 'ticket',
    });
  });

  it.each(rows)('a column %j, %s', (name, how) => {
    const around = helpdesk({ table: 'ticket', columns: { [name]: 'uuid!' } });
    const text = toSource(`{ id: ${quotings[how]?.(`${name}q`)} }`);
    expect(
      definitionIn(fixed(text, 'unknown-target-column', around))['to_source']?.['field_mapping'],
    ).toEqual({
      id: name,
    });
  });

  it.each(rows)('a column %j as a join field, %s', (name, how) => {
    const around: Surroundings = {
      ...located,
      sources: {
        ...surroundings.sources,
        default: { tables: [{ table: 'customer', columns: { [name]: 'uuid!' } }] },
      },
    };
    const written = quotings[how]?.(`${name}q`) ?? '';
    const listed = fixed(
      toRemoteSchema(`[${written}]`, 'hello: { arguments: {} }'),
      'unknown-lhs-field',
      around,
    );
    expect(definitionIn(listed)['to_remote_schema']?.['lhs_fields']).toEqual([name]);
    const mapped = fixed(toSource(`{ ${written}: customer_id }`), 'unknown-lhs-field', around);
    expect(definitionIn(mapped)['to_source']?.['field_mapping']).toEqual({ [name]: 'customer_id' });
  });

  it.each([
    ['yess', 'yes'],
    ['nulll', 'null'],
    ['1234567', '123456'],
    ['ordre line', 'order line'],
    ['abcc', 'ab, c'],
    ['tru', 'true'],
  ])('%s without quotes gets some where it becomes %s', (written, name) => {
    const around = helpdesk({ table: 'ticket', columns: { [name]: 'uuid!' } });
    for (const value of [written === '1234567' ? `'${written}'` : written]) {
      const block = fixed(toSource(`\n          id: ${value}`), 'unknown-target-column', around);
      const flow = fixed(toSource(`{ id: ${value} }`), 'unknown-target-column', around);
      for (const text of [block, flow]) {
        expect(definitionIn(text)['to_source']?.['field_mapping']).toEqual({ id: name });
      }
    }
  });

  it('a name that needs no quotes gets none', () => {
    expect(fixed(toSource('{ id: customr_id }'), 'unknown-target-column')).toContain('{ id: customer_id }');
    expect(fixed(toSource('{ emial: note }'), 'unknown-lhs-field')).toContain('{ email: note }');
  });

  it('no variable is offered whose name can’t be one', () => {
    const text = toRemoteSchema('[odd-name]', 'nameOf: { arguments: { id: $oddname } }');
    const titles = fixesOf(text, 'unlisted-variable').map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Change'))).toEqual([]);
  });
});

describe('a table name', () => {
  const target = (written: string) => toSource('{ id: id }', { target: written });
  const change = (written: string) => {
    const text = fixed(target(written), 'unknown-table');
    return text && /table: (.*)\n {8}field_mapping/.exec(text)?.[1];
  };
  it.each<[string, string, string | undefined]>([
    ['a string', 'tickt', 'ticket'],
    ['an object', '{ name: tickt }', '{ name: ticket }'],
    ['with its schema', '{ schema: public, name: tickt }', '{ schema: public, name: ticket }'],
    ['of another schema', '{ schema: archiv, name: ticket_old }', '{ schema: archive, name: ticket_old }'],
    ['whose schema is left out', 'ticket_old', '{schema: archive, name: ticket_old}'],
    [
      'whose schema is left out, in an object',
      '{ name: ticket_old }',
      '{ schema: archive, name: ticket_old }',
    ],
    [
      'whose schema is the default one',
      '{ schema: archive, name: ticket_statuss }',
      '{ schema: public, name: ticket_status }',
    ],
    ['both wrong', '{ schema: archiv, name: ticket_ol }', '{ schema: archive, name: ticket_old }'],
    ['with an anchor', '&t tickt', '&t ticket'],
  ])('%s', (_, written, expected) => expect(change(written)).toBe(expected));

  it('at the end of a file without a line break', () => {
    const text = `table: customer\nremote_relationships:\n  - name: t\n    definition:\n      to_source:\n        field_mapping: { id: id }\n        relationship_type: array\n        source: helpdesk\n        table: tickt`;
    expect(fixed(text, 'unknown-table')).toBe(`${text.slice(0, -5)}ticket`);
    expect(
      fixed(
        text.replace('table: tickt', 'table:\n          schema: public\n          name: tickt'),
        'unknown-table',
      ),
    ).toMatch(/name: ticket$/);
  });

  it.each([
    ['that is an alias', 'source: &s helpdesk\n        table: *t', '&t tickt'],
    ['in a block, whose schema would have to be added', '\n          name: ticket_old', undefined],
  ])('%s stays', (_, written, anchor) => {
    const text = anchor === undefined ? target(written) : `x: ${anchor}\n${target('*t')}`;
    expect(fixesOf(text, 'unknown-table')).toEqual([]);
  });

  it('whose parts are aliases stays', () => {
    const text = `x: { a: &n tickt }\n${target('{ name: *n }')}`;
    expect(fixesOf(text, 'unknown-table')).toEqual([]);
  });
});

describe('a literal', () => {
  const sdl = 'type Query { f(i: Int, f: Float, b: Boolean, s: String, id: ID, is: [Int]): Int }';
  const around: Surroundings = { ...located, remoteSchemas: { people: sdl } };
  const field = (argument: string, value: string) =>
    toRemoteSchema('[]', `f: { arguments: { ${argument}: ${value} } }`);
  const change = (argument: string, value: string) => {
    const [fix] = fixesOf(field(argument, value), 'literal-type', around);
    if (fix === undefined) return undefined;
    return /arguments: \{ \w+: (.*) \} \}\n$/.exec(applyFix(field(argument, value), fix))?.[1];
  };
  it.each<[string, string, string | undefined]>([
    ['i', '"10"', '10'],
    ['i', "'0'", '0'],
    ['i', '"-7"', '-7'],
    ['i', '"007"', undefined],
    ['i', '"00"', undefined],
    ['i', '"1.5"', undefined],
    ['i', '"1 "', undefined],
    ['i', '"x1"', undefined],
    ['i', '"+1"', undefined],
    ['i', '"1e3"', undefined],
    ['i', '1.5', undefined],
    ['i', 'true', undefined],
    ['f', '"1.5"', '1.5'],
    ['f', '"-0.25"', '-0.25'],
    ['f', '"10.75"', '10.75'],
    ['f', '"1.0"', undefined],
    ['f', '"1"', undefined],
    ['f', '"01.5"', undefined],
    ['f', '".5"', undefined],
    ['f', '"1.50"', undefined],
    ['b', '"true"', 'true'],
    ['b', "'false'", 'false'],
    ['b', '"yes"', undefined],
    ['b', '"True"', undefined],
    ['b', '"truely"', undefined],
    ['b', 'ture', 'true'],
    ['b', 'maybe', undefined],
    ['i', 'ture', undefined],
    ['b', '1', undefined],
    ['s', '1', '"1"'],
    ['s', '-1.50', '"-1.50"'],
    ['s', 'true', '"true"'],
    ['id', 'false', '"false"'],
    ['id', '1.5', '"1.5"'],
  ])('for %s: %s', (argument, value, expected) => expect(change(argument, value)).toBe(expected));

  it('at the end of a file without a line break', () => {
    const text = `table: customer\nremote_relationships:\n  - name: p\n    definition:\n      to_remote_schema:\n        remote_schema: people\n        lhs_fields: []\n        remote_field:\n          f:\n            arguments:\n              i: '10'`;
    expect(fixed(text, 'literal-type', around)).toBe(text.replace("'10'", '10'));
    expect(fixed(text.replace("i: '10'", 's: 10'), 'literal-type', around)).toMatch(/s: "10"$/);
  });

  it('that is an alias, or a block of lines, stays', () => {
    expect(fixesOf(`x: &v "10"\n${field('i', '*v')}`, 'literal-type', around)).toEqual([]);
    const lines = toRemoteSchema('[]', 'f:\n  arguments:\n    i: |-\n      10');
    expect(fixesOf(lines, 'literal-type', around)).toEqual([]);
  });

  it('with an anchor keeps it', () => expect(change('i', '&v "10"')).toBe('&v 10'));

  it('that names a join field becomes one, in its quotes', () => {
    const text = (value: string) => toRemoteSchema('[id]', `f: { arguments: { i: ${value} } }`);
    expect(fixed(text('id'), 'literal-type', around)).toBe(text('$id'));
    expect(fixed(text("'id'"), 'literal-type', around)).toBe(text("'$id'"));
    expect(fixed(text('"email"'), 'literal-type', around)).toBe(text('"$email"'));
    expect(fixesOf(text('nothing'), 'literal-type', around)).toEqual([]);
  });
});

describe('relationship_type', () => {
  const text = (type: string) =>
    toSource('{ id: customer_id }').replace('relationship_type: array', `relationship_type: ${type}`);
  const titles = (type: string) =>
    fixesOf(text(type), 'relationship-type').map(({ title, preferred }) => [title, preferred]);
  const array = [
    ['Change to "object"', false],
    ['Change to "array"', true],
  ];
  const object = [
    ['Change to "object"', true],
    ['Change to "array"', false],
  ];
  const neither = [
    ['Change to "object"', false],
    ['Change to "array"', false],
  ];
  it.each<[string, unknown[]]>([
    ['many', array],
    ['List', array],
    ['multiple', array],
    ['arr', array],
    ['aray', array],
    ['one', object],
    ['SINGLE', object],
    ['obj', object],
    ['objekt', object],
    ['"one to many"', object],
    ['too many', neither],
    ['x', neither],
    ['""', []],
    ['7', []],
    ['true', []],
    ['[array]', []],
  ])('%s', (type, expected) => expect(titles(type)).toEqual(expected));

  it.each([
    ['many', 'array'],
    ["'many'", "'array'"],
    ['"many"', '"array"'],
    ['&t many', '&t array'],
    ['>-\n          many', 'array'],
    ['|\n          many\n', 'array\n'],
  ])('keeps what stands around: %j', (type, expected) => {
    expect(fixed(text(type), 'relationship-type')).toBe(text(expected));
  });

  it('is not changed where it is an alias', () => {
    expect(fixesOf(`x: &t many\n${text('*t')}`, 'relationship-type')).toEqual([]);
  });

  it('at the end of a file without a line break', () => {
    const cut = `table: customer\nremote_relationships:\n  - name: t\n    definition:\n      to_source:\n        source: helpdesk\n        table: ticket\n        field_mapping: { id: customer_id }\n        relationship_type: many`;
    expect(fixed(cut, 'relationship-type')).toBe(cut.replace('many', 'array'));
  });
});

describe('one name where a list belongs', () => {
  const text = (written: string) => toRemoteSchema(written, 'hello: { arguments: {} }');
  const change = (written: string) => {
    const after = fixed(text(written), 'wrong-kind');
    return after && /lhs_fields: (.*)\n/.exec(after)?.[1];
  };
  it.each<[string, string | undefined]>([
    ['id', '[id]'],
    ['"id"', '["id"]'],
    ["'id'", "['id']"],
    ['$id', undefined],
    ['id, name', undefined],
    ['id name', undefined],
    ['{ id: 1 }', undefined],
    ['7', undefined],
    ['true', undefined],
  ])('%s', (written, expected) => expect(change(written)).toBe(expected));

  it('is not changed where it is an alias', () => {
    expect(fixesOf(`x: &f id\n${text('*f')}`, 'wrong-kind')).toEqual([]);
  });

  it('at the end of a file without a line break', () => {
    const cut = `table: customer\nremote_relationships:\n  - name: t\n    definition:\n      to_remote_schema:\n        remote_schema: people\n        remote_field: { hello: { arguments: {} } }\n        lhs_fields: id`;
    expect(fixed(cut, 'wrong-kind')).toBe(cut.replace(/id$/, '[id]'));
  });

  it('is not done where something else belongs', () => {
    expect(fixesOf(toSource('id'), 'wrong-kind')).toEqual([]);
    expect(fixesOf(text('[7]'), 'wrong-kind')).toEqual([]);
  });
});

describe('a definition spread out', () => {
  const item = (keys: string) => `table: customer\nremote_relationships:\n  - name: p\n${keys}`;
  it('at the end of a file without a line break', () => {
    const text = item(
      '    remote_schema: people\n    hasura_fields: []\n    remote_field:\n      hello:\n        arguments: {}',
    );
    expect(fixed(text, 'flat-definition')).toBe(
      item(
        '    definition:\n      remote_schema: people\n      hasura_fields: []\n      remote_field:\n        hello:\n          arguments: {}',
      ),
    );
  });

  it.each([
    [
      'an alias among its keys',
      `x: &f []\n${item('    remote_schema: people\n    hasura_fields: *f\n    remote_field: {}\n')}`,
    ],
    [
      'keys that are merged',
      `x: &m { hasura_fields: [] }\n${item('    <<: *m\n    remote_schema: people\n    remote_field: {}\n')}`,
    ],
    [
      'legacy keys of a request for a remote schema',
      'type: create_remote_schema_remote_relationship\nargs:\n  remote_schema: people\n  type_name: T\n  name: n\n  hasura_fields: []\n  remote_field: {}\n',
    ],
    [
      'legacy keys beside unified ones in a request',
      'type: create_remote_schema_remote_relationship\nargs:\n  remote_schema: people\n  type_name: T\n  name: n\n  to_source: {}\n  hasura_fields: []\n',
    ],
  ])('is not moved with %s', (_, text) => {
    expect(fixesOf(text, 'flat-definition', {})).toEqual([]);
  });

  it.each(['to_source', 'to_remote_schema'])('is moved in a request: %s', (key) => {
    const args = (body: string) =>
      `type: pg_create_remote_relationship\nargs:\n  table: t\n  name: n\n${body}`;
    expect(fixed(args(`  ${key}: {}`), 'flat-definition', {})).toBe(args(`  definition:\n    ${key}: {}`));
  });

  it.each(['remote_schema', 'hasura_fields', 'lhs_fields', 'remote_field', 'to_source', 'to_remote_schema'])(
    'in metadata %s goes below it',
    (key) => {
      const others = key === 'hasura_fields' ? 'remote_field: {}' : 'hasura_fields: []';
      const after = fixed(item(`    ${key}: {}\n    ${others}\n`), 'flat-definition');
      expect(Object.keys(definitionIn(after))).toEqual([key, others.split(':')[0]]);
    },
  );

  it('keeps other keys where they are', () => {
    const text = item('    comment: why\n    to_source: {}\n');
    expect(fixed(text, 'flat-definition')).toBe(
      item('    comment: why\n    definition:\n      to_source: {}\n'),
    );
  });
});

describe('lists of objects', () => {
  const matrix = (value: string) => toRemoteSchema('[id]', `peopleIn: { arguments: { filters: ${value} } }`);
  it('an object at the end of a file without a line break', () => {
    const cut = `${unended(toRemoteSchema('[]', 'peopleIn:\n  arguments:\n    filters:\n      name: x\n      id: { _eq: "1" }'))}`;
    expect(definitionIn(fixed(cut, 'object-for-list'))['to_remote_schema']?.['remote_field']).toEqual({
      peopleIn: { arguments: { filters: [{ name: 'x', id: { _eq: '1' } }] } },
    });
  });

  it('an object that is an alias', () => {
    const text = `x: &f { name: a }\n${matrix('*f')}`;
    expect(fixed(text, 'object-for-list')).toBe(text.replace('filters: *f', 'filters: [*f]'));
  });
});
