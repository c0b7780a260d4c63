import { describe, expect, it } from 'vitest';
import type { TypeReference } from '../../../server/src/schema/remoteSchema.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';
import { graphqlTypeOfColumn, sqlTypeOfScalar } from '../../../server/src/schema/sqlTypes.ts';
import {
  agreementRank,
  columnTypesAgree,
  fieldAndColumnAgree,
  literalAgrees,
  strictVariableMessage,
  variableAgreement,
} from '../../../server/src/schema/typeCompatibility.ts';
import { typeReferenceText } from '../../../server/src/schema/typeReference.ts';

const { schema } = loadSdl([
  {
    uri: 'file:///schema/remote.graphql',
    text: 'scalar uuid scalar DateTime scalar JSON enum Color { RED } input Filter { id: Int } type Query { a: Int }',
  },
]);

/** `[String!]!` as a type reference. */
function type(text: string): TypeReference {
  const nonNull = text.endsWith('!');
  const bare = nonNull ? text.slice(0, -1) : text;
  return bare.startsWith('[')
    ? { kind: 'list', of: type(bare.slice(1, -1)), nonNull }
    : { kind: 'named', name: bare, nonNull };
}

describe('graphqlTypeOfColumn', () => {
  it.each<[string | undefined, string, string | undefined]>([
    ['postgres', 'integer', 'Int'],
    ['postgres', 'INT4', 'Int'],
    ['postgres', 'SERIAL', 'Int'],
    ['postgres', 'smallint', 'smallint'],
    ['postgres', 'int2', 'smallint'],
    ['postgres', 'bigint', 'bigint'],
    ['postgres', 'bigserial', 'bigint'],
    ['postgres', 'boolean', 'Boolean'],
    ['postgres', 'bool', 'Boolean'],
    ['postgres', 'real', 'Float'],
    ['postgres', 'double precision', 'float8'],
    ['postgres', 'numeric(10,2)', 'numeric'],
    ['postgres', 'decimal', 'numeric'],
    ['postgres', 'money', 'money'],
    ['postgres', 'text', 'String'],
    ['postgres', 'TEXT', 'String'],
    ['postgres', 'character varying(20)', 'String'],
    ['postgres', 'varchar', 'String'],
    ['postgres', 'character(2)', 'bpchar'],
    ['postgres', 'bpchar', 'bpchar'],
    ['postgres', 'citext', 'citext'],
    ['postgres', 'public.citext', 'citext'],
    ['postgres', 'date', 'date'],
    ['postgres', 'timestamp without time zone', 'timestamp'],
    ['postgres', 'timestamp(3) with time zone', 'timestamptz'],
    ['postgres', 'time with time zone', 'timetz'],
    ['postgres', 'time(6) without time zone', 'time'],
    ['postgres', 'uuid', 'uuid'],
    ['postgres', 'jsonb', 'jsonb'],
    ['postgres', 'integer[]', '[Int]'],
    ['postgres', '_int4', '[Int]'],
    ['postgres', '  int4  ', 'Int'],
    ['postgres', 'pg_catalog.int4', 'Int'],
    ['postgres', 'shop.pg_catalog._int4', '[Int]'],
    ['postgres', '_int4 range', undefined],
    ['postgres', 'double public.precision', undefined],
    ['postgres', 'my_int4', 'my_int4'],
    ['postgres', 'USER-DEFINED', undefined],
    ['postgres', '', undefined],
    ['postgres', 'numeric(10,2)[][]', '[[numeric]]'],
    ['bigquery', 'array <INT64>', '[Int]'],
    ['bigquery', 'an array<INT64>', undefined],
    ['bigquery', 'array<INT64> x', undefined],
    ['bigquery', 'array<array<INT64>>', '[[Int]]'],
    ['postgres', 'character varying(20)[]', '[String]'],
    ['postgres', 'text[][]', '[[String]]'],
    ['postgres', 'integer[3]', '[Int]'],
    ['postgres', 'public."Mood"', 'Mood'],
    ['postgres', 'sales.mood', 'mood'],
    ['postgres', 'ARRAY', undefined],
    ['postgres', 'USER-DEFINED', undefined],
    ['postgres', 'interval day to second', undefined],
    ['postgres', '', undefined],
    ['citus', 'uuid', 'uuid'],
    ['cockroach', 'STRING', 'String'],
    ['cockroach', 'INT8', 'bigint'],
    ['mssql', 'int', 'Int'],
    ['mssql', 'bit', 'Boolean'],
    ['mssql', 'float', 'Float'],
    ['mssql', 'nvarchar(max)', 'String'],
    ['mssql', 'uniqueidentifier', 'uniqueidentifier'],
    ['mssql', 'datetime2(7)', 'datetime2'],
    ['mssql', 'bigint', 'bigint'],
    ['bigquery', 'INT64', 'Int'],
    ['bigquery', 'STRING', 'String'],
    ['bigquery', 'STRING(20)', 'String'],
    ['bigquery', 'BIGNUMERIC', 'Float'],
    ['bigquery', 'DATE', 'String'],
    ['bigquery', 'ARRAY<INT64>', '[Int]'],
    ['bigquery', 'STRUCT<a INT64>', undefined],
    ['sqlite', 'DECIMAL', 'DECIMAL'],
    ['sqlite', 'string', 'string'],
    ['sqlite', 'a b', undefined],
    [undefined, 'integer', 'Int'],
    [undefined, 'uuid', 'uuid'],
    ['postgres', 'constructor', 'constructor'],
    ['pg', 'integer', 'Int'],
    ['postgres', 'timestamp  without\ttime zone', 'timestamp'],
    ['postgres', '"a.b"."my sales"."Mood"', 'Mood'],
    ['postgres', '"Mood', undefined],
    ['postgres', 'a."b" "Mood"', undefined],
    ['postgres', 'my_type', 'my_type'],
    ['postgres', 'public.user_defined', 'user_defined'],
    ['postgres', `${'x'.repeat(998)}[]`, `[${'x'.repeat(998)}]`],
    ['postgres', `${'x'.repeat(999)}[]`, undefined],
    ['postgres', 'User-Defined', undefined],
    ['mssql', 'user-defined', undefined],
    ['sqlite', 'DECIMAL(10, 2)', 'DECIMAL'],
    ['sqlite', 'user-defined', undefined],
  ])('%s %s: %s', (kind, sqlType, expected) => {
    const found = graphqlTypeOfColumn(kind, sqlType);
    expect(found && typeReferenceText(found)).toBe(expected);
  });

  it('has lists of what may be null', () => {
    const nullable = { nonNull: false };
    expect(graphqlTypeOfColumn('postgres', 'text[]')).toEqual({
      kind: 'list',
      of: { kind: 'named', name: 'String', ...nullable },
      ...nullable,
    });
  });

  it('knows nothing of a column without a type', () => {
    expect(graphqlTypeOfColumn('postgres', undefined)).toBeUndefined();
  });
});

it.each([
  ['Int', 'integer'],
  ['Float', 'real'],
  ['Boolean', 'boolean'],
  ['String', 'String'],
  ['[Int]', 'integer[]'],
  ['[[uuid!]!]', 'uuid[][]'],
  ['timestamptz', 'timestamptz'],
  ['int4', undefined],
  ['[int4]', undefined],
  ['DateTime', undefined],
  ['_text', '_text'],
  ['array', undefined],
])('columns of type %s may be of the SQL type %s', (scalar, sqlType) => {
  expect(sqlTypeOfScalar(type(scalar))).toBe(sqlType);
});

describe('literalAgrees', () => {
  it.each<['Int' | 'Float' | 'Boolean' | 'String', string]>([
    ['Int', 'Int!'],
    ['Int', 'ID'],
    ['Int', '[[Int!]]'],
    ['Float', 'Float'],
    ['Boolean', '[Boolean!]!'],
    ['String', 'String'],
    ['String', 'ID!'],
  ])('%s fits %s', (literal, expected) => {
    expect(literalAgrees(literal, type(expected))).toBeUndefined();
  });

  const idOnly = 'Only ID, Int, uuid or String scalar types can be joined to the ID type, but received ';
  it.each<['Int' | 'Float' | 'Boolean' | 'String', string, string]>([
    ['Int', 'Float', 'expected type "Float" but got "Int"'],
    ['Int', 'String!', 'expected type "String" but got "Int"'],
    ['Float', 'Int', 'expected type "Int" but got "Float"'],
    ['String', '[uuid!]', 'expected type "uuid" but got "String"'],
    ['String', 'Color', 'expected type "Color" but got "String"'],
    ['String', 'Filter', 'expected type "Filter" but got "String"'],
    ['Boolean', 'ID!', `${idOnly}"Boolean"`],
    ['Float', 'ID', `${idOnly}"Float"`],
  ])('%s does not fit %s', (literal, expected, message) => {
    expect(literalAgrees(literal, type(expected))).toBe(message);
  });

  it.each(['Int', 'Float', 'Boolean', 'String'] as const)('%s does not fit ID before 2.0', (literal) => {
    const message = `expected type "ID" but got "${literal}"`;
    expect(literalAgrees(literal, type('[ID!]'), false)).toBe(message);
  });
});

describe('strictVariableMessage', () => {
  const idOnly = 'Only ID, Int, uuid or String scalar types can be joined to the ID type, but received ';
  it.each<[string, string, string, string | undefined]>([
    ['postgres', 'integer', 'Int!', undefined],
    ['postgres', 'integer', '[Int!]', undefined],
    ['postgres', 'bigint', 'Int', 'expected type "Int" but got "bigint"'],
    ['postgres', 'bigint', 'ID', undefined],
    ['postgres', 'uuid', 'ID!', undefined],
    ['postgres', 'uuid', 'uuid', undefined],
    ['postgres', 'uuid', 'String', 'expected type "String" but got "uuid"'],
    ['postgres', 'double precision', 'Float', 'expected type "Float" but got "float8"'],
    ['postgres', 'integer', 'Float', 'expected type "Float" but got "Int"'],
    ['postgres', 'timestamptz', 'ID', `${idOnly}"timestamptz"`],
    ['postgres', 'text[]', '[String]', 'expected type "String" but got "_text"'],
    ['postgres', 'integer[]', '[Int]', 'expected type "Int" but got "_int4"'],
    ['postgres', 'char(2)', 'character', undefined],
    ['postgres', 'USER-DEFINED', 'Int', undefined],
    ['postgres', 'interval day to second', 'Int', undefined],
    ['postgres', 'char(2)', 'Int', 'expected type "Int" but got "bpchar"'],
    ['postgres', 'text', 'character', 'expected type "character" but got "String"'],
    ['bigquery', 'INTERVAL', 'Int', undefined],
    ['citus', 'text', 'Int', 'expected type "Int" but got "String"'],
    ['mssql', 'bit', 'Int', 'expected type "Int" but got "Boolean"'],
    ['bigquery', 'STRUCT<a INT64>', 'Int', undefined],
    ['cockroach', 'text', 'Int', undefined],
    ['sqlite', 'string', 'Int', undefined],
  ])('%s %s for %s: %s', (kind, sqlType, expected, message) => {
    expect(strictVariableMessage({ kind, type: sqlType }, type(expected))).toBe(message);
  });

  it.each([
    ['uuid', 'ID!', 'expected type "ID" but got "uuid"'],
    ['integer', '[ID]', 'expected type "ID" but got "Int"'],
    ['integer', 'Int', undefined],
  ])('%s for %s before 2.0: %s', (sqlType, expected, message) => {
    expect(strictVariableMessage({ kind: 'postgres', type: sqlType }, type(expected), false)).toBe(message);
  });

  it('refuses references to enum tables', () => {
    const column = { kind: 'postgres', type: 'text', enumReference: true };
    expect(strictVariableMessage(column, type('String'))).toBe('enum value is not supported');
  });

  it('says nothing without a kind or a type', () => {
    expect(strictVariableMessage({ kind: undefined, type: 'text' }, type('Int'))).toBeUndefined();
    expect(strictVariableMessage({ kind: 'postgres', type: undefined }, type('Int'))).toBeUndefined();
  });
});

describe('variableAgreement', () => {
  const agreement = (sqlType: string, expected: string, kind = 'postgres') =>
    variableAgreement(graphqlTypeOfColumn(kind, sqlType), type(expected), schema);

  it.each([
    ['integer', 'Int!'],
    ['smallint', 'Int'],
    ['integer', 'Float'],
    ['bigint', 'Float'],
    ['numeric(10,2)', 'Float!'],
    ['double precision', 'Float'],
    ['smallint', 'ID'],
    ['integer', 'ID!'],
    ['bigint', 'ID'],
    ['uuid', 'ID'],
    ['text', 'ID'],
    ['text', 'String'],
    ['varchar(3)', 'String!'],
    ['citext', 'String'],
    ['uuid', 'String'],
    ['timestamptz', 'String'],
    ['date', 'String'],
    ['uuid', 'uuid!'],
    ['boolean', 'Boolean'],
    ['integer', '[Int!]!'],
    ['text', '[[String]]'],
    ['integer[]', '[Int!]'],
    ['integer[]', '[Float]'],
    ['text[]', '[ID!]!'],
  ])('%s agrees with %s', (sqlType, expected) => {
    expect(agreement(sqlType, expected)).toBe('agrees');
  });

  it.each([
    ['text', 'Int'],
    ['text', 'Float'],
    ['text', 'Boolean'],
    ['uuid', 'Int!'],
    ['boolean', 'String'],
    ['boolean', 'ID'],
    ['boolean', 'Int'],
    ['jsonb', 'Int'],
    ['timestamptz', 'Int'],
    ['date', 'Boolean'],
    ['integer', 'String'],
    ['integer', 'Boolean'],
    ['double precision', 'Int'],
    ['text', '[Int!]'],
    ['text[]', '[Int]'],
    ['text[]', 'String'],
    ['integer[]', 'Int!'],
    ['integer[]', 'Color'],
    ['integer', 'Color'],
    ['integer', 'Filter'],
    ['text', 'Filter'],
  ])('%s differs from %s', (sqlType, expected) => {
    expect(agreement(sqlType, expected)).toBe('differs');
  });

  it.each([
    ['bigint', 'Int'],
    ['numeric', 'Int'],
    ['numeric', 'ID'],
    ['jsonb', 'String'],
    ['jsonb', 'Filter'],
    ['jsonb', '[Int!]'],
    ['jsonb', 'JSON'],
    ['integer', 'DateTime'],
    ['text', 'uuid'],
    ['text', 'Color'],
    ['text[]', 'JSON'],
    ['integer[]', '[[Int]]'],
    ['mood', 'Int'],
    ['bytea', 'Int'],
    ['USER-DEFINED', 'Int'],
    ['ARRAY', 'Int'],
    ['integer', 'Missing'],
  ])('%s and %s: not known', (sqlType, expected) => {
    expect(agreement(sqlType, expected)).toBe('unknown');
  });

  it.each([
    ['mssql', 'bit', 'Boolean', 'agrees'],
    ['mssql', 'uniqueidentifier', 'ID', 'agrees'],
    ['mssql', 'uniqueidentifier', 'Int', 'differs'],
    ['bigquery', 'INT64', 'Int', 'agrees'],
    ['bigquery', 'STRING', 'Int', 'differs'],
    ['sqlite', 'string', 'String', 'agrees'],
    ['sqlite', 'number', 'Int', 'unknown'],
    ['sqlite', 'DECIMAL', 'Float', 'agrees'],
  ])('%s %s and %s: %s', (kind, sqlType, expected, result) => {
    expect(agreement(sqlType, expected, kind)).toBe(result);
  });

  it.each([
    ['ID', 'ID', 'agrees'],
    ['ID', 'String', 'agrees'],
    ['ID', 'Int', 'unknown'],
    ['[ID!]!', '[ID!]', 'agrees'],
    ['Date', 'Int', 'unknown'],
    ['Person', 'Int', 'unknown'],
    ['String!', 'Int', 'differs'],
    ['DateTime', 'Filter', 'unknown'],
    ['geometry', 'Filter', 'unknown'],
    ['jsonb', 'Filter', 'unknown'],
    ['uuid', 'Filter', 'differs'],
  ])('a remote field of type %s and %s: %s', (lhs, expected, result) => {
    expect(variableAgreement(type(lhs), type(expected), schema)).toBe(result);
  });

  it('knows nothing of a field without a type', () => {
    expect(variableAgreement(undefined, type('Int'), schema)).toBe('unknown');
  });

  it('judges built-in scalars without a schema, and nothing else', () => {
    expect(variableAgreement(type('String'), type('Int'), undefined)).toBe('differs');
    expect(variableAgreement(type('Int'), type('Filter'), undefined)).toBe('unknown');
    expect(variableAgreement(type('[Int]'), type('Int'), undefined)).toBe('differs');
    expect(variableAgreement(type('[Int]'), type('Filter'), undefined)).toBe('unknown');
  });
});

describe('agreementRank', () => {
  it.each([
    ['ID!', ['uuid', 'text', 'timestamptz', 'boolean']],
    ['Int', ['integer', 'smallint', 'bigint', 'text']],
    ['[Int!]', ['integer[]', 'integer', 'bigint', 'boolean']],
    ['DateTime', ['timestamptz', 'text']],
    ['uuid', ['uuid', 'text']],
    ['String', ['text', 'citext', 'uuid', 'jsonb', 'boolean']],
  ])('for %s: %j', (expected, columns) => {
    const ranks = columns.map((column) =>
      agreementRank(graphqlTypeOfColumn('postgres', column), type(expected), schema),
    );
    expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    expect(ranks[0]).toBeGreaterThan(ranks.at(-1) ?? 0);
  });

  it.each([
    ['Int', 'Int!', 5],
    ['[Int!]', '[Int]', 5],
    ['Int', '[Int]', 4],
    ['timestamp', 'timestamptz', 4],
    ['timestamp', '[timestamptz!]', 3],
    ['uuid', 'ID', 3],
    ['uuid', '[ID]', 2],
    ['mood', 'DateTime', 2],
    ['mood', '[DateTime]', 1],
    ['Boolean', 'Int', 0],
    ['Boolean', '[Int]', 0],
  ])('%s for %s: %i', (lhs, expected, rank) => {
    expect(agreementRank(type(lhs), type(expected), schema)).toBe(rank);
  });

  it('puts what is not known before what differs', () => {
    expect(agreementRank(undefined, type('Int'))).toBe(2);
    expect(agreementRank(undefined, type('Int'))).toBeGreaterThan(
      agreementRank(type('Boolean'), type('Int')),
    );
  });
});

describe('columnTypesAgree', () => {
  it.each([
    ['postgres', 'integer', 'postgres', 'int8'],
    ['postgres', 'integer', 'mssql', 'bigint'],
    ['postgres', 'numeric(10,2)', 'postgres', 'integer'],
    ['postgres', 'text', 'mssql', 'nvarchar(20)'],
    ['postgres', 'uuid', 'mssql', 'uniqueidentifier'],
    ['postgres', 'boolean', 'mssql', 'bit'],
    ['postgres', 'timestamptz', 'postgres', 'timestamp without time zone'],
    ['postgres', 'integer[]', 'postgres', '_int4'],
    ['postgres', 'mood', 'postgres', 'mood'],
    ['postgres', 'json', 'postgres', 'jsonb'],
    ['postgres', 'text', 'bigquery', 'STRING'],
  ])('%s %s agrees with %s %s', (kindA, typeA, kindB, typeB) => {
    expect(columnTypesAgree(kindA, typeA, kindB, typeB)).toBe('agrees');
    expect(columnTypesAgree(kindB, typeB, kindA, typeA)).toBe('agrees');
  });

  it.each([
    ['postgres', 'integer', 'postgres', 'text'],
    ['postgres', 'integer', 'postgres', 'uuid'],
    ['postgres', 'uuid', 'postgres', 'boolean'],
    ['postgres', 'timestamptz', 'postgres', 'integer'],
    ['postgres', 'boolean', 'mssql', 'nvarchar(20)'],
    ['postgres', 'integer', 'postgres', 'integer[]'],
    ['bigquery', 'DATE', 'postgres', 'uuid'],
  ])('%s %s differs from %s %s', (kindA, typeA, kindB, typeB) => {
    expect(columnTypesAgree(kindA, typeA, kindB, typeB)).toBe('differs');
    expect(columnTypesAgree(kindB, typeB, kindA, typeA)).toBe('differs');
  });

  it.each([
    ['postgres', 'uuid', 'postgres', 'text'],
    ['postgres', 'text', 'postgres', 'timestamptz'],
    ['postgres', 'date', 'postgres', 'timestamptz'],
    ['postgres', 'jsonb', 'postgres', 'integer'],
    ['postgres', 'jsonb', 'postgres', 'integer[]'],
    ['postgres', 'mood', 'postgres', 'integer'],
    ['postgres', 'mood', 'mssql', 'mood'],
    ['postgres', 'mood', 'postgres', 'colour'],
    ['postgres', 'integer[]', 'postgres', 'integer[][]'],
    ['postgres', undefined, 'postgres', 'integer'],
    ['postgres', 'ARRAY', 'postgres', 'integer'],
    ['postgres', 'bit', 'postgres', 'boolean'],
  ])('%s %s and %s %s: not known', (kindA, typeA, kindB, typeB) => {
    expect(columnTypesAgree(kindA, typeA, kindB, typeB)).toBe('unknown');
    expect(columnTypesAgree(kindB, typeB, kindA, typeA)).toBe('unknown');
  });
});

describe('fieldAndColumnAgree', () => {
  const { schema } = loadSdl([
    {
      uri: 'file:///schema/people.graphql',
      text: 'scalar JSON scalar Mystery enum Color { RED } type T { a: Int } interface I { a: Int } union U = T type Query { a: Int }',
    },
  ]);
  it.each([
    ['Int', 'integer', 'agrees'],
    ['Int!', 'bigint', 'agrees'],
    ['String', 'uuid', 'unknown'],
    ['Int', 'text', 'differs'],
    ['Int', 'mood', 'unknown'],
    ['Int', undefined, 'unknown'],
    ['Int', 'jsonb', 'unknown'],
    ['[Int]', 'jsonb', 'unknown'],
    // One of both is a list.
    ['[Int!]!', 'integer', 'differs'],
    ['[Int]', 'mood', 'unknown'],
    ['Int', 'integer[]', 'differs'],
    ['Int', 'mood[]', 'differs'],
    ['T', 'integer[]', 'differs'],
    ['Color', 'text[]', 'differs'],
    ['JSON', 'integer[]', 'unknown'],
    ['Mystery', 'integer[]', 'unknown'],
    ['Missing', 'integer[]', 'unknown'],
    ['[Mystery]', 'integer', 'differs'],
    // Both are.
    ['[Int]', 'integer[]', 'agrees'],
    ['[[Int]]', 'integer[]', 'unknown'],
    ['[Int]', 'text[]', 'differs'],
    // What is no scalar.
    ['T', 'integer', 'differs'],
    ['I', 'integer', 'differs'],
    ['U', 'integer', 'differs'],
    ['T', 'mood', 'unknown'],
    ['Color', 'integer', 'differs'],
    ['Color', 'text', 'unknown'],
    ['Color', 'mood', 'unknown'],
    ['Color', 'uuid', 'unknown'],
    ['Missing', 'integer', 'unknown'],
  ] as const)('%s and a column of %s: %s', (field, column, expected) => {
    expect(fieldAndColumnAgree(type(field), schema, 'postgres', column)).toBe(expected);
  });

  it.each([
    ['Int', 'integer', 'agrees'],
    ['Int', 'integer[]', 'differs'],
    ['T', 'integer', 'unknown'],
    ['T', 'integer[]', 'unknown'],
  ])('without a schema, %s and %s: %s', (field, column, expected) => {
    expect(fieldAndColumnAgree(type(field), undefined, 'postgres', column)).toBe(expected);
  });
});
