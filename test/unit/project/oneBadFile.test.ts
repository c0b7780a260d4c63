import { describe, expect, it, vi } from 'vitest';
import { lint } from '../../../server/src/cli/lint.ts';
import type * as parsing from '../../../server/src/syntax/parse.ts';
import { codesIn, customerTable, smallProject, TemporaryFolder, workspaceOf } from './temporaryFolder.ts';

/** Texts with this word make the parser throw, as nothing known does. */
const poison = 'throws-when-parsed';

vi.mock('../../../server/src/syntax/parse.ts', async (original) => {
  const real = await original<typeof parsing>();
  return {
    ...real,
    parse: (...[text, language]: Parameters<typeof real.parse>) => {
      if (text.includes(poison)) throw new RangeError('Maximum call stack size exceeded');
      return real.parse(text, language);
    },
  };
});

const other = 'metadata/databases/default/tables/public_order.yaml';
const tables = 'metadata/databases/default/tables/tables.yaml';
const wrong = (smallProject[customerTable] ?? '').replace('person_id]', 'persn_id]');

const project = {
  ...smallProject,
  [tables]: '- "!include public_customer.yaml"\n- "!include public_order.yaml"\n',
  [customerTable]: wrong,
  [other]: `table: { schema: public, name: order }\n# ${poison}\n`,
};

describe('a file that makes the program throw', () => {
  it('becomes one finding in that file, and the others say what they said before', async () => {
    const folder = new TemporaryFolder(project);
    const logged: string[] = [];
    const workspace = await workspaceOf([folder.path], { log: (message) => logged.push(message) });
    expect(codesIn(workspace, folder.file(other))).toEqual(['not-checked 1']);
    expect(workspace.findings(folder.file(other)).findings[0]).toMatchObject({
      severity: 'warning',
      message:
        'This file could not be checked completely, because of an error in this program: Maximum call stack size exceeded.',
    });
    expect(codesIn(workspace, folder.file(customerTable))).toContain('unknown-lhs-field 7');
    expect(codesIn(workspace, folder.file(tables))).toEqual([]);
    expect(logged.join()).toContain('public_order.yaml could not be read');
  });

  it('makes nothing absent that it could have said', async () => {
    const text = (smallProject[customerTable] ?? '').replace(
      /to_remote_schema.*/s,
      'to_source:\n        source: default\n        relationship_type: object\n        table: { schema: public, name: order }\n        field_mapping: { id: customer_id }\n',
    );
    const folder = new TemporaryFolder({
      ...project,
      [customerTable]: text,
      'schema/default.tables.json': '',
    });
    const workspace = await workspaceOf([folder.path], { log: () => undefined });
    expect(codesIn(workspace, folder.file(customerTable))).toEqual([]);
  });

  it.each(['schema/default.tables.json', 'remote-relationships.config.json'])('also %s', async (name) => {
    const folder = new TemporaryFolder({ ...project, [other]: 'table: order\n', [name]: `{"${poison}":1}` });
    const workspace = await workspaceOf([folder.path], { log: () => undefined });
    expect(codesIn(workspace, folder.file(name))).toEqual(['not-checked 1']);
    expect(workspace.findings(folder.file(customerTable)).findings.map(({ code }) => code)).not.toContain(
      'not-checked',
    );
  });

  it('is reported by the command line', async () => {
    const folder = new TemporaryFolder(project);
    const found = await lint({
      paths: ['.'],
      configuration: undefined,
      workingDirectory: folder.path,
      note: () => undefined,
    });
    expect(found.map(({ file, code }) => `${file} ${code}`)).toContain(`${other} not-checked`);
    expect(found.map(({ code }) => code)).toContain('unknown-lhs-field');
  });

  it('says nothing in a file that is none of Hasura’s', async () => {
    const folder = new TemporaryFolder({ ...smallProject, 'other/notes.yaml': `a: ${poison}\n` });
    const workspace = await workspaceOf([folder.path], { log: () => undefined });
    workspace.open(folder.uri('other/notes.yaml'), 'yaml', 1, `a: ${poison}\n`);
    expect(codesIn(workspace, folder.file('other/notes.yaml'))).toEqual([]);
  });
});
