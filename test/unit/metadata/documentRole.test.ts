import { describe, expect, it } from 'vitest';
import { documentRole } from '../../../server/src/metadata/documentRole.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { facts, readText, readTwins } from './support.ts';

describe('what is Hasura’s, by what it says', () => {
  it.each([
    ['a tracked table without anything', 'table: {schema: public, name: t}', 'table'],
    ['a table of bigquery', 'table: {dataset: sales, name: t}', 'table'],
    ['a table in the short form', 'table: t\nremote_relationships: []', 'table'],
    ['a table whose list is being typed', 'table: t\nremote_relationships:', 'table'],
    ['a table being typed', 'table:\nselect_permissions:\n  - role: user', 'table'],
    ['half a table name', 'table: {schema: public}\nselect_permissions: []', 'table'],
    ['a table with a misspelt key', 'table: {schema: public, name: t}\nremote_relationship: []', 'table'],
    ['a table of a data connector', 'table: [db, T]\nconfiguration: {custom_name: x}', 'table'],
    ['an enum table', 'table: t\nis_enum: true', 'table'],
    ['a list of tables', '- table: {schema: public, name: t}', 'tables'],
    ['a list of includes', '- "!include a.yaml"\n- "!include b.yaml"', 'tables'],
    ['includes and tables', '- "!include a.yaml"\n- table: {schema: a, name: b}', 'tables'],
    ['an item being typed before one', '- \n- table: {schema: a, name: b}', 'tables'],
    ['a source with an include', '- {name: a, tables: "!include a/tables/tables.yaml"}', 'sources'],
    ['a source being typed', '- {name: a, kind: postgres}', 'sources'],
    [
      'a source of a data connector',
      '- {name: a, kind: Mongo, configuration: {value: {}}, tables: []}',
      'sources',
    ],
    ['a remote schema', '- {name: a, definition: {url_from_env: A}}', 'remote-schemas'],
    [
      'a remote schema with a misspelt key',
      '- {name: a, definition: {url: a}, remote_relationship: []}',
      'remote-schemas',
    ],
    [
      'a remote schema without relationships yet',
      '- {name: a, definition: {url: a}, remote_relationships: }',
      'remote-schemas',
    ],
    ['a type', 'type_name: A\nrelationships: []', 'remote-schema-types'],
    ['a type being typed', 'type_name:\nrelationships:', 'remote-schema-types'],
    ['relationships', '- {name: a, definition: {to_source: {}}}', 'relationships'],
    ['an empty export', '{version: 3, sources: []}', 'metadata'],
    [
      'an empty export with a wrapper',
      '{resource_version: 1, metadata: {version: 3, sources: []}}',
      'metadata',
    ],
    ['an old empty document', '{version: 2, tables: [], remote_schemas: []}', 'metadata'],
    ['sources without a version', '{sources: [{name: a, kind: postgres, tables: []}]}', 'metadata'],
    ['a request', '{type: pg_track_table, args: {}}', 'request'],
    ['a request without args yet', 'type: pg_create_remote_relationship', 'request'],
    ['a misspelt request', '{type: pg_create_remote_relatonship, args: {}}', 'request'],
    ['a bulk', '{type: bulk, args: []}', 'request'],
  ])('%s', (_, text, role) => {
    expect(readTwins(text).roles).toEqual([role]);
  });
});

describe('what is not', () => {
  const nothing = {
    sources: [],
    tables: [],
    remoteSchemas: [],
    requestedPermissions: [],
    actionTypes: [],
    inheritedRoles: [],
    relationships: [],
    includes: [],
    otherRequests: [],
  };

  it.each([
    ['a scalar', '42'],
    ['an empty list', '[]'],
    ['an empty object', '{}'],
    ['only a table', 'table: customer'],
    ['only a list as table', 'table: [a, b]'],
    ['a table of something else', 'table: customer\ncolumns: [id]'],
    ['a qualified table of something else', 'table: {schema: public, name: customer}\ncolumns: [{name: id}]'],
    [
      'the payload of an event trigger',
      '{id: 1, table: {schema: a, name: b}, trigger: {name: t}, event: {op: INSERT}}',
    ],
    [
      'docker-compose',
      'version: "3"\nservices: {graphql-engine: {image: hasura/graphql-engine}}\nvolumes: {db: }',
    ],
    [
      'a Kubernetes manifest',
      'apiVersion: v1\nkind: Service\nmetadata: {name: hasura}\nspec: {ports: [{port: 80}]}',
    ],
    [
      'a Kubernetes list',
      'apiVersion: v1\nkind: List\nmetadata: {resourceVersion: ""}\nitems: [{kind: Pod}]',
    ],
    ['OpenAPI', 'openapi: 3.0.0\ninfo: {title: a, version: 1}\npaths: {/a: {get: {responses: {}}}}'],
    ['package.json', '{name: a, version: 1.0.0, type: module, scripts: {build: tsc}}'],
    [
      'a GitHub workflow',
      'name: CI\non: [push]\njobs: {build: {runs-on: ubuntu-latest, steps: [{uses: actions/checkout@v4}]}}',
    ],
    ['translations', '{table: Tabelle, relationships: Beziehungen, type: Typ, name: Name}'],
    [
      'sources of dbt',
      'version: 2\nsources: [{name: shop, database: raw, schema: public, tables: [{name: orders}]}]\nmodels: []',
    ],
    ['a source map', '{version: 3, sources: [a.ts], names: [], mappings: AAAA}'],
    ['an empty source map', '{version: 3, sources: [], names: [], mappings: ""}'],
    ['an action of something else', '{type: create, args: {name: a}}'],
    ['a message with type and args', '{type: run, args: [1, 2]}'],
    ['a bulk of something else', '{type: bulk, args: [{type: email, args: {}}]}'],
    ['migrations of something else', '{up: [{type: sql}], down: []}'],
    ['version.yaml', 'version: 3'],
    [
      'actions.yaml',
      'actions: [{name: a, definition: {kind: synchronous, handler: x}}]\ncustom_types: {objects: []}',
    ],
    ['query collections', '- {name: allowed, definition: {queries: [{name: a, query: "{ a }"}]}}'],
    ['cron triggers', '- {name: a, webhook: b, schedule: "* * * * *"}'],
    ['functions', '- {function: {schema: public, name: search}}'],
    ['a list of named things', '- {name: a, definition: {image: b}}\n- {name: c}'],
    [
      'a type with relationships of something else',
      '{type: articles, id: 1, relationships: {author: {data: {}}}}',
    ],
    ['JSON:API in a list', '- {type: articles, relationships: [{name: a, target: b}]}'],
    ['a snapshot of tables', '- {schema: public, name: users, columns: [{name: id, type: uuid}]}'],
    ['a datasource', '- {name: db, kind: postgres, host: localhost, port: 5432}'],
  ])('%s', (_, text) => {
    const model = readTwins(text);
    expect(model.roles).toEqual(['none']);
    expect(facts(model)).toEqual({ ...nothing, roles: ['none'] });
    expect(model.shapeProblems).toEqual([]);
  });

  it('Home Assistant with its includes', () => {
    const { model } = readText('automation: !include automations.yaml\nscript: !include scripts.yaml\n');
    expect(model.roles).toEqual(['none']);
    expect(model.includes).toEqual([]);
  });

  it('nothing at all', () => {
    expect(readText('').model.relationships).toEqual([]);
    expect(readText('# only a comment\n').model.shapeProblems).toEqual([]);
    expect(readText('{', 'json').model.shapeProblems).toEqual([]);
  });
});

describe('every hint has its opposite', () => {
  const roleOf = (text: string) => readTwins(text).roles[0];
  const track = '{type: pg_track_table, args: {table: t}}';

  it.each<[string, string, string]>([
    // Bulks.
    ['a bulk of nothing yet', '{type: bulk, args: []}', 'request'],
    ['a bulk without args', '{type: bulk}', 'none'],
    ['a bulk whose args are no list', '{type: bulk, args: {table: t}}', 'none'],
    ['a bulk of null', '{type: bulk, args: null}', 'none'],
    ['a bulk whose args are a request', `{type: bulk, args: ${track}}`, 'request'],
    ['a bulk whose args are requests by name', `{type: bulk, args: {a: 1, b: ${track}}}`, 'request'],
    ['a bulk of other things', '{type: bulk, args: [{type: email, args: {}}]}', 'none'],
    ['a bulk in which one request is enough', `{type: bulk, args: [1, {}, ${track}]}`, 'request'],
    ...['bulk', 'bulk_keep_going', 'bulk_atomic', 'concurrent_bulk'].map((bulk): [string, string, string] => [
      bulk,
      `{type: ${bulk}, args: [${track}]}`,
      'request',
    ]),
    ['another bulk', '{type: bulk_mail, args: []}', 'none'],
    // Commands.
    ['a command', track, 'request'],
    ['a command without args', '{type: pg_track_table}', 'none'],
    ['a relationship command', '{type: pg_create_remote_relationship}', 'request'],
    ['a misspelt one, with args', '{type: pg_create_remote_relatonship, args: {}}', 'request'],
    ['a misspelt one alone', '{type: pg_create_remote_relatonship}', 'none'],
    // Arguments.
    [
      'a type that is none, with the keys of a relationship',
      '{type: x, args: {definition: {to_source: {}}}}',
      'request',
    ],
    ['the other form', '{type: x, args: {definition: {to_remote_schema: {}}}}', 'request'],
    ['another definition', '{type: x, args: {definition: {to_mail: {}}}}', 'none'],
    ['the legacy keys', '{args: {remote_schema: a, hasura_fields: [], remote_field: {}}}', 'request'],
    ['two of them', '{args: {remote_schema: a, hasura_fields: []}}', 'none'],
    ['another two', '{args: {remote_schema: a, remote_field: {}}}', 'none'],
    ['the last two', '{args: {hasura_fields: [], remote_field: {}}}', 'none'],
    ['requests without a type around them', `{args: [${track}]}`, 'request'],
    ['other things without a type', '{args: [{type: run}]}', 'none'],
    // Migrations.
    ['steps up', `{up: [${track}]}`, 'request'],
    ['steps down', `{down: [${track}]}`, 'request'],
    ['steps that are no list', `{up: ${track}}`, 'none'],
    // Lists.
    ['lists of requests in a list', `[[${track}]]`, 'request'],
    ['a list in which one is a request', `[[{a: 1}, ${track}]]`, 'request'],
    ['lists of something else', '[[{type: x}]]', 'none'],
    ['a list that begins with a text', `[a, ${track}]`, 'none'],
    ['a list that begins with nothing', `[null, ${track}]`, 'request'],
    ['a list that begins with something else', `[{a: 1}, ${track}]`, 'request'],
    // Tables.
    ...['custom_root_fields', 'custom_column_names', 'column_config', 'custom_name'].map(
      (key): [string, string, string] => [
        `a table’s ${key}`,
        `table: t\nconfiguration: {${key}: {}}`,
        'table',
      ],
    ),
    ['another configuration', 'table: t\nconfiguration: {width: 3}', 'none'],
    ['an empty configuration', 'table: t\nconfiguration: {}', 'none'],
    ['a configuration that is a text', 'table: t\nconfiguration: custom_name', 'none'],
    ['an enum', 'table: t\nis_enum: false', 'table'],
    ['an enum that is none', 'table: t\nis_enum: "yes"', 'none'],
    ['the key of Apollo Federation', 'table: t\napollo_federation_config: {enable: v1}', 'table'],
    ['relationships below any key', 'table: t\nremote: [{name: a, definition: {to_source: {}}}]', 'table'],
    ['other things below any key', 'table: t\nremote: [{name: a}]', 'none'],
    ...['object_relationships', 'array_relationships', 'remote_relationships', 'computed_fields'].map(
      (key): [string, string, string] => [`a list of ${key}`, `table: t\n${key}: []`, 'table'],
    ),
    ...['insert', 'select', 'update', 'delete'].map((verb): [string, string, string] => [
      `a list of ${verb} permissions`,
      `table: t\n${verb}_permissions: []`,
      'table',
    ]),
    ['event triggers', 'table: t\nevent_triggers: []', 'table'],
    ['a list that is an include', 'table: t\nselect_permissions: "!include x.yaml"', 'table'],
    ['a list that is a text', 'table: t\nselect_permissions: all', 'none'],
    ['a number for a table', 'table: 7\nselect_permissions: []', 'none'],
    [
      'relationships without a table',
      'remote_relationships: [{name: a, definition: {to_source: {}}}]',
      'table',
    ],
    ['other relationships without a table', 'remote_relationships: [{name: a}]', 'none'],
    ['a table with one more key', 'table: {schema: a, name: b, more: c}', 'none'],
    ['a table without its schema', 'table: {name: b}', 'none'],
    ['a table with a number', 'table: {schema: a, name: 1}', 'none'],
    ['a schema that is a number', 'table: {schema: 1, name: a}', 'none'],
    ['a table without a name', 'table: {schema: a, owner: b}', 'none'],
    ['a table with something else', 'table: {owner: a, name: b}', 'none'],
    ['a table beside a long misspelt key', 'table: {schema: a, name: b}\nselect_permission: []', 'table'],
    ['a table beside another key', 'table: {schema: a, name: b}\nselect_everything: []', 'none'],
    ['a table beside a short key', 'table: {schema: a, name: b}\ntables: []', 'none'],
    // Sources.
    ...['postgres', 'pg', 'citus', 'cockroach', 'mssql', 'bigquery'].map((kind): [string, string, string] => [
      `a source of ${kind}`,
      `- {name: a, kind: ${kind}}`,
      'sources',
    ]),
    ['a source of a kind nobody knows', '- {name: a, kind: other}', 'none'],
    [
      'it has tables and a configuration',
      '- {name: a, kind: other, configuration: {}, tables: []}',
      'sources',
    ],
    ['it has no tables', '- {name: a, kind: other, configuration: {}}', 'none'],
    ['it has no configuration', '- {name: a, kind: other, tables: []}', 'none'],
    ['a foreign key', '- {name: a, kind: postgres, host: b}', 'none'],
    ['tables of a foreign kind', '- {name: a, tables: [{name: b}]}', 'none'],
    ['no name', '- {kind: postgres}', 'none'],
    ['no name, but tables', '- {kind: postgres, tables: [{table: t, select_permissions: []}]}', 'none'],
    ['tables alone', '- {name: a, tables: [{table: t, select_permissions: []}]}', 'sources'],
    ['tables that are includes', '- {name: a, tables: ["!include a.yaml"]}', 'sources'],
    ['tables that are an include', '- {name: a, tables: "!include a.yaml"}', 'sources'],
    ...[
      'functions',
      'customization',
      'query_tags',
      'health_check',
      'logical_models',
      'native_queries',
      'stored_procedures',
    ].map((key): [string, string, string] => [
      `${key} of a source`,
      `- {name: a, kind: pg, ${key}: []}`,
      'sources',
    ]),
    // Remote schemas.
    ...['timeout_seconds', 'headers', 'forward_client_headers', 'customization'].map(
      (key): [string, string, string] => [
        `${key} of a remote schema`,
        `- {name: a, definition: {url: b, ${key}: 1}}`,
        'remote-schemas',
      ],
    ),
    ...['comment', 'permissions', 'remote_relationships'].map((key): [string, string, string] => [
      `a remote schema’s ${key}`,
      `- {name: a, definition: {url: b}, ${key}: null}`,
      'remote-schemas',
    ]),
    ['a misspelt key of 8 letters', '- {name: a, definition: {url: b}, commentt: c}', 'remote-schemas'],
    ['a misspelt key of 7', '- {name: a, definition: {url: b}, coment_: c}', 'none'],
    ['a definition with another key', '- {name: a, definition: {url: b, method: GET}}', 'none'],
    ['a remote schema with another key', '- {name: a, definition: {url: b}, method: GET}', 'none'],
    ['a definition without a name', '- {definition: {url: b}}', 'none'],
    ['a definition without a URL', '- {name: a, definition: {headers: []}}', 'none'],
    [
      'a remote schema by its types',
      '- {name: a, remote_relationships: [{type_name: T, relationships: []}]}',
      'remote-schemas',
    ],
    ['relationships of something else', '- {name: a, remote_relationships: [{a: 1}]}', 'none'],
    // Types.
    [
      'a type whose relationships are included',
      'type_name: A\nrelationships: "!include a.yaml"',
      'remote-schema-types',
    ],
    ['relationships that are a text', 'type_name: A\nrelationships: many', 'none'],
    ['relationships of another shape', 'type_name: A\nrelationships: [{target: b}]', 'none'],
    ['relationships that are texts', 'type_name: A\nrelationships: [b, 7]', 'none'],
    ['relationships that are lists', 'type_name: A\nrelationships: [[]]', 'none'],
    ['relationships by name', 'type_name: A\nrelationships: [{name: b}]', 'remote-schema-types'],
    ['relationships by definition', 'type_name: A\nrelationships: [{definition: {}}]', 'remote-schema-types'],
    ['relationships being typed', 'type_name: A\nrelationships: [null, {}]', 'remote-schema-types'],
    ['no relationships', 'type_name: A', 'none'],
    [
      '`type`, with a relationship',
      'type: A\nrelationships: [{name: a, definition: {to_source: {}}}]',
      'remote-schema-types',
    ],
    ['`type`, that is no text', 'type: 1\nrelationships: [{name: a, definition: {to_source: {}}}]', 'none'],
    // Relationships.
    ...['to_source', 'to_remote_schema', 'hasura_fields', 'remote_field'].flatMap(
      (key): [string, string, string][] => [
        [`${key} below definition`, `definition: {${key}: {}}`, 'relationships'],
        [`${key} beside a name`, `name: a\n${key}: {}`, 'relationships'],
        [`${key} alone`, `${key}: {}`, 'none'],
      ],
    ),
    ['the keys of a relationship beside a table', 'name: a\ntable: t\nto_source: {}', 'none'],
    ['a definition of something else', 'name: a\ndefinition: {remote_schema: b}', 'none'],
    // Documents.
    ['an empty list alone', '{sources: []}', 'none'],
    ['two empty lists', '{sources: [], tables: []}', 'metadata'],
    ['an empty list beside a version', '{remote_schemas: [], version: 2}', 'metadata'],
    ['an included list beside a version', '{sources: "!include a", version: 3}', 'metadata'],
    ['a list of other things', '{version: 3, sources: [a.ts]}', 'none'],
    ['a foreign key beside them', '{version: 3, sources: [], services: []}', 'none'],
    ['below metadata', '{metadata: {sources: [], tables: []}, more: 1}', 'metadata'],
    ...[
      'functions actions custom_types cron_triggers allowlist query_collections inherited_roles rest_endpoints',
      'network api_limits metrics_config graphql_schema_introspection backend_configs opentelemetry query_templates',
      'resource_version',
    ]
      .flatMap((line) => line.split(' '))
      .map((key): [string, string, string] => [
        `${key} of metadata`,
        `{version: 3, sources: [], ${key}: null}`,
        'metadata',
      ]),
  ])('%s', (_, text, role) => {
    expect(roleOf(text)).toBe(role);
  });

  const types = (relationships: string) => `{objects: [{name: Output, relationships: ${relationships}}]}`;
  const joined = '[{name: r, type: object, remote_table: t, field_mapping: {}}]';
  it.each<[string, string, string]>([
    ['with a relationship of a type', `{actions: [], custom_types: ${types(joined)}}`, 'actions'],
    ['with a relationship of something else', `{actions: [], custom_types: ${types('[{name: r}]')}}`, 'none'],
    ['with types alone', `{actions: [], custom_types: {objects: [{name: Output}]}}`, 'none'],
    ['without types', '{actions: [], other: 1}', 'none'],
    ['without actions', `{custom_types: ${types(joined)}}`, 'none'],
    ['whose actions are no list', `{actions: {}, custom_types: ${types(joined)}}`, 'none'],
    ['with a key of something else', `{actions: [], custom_types: ${types(joined)}, more: 1}`, 'none'],
  ])('actions %s', (_, text, role) => {
    expect(roleOf(text)).toBe(role);
  });

  it('an include, or an alias that leads nowhere, is nothing by itself', () => {
    expect(readText('!include a.yaml').model.roles).toEqual(['none']);
    expect(readText('*nowhere').model.roles).toEqual(['none']);
  });

  it.each([
    ['a misspelt key of 8 letters', 'is_enumm', 'none'],
    ['two letters off', 'selectpermission', 'table'],
    ['three letters off', 'selecpermission', 'none'],
  ])('a table beside %s', (_, key, role) => {
    expect(roleOf(`table: {schema: a, name: b}\n${key}: []`)).toBe(role);
  });

  it.each([
    ['{}', 'request'],
    ['{"ty": ""}', 'request'],
    ['{"args": {}}', 'request'],
    ['{"type": "some_command"}', 'request'],
    ['{"version": 1, "resource_version": 2}', 'request'],
    ['{"version": 1, "other": 2}', 'none'],
    ['{"query": "{ a }"}', 'none'],
  ])('what is sent to Hasura counts by less: %s', (body, role) => {
    const roles = (url: string) => readText(`POST ${url}\n\n${body}\n`, 'http').model.roles;
    expect(roles('http://localhost/v1/metadata')).toEqual([role]);
    expect(roles('http://localhost/v1/other')).toEqual(['none']);
  });

  it.each(['{}', '{"ty": ""}', '{"type": "some_command"}'])('what is sent nowhere does not: %s', (body) => {
    const [root] = parse(body, 'json').roots;
    expect(root && documentRole(root)).toBe('none');
    expect(root && documentRole(root, true)).toBe('request');
  });

  it('a list is looked at for its first hundred items', () => {
    const list = (before: number) => `[${'{a: 1}, '.repeat(before)}${track}]`;
    const object = (before: number) =>
      `{${Array.from({ length: before }, (_, index) => `k${index}: 1`).join(', ')}, last: ${track}}`;
    const around = [(text: string) => text, (text: string) => `{type: bulk, args: ${text}}`];
    const texts = [
      ...around.map((each) => (before: number) => each(list(before))),
      (before: number) => `{type: bulk, args: ${object(before)}}`,
    ];
    for (const text of texts) expect([roleOf(text(99)), roleOf(text(100))]).toEqual(['request', 'none']);
  });
});
