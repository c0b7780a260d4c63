import { describe, expect, it } from 'vitest';
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
