import { relationship, remoteSchema, source, table, tableName, toSource, type World } from './world.ts';

/** The worlds of the engine's own tests, as far as their exchanges need them. */

const messagesSchema = `
  type Message { id: Int! name: String! }
  input IntCompare { eq: Int gt: Int in: [Int!] }
  input MessageWhere { id: IntCompare }
  type Query {
    message(id: Int!): Message
    messages(where: MessageWhere): [Message!]
    getGrade(marks: Int!): String
  }`;

const computedField = (name: string, session = false) => ({
  name,
  definition: {
    function: { schema: 'public', name },
    ...(session ? { session_argument: 'hasura_session' } : {}),
  },
});

export const messages: World = {
  sql: `
    CREATE SCHEMA custom;
    CREATE TABLE custom.profiles (id serial PRIMARY KEY, name text);
    CREATE TABLE students (id serial PRIMARY KEY, name text NOT NULL, physics integer, maths integer);
    CREATE FUNCTION total_marks(student students) RETURNS integer LANGUAGE sql STABLE AS
      'SELECT student.physics + student.maths';
    CREATE FUNCTION total_marks_session(student students, hasura_session json) RETURNS integer LANGUAGE sql STABLE AS
      'SELECT student.physics';
    CREATE FUNCTION total_marks_offset(student students, by integer) RETURNS integer LANGUAGE sql STABLE AS
      'SELECT student.physics + by';`,
  sources: [
    source('default', [
      table('custom.profiles'),
      table('students', {
        computed_fields: [
          computedField('total_marks'),
          computedField('total_marks_session', true),
          computedField('total_marks_offset'),
        ],
      }),
    ]),
  ],
  remoteSchemas: [remoteSchema('my-remote-schema')],
  servers: { 'my-remote-schema': { typeDefs: messagesSchema } },
};

export const writers: World = {
  sql: 'CREATE SCHEMA hasura; CREATE TABLE hasura.track (id integer PRIMARY KEY, title text, album_id integer);',
  sources: [source('db', [table('hasura.track')])],
  remoteSchemas: [remoteSchema('remote')],
  servers: {
    remote: {
      typeDefs: `
        type Writer { id: Int! name: String! wIds: [Int!]! friend(name: String): Writer }
        type Article { id: Int! title: String! }
        type Artist { id: Int! name: String! }
        type Query {
          writer(id: Int!): Writer
          articles(ids: [Int!]!): [Article!]!
          artist(id: Int!): Artist
        }`,
    },
  },
};

/** Two sources of one kind, the first with an album to find in the second. */
export function twoSources(kind: string): World {
  const isConnector = kind === 'sqlite';
  const schema = isConnector ? 'main' : 'hasura';
  const tracked = (name: string) => (isConnector ? { table: ['main', name] } : table(`hasura.${name}`));
  return {
    sql: `
      CREATE SCHEMA ${schema};
      CREATE TABLE ${schema}.track (id integer PRIMARY KEY, title text, album_id integer);
      CREATE TABLE ${schema}.album (id integer PRIMARY KEY, title text);`,
    sources: [source('source', [tracked('track')], kind), source('target', [tracked('album')], kind)],
    remoteSchemas: [remoteSchema('target')],
    servers: { target: { typeDefs: 'type Album { id: Int! } type Query { album(album_id: Int!): Album }' } },
    ...(kind === 'postgres' ? {} : { needs: kind }),
  };
}

/** A relationship to be made from Postgres to a data connector. */
export function artists(agent: string): World {
  return {
    sql: `
      CREATE SCHEMA hasura;
      CREATE TABLE hasura."PgArtist" ("ArtistId" integer PRIMARY KEY);
      CREATE TABLE "Album" ("AlbumId" integer PRIMARY KEY, "ArtistId" integer);`,
    sources: [source('pg', [table('hasura.PgArtist')]), source('mock', [{ table: ['Album'] }], agent)],
    needs: agent,
  };
}

const compositeColumns = `
  CREATE SCHEMA main;
  CREATE TYPE main.address AS (street text, town text);
  CREATE TABLE main.track (id integer PRIMARY KEY, home main.address, homes main.address[]);
  CREATE TABLE main.album (id integer PRIMARY KEY, home main.address);`;

/** A data connector whose table has a nested object beside its scalar columns. */
export const nestedColumns: World = {
  sql: compositeColumns,
  sources: [
    source('source', [{ table: ['main', 'track'] }], 'sqlite'),
    source('target', [{ table: ['main', 'album'] }], 'sqlite'),
  ],
  needs: 'sqlite',
};

/** The same tables of Postgres, to which a composite value is a scalar. */
export const compositeScalars: World = {
  sql: compositeColumns,
  sources: [source('source', [table('main.track')]), source('target', [table('main.album')])],
};

export const authors: World = {
  sql: `
    CREATE SCHEMA hasura;
    CREATE TABLE hasura.authors (id integer PRIMARY KEY, name text);
    CREATE TABLE hasura.articles (id integer PRIMARY KEY, author_id integer, title text);`,
  sources: [
    source('postgres', [
      table('hasura.articles'),
      table('hasura.authors', {
        remote_relationships: [
          relationship(
            'articles_far_away',
            toSource('postgres', tableName('hasura.articles'), { id: 'author_id' }, 'array'),
          ),
        ],
      }),
    ]),
  ],
};

/** One tracked table, one that is not, and a third that waits. */
export const tracking: World = {
  sql: `
    CREATE SCHEMA hasura;
    CREATE TABLE hasura.table1 (id integer PRIMARY KEY);
    CREATE TABLE test_table (id integer PRIMARY KEY);`,
  sources: [source('postgres', [table('hasura.table1')])],
};

export const untrackable: World = {
  sources: [source('postgres', [table('hasura.table1')])],
};

/** A source whose address is no address. */
export const brokenSource: World = {
  sources: [
    {
      name: 'postgres',
      kind: 'postgres',
      tables: [],
      configuration: { connection_info: { database_url: 'postgresbusted://nobody@nowhere:5432/nothing' } },
    },
  ],
};

const rows = `
  CREATE TABLE author (id integer PRIMARY KEY, name text);
  INSERT INTO author VALUES (1, 'Author 1'), (2, 'Author 2');
  CREATE TABLE malicious (alterable boolean, droppable boolean);
  INSERT INTO malicious VALUES (true, false), (false, true);
  CREATE TABLE example (id integer);`;

export const statements: World = {
  sql: rows,
  sources: [source('default', []), source('postgres', []), source('s', [])],
};

export const mssqlStatements: World = {
  sql: `${rows} CREATE SCHEMA sys; CREATE VIEW sys.schemas AS SELECT 'dbo'::text AS name;`,
  sources: [source('ms', [], 'mssql'), source('s', [], 'mssql')],
  needs: 'mssql',
};

export const bigqueryStatements: World = {
  sql: rows,
  sources: [source('bigquery', [], 'bigquery')],
  needs: 'bigquery',
};

/** Three tables and nothing else; two of them tracked. */
export function catalogue(kind: string, name: string): World {
  const schema = kind === 'sqlite' ? 'main' : 'hasura';
  const tracked = (own: string) => {
    if (kind === 'sqlite') return { table: ['main', own] };
    return kind === 'bigquery' ? { table: { dataset: 'hasura', name: own } } : table(`hasura.${own}`);
  };
  return {
    sql: `
      CREATE SCHEMA ${schema};
      CREATE TABLE ${schema}.authors (id integer PRIMARY KEY);
      CREATE TABLE ${schema}.articles (
        id integer PRIMARY KEY, author integer NOT NULL REFERENCES ${schema}.authors (id), title text NOT NULL
      );
      CREATE TABLE ${schema}.untracked (id integer);`,
    sources: [source(name, [tracked('articles'), tracked('authors')], kind)],
    ...(kind === 'postgres' ? {} : { needs: kind }),
  };
}

export const legacyDocuments: World = {
  sql: `
    CREATE TABLE author (id integer PRIMARY KEY, name text);
    CREATE TABLE article (id integer PRIMARY KEY, author_id integer REFERENCES author (id));
    CREATE FUNCTION search_articles(search text) RETURNS SETOF article LANGUAGE sql STABLE AS
      'SELECT * FROM article';`,
  sources: [source('default', [])],
};

const simple = 'type Hello { name: String } type Query { hello: String aboutHello: Hello }';

export const simpleSchemas: World = {
  remoteSchemas: [remoteSchema('simple 1')],
  servers: {
    'simple 1': { typeDefs: simple },
    'simple 2': { typeDefs: simple },
    incomplete: {
      typeDefs: `
        interface Character { id: ID! name: String! }
        type Human implements Character { id: ID! name: String! }
        type Droid implements Character { name: String! }
        type Query { hero: Character droid: Droid human: Human }`,
    },
  },
};

export const otherSchemas: World = {
  remoteSchemas: [remoteSchema('my remote'), remoteSchema('people')],
  servers: {
    'my remote': { typeDefs: 'type Query { mine: Int }' },
    people: { typeDefs: 'type Query { person(id: ID!): String }' },
  },
};

/** A source that is the target of a table, and of a type of a remote schema. */
export const droppedTarget: World = {
  sql: `
    CREATE SCHEMA hasura;
    CREATE TABLE hasura.track (id integer PRIMARY KEY, album_id integer);
    CREATE TABLE hasura.album (id integer PRIMARY KEY);`,
  sources: [
    source('source', [
      table('hasura.track', {
        remote_relationships: [
          relationship('album', toSource('target', tableName('hasura.album'), { album_id: 'id' })),
        ],
      }),
    ]),
    source('target', [table('hasura.album')]),
  ],
  remoteSchemas: [
    remoteSchema('source', {
      remote_relationships: [
        {
          type_name: 'hasura_track',
          relationships: [
            relationship('album', toSource('target', tableName('hasura.album'), { album_id: 'id' })),
          ],
        },
      ],
    }),
  ],
  servers: {
    source: { typeDefs: 'type hasura_track { id: Int album_id: Int } type Query { track: hasura_track }' },
  },
};
