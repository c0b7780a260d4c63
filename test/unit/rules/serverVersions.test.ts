import { describe, expect, it } from 'vitest';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { findingsIn, type Surroundings } from '../support/checkText.ts';
import { onType, surroundings, toRemoteSchema, toSource } from './joinFixtures.ts';

/** What differs by the server's version changes with the version that brought it, whatever follows its number. */

type Version = readonly [major: number, minor: number, patch: number];

const text = ([major, minor, patch]: Version) => `${major}.${minor}.${patch}`;

/** The version just before; the first of a minor version comes after any of the one before. */
function before([major, minor, patch]: Version): Version {
  if (patch > 0) return [major, minor, patch - 1];
  return minor > 0 ? [major, minor - 1, 99] : [major - 1, 99, 99];
}

/** In order: below, at and above, each as it may be written. */
function versionsAround(version: Version) {
  const [major, minor, patch] = version;
  return {
    older: [text(before(version)), `v${text(before(version))}-ce`],
    newer: [
      text(version),
      `v${text(version)}`,
      `v${text(version)}-ce`,
      `v${text(version)}-beta.1`,
      text([major, minor, patch + 1]),
    ],
  };
}

const legacyKeys =
  'remote_schema: people, hasura_fields: [id], remote_field: { person: { arguments: { id: $id } } }';
const unified =
  'to_remote_schema: { remote_schema: people, lhs_fields: [id], remote_field: { person: { arguments: { id: $id } } } }';
const located: Surroundings = { ...surroundings, location: { source: 'default' } };

const request = (type: string, args: string) => `type: ${type}\nargs: { ${args} }\n`;
const deletion = (type: string) =>
  request(
    type,
    `table: ${type.startsWith('bigquery') ? '{ dataset: a, name: customer }' : 'customer'}, name: profile`,
  );
const creation = (body: string) =>
  request('pg_create_remote_relationship', `table: customer, name: profile, ${body}`);
const tableKey = (key: string) =>
  `version: 3\nsources:\n  - name: shop\n    configuration: {}\n    tables:\n      - table: customer\n        ${key}\n`;
const typeCommand = request(
  'delete_remote_schema_remote_relationship',
  'remote_schema: people, type_name: Person, name: orders',
);
const toMysql = {
  text: toSource('{ id: id }', { source: 'my', target: 'account' }),
  around: {
    ...located,
    sources: {
      ...surroundings.sources,
      my: { kind: 'mysql', tables: [{ table: 'account', columns: { id: 'int!' } }] },
    },
  },
};

interface Row {
  readonly since: Version;
  readonly code: string;
  readonly text: string;
  readonly around?: Surroundings;
  readonly language?: SyntaxLanguage;
  /** Severity and the server's words before and since; `undefined`: nothing is reported. */
  readonly old: readonly [severity: string, serverMessage: string | undefined] | undefined;
  readonly now: readonly [severity: string, serverMessage: string | undefined] | undefined;
}

const inTickets = 'in table "customer": in remote relationship "tickets": ';
const inProfile = 'in table "customer": in remote relationship "profile": ';
const unsupported = 'unsupported-by-server-version';

const rows: Readonly<Record<string, Row>> = {
  'commands of Postgres': {
    since: [2, 0, 0],
    code: unsupported,
    text: deletion('pg_delete_remote_relationship'),
    old: ['error', undefined],
    now: undefined,
  },
  'commands of Citus': {
    since: [2, 0, 2],
    code: unsupported,
    text: request(
      'citus_create_remote_relationship',
      `table: customer, name: profile, definition: { ${unified} }`,
    ),
    // The definition is told, too.
    old: ['error', 'unknown metadata command "create_remote_relationship" for backend citus'],
    now: ['error', undefined],
  },
  'commands of BigQuery': {
    since: [2, 1, 0],
    code: unsupported,
    text: request(
      'bigquery_create_remote_relationship',
      'table: { dataset: a, name: customer }, name: profile',
    ),
    old: ['error', 'unknown metadata command "create_remote_relationship" for backend bigquery'],
    now: undefined,
  },
  'commands of SQL Server': {
    since: [2, 6, 0],
    code: unsupported,
    text: deletion('mssql_delete_remote_relationship'),
    old: ['error', 'unknown metadata command "delete_remote_relationship" for backend mssql'],
    now: undefined,
  },
  'commands of CockroachDB': {
    since: [2, 12, 0],
    code: unsupported,
    text: deletion('cockroach_delete_remote_relationship'),
    old: ['error', 'unknown metadata command "delete_remote_relationship" for backend cockroach'],
    now: undefined,
  },
  'commands of data connectors': {
    since: [2, 21, 0],
    code: unsupported,
    text: deletion('snowflake_delete_remote_relationship'),
    old: ['error', 'unknown metadata command "delete_remote_relationship" for backend snowflake'],
    now: undefined,
  },
  'commands of MySQL': {
    since: [2, 26, 0],
    code: unsupported,
    text: deletion('mysql_delete_remote_relationship'),
    old: ['error', 'unknown metadata command "delete_remote_relationship" for backend mysql'],
    now: undefined,
  },
  'deleting by commands that are not of Postgres': {
    since: [2, 1, 1],
    code: unsupported,
    text: deletion('citus_delete_remote_relationship'),
    old: ['warning', undefined],
    now: undefined,
  },
  'types of remote schemas as the left side': {
    since: [2, 5, 0],
    code: unsupported,
    text: onType('Person'),
    old: ['warning', undefined],
    now: undefined,
  },
  'commands for types of remote schemas': {
    since: [2, 5, 0],
    code: unsupported,
    text: typeCommand,
    old: ['error', 'unknown metadata command "remote_schema_remote_relationship" for backend delete'],
    now: undefined,
  },
  to_remote_schema: {
    since: [2, 1, 0],
    code: unsupported,
    text: toRemoteSchema('[id]', 'person: { arguments: { id: $id } }'),
    old: ['error', undefined],
    now: undefined,
  },
  to_source: {
    since: [2, 1, 0],
    code: unsupported,
    text: toSource('{ id: customer_id }'),
    old: ['error', undefined],
    now: undefined,
  },
  'legacy requests again': {
    since: [2, 1, 1],
    code: unsupported,
    text: creation(legacyKeys),
    old: ['error', 'key "definition" not found'],
    now: undefined,
  },
  apollo_federation_config: {
    since: [2, 10, 0],
    code: unsupported,
    text: tableKey('apollo_federation_config: { enable: v1 }'),
    old: ['error', 'unexpected keys when parsing TableMetadata: ["apollo_federation_config"]'],
    now: undefined,
  },
  logical_model: {
    since: [2, 29, 0],
    code: unsupported,
    text: tableKey('logical_model: x\n        select_permissions: []'),
    old: ['error', 'unexpected keys when parsing TableMetadata: ["logical_model"]'],
    now: undefined,
  },
  'a type that does not exist': {
    since: [2, 5, 0],
    code: 'unknown-type',
    text: onType('Persn', '{ any: note }'),
    around: surroundings,
    old: [
      'error',
      'Inconsistent object: in remote relationship"tickets": no such type defined in remote schema: "people"',
    ],
    now: [
      'error',
      'Inconsistent object: in remote relationship"tickets": no type named "Persn" defined in remote schema "people"',
    ],
  },
  'SQL Server as the target': {
    since: [2, 6, 0],
    code: 'unsupported-target',
    text: toSource('{ id: id }', { source: 'sql', target: 'account' }),
    around: located,
    old: ['warning', undefined],
    now: undefined,
  },
  'MySQL as the target, refused': {
    since: [2, 21, 0],
    code: 'unsupported-target',
    ...toMysql,
    old: ['warning', undefined],
    now: [
      'error',
      `Inconsistent object: ${inTickets}source my does not support being used as the target of a remote relationship`,
    ],
  },
  'MySQL as the target': {
    since: [2, 26, 0],
    code: 'unsupported-target',
    ...toMysql,
    old: [
      'error',
      `Inconsistent object: ${inTickets}source my does not support being used as the target of a remote relationship`,
    ],
    now: undefined,
  },
  'target columns that hold nested values': {
    since: [2, 27, 0],
    code: 'non-scalar-target-column',
    text: toSource('{ id: lines }', { source: 'mongo', target: '[shop, cart]' }),
    around: located,
    old: undefined,
    now: ['error', `Inconsistent object: ${inTickets}Target field "lines"is not a scalar column`],
  },
  'computed fields as join fields to a source': {
    since: [2, 2, 0],
    code: 'unknown-lhs-field',
    text: toSource('{ full_name: note }'),
    around: located,
    old: [
      'error',
      'Inconsistent object: in table "customer": in remote relationship"tickets": relationships from non-columns are not supported yet',
    ],
    now: undefined,
  },
  'computed fields as join fields to a remote schema': {
    since: [2, 0, 2],
    code: 'unknown-lhs-field',
    text: toRemoteSchema('[full_name]', 'nameOf: { arguments: { id: $full_name } }'),
    around: located,
    old: [
      'error',
      'Inconsistent object: in table "customer": in remote relationship"profile": field with name "full_name" not found in table "customer"',
    ],
    now: undefined,
  },
  'words for a join field that is a relationship or function': {
    since: [2, 2, 0],
    code: 'unknown-lhs-field',
    text: toRemoteSchema('[rank]', 'nameOf: { arguments: { id: $rank } }'),
    around: located,
    old: [
      'error',
      'Inconsistent object: in table "customer": in remote relationship"profile": computed field "rank" is associated with SQL function "customer_rank" has input arguments other than table row type and hasura session',
    ],
    now: [
      'error',
      'Inconsistent object: in table "customer": in remote relationship"profile": field with name "rank"is not provided by the lhs entity""customer"for defining a join condition, the allowed fields are "id", "person_id", "email", "age", "active", "odd-name", "joined", or "full_name""',
    ],
  },
  'variables that are no join field': {
    since: [2, 0, 2],
    code: 'unlisted-variable',
    text: toRemoteSchema('[]', 'nameOf: { arguments: { id: $id } }'),
    around: located,
    old: ['warning', undefined],
    now: [
      'error',
      'Inconsistent object: in table "customer": in remote relationship"profile": variable "id" is not found',
    ],
  },
  'comparing types by name': {
    since: [2, 2, 0],
    code: 'variable-type',
    text: toRemoteSchema('[active]', 'nameOf: { arguments: { id: $active } }'),
    around: located,
    old: [
      'error',
      'Inconsistent object: in table "customer": in remote relationship"profile": Only ID, Int, uuid or String scalar types can be joined to the ID type, but received "Boolean"',
    ],
    now: ['warning', undefined],
  },
  'literals for ID': {
    since: [2, 0, 0],
    code: 'literal-type',
    text: toRemoteSchema('[id]', 'nameOf: { arguments: { id: x } }'),
    around: located,
    old: [
      'error',
      'in table "customer": in remote relationship"profile": expected type "ID" but got "String"',
    ],
    now: undefined,
  },
  'columns for ID': {
    since: [2, 0, 0],
    code: 'variable-type',
    text: toRemoteSchema('[id]', 'nameOf: { arguments: { id: $id } }'),
    around: located,
    old: ['error', 'in table "customer": in remote relationship"profile": expected type "ID" but got "uuid"'],
    now: undefined,
  },
  'paths below what is no object, with a field of that name': {
    since: [2, 1, 0],
    code: 'selection-below-non-object',
    text: toRemoteSchema('[id]', 'node: { arguments: { id: $id }, field: { person: { arguments: {} } } }'),
    around: located,
    old: ['error', undefined],
    now: ['error', 'object with name "Node" not found'],
  },
  'a definition without a form': {
    since: [2, 1, 0],
    code: 'definition-form',
    text: 'table: customer\nremote_relationships:\n  - name: profile\n    definition: { to_source: null, remote_field: {} }\n',
    old: ['error', undefined],
    now: ['error', 'remote relationship definition expects exactly one of: to_source, to_remote_schema'],
  },
  'legacy keys below definition in a request': {
    since: [2, 2, 0],
    code: 'definition-form',
    text: creation(`definition: { ${legacyKeys} }`),
    old: undefined,
    now: [
      'error',
      'remote relationship definition (strict format) expects exactly one of: to_source, to_remote_schema',
    ],
  },
  'unprefixed commands on /v1/metadata': {
    since: [2, 1, 1],
    code: 'unknown-command',
    text: 'POST http://localhost/v1/metadata\n\n{ "type": "create_remote_relationship", "args": { "table": "customer", "name": "profile", "definition": {} } }\n',
    language: 'http',
    old: undefined,
    now: ['error', 'unknown metadata command "remote_relationship" for backend create'],
  },
  'both forms in a request': {
    since: [2, 1, 1],
    code: 'request-form',
    text: creation(`${legacyKeys}, definition: { ${unified} }`),
    old: ['warning', undefined],
    now: ['error', 'create_remote_relationship expects exactly one of: remote_schema, definition'],
  },
  'the word before every inconsistency': {
    since: [2, 0, 0],
    code: 'unknown-lhs-field',
    text: toRemoteSchema('[zzz]', 'nameOf: { arguments: { id: $zzz } }'),
    around: located,
    old: [
      'error',
      'in table "customer": in remote relationship"profile": field with name "zzz" not found in table "customer"',
    ],
    now: [
      'error',
      'Inconsistent object: in table "customer": in remote relationship"profile": field with name "zzz" not found in table "customer"',
    ],
  },
  'no lead before a reason': {
    since: [1, 3, 3],
    code: 'unknown-lhs-field',
    text: toRemoteSchema('[zzz]', 'nameOf: { arguments: { id: $zzz } }'),
    around: located,
    old: [
      'error',
      'in table "customer": in remote relationship"profile": cannot validate remote relationship because field with name "zzz" not found in table "customer"',
    ],
    now: [
      'error',
      'in table "customer": in remote relationship"profile": field with name "zzz" not found in table "customer"',
    ],
  },
  'a blank before the name': {
    since: [2, 21, 0],
    code: 'unlisted-variable',
    text: toRemoteSchema('[]', 'nameOf: { arguments: { id: $id } }'),
    around: located,
    old: [
      'error',
      'Inconsistent object: in table "customer": in remote relationship"profile": variable "id" is not found',
    ],
    now: ['error', `Inconsistent object: ${inProfile}variable "id" is not found`],
  },
};

describe.each(Object.entries(rows))('%s', (_, row) => {
  const told = (serverVersion: string) =>
    findingsIn(row.text, { ...row.around, serverVersion }, row.language)
      .filter(({ code }) => code === row.code)
      .map(({ severity, serverMessage }) => [severity, serverMessage])[0];
  const { older, newer } = versionsAround(row.since);
  it.each(older)('before: %s', (version) => expect(told(version)).toEqual(row.old));
  it.each(newer)('since: %s', (version) => expect(told(version)).toEqual(row.now));
});
