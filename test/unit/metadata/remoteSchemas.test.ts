import { describe, expect, it } from 'vitest';
import type { MetadataModel, Property } from '../../../server/src/metadata/relationship.ts';
import { covered, facts, readText, readTwins, told } from './support.ts';

/** What is read of a remote schema beside its relationships, and what is wrong with it as the server says it. */

const entry = (keys: string) => `- { name: people, ${keys} }`;
const defined = (keys: string) => entry(`definition: { ${keys} }`);
const customized = (keys: string) => defined(`url: u, customization: ${keys}`);
const permitted = (permissions: string) => entry(`definition: { url: u }, permissions: ${permissions}`);
const asRemoteSchemas = { role: 'remote-schemas' } as const;

const readAs = (text: string): MetadataModel =>
  text.includes('!include') || text.includes('*nowhere')
    ? readText(text, 'yaml', asRemoteSchemas).model
    : readTwins(text, asRemoteSchemas);

describe('what the server refuses in a remote schema', () => {
  const badKind = (key: string, shape: string, expected: string, encountered: string) =>
    `wrong-kind | ${shape} | ${key} | expected ${expected}, but encountered ${encountered}`;
  it.each<[string, string[]]>([
    ['7', [badKind('remote_schemas', 'remote_schemas', 'Array', 'Number')]],
    ['[7]', [badKind('-', 'remote_schemas item', 'Object', 'Number')]],
    [entry('definition: 7'), [badKind('definition', 'definition', 'Object', 'Number')]],
    [entry('definition: null'), [badKind('definition', 'definition', 'Object', 'Null')]],
    [defined('url: 7'), [badKind('url', 'definition', 'String', 'Number')]],
    [defined('url_from_env: 7'), [badKind('url_from_env', 'definition', 'String', 'Number')]],
    [defined('url: u, timeout_seconds: "1"'), [badKind('timeout_seconds', 'definition', 'Number', 'String')]],
    [
      defined('url: u, forward_client_headers: 1'),
      [badKind('forward_client_headers', 'definition', 'Bool', 'Number')],
    ],
    [defined('url: u, headers: {}'), [badKind('headers', 'headers', 'Array', 'Object')]],
    [defined('url: u, headers: [7]'), [badKind('-', 'headers item', 'Object', 'Number')]],
    [
      defined('url: u, headers: [{ value: v }]'),
      ['key-not-found | headers item | name | key "name" not found'],
    ],
    [
      defined('url: u, headers: [{ name: 7, value: v }]'),
      [badKind('name', 'headers item', 'String', 'Number')],
    ],
    [
      defined('url: u, headers: [{ name: n, value: 7 }]'),
      [badKind('value', 'headers item', 'String', 'Number')],
    ],
    [
      defined('url: u, headers: [{ name: n, value_from_env: 7 }]'),
      [badKind('value_from_env', 'headers item', 'String', 'Number')],
    ],
    [
      defined('url: u, headers: [{ name: n }]'),
      ['header-value | headers item | - | expecting value or value_from_env keys'],
    ],
    [defined('url: u, headers: [{ name: "", value: "" }]'), []],
    [customized('7'), [badKind('-', 'customization', 'Object', 'Number')]],
    [
      customized('{ root_fields_namespace: 7 }'),
      [badKind('root_fields_namespace', 'customization', 'String', 'Number')],
    ],
    [
      customized('{ root_fields_namespace: a-b }'),
      ['customization-name | customization | root_fields_namespace | a-b is not valid GraphQL name'],
    ],
    [customized('{ type_names: [] }'), [badKind('-', 'type_names', 'Object', 'Array')]],
    [
      customized('{ type_names: { suffix: a-b } }'),
      ['customization-name | type_names | suffix | a-b is not valid GraphQL name'],
    ],
    [customized('{ type_names: { prefix: [] } }'), [badKind('prefix', 'type_names', 'String', 'Array')]],
    [customized('{ type_names: { mapping: [] } }'), [badKind('-', 'mapping', 'Object', 'Array')]],
    [customized('{ type_names: { mapping: { A: 7 } } }'), [badKind('A', 'mapping', 'String', 'Number')]],
    [
      customized('{ type_names: { mapping: { a-b: A, B: c-d } } }'),
      [
        'customization-name | mapping | a-b | a-b is not valid GraphQL name',
        'customization-name | mapping | B | c-d is not valid GraphQL name',
      ],
    ],
    [customized('{ field_names: {} }'), [badKind('field_names', 'field_names', 'Array', 'Object')]],
    [customized('{ field_names: [7] }'), [badKind('-', 'field_names item', 'Object', 'Number')]],
    [
      customized('{ field_names: [{ prefix: a }] }'),
      ['key-not-found | field_names item | parent_type | key "parent_type" not found'],
    ],
    [
      customized('{ field_names: [{ parent_type: a-b }] }'),
      ['customization-name | field_names item | parent_type | a-b is not valid GraphQL name'],
    ],
    [permitted('{}'), [badKind('permissions', 'permissions', 'Array', 'Object')]],
    [permitted('[7]'), [badKind('-', 'permissions item', 'Object', 'Number')]],
    [
      permitted('[{ definition: { schema: s } }]'),
      ['key-not-found | permissions item | role | key "role" not found'],
    ],
    [
      permitted('[{ role: user }]'),
      ['key-not-found | permissions item | definition | key "definition" not found'],
    ],
    [permitted('[{ role: user, definition: s }]'), [badKind('-', 'definition', 'Object', 'String')]],
    [
      permitted('[{ role: user, definition: {} }]'),
      ['key-not-found | definition | schema | key "schema" not found'],
    ],
    [
      permitted('[{ role: user, definition: { schema: 7 } }]'),
      [badKind('schema', 'definition', 'String', 'Number')],
    ],
    [
      permitted('[{ role: user, comment: 7, definition: { schema: s } }]'),
      [badKind('comment', 'permissions item', 'String', 'Number')],
    ],
    [entry('definition: { url: u }, comment: 7'), [badKind('comment', 'remote schema', 'String', 'Number')]],
  ])('%s', (text, problems) => {
    expect(readAs(text).shapeProblems.map(told)).toEqual(problems);
  });

  it.each([
    '"!include all.yaml"',
    '["!include one.yaml"]',
    entry('definition: "!include d.yaml"'),
    entry('definition: *nowhere'),
    defined('url: u, "!include more.yaml": 1, url_from_env: U'),
    defined('"!include more.yaml": 1'),
    defined('timeout_seconds: "!include t.yaml", url: "!include u.yaml"'),
    defined('url: u, headers: "!include h.yaml"'),
    defined('url: u, headers: ["!include h.yaml"]'),
    defined('url: u, headers: [{ name: "!include n.yaml", value: v }]'),
    customized('"!include c.yaml"'),
    customized('{ type_names: "!include t.yaml", field_names: "!include f.yaml" }'),
    permitted('"!include p.yaml"'),
    permitted('["!include p.yaml"]'),
    permitted('[{ role: "!include r.yaml", definition: "!include d.yaml" }]'),
    permitted('[{ role: user, definition: { schema: "!include s.yaml" } }]'),
  ])('says nothing of %s', (text) => {
    expect(readAs(text).shapeProblems).toEqual([]);
  });
});

it.each([
  ['{ name: n, value: v, value_from_env: V }', 'value_from_env'],
  ['{ name: n }', '{ name: n }'],
])('the value of the header %s is wrong at %s', (header, place) => {
  const { model, tree } = readText(defined(`url: u, headers: [${header}]`), 'yaml', asRemoteSchemas);
  expect(model.shapeProblems.map(({ kind, node }) => [kind, covered(tree, node)])).toEqual([
    ['header-value', place],
  ]);
});

it.each([
  ['url: u, url_from_env: U', 'url_from_env'],
  ['timeout_seconds: 5', '{ timeout_seconds: 5 }'],
])('the URL of { %s } is wrong at %s', (keys, place) => {
  const { model, tree } = readText(defined(keys), 'yaml', asRemoteSchemas);
  expect(model.shapeProblems.map(({ kind, node }) => [kind, covered(tree, node)])).toEqual([
    ['remote-schema-url', place],
  ]);
});

it.each([
  ['{ url: a, url: b }', 'duplicate-key | definition | url | silent'],
  [
    '{ url: u, customization: { type_names: { mapping: { A: B, A: C } } } }',
    'duplicate-key | mapping | A | silent',
  ],
])('says in JSON what is written twice in %s', (definition, problem) => {
  const text = `[{ name: people, definition: ${definition} }]`.replaceAll(/\w+/g, '"$&"');
  expect(readText(text, 'json', asRemoteSchemas).model.shapeProblems.map(told)).toEqual([problem]);
});

it.each([
  ['url: u', undefined],
  ['url_from_env: U', undefined],
  ['url: u, url_from_env: null', undefined],
  ['url: u, url_from_env: U', 'two'],
  ['url: null', 'none'],
  ['timeout_seconds: 5', 'none'],
])('of the two keys of a URL in { %s } the problem is: %s', (keys, problem) => {
  expect(readTwins(defined(keys), asRemoteSchemas).remoteSchemas[0]?.urlProblem).toBe(problem);
});

describe('a customization', () => {
  const customization = (keys: string) => readAs(customized(keys)).remoteSchemas[0]?.customization;

  it('is what it renames', () => {
    const read = customization(
      '{ root_fields_namespace: ns, type_names: { prefix: P_, suffix: _S, mapping: { A: B } }, field_names: [{ parent_type: Query, prefix: p_, mapping: { a: b, __typename: c } }, { parent_type: A, suffix: _s }] }',
    );
    expect(facts(read)).toMatchObject({
      namespace: { value: 'ns' },
      typeNames: { prefix: 'P_', suffix: '_S', mapping: [['A', { value: 'B' }]] },
      fieldNames: [
        [
          'Query',
          {
            prefix: 'p_',
            suffix: '',
            mapping: [
              ['a', { value: 'b' }],
              ['__typename', { value: 'c' }],
            ],
          },
        ],
        ['A', { prefix: '', suffix: '_s', mapping: [] }],
      ],
      reservedNames: [{ value: '__typename' }],
      complete: true,
    });
  });

  it('of nothing renames nothing, and is known', () => {
    expect(facts(customization('{}'))).toMatchObject({
      namespace: undefined,
      typeNames: undefined,
      fieldNames: [],
      reservedNames: [],
      complete: true,
    });
  });

  it.each(['null', '7', '"!include c.yaml"'])('is none where it is %s', (written) => {
    expect(customization(written)).toBeUndefined();
  });

  it.each([
    '{ root_fields_namespace: null, type_names: null, field_names: null }',
    '{ type_names: { prefix: null, suffix: null, mapping: null } }',
    '{ field_names: [] }',
  ])('%s is known', (written) => {
    expect(customization(written)?.complete).toBe(true);
  });

  // What it makes of two names is said only where all of it can be read.
  it.each([
    '{ root_fields_namespace: "!include n.yaml" }',
    '{ root_fields_namespace: a-b }',
    '{ type_names: "!include t.yaml" }',
    '{ type_names: 7 }',
    '{ type_names: { prefix: "!include p.yaml" } }',
    '{ type_names: { suffix: 7 } }',
    '{ type_names: { mapping: "!include m.yaml" } }',
    '{ type_names: { mapping: { A: "!include a.yaml" } } }',
    '{ type_names: { mapping: { "!include a.yaml": A } } }',
    '{ field_names: "!include f.yaml" }',
    '{ field_names: ["!include f.yaml"] }',
    '{ field_names: [{ parent_type: "!include t.yaml" }] }',
    '{ field_names: [{ parent_type: 7 }] }',
    '{ field_names: [{ parent_type: A, mapping: "!include m.yaml" }] }',
  ])('%s is not', (written) => {
    expect(customization(written)).toMatchObject({ complete: false });
  });

  it.each([
    ['{ type_names: { mapping: { A: 7, B: "!include b.yaml", C: D } } }', [['C', 'D']]],
    ['{ type_names: { mapping: { "!include a.yaml": A, B: C } } }', [['B', 'C']]],
    ['{ type_names: { mapping: 7 } }', []],
  ])('%s has what can be read', (written, mapping) => {
    const read = customization(written)?.typeNames?.mapping ?? new Map();
    expect([...read].map(([old, { value }]) => [old, value])).toEqual(mapping);
  });

  it.each(['a-b', '7', '"!include n.yaml"'])('%s is no prefix', (written) => {
    expect(customization(`{ type_names: { prefix: ${written} } }`)?.typeNames?.prefix).toBe('');
  });

  it.each(['"!include t.yaml"', '7', 'null'])('renames no fields of a type that is %s', (type) => {
    expect(customization(`{ field_names: [{ parent_type: ${type}, prefix: a }] }`)?.fieldNames.size).toBe(0);
  });
});

describe('the permissions of a remote schema', () => {
  const textOf = (part: Property<string> | undefined) =>
    part?.state === 'present' ? part.value : part?.state;
  const read = (permissions: string) => readAs(permitted(permissions)).remoteSchemas[0];

  it.each<[string, [string | undefined, string | undefined][], boolean]>([
    ['null', [], true],
    ['[]', [], true],
    ['[{ role: user, definition: { schema: s } }]', [['user', 's']], true],
    ['[{ role: user, definition: { schema: "" } }]', [['user', '']], true],
    ['[{ role: user }]', [['user', 'missing']], true],
    ['[{ role: user, definition: {} }]', [['user', 'missing']], true],
    ['[{ role: user, definition: s }]', [['user', 'malformed']], true],
    ['[{ role: user, definition: { schema: 7 } }]', [['user', 'malformed']], true],
    ['[{ role: user, definition: "!include d.yaml" }]', [['user', 'unknown']], true],
    ['[{ role: user, definition: { schema: "!include s.yaml" } }]', [['user', 'unknown']], true],
    ['[{ definition: { schema: s } }, 7]', [['missing', 's']], true],
    // Which roles there are is not known where one of them is not.
    [
      '[{ role: "!include r.yaml" }, { role: user }]',
      [
        ['unknown', 'missing'],
        ['user', 'missing'],
      ],
      false,
    ],
    ['["!include p.yaml", { role: user }]', [['user', 'missing']], false],
    ['"!include p.yaml"', [], false],
    ['*nowhere', [], false],
    ['{ role: user }', [], false],
    ['7', [], false],
  ])('%s', (written, permissions, known) => {
    const remoteSchema = read(written);
    expect(remoteSchema?.permissions.map(({ role, schema }) => [textOf(role), textOf(schema)])).toEqual(
      permissions,
    );
    expect(remoteSchema?.permissionsKnown).toBe(known);
  });

  it('left out are none', () => {
    const [remoteSchema] = readTwins(defined('url: u'), asRemoteSchemas).remoteSchemas;
    expect(remoteSchema).toMatchObject({ permissions: [], permissionsKnown: true });
  });

  it('say where they are wrong, or what they lack', () => {
    const at = (part: Property<string> | undefined) =>
      part !== undefined && ('node' in part ? part.node.value : part.owner.kind);
    const schemas = read(
      '[{ role: a, definition: { schema: 7 } }, { role: b, definition: {} }, { role: c }, { role: d, definition: 8 }]',
    )?.permissions.map(({ schema }) => at(schema));
    expect(schemas).toEqual([7, 'object', 'object', 8]);
  });
});

it('types that are no objects are none', () => {
  const text = entry(
    'definition: { url: u }, remote_relationships: [7, { type_name: A }, "!include t.yaml"]',
  );
  const { remoteSchemas, shapeProblems } = readAs(text);
  expect(remoteSchemas[0]?.types.map(({ typeName }) => typeName.state)).toEqual(['present']);
  expect(shapeProblems.map(told)).toEqual([
    'wrong-kind | remote_relationships item | - | expected Object, but encountered Number',
  ]);
});

it.each([
  ['{ type: A, relationships: [] }', ['type-for-type-name']],
  ['{ type_name: A, type: B, relationships: [] }', ['unknown-key']],
  ['{ relationships: [] }', ['key-not-found']],
  ['{ type_name: 7, relationships: [] }', ['wrong-kind']],
])('the name of the type in %s', (type, kinds) => {
  const text = entry(`definition: { url: u }, remote_relationships: [${type}]`);
  expect(readTwins(text, asRemoteSchemas).shapeProblems.map(({ kind }) => kind)).toEqual(kinds);
});
