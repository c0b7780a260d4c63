import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ShapeProblem } from '../../../server/src/metadata/relationship.ts';
import { covered, facts, keyOf, onlyRelationship, problems, readText, readTwins, told } from './support.ts';

const unified =
  '{to_remote_schema: {remote_schema: people, lhs_fields: [id], remote_field: {person: {arguments: {id: $id}}}}}';
const legacy = 'remote_schema: people, hasura_fields: [id], remote_field: {person: {arguments: {id: $id}}}';
const own = 'source: shop, table: customer, name: profile';
const ofType = 'remote_schema: forum, type_name: Post, name: author';

const create = (type = 'pg_create_remote_relationship'): string =>
  `{type: ${type}, args: {${own}, definition: ${unified}}}`;

describe('commands', () => {
  it.each([
    ['pg_create_remote_relationship', 'create', 'pg'],
    ['postgres_create_remote_relationship', 'create', 'postgres'],
    ['citus_update_remote_relationship', 'update', 'citus'],
    ['cockroach_create_remote_relationship', 'create', 'cockroach'],
    ['mssql_create_remote_relationship', 'create', 'mssql'],
    ['bigquery_update_remote_relationship', 'update', 'bigquery'],
    ['snowflake_create_remote_relationship', 'create', 'snowflake'],
    ['create_remote_relationship', 'create', ''],
    ['update_remote_relationship', 'update', ''],
  ])('%s', (type, verb, prefix) => {
    const model = readTwins(create(type));
    const relationship = onlyRelationship(model);
    expect(model.roles).toEqual(['request']);
    expect(model.shapeProblems).toEqual([]);
    expect(relationship).toMatchObject({
      mode: 'strict',
      name: { value: 'profile' },
      request: { verb, prefix },
      owner: {
        kind: 'table',
        source: { name: 'shop' },
        table: { value: { name: 'customer' } },
        entry: undefined,
      },
      definition: { kind: 'to-remote-schema', form: 'unified' },
    });
  });

  it('reads the legacy form, whose keys stand in `args`', () => {
    const model = readTwins(`{type: pg_create_remote_relationship, args: {${own}, ${legacy}}}`);
    expect(model.shapeProblems).toEqual([]);
    expect(onlyRelationship(model)).toMatchObject({
      mode: 'legacy',
      definition: { kind: 'to-remote-schema', form: 'legacy', lhsFields: { value: [{ value: 'id' }] } },
    });
  });

  it.each(['table: t, name: n', 'source: null, table: t, name: n'])(
    '`default` is the source of {%s}',
    (args) => {
      expect(
        onlyRelationship(readTwins(`{type: pg_delete_remote_relationship, args: {${args}}}`)),
      ).toMatchObject({
        definition: undefined,
        request: { verb: 'delete' },
        owner: { source: { name: 'default', node: undefined } },
      });
    },
  );

  it.each([
    ['create', `definition: ${unified}`],
    ['update', `definition: ${unified}`],
  ])('%s_remote_schema_remote_relationship', (verb, rest) => {
    const model = readTwins(`{type: ${verb}_remote_schema_remote_relationship, args: {${ofType}, ${rest}}}`);
    expect(model.shapeProblems).toEqual([]);
    expect(onlyRelationship(model)).toMatchObject({
      request: { verb, prefix: undefined },
      mode: 'strict',
      owner: { kind: 'remote-schema-type', remoteSchema: { name: 'forum' }, typeName: { value: 'Post' } },
      definition: { kind: 'to-remote-schema' },
    });
  });

  it('delete_remote_schema_remote_relationship', () => {
    const model = readTwins(`{type: delete_remote_schema_remote_relationship, args: {${ofType}}}`);
    expect(model.shapeProblems).toEqual([]);
    expect(onlyRelationship(model).definition).toBeUndefined();
  });
});

describe('around requests', () => {
  it.each([
    [
      'an envelope',
      `{version: 1, resource_version: 12, source: shop, args: {${own}, definition: ${unified}}, type: pg_create_remote_relationship}`,
      1,
    ],
    ['a list', `[${create()}, ${create('mssql_update_remote_relationship')}]`, 2],
    ['bulk', `{type: bulk, args: [${create()}, ${create()}]}`, 2],
    [
      'bulk in bulk',
      `{args: [${create()}, {type: bulk_keep_going, args: [${create()}, {type: bulk_keep_going, args: [${create()}]}]}], type: bulk}`,
      3,
    ],
    [
      'a payload of a migration',
      `{name: add_profile, up: [${create()}], down: [{type: pg_delete_remote_relationship, args: {${own}}}], skip_execution: false}`,
      2,
    ],
    [
      'a migration whose items are bulks',
      `[{type: bulk, args: [${create('create_remote_relationship')}]}]`,
      1,
    ],
    [
      'bulk with commands that are not looked at',
      `{type: bulk, args: [{type: run_sql, args: {sql: 'select 1'}}, null, 7, {}, ${create()}]}`,
      1,
    ],
  ])('%s', (_, text, count) => {
    const model = readTwins(text);
    expect(model.roles).toEqual(['request']);
    expect(model.relationships).toHaveLength(count);
    expect(model.shapeProblems).toEqual([]);
  });

  it('keeps other commands that change what is known', () => {
    const model = readTwins(
      '[{type: pg_track_table, args: {table: t}}, {type: add_remote_schema, args: {name: r}}]',
    );
    expect(facts(model.otherRequests.map(({ type }) => type))).toEqual([
      { value: 'pg_track_table' },
      { value: 'add_remote_schema' },
    ]);
  });
});

describe('what stands around them and can’t be read', () => {
  const document =
    '{version: 3, sources: [{name: shop, kind: postgres, tables: [{table: t, remote_relationships: [{name: r, definition: {to_source: {}}}]}]}]}';
  const names = (text: string) =>
    readTwins(text).relationships.map(({ name }) => (name.state === 'present' ? name.value : name.state));

  it.each<[string, string, string[]]>([
    ['a document', document, ['r']],
    ['a list', `[${document}]`, []],
    ['an include', '"!include metadata.yaml"', []],
    ['null', 'null', []],
    ['a string', 'all', []],
    ['a document below metadata', `{metadata: ${document}}`, ['r']],
    ['an include below metadata', '{metadata: "!include metadata.yaml"}', []],
    ['a list below metadata', `{metadata: [${document}]}`, []],
  ])('replace_metadata with %s', (_, args, expected) => {
    const text = `{type: replace_metadata, args: ${args}}`;
    expect(names(text)).toEqual(expected);
    expect(readTwins(text).otherRequests.map(({ type }) => type.value)).toEqual(['replace_metadata']);
  });

  it('version 1 of replace_metadata has no wrapper, whatever key is there', () => {
    const both = document.replace('version: 3', 'metadata: {version: 3, sources: []}, version: 3');
    expect(names(`{type: replace_metadata, version: 1, args: ${both}}`)).toEqual(['r']);
    expect(names(`{type: replace_metadata, version: 2, args: ${both}}`)).toEqual([]);
  });

  it.each([
    ['of a bulk that is included', '[{type: bulk, args: "!include a.yaml"}, {type: run_sql, args: {}}]'],
    ['of a relationship that are included', '{type: pg_create_remote_relationship, args: "!include a.yaml"}'],
  ])('args %s', (_, text) => {
    const model = readTwins(text);
    expect(model.relationships).toEqual([]);
    expect(model.shapeProblems).toEqual([]);
  });

  it('bulks in bulks end somewhere', () => {
    const nested = (depth: number) =>
      `${'{"type":"bulk","args":['.repeat(depth)}${JSON.stringify({ type: 'pg_delete_remote_relationship', args: { table: 't', name: 'n' } })}${']}'.repeat(depth)}`;
    expect(readText(nested(10), 'json').model.relationships).toHaveLength(1);
    expect(readText(nested(200), 'json').model.relationships).toEqual([]);
  });
});

const forms = 'create_remote_relationship expects exactly one of: remote_schema, definition';
const strict =
  'remote relationship definition (strict format) expects exactly one of: to_source, to_remote_schema';

describe('what is wrong with `args`', () => {
  const args = (text: string, type = 'pg_create_remote_relationship'): string =>
    `{type: ${type}, args: {${text}}}`;

  it.each([
    ['neither form', args('table: t, name: n'), [`request-form | args | - | ${forms}`]],
    [
      'neither form of update',
      args('table: t, name: n', 'pg_update_remote_relationship'),
      [`request-form | args | - | ${forms}`],
    ],
    ['both forms', args(`${own}, definition: ${unified}, ${legacy}`), [`request-form | args | - | ${forms}`]],
    [
      'null for a definition',
      args('table: t, name: n, definition: null'),
      [`request-form | args | - | ${forms}`],
    ],
    [
      'a definition spread out',
      args(`${own}, ${unified.slice(1, -1)}`),
      [`flat-definition | args | definition | ${forms}`],
    ],
    [
      'legacy keys in a definition',
      args(`${own}, definition: {${legacy}}`),
      [`definition-form | definition | - | ${strict}`],
    ],
    [
      'legacy beside unified',
      args(`${own}, definition: {remote_schema: a, ${unified.slice(1)}`),
      [`definition-form | definition | - | ${strict}`],
    ],
    ['an empty definition', args(`${own}, definition: {}`), [`definition-form | definition | - | ${strict}`]],
    [
      'no table',
      args(`name: n, definition: ${unified}`),
      ['key-not-found | args | table | key "table" not found'],
    ],
    [
      'no name',
      args(`table: t, definition: ${unified}`),
      ['key-not-found | args | name | key "name" not found'],
    ],
    [
      'an unknown key',
      args(`${own}, comment: x, definition: ${unified}`),
      ['unknown-key | args | comment | silent'],
    ],
    [
      'half a legacy form',
      args(`${own}, definition: ${unified}, hasura_fields: [id]`),
      ['unknown-key | args | hasura_fields | silent'],
    ],
    [
      'more than delete reads',
      args(`${own}, cascade: true`, 'pg_delete_remote_relationship'),
      ['unknown-key | args | cascade | silent'],
    ],
    [
      'no args',
      '{type: pg_create_remote_relationship}',
      ['key-not-found | request | args | key "args" not found'],
    ],
    [
      'null args',
      '{type: pg_create_remote_relationship, args: null}',
      ['wrong-kind | args | args | expected Object, but encountered Null'],
    ],
    [
      'args of a list',
      '{type: pg_create_remote_relationship, args: []}',
      ['wrong-kind | args | args | expected Object, but encountered Array'],
    ],
    ['legacy beside null', args(`${own}, definition: null, ${legacy}`), []],
    [
      'both forms, and a key of a definition',
      args(`${own}, definition: ${unified}, ${legacy}, to_source: {}`),
      [`request-form | args | - | ${forms}`],
    ],
    [
      'a key of nothing beside neither form',
      args('table: t, name: n, more: 1'),
      ['unknown-key | args | more | silent', `request-form | args | - | ${forms}`],
    ],
    [
      'a key of nothing beside the legacy form',
      args(`${own}, ${legacy}, more: 1`),
      ['unknown-key | args | more | silent'],
    ],
    [
      'a key of nothing beside the unified form',
      args(`${own}, definition: ${unified}, more: 1`),
      ['unknown-key | args | more | silent'],
    ],
    [
      'a key of nothing in a deletion',
      args(`${own}, more: 1`, 'pg_delete_remote_relationship'),
      ['unknown-key | args | more | silent'],
    ],
    ['unified beside null', args(`${own}, remote_schema: null, definition: ${unified}`), []],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  const ofRemoteSchema = (text: string): string => args(text, 'create_remote_schema_remote_relationship');
  it.each([
    [
      '`type` for `type_name`',
      ofRemoteSchema(`remote_schema: a, type: T, name: n, definition: ${unified}`),
      ['type-for-type-name | args | type_name | key "type_name" not found'],
    ],
    [
      'no definition',
      ofRemoteSchema(ofType),
      ['key-not-found | args | definition | key "definition" not found'],
    ],
    [
      'null for a definition',
      ofRemoteSchema(`${ofType}, definition: null`),
      ['wrong-kind | definition | definition | expected Object, but encountered Null'],
    ],
    [
      'a definition spread out',
      ofRemoteSchema(`${ofType}, ${unified.slice(1, -1)}`),
      ['flat-definition | args | definition | key "definition" not found'],
    ],
    [
      'a key of nothing in a deletion',
      args(`${ofType}, more: 1`, 'delete_remote_schema_remote_relationship'),
      ['unknown-key | args | more | silent'],
    ],
    [
      'the legacy form',
      ofRemoteSchema(`${ofType}, definition: {${legacy}}`),
      [`definition-form | definition | - | ${strict}`],
    ],
    [
      'nothing',
      ofRemoteSchema(''),
      [
        'key-not-found | args | remote_schema | key "remote_schema" not found',
        'key-not-found | args | type_name | key "type_name" not found',
        'key-not-found | args | name | key "name" not found',
        'key-not-found | args | definition | key "definition" not found',
      ],
    ],
  ])('of a remote schema: %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it.each([
    ['name: profile', 'profile'],
    ['name: 7', undefined],
    ['more: 1', undefined],
  ])('is of the relationship with the %s', (keys, name) => {
    const { shapeProblems } = readTwins(args(`${keys}, definition: {}`));
    expect(shapeProblems.length).toBeGreaterThan(1);
    expect(new Set(shapeProblems.map(({ relationship }) => relationship))).toEqual(new Set([name]));
  });

  it.each([
    ['to_source: {}', ['to-source']],
    ['to_remote_schema: {}', ['to-remote-schema']],
    ['to_remote_schema: {}, to_source: {}', ['to-remote-schema', 'to-source']],
    // `remote_schema` names the owner there.
    ['hasura_fields: [], remote_field: {}', []],
  ])('of a remote schema reads a definition spread out: %s', (keys, kinds) => {
    const { definition } = onlyRelationship(readTwins(ofRemoteSchema(`${ofType}, ${keys}`)));
    expect(definition?.kind === 'unreadable' && definition.candidates.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('reads all forms that stand side by side', () => {
    const { definition } = onlyRelationship(readTwins(args(`${own}, definition: ${unified}, ${legacy}`)));
    expect(definition).toMatchObject({
      kind: 'unreadable',
      candidates: [{ form: 'unified' }, { form: 'legacy' }],
    });
  });
});

describe('unknown commands (R39)', () => {
  it.each([
    [
      'pg_create_remote_relatonship',
      'create_remote_relatonship',
      'postgres',
      'pg_create_remote_relationship',
    ],
    [
      'pg_creat_remote_relationship',
      'creat_remote_relationship',
      'postgres',
      'pg_create_remote_relationship',
    ],
    [
      'mssql_delete_remote_relationships',
      'delete_remote_relationships',
      'mssql',
      'mssql_delete_remote_relationship',
    ],
    ['create_remote_relationshp', 'remote_relationshp', 'create', 'create_remote_relationship'],
    [
      'create_remote_schema_remote_relationshi',
      'remote_schema_remote_relationshi',
      'create',
      'create_remote_schema_remote_relationship',
    ],
    [
      'pg_create_remote_schema_remote_relationship',
      'create_remote_schema_remote_relationship',
      'postgres',
      'create_remote_schema_remote_relationship',
    ],
  ])('%s', (type, rest, backend, meant) => {
    const model = readTwins(`{type: ${type}, args: {${own}, definition: ${unified}}}`);
    expect(model.roles).toEqual(['request']);
    const [problem] = model.shapeProblems;
    expect(problem && told(problem)).toBe(
      `unknown-command | request | ${type} | unknown metadata command "${rest}" for backend ${backend}`,
    );
    expect(problem).toMatchObject({ allowed: [meant] });
    expect(model.relationships).toHaveLength(1);
  });

  it.each([
    ['update_remote_schema_remote_relationship_', 'update_remote_schema_remote_relationship'],
    ['pg_delete_remote_schema_remote_relationshp', 'delete_remote_schema_remote_relationship'],
    ['x-y_update_remote_schema_remote_relationship', 'update_remote_schema_remote_relationship'],
    ['update_remote_relationsh', 'update_remote_relationship'],
    ['citus_update_remote_relationsh', 'citus_update_remote_relationship'],
    ['x-y_update_remote_relationship', 'update_remote_relationship'],
  ])('of `%s`, what was meant', (type, meant) => {
    const [problem] = readTwins(
      `{type: ${type}, args: {source: shop, table: customer, ${ofType}}}`,
    ).shapeProblems;
    expect(problem).toMatchObject({ kind: 'unknown-command', allowed: [meant] });
  });

  it.each([
    ['another command', 'pg_create_object_relationship'],
    ['one of the prefixless', 'rename_relationship'],
    ['four letters off', 'pg_creat_remot_relationsh'],
    ['very short', 'create_relationship'],
    ['very long', `${'x'.repeat(60)}_create_remote_relationshipp`],
  ])('are not looked for: %s', (_, type) => {
    expect(readTwins(`{type: ${type}, args: {table: t, name: n}}`).relationships).toEqual([]);
  });

  it.each([
    ['create_remote_schema_remote_relationshp', `, definition: ${unified}`],
    ['delete_remote_schema_remote_relationshp', ''],
  ])('say nothing else of what is right for %s', (type, rest) => {
    const model = readTwins(
      `{type: ${type}, args: {remote_schema: forum, type_name: Post, name: author${rest}}}`,
    );
    expect(model.shapeProblems.map(({ kind }) => kind)).toEqual(['unknown-command']);
    expect(onlyRelationship(model).owner.kind).toBe('remote-schema-type');
  });

  it('says so of a prefix that is no name', () => {
    expect(
      problems(`{type: my-db_create_remote_relationship, args: {${own}, definition: ${unified}}}`),
    ).toEqual([
      'unknown-command | request | my-db_create_remote_relationship | unknown metadata command "my-db_create_remote_relationship"; "my-db" was not recognized as a valid backend name',
    ]);
  });
});

describe('requests in .http files', () => {
  const body = (type: string): string =>
    JSON.stringify({
      type,
      args: {
        table: 't',
        name: 'n',
        remote_schema: 'r',
        hasura_fields: [],
        remote_field: { f: { arguments: {} } },
      },
    });
  const request = (target: string, type: string): string =>
    `POST ${target}\nContent-Type: application/json\n\n${body(type)}\n`;

  it.each([
    ['http://localhost:8080/v1/metadata', 'pg_create_remote_relationship', undefined],
    ['{{host}}/v1/metadata?x=1', 'pg_create_remote_relationship', undefined],
    ['/v1/query', 'create_remote_relationship', undefined],
    ['/v1/query', 'pg_create_remote_relationship', 'create_remote_relationship'],
    ['/v1/metadata/', 'create_remote_relationship', 'pg_create_remote_relationship'],
    ['/v1/query', 'create_remote_schema_remote_relationship', undefined],
    ['/v1/metadata', 'create_remote_schema_remote_relationship', undefined],
  ])('%s with %s', (target, type, meant) => {
    const { model, tree } = readText(request(target, type), 'http');
    expect(model.roles).toEqual(['request']);
    expect(model.relationships).toHaveLength(1);
    const unknown = model.shapeProblems.flatMap((problem) =>
      problem.kind === 'unknown-command' ? [problem] : [],
    );
    expect(unknown.flatMap(({ allowed }) => allowed)).toEqual(meant === undefined ? [] : [meant]);
    for (const { node } of unknown) expect(covered(tree, node)).toBe(`"${type}"`);
  });

  it('reads several, and leaves others alone', () => {
    const text = [
      request('/v1/metadata', 'pg_create_remote_relationship'),
      'POST /v1/graphql\n\n{"query": "{ a }"}\n',
      'POST /v1/metadata\n\n{"type": "", "args": {}}\n',
    ].join('\n###\n');
    const { model } = readText(text, 'http');
    expect(model.roles).toEqual(['request', 'none', 'request']);
    expect(model.relationships).toHaveLength(1);
    expect(model.shapeProblems).toEqual([]);
  });
});

describe('arguments of commands that are about no relationship', () => {
  const said = (request: string) => readTwins(request, { role: 'request' }).shapeProblems.map(told);
  it.each<[string, string[]]>([
    ['{type: bulk, args: 7}', ['wrong-kind | args | args | expected Array, but encountered Number']],
    ['{type: bulk}', ['key-not-found | request | args | key "args" not found']],
    ['{type: bulk, args: "!include a.yaml"}', []],
    [
      '{type: replace_metadata, version: 2, args: {metadata: 7}}',
      ['wrong-kind | args | metadata | expected Object, but encountered Number'],
    ],
    [
      '{type: replace_metadata, version: 2, args: {allow_inconsistent_metadata: 7, metadata: {version: 3, sources: []}}}',
      ['wrong-kind | args | allow_inconsistent_metadata | expected Bool, but encountered Number'],
    ],
    [
      '{type: replace_metadata, version: 1, args: {allow_inconsistent_metadata: 7, version: 3, sources: []}}',
      [],
    ],
    ['{type: replace_metadata, args: "!include a.yaml"}', []],
    ['{type: replace_metadata, args: 7}', []],
    ['{type: replace_metadata}', []],
    ['{type: pg_track_table, args: 7}', []],
    ['{type: add_remote_schema}', []],
    ['{type: add_remote_schema, args: []}', []],
    ['{type: replace_metadata, version: 2, args: {metadata: "!include a.yaml"}}', []],
    [
      '{type: add_remote_schema, args: {name: a, comment: 7, definition: {url: u, url_from_env: U}}}',
      [
        'wrong-kind | args | comment | expected String, but encountered Number',
        "remote-schema-url | definition | - | both `url` and `url_from_env` can't be present",
      ],
    ],
    [
      '{type: update_remote_schema, args: {name: a}}',
      ['key-not-found | args | definition | key "definition" not found'],
    ],
    ['{type: add_remote_schema, args: "!include a.yaml"}', []],
    [
      '{type: add_remote_schema_permissions, args: {role: user, definition: {schema: s}}}',
      ['key-not-found | args | remote_schema | key "remote_schema" not found'],
    ],
    ['{type: pg_track_table, args: {comment: 7, definition: 7}}', []],
  ])('%s', (request, problems) => {
    expect(said(request)).toEqual(problems);
  });

  it('of custom types are the types of actions', () => {
    const request =
      '{type: set_custom_types, args: {objects: [{name: Output, fields: [{name: id, type: Int}], relationships: [{name: r, type: object, remote_table: t, field_mapping: {id: id}}]}]}}';
    expect(readTwins(request).actionTypes.map(({ name }) => name)).toMatchObject([{ value: 'Output' }]);
  });
});

describe('what stands around the arguments (R64)', () => {
  const told = (problems: readonly ShapeProblem[]) =>
    problems.map((one) => [one.kind, keyOf(one), one.serverMessage].join(' | '));
  const sent = (endpoint: string, body: string): string[] =>
    told(
      readText(`POST http://localhost:8080/${endpoint}\n\n${JSON.stringify(parse(body))}\n`, 'http').model
        .shapeProblems,
    );
  const written = (body: string): string[] => told(readTwins(body, { role: 'request' }).shapeProblems);
  const deletion = '{type: pg_delete_remote_relationship, args: {table: t, name: n}}';
  const request = (type: string, rest: string): string => `{type: ${type}, ${rest}, args: {}}`;
  const bulk = (type: string, ...types: string[]): string =>
    `{type: ${type}, args: [${types.map((each) => `{type: ${each}, args: {}}`).join(', ')}]}`;

  const none = (command: string): string[] => [`request-version | ${command} | `];
  const other = (command: string, version: number): string[] => [
    `request-version | ${command} | expected 1 or 2, encountered ${version}`,
  ];
  it.each<[string, string[]]>([
    [request('export_metadata', 'version: 1'), []],
    [request('export_metadata', 'version: null'), []],
    [request('export_metadata', 'version: "!include v"'), []],
    [request('export_metadata', 'version: 2'), []],
    [request('export_metadata', 'version: 3'), other('export_metadata', 3)],
    [request('export_metadata', 'version: 0'), other('export_metadata', 0)],
    [request('export_metadata', 'version: 1.5'), other('export_metadata', 1.5)],
    [
      request('export_metadata', 'version: "1"'),
      ['wrong-kind | version | expected Number, but encountered String'],
    ],
    [request('bulk', 'version: 2').replace('{}', '[]'), none('bulk')],
    [
      '{type: pg_delete_remote_relationship, version: 2, args: {table: t, name: n}}',
      none('pg_delete_remote_relationship'),
    ],
    // Another endpoint may be meant, which has a second version of it.
    [request('track_table', 'version: 2'), []],
    [request('track_table', 'version: 3'), other('track_table', 3)],
  ])('%s', (body, problems) => {
    expect(written(body)).toEqual(problems);
  });

  it.each<[string, string, string[]]>([
    ['v1/metadata', 'export_metadata', []],
    ['v1/metadata', 'replace_metadata', []],
    ['v1/metadata', 'pg_track_table', none('pg_track_table')],
    ['v1/metadata', 'reload_metadata', none('reload_metadata')],
    ['v1/query', 'track_table', []],
  ])('at %s the second version of %s', (endpoint, type, problems) => {
    const args = '{metadata: {version: 3, sources: []}}';
    expect(sent(endpoint, `{type: ${type}, version: 2, args: ${args}}`)).toEqual(problems);
  });

  const kind = ['wrong-kind | resource_version | expected Number, but encountered String'];
  it.each<[string, string, string[]]>([
    ['v1/metadata', '5', []],
    ['v1/metadata', 'null', []],
    ['v1/metadata', '1.5', none('resource_version')],
    ['v1/metadata', '"5"', kind],
    // Not read there.
    ['v1/query', '"5"', []],
    ['v2/query', '1.5', []],
  ])('at %s a resource_version of %s', (endpoint, version, problems) => {
    expect(sent(endpoint, request('run_sql', `resource_version: ${version}`))).toEqual(problems);
  });

  it('a resource_version where the endpoint is not known', () => {
    expect(written(request('run_sql', 'resource_version: 5'))).toEqual([]);
    expect(written(request('run_sql', 'resource_version: "5"'))).toEqual(kind);
    expect(written(request('run_sql', 'resource_version: 1.5'))).toEqual(none('resource_version'));
  });

  it.each(['bulk', 'bulk_atomic', 'bulk_keep_going'])(
    'a resource_version inside of %s is not read',
    (type) => {
      const item = deletion.replace('args', 'resource_version: "5", args');
      expect(written(`{type: ${type}, args: [${item}]}`)).toEqual([]);
      expect(sent('v1/metadata', `{type: ${type}, args: [${item}]}`)).toEqual([]);
    },
  );

  const concurrent = ['bulk-item | concurrent_bulk | unknown metadata command "bulk" for backend concurrent'];
  it.each<[string, string[]]>([
    [bulk('concurrent_bulk'), []],
    ['{type: concurrent_bulk}', ['key-not-found | args | key "args" not found']],
    [bulk('concurrent_bulk', 'run_sql', 'mssql_run_sql'), []],
    [bulk('concurrent_bulk', 'something_else'), []],
    [bulk('concurrent_bulk', '7'), []],
    [bulk('concurrent_bulk', 'run_sql', 'pg_track_table'), concurrent],
    [bulk('concurrent_bulk', 'export_metadata'), concurrent],
    [`{type: concurrent_bulk, args: [${deletion}]}`, concurrent],
    [`{type: bulk, args: [${bulk('concurrent_bulk', 'pg_track_table')}]}`, concurrent],
  ])('%s', (body, problems) => {
    expect(written(body)).toEqual(problems);
  });

  it('concurrent_bulk is none of the commands of v1/metadata, whatever it holds', () => {
    expect(sent('v1/metadata', bulk('concurrent_bulk', 'run_sql'))).toEqual(concurrent);
    expect(sent('v2/query', bulk('concurrent_bulk', 'run_sql'))).toEqual([]);
  });

  const atomic = 'bulk-item | bulk_atomic | Bulk atomic does not support this command';
  it.each<[string, boolean]>([
    ['pg_create_object_relationship', true],
    ['create_array_relationship', true],
    ['mssql_drop_relationship', true],
    ['pg_delete_remote_relationship', true],
    ['bigquery_track_native_query', true],
    ['pg_untrack_native_query', true],
    ['mssql_track_logical_model', true],
    ['pg_untrack_logical_model', true],
    ['mssql_track_stored_procedure', true],
    ['mssql_untrack_stored_procedure', true],
    ['pg_create_remote_relationship', false],
    ['pg_update_remote_relationship', false],
    ['create_remote_schema_remote_relationship', false],
    ['delete_remote_schema_remote_relationship', false],
    ['add_remote_schema', false],
    ['add_remote_schema_permissions', false],
    ['pg_create_select_permission', false],
    ['drop_delete_permission', false],
    ['pg_track_table', false],
    ['pg_rename_relationship', false],
    ['reload_metadata', false],
    ['bulk', false],
    // Whether the server has it is not known.
    ['something_else', true],
  ])('bulk_atomic with %s: %s', (type, isTaken) => {
    const body = `{type: bulk_atomic, args: [{type: ${type}, args: []}]}`;
    const items = readTwins(body, { role: 'request' }).shapeProblems.filter(
      ({ kind }) => kind === 'bulk-item',
    );
    expect(told(items)).toEqual(isTaken ? [] : [atomic]);
    for (const other of ['bulk', 'bulk_keep_going'])
      expect(written(bulk(other, type)).filter((each) => each.startsWith('bulk-item'))).toEqual([]);
  });
});

describe('the document that replaces the metadata', () => {
  const document = 'version: 3, sources: [], remote_schemas: [{name: a, definition: {url: u}}]';
  it.each<[string, string, string[], number]>([
    ['version: 2, ', `{metadata: {${document}}}`, [], 1],
    ['version: 1, ', `{${document}}`, [], 1],
    ['', `{metadata: {${document}}}`, [], 1],
    ['', `{${document}}`, [], 1],
    // A level too high it is read all the same.
    ['version: 2, ', `{${document}}`, ['key-not-found | args | metadata | key "metadata" not found'], 1],
    [
      'version: 2, ',
      '{version: 2, tables: [], remote_schemas: [{name: a, definition: {url: u}}]}',
      ['key-not-found | args | metadata | key "metadata" not found'],
      1,
    ],
    ['version: 2, ', '{}', ['key-not-found | args | metadata | key "metadata" not found'], 0],
    [
      'version: 2, ',
      '{remote_schemas: [{name: a, definition: {url: u}}]}',
      ['key-not-found | args | metadata | key "metadata" not found'],
      0,
    ],
  ])('%s%s', (version, args, problems, schemas) => {
    const model = readTwins(`{type: replace_metadata, ${version}args: ${args}}`, { role: 'request' });
    expect(model.shapeProblems.map(told)).toEqual(problems);
    expect(model.remoteSchemas).toHaveLength(schemas);
  });
});
