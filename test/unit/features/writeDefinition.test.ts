import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import type { RelationshipIdentity } from '../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { projectList } from '../../../server/src/features/clientRequests/projectList.ts';
import { writeDefinition } from '../../../server/src/features/refactoring/writeDefinition.ts';
import { customerTable, smallProject, TemporaryFolder, workspaceOf } from '../project/temporaryFolder.ts';

const profile: RelationshipIdentity = {
  owner: 'table',
  source: 'default',
  table: { schema: 'public', name: 'customer' },
  name: 'profile',
};

function toPeople(field: string, lhs: readonly string[] = ['person_id']): Json {
  return {
    to_remote_schema: {
      remote_schema: 'people',
      lhs_fields: lhs,
      remote_field: { [field]: { arguments: { id: '$person_id' } } },
    },
  };
}

const toTicket: Json = {
  to_source: {
    relationship_type: 'array',
    source: 'helpdesk',
    table: { schema: 'public', name: 'ticket' },
    field_mapping: { id: 'customer_id' },
  },
};

/** The file that is changed, and its text; or the obstacle. */
async function written(
  files: Readonly<Record<string, string>>,
  identity: RelationshipIdentity,
  definition: Json,
) {
  const folder = new TemporaryFolder(files);
  const workspace = await workspaceOf([folder.path]);
  const [summary] = projectList(workspace);
  const project = workspace.projectAt(workspace.key(summary?.uri ?? ''));
  if (project === undefined) return expect.fail('there is no project');
  const textOf = (uri: string): TextDocument =>
    TextDocument.create(uri, '', 0, workspace.documents.get(workspace.key(uri))?.tree.text ?? '');
  const result = writeDefinition(workspace, project, identity, definition, (uri, offset) =>
    textOf(uri).positionAt(offset),
  );
  if ('obstacle' in result) return result;
  const name = result.uri.slice(folder.uri('').replace(/\/?$/, '/').length);
  return {
    name,
    change: result.change,
    text: TextDocument.applyEdits(textOf(result.uri), [...result.edits]),
  };
}

const table = (relationships: string) => ({
  ...smallProject,
  [customerTable]: `table: {schema: public, name: customer} # ours\n${relationships}`,
});

describe('the definition of a relationship is written into the file that has it', () => {
  it.each<[what: string, before: string, definition: Json, after: string]>([
    [
      'what differs alone, with comments, quotes and order as they are',
      `remote_relationships:
  # Who it is.
  - definition: # first
      to_remote_schema:
        lhs_fields: ["person_id"] # the key
        remote_schema: 'people'
        remote_field:
          # one
          person:
            arguments:
              id: "$person_id"
    name: profile
  - name: other
`,
      toPeople('personByEmail', ['email', 'person_id']),
      `remote_relationships:
  # Who it is.
  - definition: # first
      to_remote_schema:
        lhs_fields: ["person_id", "email"] # the key
        remote_schema: 'people'
        remote_field:
          # one
          personByEmail:
            arguments:
              id: "$person_id"
    name: profile
  - name: other
`,
    ],
    [
      'in the form it is written in',
      `remote_relationships:
  - name: profile
    definition:
      remote_schema: people
      hasura_fields: [person_id]
      remote_field: {person: {arguments: {id: 1}}}
`,
      toPeople('person'),
      `remote_relationships:
  - name: profile
    definition:
      remote_schema: people
      hasura_fields: [person_id]
      remote_field: {person: {arguments: {id: $person_id}}}
`,
    ],
    [
      'with another target altogether',
      `remote_relationships:
  - name: profile
    definition:
      to_remote_schema: {remote_schema: people, lhs_fields: [id], remote_field: {person: {arguments: {}}}}
`,
      toTicket,
      `remote_relationships:
  - name: profile
    definition:
      to_source:
        relationship_type: array
        source: helpdesk
        table:
          schema: public
          name: ticket
        field_mapping:
          id: customer_id
`,
    ],
    [
      'where there is none yet',
      'remote_relationships:\n  - name: profile\n',
      toPeople('person'),
      `remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields:
          - person_id
        remote_field:
          person:
            arguments:
              id: $person_id
`,
    ],
  ])('%s', async (_, before, definition, after) => {
    const files = table(before);
    expect(await written(files, profile, definition)).toEqual({
      name: customerTable,
      change: 'definition',
      text: table(after)[customerTable],
    });
  });

  it('not when the file says so already, in whatever order and form', async () => {
    const files = table(`remote_relationships:
  - name: profile
    definition: {remote_field: {person: {arguments: {id: $person_id}}}, hasura_fields: [person_id], remote_schema: people}
`);
    expect(await written(files, { ...profile, table: 'customer' }, toPeople('person'))).toMatchObject({
      change: 'none',
    });
  });

  it('in JSON', async () => {
    const metadata = {
      version: 3,
      sources: [
        {
          name: 'default',
          kind: 'postgres',
          tables: [
            {
              table: { schema: 'public', name: 'customer' },
              remote_relationships: [{ name: 'profile', definition: toPeople('person') }],
            },
          ],
        },
      ],
    };
    const text = `${JSON.stringify(metadata, null, 4)}\n`;
    expect(await written({ 'metadata.json': text }, profile, toPeople('someone'))).toEqual({
      name: 'metadata.json',
      change: 'definition',
      text: text.replace('"person":', '"someone":'),
    });
    const other = { name: 'other', definition: toTicket } as const;
    metadata.sources[0]?.tables[0]?.remote_relationships.unshift(other);
    expect(await written({ 'metadata.json': text }, { ...profile, name: 'other' }, toTicket)).toEqual({
      name: 'metadata.json',
      change: 'new-item',
      text: `${JSON.stringify(metadata, null, 4)}\n`,
    });
  });

  it.each([
    [
      'after a name, as those beside it',
      ['{name: a, definition: {}}', '{definition: {}, x: 1}'],
      'name: b, definition',
    ],
    ['before a name, as in an export', ['{definition: {}, name: a}'], 'definition'],
    [
      'before a name where those beside it differ',
      ['{name: a, definition: {}}', '{definition: {}, name: a}'],
      'definition',
    ],
    ['before a name where those beside it do not say', ['{name: a}', '{definition: {}}'], 'definition'],
  ])('%s', async (_, items, keys) => {
    const result = await written(
      table(`remote_relationships: [${items.join(', ')}]\n`),
      { ...profile, name: 'b' },
      { to_source: {} },
    );
    const wanted =
      keys === 'definition' ? '{definition: {to_source: {}}, name: b}' : `{${keys}: {to_source: {}}}`;
    expect('text' in result ? result.text : result).toContain(wanted);
  });

  it.each([
    [
      'an anchor that others refer to',
      '- name: profile\n    definition: &d {to_source: {}}\n  - name: b\n    definition: *d\n',
    ],
  ])('not below %s', async (_, items) => {
    const result = await written(table(`remote_relationships:\n  ${items}`), profile, toTicket);
    expect(result).toEqual({ obstacle: expect.stringContaining('without changing something else') });
  });
});

describe('a relationship the files do not have is added', () => {
  const added = `  - definition:
      to_source:
        relationship_type: array
        source: helpdesk
        table:
          schema: public
          name: ticket
        field_mapping:
          id: customer_id
    name: tickets
`;

  it.each([
    [
      'behind the others of its table',
      'remote_relationships:\n  # a\n  - name: a # b\n# end\n',
      `remote_relationships:\n  # a\n  - name: a # b\n${added}# end\n`,
    ],
    ['as the first of its table', 'is_enum: false\n', `is_enum: false\nremote_relationships:\n${added}`],
    [
      'before those whose names come later, and what is said of them',
      'remote_relationships:\n  # of x\n  - name: x # x\n  # of y\n  - name: y\n',
      `remote_relationships:\n${added}  # of x\n  - name: x # x\n  # of y\n  - name: y\n`,
    ],
    [
      'between others, and what is said of them',
      'remote_relationships:\n  - name: a # a\n\n  # of x\n  - name: x\n',
      `remote_relationships:\n  - name: a # a\n${added}\n  # of x\n  - name: x\n`,
    ],
    [
      'before the permissions, and what is said of them',
      'is_enum: false\n# who\nselect_permissions: []\n',
      `is_enum: false\nremote_relationships:\n${added}# who\nselect_permissions: []\n`,
    ],
    ['to an empty list', 'remote_relationships: []\n', `remote_relationships:\n${added}`],
  ])('%s', async (_, before, after) => {
    const result = await written(table(before), { ...profile, name: 'tickets' }, toTicket);
    expect(result).toEqual({ name: customerTable, change: 'new-item', text: table(after)[customerTable] });
  });

  it('with the line endings and indentation of the file', async () => {
    const before = table('remote_relationships:\n- name: a\n')[customerTable] ?? '';
    const result = await written(
      { ...smallProject, [customerTable]: before.replaceAll('\n', '\r\n') },
      { ...profile, name: 'tickets' },
      toTicket,
    );
    const after = before + added.replaceAll(/^ {2}/gm, '');
    expect(result).toMatchObject({ text: after.replaceAll('\n', '\r\n') });
  });

  const person: RelationshipIdentity = {
    owner: 'remote-schema',
    remoteSchema: 'people',
    typeName: 'Person',
    name: 'tickets',
  };
  const items = added.replaceAll(/^/gm, '      ').replace(/ +$/, '');

  it.each([
    [
      'with its type',
      '- name: people\n  definition: {url: x}\n- name: b\n',
      `- name: people\n  definition: {url: x}\n  remote_relationships:\n    - relationships:\n${items}      type_name: Person\n- name: b\n`,
    ],
    [
      'behind the others of its type',
      '- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: a\n',
      `- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: a\n${items}`,
    ],
  ])('to a remote schema, %s', async (_, before, after) => {
    const files = { ...smallProject, 'metadata/remote_schemas.yaml': before };
    expect(await written(files, person, toTicket)).toEqual({
      name: 'metadata/remote_schemas.yaml',
      change: 'new-item',
      text: after,
    });
  });

  it.each<
    [what: string, files: Readonly<Record<string, string>>, identity: RelationshipIdentity, says: string]
  >([
    [
      'its table is in no file',
      smallProject,
      { ...profile, table: 'gone', name: 'x' },
      'No file of the project has table gone of source default',
    ],
    [
      'its remote schema is in no file',
      smallProject,
      { ...person, remoteSchema: 'gone' },
      'type Person of remote schema gone',
    ],
    [
      'the list comes from another file',
      { ...table('remote_relationships: "!include others.yaml"\n') },
      { ...profile, name: 'x' },
      'comes from somewhere else',
    ],
  ])('not when %s', async (_, files, identity, says) => {
    expect(await written(files, identity, toTicket)).toEqual({ obstacle: expect.stringContaining(says) });
  });
});

describe('the projects of a workspace', () => {
  it('are those with metadata; an export in the folder of one is none', async () => {
    const inner = (name: string) =>
      Object.fromEntries(Object.entries(smallProject).map(([file, text]) => [`${name}/${file}`, text]));
    const folder = new TemporaryFolder({
      ...inner('b'),
      ...inner('a'),
      'a/remote-relationships.config.json': '{}',
      'a/export/metadata.json': '{"version": 3, "sources": []}',
      'c/config.yaml': 'version: 3\nmetadata_directory: nowhere\n',
    });
    const workspace = await workspaceOf([folder.path]);
    expect(projectList(workspace)).toEqual([
      { name: 'a', uri: folder.uri('a'), configurationUri: folder.uri('a/remote-relationships.config.json') },
      { name: 'b', uri: folder.uri('b'), configurationUri: null },
    ]);
  });
});
