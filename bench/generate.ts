import { readFileSync } from 'node:fs';
import { isMap, isSeq, parseDocument } from 'yaml';

/**
 * A Hasura project of any size, the same for the same numbers: tables of about 95 lines, three remote relationships
 * each, every tenth table with one planted error whose finding is known.
 */

export interface PlantedError {
  readonly code: string;
  /** The text the finding must cover. */
  readonly text: string;
  readonly relationship: string;
}

export interface GeneratedTable {
  readonly name: string;
  readonly yaml: string;
  readonly planted: PlantedError | undefined;
}

const kinds = ['account', 'invoice', 'shipment', 'device', 'ticket', 'article', 'booking', 'contract'];

const plantedErrors: readonly {
  code: string;
  from: string;
  to: string;
  text: string;
  relationship: string;
}[] = [
  {
    code: 'unknown-lhs-field',
    from: 'lhs_fields: [login]',
    to: 'lhs_fields: [login, logn]',
    text: 'logn',
    relationship: 'github_user',
  },
  {
    code: 'unknown-remote-field',
    from: '          user:',
    to: '          usr:',
    text: 'usr',
    relationship: 'github_user',
  },
  {
    code: 'unknown-argument',
    from: '            owner: $owner',
    to: '            ownr: $owner',
    text: 'ownr',
    relationship: 'github_repository',
  },
  {
    code: 'unlisted-variable',
    from: 'name: $repository',
    to: 'name: $id',
    text: '$id',
    relationship: 'github_repository',
  },
  {
    code: 'unknown-remote-schema',
    from: 'remote_schema: github\n        lhs_fields:\n',
    to: 'remote_schema: githb\n        lhs_fields:\n',
    text: 'githb',
    relationship: 'github_repository',
  },
  {
    code: 'unknown-target-column',
    from: 'id: parent_id',
    to: 'id: parent_idd',
    text: 'parent_idd',
    relationship: 'children',
  },
  {
    code: 'literal-type',
    from: 'first: 10',
    to: 'first: ten',
    text: 'ten',
    relationship: 'github_repository',
  },
  {
    code: 'relationship-type',
    from: 'relationship_type: array',
    to: 'relationship_type: many',
    text: 'many',
    relationship: 'children',
  },
];

function tableName(index: number): string {
  return `${kinds[index % kinds.length] ?? 'table'}_${index}`;
}

/** One table entry; `index` decides everything about it. */
export function generateTable(index: number, count: number, plant: boolean): GeneratedTable {
  const name = tableName(index);
  const child = tableName((index + 1) % count);
  const columns = ['id', 'parent_id', 'login', 'owner', 'repository', 'created_at', 'updated_at'];
  const columnList = columns.map((column) => `        - ${column}`).join('\n');
  let yaml = `table:
  schema: public
  name: ${name}
configuration:
  column_config:
    created_at:
      custom_name: createdAt
    updated_at:
      custom_name: updatedAt
  custom_column_names:
    created_at: createdAt
    updated_at: updatedAt
  custom_root_fields: {}
object_relationships:
  - name: parent
    using:
      manual_configuration:
        column_mapping:
          parent_id: id
        insertion_order: null
        remote_table:
          schema: public
          name: ${child}
remote_relationships:
  - name: github_user
    definition:
      to_remote_schema:
        remote_schema: github
        lhs_fields: [login]
        remote_field:
          user:
            arguments:
              login: $login
  # two levels deep
  - name: github_repository
    definition:
      to_remote_schema:
        remote_schema: github
        lhs_fields:
          - owner
          - repository
        remote_field:
          repository:
            arguments:
              name: $repository
              owner: $owner
            field:
              issues:
                arguments:
                  first: 10
                  orderBy: {}
  - name: children
    definition:
      to_source:
        relationship_type: array
        source: default
        table:
          schema: public
          name: ${child}
        field_mapping:
          id: parent_id
insert_permissions:
  - role: user
    permission:
      check:
        owner:
          _eq: X-Hasura-User-Id
      columns:
${columnList}
select_permissions:
  - role: user
    permission:
      columns:
${columnList}
      filter:
        owner:
          _eq: X-Hasura-User-Id
      limit: 100
update_permissions:
  - role: user
    permission:
      columns:
        - owner
        - repository
      filter: {}
      check: null
`;
  let planted: PlantedError | undefined;
  if (plant) {
    const error = plantedErrors[Math.floor(index / 10) % plantedErrors.length];
    if (error !== undefined) {
      const changed = yaml.replace(error.from, error.to);
      if (changed === yaml) throw new Error(`the planted error ${error.code} does not apply`);
      yaml = changed;
      planted = { code: error.code, text: error.text, relationship: error.relationship };
    }
  }
  return { name, yaml, planted };
}

export function generateTables(count: number): GeneratedTable[] {
  return Array.from({ length: count }, (_, index) => generateTable(index, count, index % 10 === 5));
}

/** `schema/default.tables.json` for the tables. */
export function generateSnapshot(tables: readonly GeneratedTable[]): string {
  return JSON.stringify(
    tables.map((table) => ({
      schema: 'public',
      name: table.name,
      columns: [
        { name: 'id', type: 'uuid', nullable: false },
        { name: 'parent_id', type: 'uuid', nullable: true },
        { name: 'login', type: 'text', nullable: false },
        { name: 'owner', type: 'text', nullable: false },
        { name: 'repository', type: 'text', nullable: false },
        { name: 'created_at', type: 'timestamp with time zone', nullable: false },
        { name: 'updated_at', type: 'timestamp with time zone', nullable: false },
      ],
    })),
    null,
    1,
  );
}

/** The SDL of GitHub's API: the large remote schema. */
export function githubSdl(): string {
  return readFileSync(
    new URL('../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url),
    'utf8',
  );
}

const remoteSchemasYaml = `- name: github
  definition:
    url: https://github.example/graphql
    timeout_seconds: 60
`;

function indent(text: string, first: string, rest: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line, index) => (index === 0 ? first : rest) + line)
    .join('\n');
}

/** Files of a metadata directory of version 3, by path relative to the project. */
export function generateDirectory(tables: readonly GeneratedTable[]): Map<string, string> {
  const files = new Map<string, string>();
  files.set('config.yaml', 'version: 3\nmetadata_directory: metadata\n');
  files.set('metadata/version.yaml', 'version: 3\n');
  files.set('metadata/remote_schemas.yaml', remoteSchemasYaml);
  files.set(
    'metadata/databases/databases.yaml',
    `- name: default
  kind: postgres
  configuration:
    connection_info:
      database_url:
        from_env: DATABASE_URL
  tables: "!include default/tables/tables.yaml"
`,
  );
  files.set(
    'metadata/databases/default/tables/tables.yaml',
    `${tables.map((table) => `- "!include public_${table.name}.yaml"`).join('\n')}\n`,
  );
  for (const table of tables)
    files.set(`metadata/databases/default/tables/public_${table.name}.yaml`, table.yaml);
  files.set('schema/default.tables.json', generateSnapshot(tables));
  files.set('schema/github.graphql', githubSdl());
  return files;
}

/** A metadata directory of version 2: all tables in one `tables.yaml`. */
export function generateTablesFile(tables: readonly GeneratedTable[]): Map<string, string> {
  const files = new Map<string, string>();
  files.set('config.yaml', 'version: 2\nmetadata_directory: metadata\n');
  files.set('metadata/version.yaml', 'version: 2\n');
  files.set('metadata/remote_schemas.yaml', remoteSchemasYaml);
  files.set('metadata/tables.yaml', `${tables.map((table) => indent(table.yaml, '- ', '  ')).join('\n')}\n`);
  files.set('schema/default.tables.json', generateSnapshot(tables));
  files.set('schema/github.graphql', githubSdl());
  return files;
}

/** An export in one file: `sources` with their tables one level deeper. */
export function generateYamlExport(tables: readonly GeneratedTable[]): Map<string, string> {
  const files = new Map<string, string>();
  files.set(
    'metadata.yaml',
    `version: 3
sources:
  - name: default
    kind: postgres
    tables:
${tables.map((table) => indent(table.yaml, '      - ', '        ')).join('\n')}
    configuration:
      connection_info:
        database_url:
          from_env: DATABASE_URL
remote_schemas:
${indent(remoteSchemasYaml, '  ', '  ')}
`,
  );
  files.set('schema/default.tables.json', generateSnapshot(tables));
  files.set('schema/github.graphql', githubSdl());
  return files;
}

/** How the lists and objects of an export may be written. */
export const exportStyles = [
  'dashes at the parent’s indentation',
  'flow collections',
  'one flow collection',
] as const;

/** An export in one file as other programs write it. */
export function generateStyledExport(
  tables: readonly GeneratedTable[],
  style: (typeof exportStyles)[number],
): Map<string, string> {
  const files = generateYamlExport(tables);
  const document = parseDocument(files.get('metadata.yaml') ?? '');
  if (style === 'flow collections') {
    const list = document.getIn(['sources', 0, 'tables']);
    if (isSeq(list)) for (const table of list.items) if (isMap(table)) table.flow = true;
  } else if (isMap(document.contents)) document.contents.flow = style === 'one flow collection';
  files.set('metadata.yaml', document.toString({ indentSeq: style === 'flow collections', lineWidth: 0 }));
  return files;
}

/** As many projects without schemas, each in a folder of its own, as services of one repository have them. */
export function generateProjects(count: number): Map<string, string> {
  const files = [...generateDirectory(generateTables(1))].filter(([name]) => !name.startsWith('schema/'));
  return new Map(
    Array.from({ length: count }, (_, at) => at).flatMap((at) =>
      files.map(([name, text]): [string, string] => [`services/service_${at}/hasura/${name}`, text]),
    ),
  );
}
