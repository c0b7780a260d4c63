/** The workspaces the real VS Code opens: made afresh below a temporary folder, so that tests may write into them. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const samples = path.resolve(import.meta.dirname, '../../samples');

const pipeline = `stages: [build, test]
build:
  image: node
  script: ["npm ci", "npm test"]
`;

/** The sample project. */
export async function sampleProject(home: string): Promise<string> {
  const folder = path.join(home, 'samples');
  await cp(samples, folder, { recursive: true });
  await write(folder, { 'pipeline.yaml': pipeline });
  return folder;
}

/** A folder in which nothing is Hasura's. */
export async function plainFolder(home: string): Promise<string> {
  const folder = path.join(home, 'plain');
  await write(folder, { 'pipeline.yaml': pipeline });
  return folder;
}

/** Two projects and a folder without one, in one window. Both projects have a source of the same name. */
export async function twoProjects(home: string): Promise<string> {
  await sampleProject(home);
  await plainFolder(home);
  await write(path.join(home, 'library'), {
    'config.yaml': 'version: 3\nmetadata_directory: metadata\n',
    'metadata/version.yaml': 'version: 3\n',
    'metadata/databases/databases.yaml':
      '- name: shop\n  kind: postgres\n  configuration:\n    connection_info:\n      database_url:\n        from_env: URL\n' +
      '  tables: "!include shop/tables/tables.yaml"\n',
    'metadata/databases/shop/tables/tables.yaml': '- "!include public_book.yaml"\n',
    'metadata/databases/shop/tables/public_book.yaml': `table:
  schema: public
  name: book
remote_relationships:
  - name: reviews
    definition:
      to_remote_schema:
        remote_schema: reviews
        lhs_fields: [isbn]
        remote_field:
          reviewsOf:
            arguments:
              isbnn: $isbn
`,
    'metadata/remote_schemas.yaml': '- name: reviews\n  definition:\n    url: http://localhost/graphql\n',
    'remote-relationships.config.json': '{\n  "serverVersion": "2.48"\n}\n',
    'schema/shop.tables.json': JSON.stringify([
      { schema: 'public', name: 'book', columns: [{ name: 'isbn', type: 'text', nullable: false }] },
    ]),
    'schema/reviews.graphql': 'type Query {\n  reviewsOf(isbn: String!): [String!]!\n}\n',
  });
  const file = path.join(home, 'both.code-workspace');
  const folders = ['samples', 'library', 'plain'].map((name) => ({ path: name }));
  await writeFile(file, JSON.stringify({ folders }));
  return file;
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** A project as it is cloned, with SQL migrations and without a configuration or a snapshot. */
export async function unconfiguredProject(home: string): Promise<string> {
  const folder = path.join(home, 'hotel');
  await write(folder, {
    'config.yaml': 'version: 3\nmetadata_directory: metadata\n',
    'metadata/version.yaml': 'version: 3\n',
    'metadata/databases/databases.yaml':
      '- name: default\n  kind: postgres\n  configuration:\n    connection_info:\n      database_url:\n        from_env: URL\n' +
      '  tables: "!include default/tables/tables.yaml"\n',
    'metadata/databases/default/tables/tables.yaml':
      '- "!include public_booking.yaml"\n- "!include public_room.yaml"\n',
    'metadata/databases/default/tables/public_room.yaml': 'table:\n  schema: public\n  name: room\n',
    'metadata/databases/default/tables/public_booking.yaml': `table:
  schema: public
  name: booking
remote_relationships:
  - name: room
    definition:
      to_source:
        relationship_type: object
        source: default
        table:
          schema: public
          name: room
        field_mapping:
          rom_id: id
          room_id: id
  - name: guest
    definition:
      to_remote_schema:
        remote_schema: guests
        lhs_fields: [guest_id]
        remote_field:
          guest:
            arguments:
              id: $guest_id
`,
    'metadata/remote_schemas.yaml': '- name: guests\n  definition:\n    url: http://localhost/graphql\n',
    'migrations/default/1700000000001_create_hotel/up.sql': `CREATE TABLE public.room (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL
);
CREATE TABLE public.booking (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  room_id uuid NOT NULL REFERENCES public.room (id),
  starts_at timestamptz NOT NULL
);
`,
    'migrations/default/1700000000002_add_guest/up.sql':
      'ALTER TABLE public.booking\n  ADD COLUMN guest_id uuid NOT NULL,\n  ADD COLUMN note text;\n',
  });
  return folder;
}
