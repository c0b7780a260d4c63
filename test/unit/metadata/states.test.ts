import { describe, expect, it } from 'vitest';
import type { Definition, MetadataModel } from '../../../server/src/metadata/relationship.ts';
import { facts, onlyRelationship, readText, readTwins, told } from './support.ts';

/** What each part is: there, missing, not to be known (an include, an alias that leads nowhere), or of a wrong kind. */

type State = 'present' | 'missing' | 'unknown' | 'malformed';
type Stated = { readonly state: State };

const item = (definition: string, name = 'name: r, ') =>
  readText(`table: t\nremote_relationships:\n  - { ${name}definition: ${definition} }\n`).model;
const definitionOf = (model: MetadataModel): Definition | undefined => onlyRelationship(model).definition;

/** The definition with one of its keys written so; `undefined`: not at all. */
function withKey(keys: Readonly<Record<string, string>>, key: string, written: string | undefined): string {
  const all = { ...keys, [key]: written };
  const entries = Object.entries(all).filter(([, value]) => value !== undefined);
  return `{ ${entries.map(([name, value]) => `${name}: ${value}`).join(', ')} }`;
}

const field = '{ f: { arguments: {} } }';
const toRemoteSchema = { remote_schema: 'people', lhs_fields: '[]', remote_field: field };
const toSource = { relationship_type: 'object', source: 's', table: 't', field_mapping: '{}' };

function remoteSchemaPart(key: string, written: string | undefined): Stated | undefined {
  const definition = definitionOf(item(`{ to_remote_schema: ${withKey(toRemoteSchema, key, written)} }`));
  if (definition?.kind !== 'to-remote-schema') throw new Error(definition?.kind);
  return {
    remote_schema: definition.remoteSchema,
    lhs_fields: definition.lhsFields,
    remote_field: definition.remoteField,
  }[key];
}

function sourcePart(key: string, written: string | undefined): Stated | undefined {
  const definition = definitionOf(item(`{ to_source: ${withKey(toSource, key, written)} }`));
  if (definition?.kind !== 'to-source') throw new Error(definition?.kind);
  return {
    relationship_type: definition.relationshipType,
    source: definition.source,
    table: definition.table,
    field_mapping: definition.fieldMapping,
  }[key];
}

const anywhere: readonly [written: string | undefined, state: State][] = [
  [undefined, 'missing'],
  ['"!include x.yaml"', 'unknown'],
  ['!include x.yaml', 'unknown'],
  ['*nowhere', 'unknown'],
  ['7', 'malformed'],
  ['null', 'malformed'],
];

describe.each<[string, typeof sourcePart, readonly [string, State][]]>([
  [
    'remote_schema',
    remoteSchemaPart,
    [
      ['people', 'present'],
      ['[]', 'malformed'],
      ['""', 'malformed'],
    ],
  ],
  [
    'lhs_fields',
    remoteSchemaPart,
    [
      ['[id]', 'present'],
      ['[]', 'present'],
      ['id', 'malformed'],
      ['{}', 'malformed'],
    ],
  ],
  [
    'remote_field',
    remoteSchemaPart,
    [
      [field, 'present'],
      ['{}', 'present'],
      ['[]', 'malformed'],
      ['f', 'malformed'],
    ],
  ],
  [
    'relationship_type',
    sourcePart,
    [
      ['array', 'present'],
      ['object', 'present'],
      ['many', 'present'],
      ['[]', 'malformed'],
    ],
  ],
  [
    'source',
    sourcePart,
    [
      ['s', 'present'],
      ['{}', 'malformed'],
      ['""', 'malformed'],
    ],
  ],
  [
    'table',
    sourcePart,
    [
      ['t', 'present'],
      ['{ name: t }', 'present'],
      ['[a, b]', 'present'],
      ['{}', 'malformed'],
      ['[1]', 'malformed'],
    ],
  ],
  [
    'field_mapping',
    sourcePart,
    [
      ['{}', 'present'],
      ['{ a: b }', 'present'],
      ['[]', 'malformed'],
      ['a', 'malformed'],
    ],
  ],
])('%s', (key, part, rows) => {
  it.each([...anywhere, ...rows])('%s is %s', (written, state) => {
    expect(part(key, written)?.state).toBe(state);
  });
});

describe('what says where it would go, or where it is wrong', () => {
  it.each(Object.keys(toRemoteSchema))('%s', (key) => {
    expect(remoteSchemaPart(key, undefined)).toHaveProperty('owner.kind', 'object');
    expect(remoteSchemaPart(key, '7')).toHaveProperty('node.value', 7);
    expect(remoteSchemaPart(key, '!include x.yaml')).toHaveProperty('node.value', 'x.yaml');
  });
  it.each(Object.keys(toSource))('%s', (key) => {
    expect(sourcePart(key, undefined)).toHaveProperty('owner.kind', 'object');
    expect(sourcePart(key, '7')).toHaveProperty('node.value', 7);
    expect(sourcePart(key, '!include x.yaml')).toHaveProperty('node.value', 'x.yaml');
  });
});

describe('the arguments of a step', () => {
  const argumentsOf = (step: string) => {
    const part = remoteSchemaPart('remote_field', `{ f: ${step} }`) as unknown as {
      readonly value: { readonly steps: readonly { readonly arguments: Stated }[] };
    };
    return part.value.steps[0]?.arguments;
  };
  it.each<[string, State]>([
    ['{ arguments: {} }', 'present'],
    ['{ arguments: { a: 1 } }', 'present'],
    ['{}', 'missing'],
    ['{ field: { g: { arguments: {} } } }', 'missing'],
    ['{ arguments: [] }', 'malformed'],
    ['{ arguments: null }', 'malformed'],
    ['{ arguments: "!include x.yaml" }', 'unknown'],
    ['[]', 'malformed'],
    ['7', 'malformed'],
  ])('%s', (step, state) => expect(argumentsOf(step)?.state).toBe(state));

  it('of a step that is no object are wrong where that stands', () => {
    expect(argumentsOf('7')).toHaveProperty('node.value', 7);
  });
});

describe('values of arguments', () => {
  const argumentValue = (written: string): unknown => {
    const part = remoteSchemaPart('remote_field', `{ f: { arguments: { a: ${written} } } }`);
    const [step] = (facts(part) as { value: { steps: { arguments: { value: { value: unknown }[] } }[] } })
      .value.steps;
    return step?.arguments.value[0]?.value;
  };
  it.each<[string, object]>([
    ['1', { kind: 'literal', type: 'Int' }],
    ['1.0', { kind: 'literal', type: 'Int' }],
    ['1.0e+400', { kind: 'literal', type: 'Int' }],
    ['-1.0e+400', { kind: 'literal', type: 'Int' }],
    ['1.5', { kind: 'literal', type: 'Float' }],
    ['1e-400', { kind: 'literal', type: 'Float' }],
    ['1.00000000000000000001', { kind: 'literal', type: 'Float' }],
    ['120e-1', { kind: 'literal', type: 'Int' }],
    ['125e-1', { kind: 'literal', type: 'Float' }],
    ['-0.0', { kind: 'literal', type: 'Int' }],
    ['0e-5', { kind: 'literal', type: 'Int' }],
    ['0x1F', { kind: 'literal', type: 'Int' }],
    ['.nan', { kind: 'literal' }],
    ['true', { kind: 'literal', type: 'Boolean' }],
    ['text', { kind: 'literal', type: 'String' }],
    ['null', { kind: 'null' }],
    ['$id', { kind: 'variable', name: 'id' }],
    ['"$"', { kind: 'invalid-variable', name: '' }],
    ['$a-b', { kind: 'invalid-variable', name: 'a-b' }],
    ['"!include x"', { kind: 'unknown' }],
    ['[1]', { kind: 'list' }],
    ['{ b: 1 }', { kind: 'object' }],
  ])('%s', (written, expected) => expect(argumentValue(written)).toMatchObject(expected));
});

describe('the pairs of a field_mapping', () => {
  const pairs = (written: string) => {
    const part = facts(sourcePart('field_mapping', written)) as {
      value: { lhs: { value: string }; column: { value: string } | undefined }[];
    };
    return part.value.map(({ lhs, column }) => [lhs.value, column?.value]);
  };
  it.each<[string, [string, string | undefined][]]>([
    [
      '{ a: b, c: d }',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['{ a: 1 }', [['a', undefined]]],
    ['{ a: "!include x" }', [['a', undefined]]],
    [
      '{ 1: b, true: c }',
      [
        ['1', 'b'],
        ['true', 'c'],
      ],
    ],
    ['{ ? "!include x" : b, c: d }', [['c', 'd']]],
  ])('%s', (written, expected) => expect(pairs(written)).toEqual(expected));

  it('says of what is wrong, but not of an include', () => {
    const said = (written: string) =>
      item(`{ to_source: ${withKey(toSource, 'field_mapping', written)} }`).shapeProblems.map(told);
    expect(said('{ a: 1 }')).toEqual([expect.stringMatching(/^wrong-kind \| field_mapping \| a/)]);
    expect(said('{ a: "!include x" }')).toEqual([]);
  });
});

describe('the type of a relationship of a remote schema', () => {
  const typeName = (written: string) => {
    const { model } = readText(
      `- { ${written}, relationships: [{ name: r, definition: { to_source: {} } }] }\n`,
      'yaml',
      {
        role: 'remote-schema-types',
      },
    );
    const { owner } = onlyRelationship(model);
    return owner.kind === 'remote-schema-type' ? owner.typeName : undefined;
  };
  it.each<[string, State]>([
    ['type_name: T', 'present'],
    ['type: T', 'present'],
    ['type: "!include x"', 'unknown'],
    ['type: 7', 'malformed'],
    ['type_name: "!include x"', 'unknown'],
    ['type_name: 7', 'malformed'],
    ['type_name: no-name', 'present'],
    ['other: T', 'missing'],
  ])('%s', (written, state) => expect(typeName(written)?.state).toBe(state));

  it('says of names that GraphQL has not, and of nothing else', () => {
    const said = (written: string) =>
      readText(`- { type_name: ${written}, relationships: [] }\n`, 'yaml', {
        role: 'remote-schema-types',
      }).model.shapeProblems.map(({ kind }) => kind);
    expect([said('T'), said('T-1'), said('1T'), said('_T1')]).toEqual([[], ['type-name'], ['type-name'], []]);
  });
});

describe('entries know what belongs to them', () => {
  const relationship = '{ name: r, definition: { to_source: {} } }';
  it('a table its relationships', () => {
    const model = readTwins(
      `table: t\nremote_relationships: [${relationship}, 7, ${relationship.replace('r', 's')}]`,
    );
    expect(model.tables[0]?.relationships).toEqual(model.relationships);
    expect(model.relationships).toHaveLength(2);
    expect(readTwins('table: t\nremote_relationships: []').tables[0]?.relationships).toEqual([]);
  });

  it.each<[string, boolean]>([
    ['[]', true],
    [`[${relationship}]`, true],
    ['7', true],
    [`["!include r.yaml", ${relationship}]`, false],
    ['"!include r.yaml"', false],
    ['*nowhere', false],
  ])('a table knows whether %s are all of them', (written, whole) => {
    const { model } = readText(`table: t\nremote_relationships: ${written}\n`, 'yaml', { role: 'table' });
    expect(model.tables[0]?.relationshipsWhole).toBe(whole);
    const wrong = model.shapeProblems.filter(({ kind }) => kind === 'wrong-kind');
    expect(wrong).toHaveLength(written === '7' ? 1 : 0);
  });

  it.each<[string, boolean]>([
    ['[]', true],
    ['[{ name: full_name, definition: { function: f } }]', true],
    ['["!include f.yaml"]', false],
    ['"!include f.yaml"', false],
  ])('a table knows whether the computed fields %s are all of them', (written, whole) => {
    const { model } = readText(`table: t\ncomputed_fields: ${written}\n`, 'yaml', { role: 'table' });
    expect(model.tables[0]?.computedFieldsWhole).toBe(whole);
  });

  it('a type its relationships, a remote schema its types', () => {
    const model = readTwins(
      `- { name: people, definition: { url: u }, remote_relationships: [{ type_name: T, relationships: [${relationship}] }] }`,
    );
    const [type] = model.remoteSchemas[0]?.types ?? [];
    expect(type?.relationships).toEqual(model.relationships);
    expect(model.relationships).toHaveLength(1);
  });

  it.each([
    ['people', { remoteSchema: { name: 'people' } }],
    ['7', { remoteSchema: undefined }],
    ['"!include x"', { remoteSchema: undefined }],
  ])('relationships of a remote schema named %s', (name, owner) => {
    const text = `- { name: ${name}, remote_relationships: [{ type_name: T, relationships: [${relationship}] }] }`;
    const { model } = readText(text, 'yaml', { role: 'remote-schemas' });
    expect(onlyRelationship(model).owner).toMatchObject(owner);
  });

  it.each([
    [
      '{}',
      'wrong-kind | remote_relationships | remote_relationships | expected Array, but encountered Object',
    ],
    [
      '7',
      'wrong-kind | remote_relationships | remote_relationships | expected Array, but encountered Number',
    ],
    ['null', undefined],
    ['"!include x"', undefined],
  ])('types that are %s', (written, problem) => {
    const { model } = readText(`- { name: people, remote_relationships: ${written} }`, 'yaml', {
      role: 'remote-schemas',
    });
    expect(model.remoteSchemas[0]?.types).toEqual([]);
    expect(model.shapeProblems.map(told)).toEqual(
      expect.arrayContaining(problem === undefined ? [] : [problem]),
    );
    if (problem === undefined)
      expect(
        model.shapeProblems.filter((each) => 'key' in each && each.key === 'remote_relationships'),
      ).toEqual([]);
  });
});

describe('what a source says of logical models', () => {
  const models = (written: string) =>
    readTwins(`- { name: a, kind: m, configuration: {}, tables: [], logical_models: ${written} }`, {
      role: 'sources',
    }).sources[0]?.logicalModels;
  it.each<[string, unknown]>([
    ['[]', []],
    ['7', []],
    ['[{ fields: [] }]', []],
    ['[{ name: 7 }, { name: A }]', [{ name: 'A', fields: [] }]],
    [
      '[{ name: A, fields: [{ type: t }, { name: 7, type: t }, { name: b, type: t }] }]',
      [{ name: 'A', fields: [{ name: 'b', type: 't', nullable: undefined, scalar: true }] }],
    ],
    [
      '[{ name: A, fields: [{ name: b, type: 7 }, { name: c }] }]',
      [
        {
          name: 'A',
          fields: [
            { name: 'b', type: undefined, nullable: undefined, scalar: true },
            { name: 'c', type: undefined, nullable: undefined, scalar: true },
          ],
        },
      ],
    ],
    [
      '[{ name: A, fields: [{ name: b, type: t, nullable: true }, { name: c, type: { logical_model: B, nullable: false } }] }]',
      [
        {
          name: 'A',
          fields: [
            { name: 'b', type: 't', nullable: true, scalar: true },
            { name: 'c', type: undefined, nullable: false, scalar: false },
          ],
        },
      ],
    ],
  ])('%s', (written, expected) => expect(models(written)).toEqual(expected));
});

describe('a metadata document', () => {
  const said = (text: string) => readTwins(text, { role: 'metadata' }).shapeProblems.map(told);
  it.each([
    ['{ version: 3, sources: [] }', []],
    ['{ version: 2, tables: [] }', []],
    ['{ tables: [] }', []],
    ['{ version: 3, tables: [] }', ['metadata-version | metadata | sources | key "sources" not found']],
    ['{ version: 2, sources: [] }', ['metadata-version | metadata | tables | key "tables" not found']],
    ['{ version: 1, sources: [] }', ['metadata-version | metadata | tables | key "tables" not found']],
    ['{ sources: [] }', ['metadata-version | metadata | tables | key "tables" not found']],
    ['{ version: "!include x", sources: [] }', []],
  ])('%s', (text, expected) => expect(said(text)).toEqual(expected));

  it.each(['4', '"3"', '0', 'true'])('of version %s', (version) => {
    expect(said(`{ version: ${version}, sources: [] }`)).toEqual([
      expect.stringMatching(/^metadata-version \| metadata \| version \|/),
    ]);
  });

  it('says what is missing at its version', () => {
    const { tree, model } = readText('{ version: 3, tables: [] }', 'yaml', { role: 'metadata' });
    const [problem] = model.shapeProblems;
    expect(tree.text.slice(problem?.node.offset).startsWith('3')).toBe(true);
  });
});

it('a key that is written twice is said in JSON, where the parser does not', () => {
  const twice = (text: string) => readText(text, 'json').model.shapeProblems.map(told);
  expect(
    twice(
      '{"table": "t", "select_permissions": [], "remote_relationships": [{"name": "r", "name": "s", "definition": {"to_source": {}}}]}',
    ),
  ).toContainEqual(expect.stringMatching(/^duplicate-key \| \S* ?.*\| name/));
});
