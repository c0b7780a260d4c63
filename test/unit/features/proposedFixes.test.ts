import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codeActions } from '../../../server/src/features/refactoring/codeActions.ts';
import { languageOf, parse } from '../../../server/src/syntax/parse.ts';
import { contextOf, findingsIn, type Surroundings } from '../support/checkText.ts';
import { people, request, surroundings } from './support.ts';

const folder = fileURLToPath(new URL('../../fixtures/rewrites/fixes', import.meta.url));
const files = readdirSync(folder).filter((name) => !name.includes('.fixed.'));

const tags =
  'type Query { tagged(input: TagInput!): Int } input TagInput { note: String, email: String!, ids: [ID!]! }';
const columns = { id: 'integer!', person_id: 'uuid!', email: 'text!', active: 'boolean!' };
const codes: Readonly<Record<string, string>> = {
  split: 'remote-field-shape',
  required: 'unsupplied-required-argument',
};

/** The text after the fix that proposes something, of the first finding of a rule. */
function fixed(text: string, file: string, code: string, where: Surroundings) {
  const language = languageOf(file) ?? 'yaml';
  const context = contextOf(text, where, language);
  const findings = findingsIn(text, where, language);
  const finding = findings.find((each) => each.code === code);
  if (finding === undefined) throw new Error(`no ${code} among ${findings.map((each) => each.code)}`);
  const range = { start: finding.offset, end: finding.offset };
  const [action] = codeActions(
    context,
    [finding],
    range,
    () => undefined,
    () => undefined,
  );
  if (action === undefined || !/^(?:Make|Add)/.test(action.title)) return undefined;
  expect(action.preferred).toBe(false);
  const [edit] = action.edits;
  return edit && text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
}

function codesIn(text: string, file: string, where: Surroundings): readonly string[] {
  return findingsIn(text, where, languageOf(file) ?? 'yaml').map((each) => each.code);
}

describe('fixes that propose', () => {
  it.each(files)('%s', async (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const [kind = '', ...rest] = file.split('.');
    const isRequest = text.includes('"pg_create') || text.includes('pg_create');
    const where = {
      ...(isRequest ? request : surroundings),
      sources: { default: { tables: [{ table: 'customer', columns }] } },
      remoteSchemas: { people, tags },
    };
    const code = codes[kind] ?? '';
    const after = fixed(text, file, code, where) ?? '';
    await expect(after).toMatchFileSnapshot(join(folder, `${kind}.fixed.${rest.join('.')}`));
    expect(parse(after, languageOf(file) ?? 'yaml').problems).toEqual([]);
    const [before, now] = [codesIn(text, file, where), codesIn(after, file, where)];
    for (const each of new Set(now)) {
      const count = (list: readonly string[]) => list.filter((one) => one === each).length;
      expect(count(now), `${each} in\n${after}`).toBeLessThanOrEqual(count(before));
    }
    expect(now.length).toBeLessThan(before.length);
    const windows = fixed(text.replaceAll('\n', '\r\n'), file, code, where);
    expect(windows).toBe(after.replaceAll('\n', '\r\n'));
  });

  const table = (field: string) =>
    `table: customer\nremote_relationships:\n  - name: p\n    definition:\n      to_remote_schema:\n        remote_schema: people\n        lhs_fields: []\n        remote_field: ${field}\n`;
  it.each<[string, string, string]>([
    ['required', 'nothing that suits', '{ search: { arguments: {} } }'],
    ['required', 'an argument of a type that no column has', '{ create: { arguments: {} } }'],
    ['split', 'an alias', '{ person: { arguments: {} }, x: *unknown }'],
    ['split', 'broken text', '{ person: { arguments: {} }, people: { arguments: {} }'],
  ])('%s: none for %s', (kind, _, field) => {
    const where = {
      ...surroundings,
      sources: { default: { tables: [{ table: 'customer', columns: { flag: 'boolean' } }] } },
    };
    expect(fixed(table(field), 'a.yaml', codes[kind] ?? '', where)).toBeUndefined();
  });
});
