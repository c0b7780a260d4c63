import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import {
  complaints,
  customerFile,
  databasesFile,
  type Files,
  json,
  metadata,
  project,
  remoteSchemasFile,
  request,
  schemas,
  yaml,
} from './project.ts';

/** What is right, written in all the ways people and tools write it. */

const metadataFiles = Object.keys(project).filter((name) => name.startsWith('metadata/'));

function rewritten(rewrite: (text: string) => string): Files {
  return {
    ...project,
    ...Object.fromEntries(metadataFiles.map((name) => [name, rewrite(project[name] ?? '')])),
  };
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

describe('a project that is right', () => {
  it.each<[string, (text: string) => string]>([
    ['as it is', (text) => text],
    ['with carriage returns', (text) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
    ['as JSON with tabs', (text) => JSON.stringify(parse(text), null, '\t')],
    ['as JSON in one line', (text) => JSON.stringify(parse(text))],
    ['in flow style', (text) => stringify(parse(text), { collectionStyle: 'flow' })],
    ['with its keys the other way round', (text) => yaml(reversed(parse(text)))],
    [
      'with everything quoted',
      (text) => stringify(parse(text), { defaultKeyType: 'QUOTE_DOUBLE', defaultStringType: 'QUOTE_SINGLE' }),
    ],
    ['with comments everywhere', (text) => text.replace(/\n(?!$)/g, ' # remark: x\n# line\n\n')],
    ['with document markers', (text) => `%YAML 1.2\n---\n${text}...\n`],
    ['without a last line break', (text) => text.trimEnd()],
  ])('%s', async (_, rewrite) => {
    expect(await complaints(rewritten(rewrite))).toEqual([]);
  });

  it('with anchors, aliases and merge keys', async () => {
    const text = `table: &table { schema: public, name: customer }
remote_relationships:
  - &first
    name: a
    definition:
      to_remote_schema: &people
        remote_schema: people
        lhs_fields: &fields [person_id]
        remote_field: &path { person: { arguments: &given { id: $person_id } } }
  - { <<: *first, name: b }
  - name: c
    definition: { to_remote_schema: { <<: *people } }
  - name: d
    definition:
      remote_schema: people
      hasura_fields: *fields
      remote_field: *path
  - name: e
    definition:
      to_remote_schema: { <<: [*people], remote_field: { person: { arguments: { <<: *given } } } }
  - name: f
    definition:
      to_source: { relationship_type: object, source: shop, table: *table, field_mapping: { id: id } }
`;
    expect(await complaints({ ...project, [customerFile]: text })).toEqual([]);
  });
});

describe('metadata of other shapes', () => {
  const { sources } = metadata();
  const ofKind = (kind: string | null | undefined) => ({
    ...metadata(),
    sources: sources.map((source) => ({ ...source, kind })),
  });
  it.each<[string, unknown]>([
    ['an export', metadata()],
    ['with the older name of postgres', ofKind('pg')],
    ['without a kind', ofKind(undefined)],
    ['with a kind of null', ofKind(null)],
    ['a consolidated export', { resource_version: 12, is_consistent: true, metadata: metadata() }],
    ['with further parts', { ...metadata(), network: {}, opentelemetry: {}, actions: [], unheard_of: 1 }],
    ['replace_metadata', { type: 'replace_metadata', version: 1, args: metadata() }],
    [
      'replace_metadata of version 2',
      {
        type: 'replace_metadata',
        version: 2,
        resource_version: 8,
        args: { allow_inconsistent_metadata: true, metadata: metadata() },
      },
    ],
    ['replace_metadata without a version', { type: 'replace_metadata', args: { metadata: metadata() } }],
  ])('%s', async (_, document) => {
    expect(await complaints({ ...schemas, 'metadata.json': json(document) })).toEqual([]);
    expect(await complaints({ ...schemas, 'some.yaml': yaml(document) })).toEqual([]);
  });
});

describe('requests beside a project', () => {
  const toNew = {
    name: 'n',
    remote_schema: 'fresh',
    hasura_fields: ['any'],
    remote_field: { thing: { arguments: { id: '$any' } } },
  };
  const bulk = (...args: readonly unknown[]) => json({ type: 'bulk', source: 'shop', args });
  it.each<[string, string]>([
    [
      'a bulk that tracks the table and adds the remote schema first',
      bulk(
        { type: 'pg_track_table', args: { source: 'shop', table: 'new_table' } },
        { type: 'add_remote_schema', args: { name: 'fresh', definition: { url: 'x' } } },
        { type: 'pg_create_remote_relationship', args: { source: 'shop', table: 'new_table', ...toNew } },
        { type: 'get_inconsistent_metadata', args: {} },
      ),
    ],
    [
      'a bulk that adds the column first',
      bulk(
        { type: 'run_sql', args: { source: 'shop', sql: 'alter table customer add column other text' } },
        request({
          name: 'n',
          remote_schema: 'people',
          hasura_fields: ['other'],
          remote_field: { person: { arguments: { id: '$other' } } },
        }),
      ),
    ],
    ['a delete', json(request({ name: 'profile' }, 'pg_delete_remote_relationship'))],
  ])('%s', async (_, text) => {
    expect(await complaints({ ...project, 'request.json': text })).toEqual([]);
  });

  it.each<[string, string]>([
    [
      'variables in strings and keys',
      json({
        type: 'pg_create_remote_relationship',
        args: {
          source: '{{source}}',
          table: '{{table}}',
          name: '{{name}}',
          definition: {
            to_source: {
              relationship_type: 'array',
              source: '{{target}}',
              table: { schema: '{{schema}}', name: '{{table}}' },
              field_mapping: { '{{column}}': '{{other}}' },
            },
          },
        },
      }),
    ],
    [
      'variables in a path',
      json(
        request({
          name: 'n',
          remote_schema: '{{remote schema}}',
          hasura_fields: ['{{column}}'],
          remote_field: {
            '{{field}}': { arguments: { '{{argument}}': '\u0024{{column}}', id: '{{value}}' } },
          },
        }),
      ),
    ],
    [
      'a variable without quotes',
      json(
        request({
          name: 'n',
          remote_schema: 'people',
          hasura_fields: [],
          remote_field: { persons: { arguments: { limit: 'LIMIT' } } },
        }),
      ).replace('"LIMIT"', '{{$randomInt 1 5}}'),
    ],
  ])('an .http file with %s', async (_, body) => {
    const text = `@host = http://x\n\nPOST {{host}}/v1/metadata\n\n${body}\n\n> {% client.test() %}\n`;
    expect(await complaints({ ...project, 'request.http': text })).toEqual([]);
  });
});

describe('files that are not whole', () => {
  it.each<[string, Files]>([
    ['a list of tables that is empty', { 'metadata/databases/helpdesk/tables/tables.yaml': '' }],
    [
      'a list of tables with a word in it',
      { 'metadata/databases/helpdesk/tables/tables.yaml': '- "!public_ticket.yaml"\n' },
    ],
    ['a table file with a word in it', { 'metadata/databases/helpdesk/tables/public_ticket.yaml': 'tab\n' }],
    [
      'a remote schema that is being written',
      {
        [customerFile]: (project[customerFile] ?? '').replaceAll('people', 'fresh'),
        [remoteSchemasFile]: `${project[remoteSchemasFile]}- name:fre\n`,
      },
    ],
  ])('%s makes nothing absent elsewhere', async (_, files) => {
    const changed = Object.keys(files);
    const others = Object.keys(project).filter((name) => !changed.includes(name) && name.endsWith('.yaml'));
    expect(await complaints({ ...project, ...files }, [...others, customerFile])).toEqual([]);
  });

  it('a source that is not listed any more is absent', async () => {
    const databases = project[databasesFile] ?? '';
    const files = { ...project, [databasesFile]: databases.slice(0, databases.indexOf('- name: helpdesk')) };
    expect(await complaints(files, [customerFile])).toEqual(['unknown-source «helpdesk»']);
  });
});
