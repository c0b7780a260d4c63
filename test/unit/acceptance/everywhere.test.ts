import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  check,
  customerFile,
  databasesFile,
  type Files,
  json,
  metadata,
  project,
  remoteSchemasFile,
  request,
  schemas,
  withRelationships,
  yaml,
} from './project.ts';

/** One mistake gives the same finding wherever the relationship is written. */

const variable = '$person_id';

function toRemoteSchema(remote_field: unknown, lhs_fields: unknown = ['person_id'], name = 'r') {
  return { name, definition: { to_remote_schema: { remote_schema: 'people', lhs_fields, remote_field } } };
}

function toSource(more: object, name: unknown = 'r') {
  const definition = {
    relationship_type: 'array',
    source: 'helpdesk',
    table: { schema: 'public', name: 'ticket' },
    field_mapping: { id: 'customer_id' },
  };
  return { name, definition: { to_source: { ...definition, ...more } } };
}

const right = { person: { arguments: { id: variable } } };

/** Codes in a request where they differ. */
type Case = readonly [what: string, item: object, codes: readonly string[], inRequest?: readonly string[]];

const cases: readonly Case[] = [
  ['nothing wrong, to a remote schema', toRemoteSchema(right), []],
  ['nothing wrong, to a source', toSource({}), []],
  [
    'R1 both',
    { name: 'r', definition: { ...toRemoteSchema(right).definition, ...toSource({}).definition } },
    ['definition-form'],
  ],
  ['R1 none', { name: 'r', definition: {} }, ['definition-form']],
  ['R5', toSource({ relationship_type: 'many' }), ['relationship-type']],
  ['R6 two fields', toRemoteSchema({ ...right, company: { arguments: {} } }), ['remote-field-shape']],
  ['R6 no field', toRemoteSchema({}, []), ['remote-field-shape']],
  ['R6 no arguments', toRemoteSchema({ company: {} }, []), ['missing-key']],
  ['R6 arguments: null', toRemoteSchema({ company: { arguments: null } }, []), ['wrong-kind']],
  ['R6 a path that is text', toRemoteSchema('company', []), ['wrong-kind']],
  ['R6 a step that is text', toRemoteSchema({ company: 'x' }, []), ['wrong-kind']],
  [
    'R6 a field that is text',
    toRemoteSchema({ company: { arguments: {}, field: 'name' } }, []),
    ['wrong-kind'],
  ],
  ['R6 a hyphen in a field', toRemoteSchema({ 'com-pany': { arguments: {} } }, []), ['remote-field-shape']],
  [
    'R6 a hyphen in an argument',
    toRemoteSchema({ company: { arguments: { 'a-b': 1 } } }, []),
    ['remote-field-shape'],
  ],
  ['R6 $', toRemoteSchema({ person: { arguments: { id: '$' } } }, []), ['invalid-variable']],
  ['R7', toRemoteSchema(right, ['person_id'], 'my-rel'), ['relationship-name']],
  ['R7 empty', toRemoteSchema(right, ['person_id'], ''), ['empty-string']],
  ['R9', toRemoteSchema(right, ['person_id'], 'status'), ['name-conflicts-with-column']],
  ['R11', toRemoteSchema({ person: { arguments: { id: '$xx' } } }, ['xx']), ['unknown-lhs-field']],
  ['R13', toSource({ field_mapping: { idd: 'customer_id' } }), ['unknown-lhs-field']],
  [
    'R14',
    {
      name: 'r',
      definition: {
        to_remote_schema: { remote_schema: 'peple', lhs_fields: [], remote_field: { a: { arguments: {} } } },
      },
    },
    ['unknown-remote-schema'],
  ],
  ['R15', toRemoteSchema({ persn: { arguments: { id: variable } } }), ['unknown-remote-field']],
  [
    'R15 below an interface',
    toRemoteSchema({ node: { arguments: { id: variable }, field: { id: { arguments: {} } } } }),
    ['selection-below-non-object'],
  ],
  ['R17', toRemoteSchema({ person: { arguments: { id: variable, ident: 1 } } }), ['unknown-argument']],
  ['R18', toRemoteSchema({ person: { arguments: { id: '$id' } } }, []), ['unlisted-variable']],
  ['R19', toRemoteSchema({ person: { arguments: { id: null } } }, []), ['null-value']],
  [
    'R20 an object for a list',
    toRemoteSchema({ persons: { arguments: { where: { _or: { id: { _eq: variable } } } } } }),
    ['object-for-list'],
  ],
  [
    'R20 an object for a scalar',
    toRemoteSchema({ persons: { arguments: { limit: { a: 1 } } } }, []),
    ['not-an-input-object'],
  ],
  [
    'R21 two elements',
    toRemoteSchema({ persons: { arguments: { ids: [variable, variable] } } }),
    ['multiple-list-elements'],
  ],
  ['R21 no list', toRemoteSchema({ person: { arguments: { id: [variable] } } }), ['list-for-non-list']],
  ['R23', toRemoteSchema({ person: { arguments: { id: true } } }, []), ['literal-type']],
  ['R29', toSource({ source: 'hlpdesk' }), ['unknown-source']],
  ['R31', toSource({ table: { dataset: 'x', name: 'z' } }), ['table-name-form']],
  ['R31 no name at all', toSource({ table: 5 }), ['wrong-kind']],
  ['R32', toSource({ table: 'tickt' }), ['unknown-table']],
  ['R33', toSource({ field_mapping: { id: 'cid' } }), ['unknown-target-column']],
  ['R36', toSource({ field_mapping: {} }), ['empty-field-mapping']],
  [
    'R42',
    toRemoteSchema({ node: { arguments: { id: variable }, field: { company: { arguments: {} } } } }),
    ['selection-below-non-object'],
  ],
  ['an unknown key', toSource({ filed_mapping: 1 }), ['unknown-key']],
  ['no source', toSource({ source: undefined }), ['missing-key']],
  ['source: null', toSource({ source: null }), ['wrong-kind']],
  ['lhs_fields of one name', toRemoteSchema({ company: { arguments: {} } }, 'person_id'), ['wrong-kind']],
  ['a mapping that is a list', toSource({ field_mapping: ['id'] }), ['wrong-kind']],
  ['a mapping to a number', toSource({ field_mapping: { id: 5 } }), ['wrong-kind']],
  ['R2 no definition', { name: 'r' }, ['missing-key'], ['request-form']],
  ['R2 definition: null', { name: 'r', definition: null }, ['wrong-kind'], ['request-form']],
  ['no name', { definition: toSource({}).definition }, ['missing-key']],
  ['a name that is a number', toSource({}, 5), ['wrong-kind']],
];

const remoteSchemas = project[remoteSchemasFile] ?? '';

const places: readonly (readonly [where: string, isRequest: boolean, files: (item: object) => Files])[] = [
  ['a table file', false, (item) => withRelationships(item)],
  [
    'a table file in flow style',
    false,
    (item) => ({
      ...project,
      [customerFile]: stringify(
        { table: 'customer', remote_relationships: [item] },
        { collectionStyle: 'flow', aliasDuplicateObjects: false },
      ),
    }),
  ],
  [
    'databases.yaml',
    false,
    (item) => ({
      ...schemas,
      'config.yaml': 'version: 3\n',
      [databasesFile]: yaml(metadata([item]).sources),
      [remoteSchemasFile]: remoteSchemas,
    }),
  ],
  ['an export', false, (item) => ({ ...schemas, 'metadata.json': json(metadata([item])) })],
  ['an export in YAML', false, (item) => ({ ...schemas, 'metadata.yaml': yaml(metadata([item])) })],
  [
    'an export with its resource version',
    false,
    (item) => ({ ...schemas, 'hasura.json': json({ resource_version: 3, metadata: metadata([item]) }) }),
  ],
  [
    'replace_metadata',
    false,
    (item) => ({ ...schemas, 'replace.json': json({ type: 'replace_metadata', args: metadata([item]) }) }),
  ],
  [
    'replace_metadata of version 2 beside another project',
    false,
    (item) => ({
      ...project,
      'replace.yaml': yaml({ type: 'replace_metadata', version: 2, args: { metadata: metadata([item]) } }),
    }),
  ],
  ['a request', true, (item) => ({ ...project, 'request.json': json(request(item)) })],
  [
    'an update in YAML',
    true,
    (item) => ({ ...project, 'request.yaml': yaml(request(item, 'postgres_update_remote_relationship')) }),
  ],
  [
    'a request without a prefix',
    true,
    (item) => ({ ...project, 'request.json': json(request(item, 'create_remote_relationship')) }),
  ],
  [
    'a bulk in a bulk',
    true,
    (item) => ({
      ...project,
      'request.json': json({ type: 'bulk', args: [{ type: 'bulk_keep_going', args: [request(item)] }] }),
    }),
  ],
  [
    'an .http file',
    true,
    (item) => ({
      ...project,
      'request.http': `POST {{host}}/v1/metadata\nX-Secret: {{secret}}\n\n${json(request(item))}\n`,
    }),
  ],
];

const rows = cases.map(([what, item, codes, inRequest]) => ({
  what,
  item,
  codes,
  inRequest: inRequest ?? codes,
}));

describe.each(places)('a relationship in %s', (_where, isRequest, files) => {
  it.each(rows)('$what', async ({ item, codes, inRequest }) => {
    const found = (await check(files(item))).filter(
      // The metadata does not have what the update is of.
      ({ severity, code }) =>
        (severity === 'error' || severity === 'warning') && code !== 'unknown-relationship',
    );
    expect(found.map(({ code }) => code)).toEqual(isRequest ? inRequest : codes);
    const name = 'name' in item && typeof item.name === 'string' ? item.name : null;
    for (const { relationship } of found) expect(relationship).toBe(name);
  });
});
