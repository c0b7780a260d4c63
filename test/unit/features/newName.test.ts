import { expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { newName } from '../../../server/src/features/refactoring/newName.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf } from '../support/checkText.ts';

const where = { location: { role: 'table', source: 'shop' } } as const;

function renamed(text: string, name: string, language: SyntaxLanguage = 'yaml'): string | undefined {
  const context = contextOf(text, language === 'yaml' ? where : {}, language);
  const [relationship] = context.model.relationships;
  if (relationship === undefined) throw new Error('no relationship');
  const edits = newName(context, relationship.node.offset, name);
  const document = TextDocument.create('file:///a', language, 0, text);
  return (
    edits &&
    TextDocument.applyEdits(
      document,
      edits.map(({ offset, length, text: newText }) => ({
        range: { start: document.positionAt(offset), end: document.positionAt(offset + length) },
        newText,
      })),
    )
  );
}

const table = (name: string) =>
  `table: customer\nremote_relationships:\n  - name: ${name} # the person\n    definition: {}\n`;

it.each([
  ['plain', 'profile', 'person', 'person'],
  ['that needs quotes', 'profile', 'null', '"null"'],
  ['in double quotes', '"profile"', 'person', '"person"'],
  ['in single quotes', "'profile'", 'person', "'person'"],
])('a name %s is written as the old one was', (_, before, name, after) => {
  expect(renamed(table(before), name)).toBe(table(after));
});

it('in a request, too', () => {
  const request = (name: string) =>
    JSON.stringify({ type: 'pg_delete_remote_relationship', args: { table: 'customer', name } });
  expect(renamed(request('profile'), 'person', 'json')).toBe(request('person'));
});

it.each([
  ['is an alias', 'table: &t customer\nremote_relationships:\n  - name: *t\n    definition: {}\n'],
  [
    'comes from a merge key',
    'x: &x {name: profile}\ntable: customer\nremote_relationships:\n  - <<: *x\n    definition: {}\n',
  ],
  ['is missing', 'table: customer\nremote_relationships:\n  - definition: {}\n'],
])('a name that %s is left alone', (_, text) => {
  expect(renamed(text, 'person')).toBeUndefined();
});
