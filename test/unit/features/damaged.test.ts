import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { inlayHints } from '../../../server/src/features/annotations/inlayHints.ts';
import { semanticTokens } from '../../../server/src/features/annotations/semanticTokens.ts';
import { complete } from '../../../server/src/features/completion/completion.ts';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { definition } from '../../../server/src/features/navigation/definition.ts';
import { symbols } from '../../../server/src/features/navigation/symbols.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf } from '../support/checkText.ts';
import { request, surroundings } from './support.ts';

const yaml = `table: { schema: public, name: customer }
remote_relationships:
  - name: profile # who it is
    definition: &anchor
      to_remote_schema:
        remote_schema: "people"
        lhs_fields: [person_id, 'email']
        remote_field:
          people:
            arguments:
              where: { name: { like: $email }, and: [{ old: true }] }
  - name: copy
    definition: *anchor
  - name: tickets
    definition:
      to_source:
        relationship_type: array
        source: helpdesk
        table:
          schema: public
          name: ticket
        field_mapping:
          id: customer_id
configuration:
  comment: |
    any: text
      - here
`;

const json = `{"type": "bulk", "args": [
  {"type": "pg_create_remote_relationship", // first
   "args": {"table": "customer", "name": "profile", "definition": {
     "to_remote_schema": {"remote_schema": "people", "lhs_fields": ["person_id"],
       "remote_field": {"person": {"arguments": {"id": "$person_id"}, "field": {"friends": {"arguments": {}}}}}}}}}
]}`;

const texts: Readonly<Record<'yaml' | 'json' | 'http', string>> = {
  yaml,
  json,
  http: `### a\nPOST http://localhost/v1/metadata\n\n${json}\n\n### b\nGET http://localhost/healthz\n`,
};

const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat(12),
    inserted: fc.constantFrom(
      '',
      ' ',
      '\n',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '- ',
      '$',
      '#',
      '&a ',
      '*a',
      '\t',
      '|',
      'x',
      '\n\n    ',
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('in damaged text', { timeout: 60_000 }, () => {
  it.each(['yaml', 'json', 'http'] as const)(
    '%s: nothing throws, and every edit lies around the place',
    (language: SyntaxLanguage) => {
      fc.assert(
        fc.property(damage, fc.double({ min: 0, max: 1, noNaN: true }), (edits, where) => {
          let text = texts[language];
          let last = 0;
          for (const { at, removed, inserted } of edits) {
            last = Math.floor(at * text.length);
            text = text.slice(0, last) + inserted + text.slice(last + removed);
            last += inserted.length;
          }
          const context = contextOf(text, language === 'yaml' ? surroundings : request, language);
          const document = TextDocument.create('file:///f', language, 1, text);
          const positionAt = (offset: number) => document.positionAt(offset);
          symbols(context);
          semanticTokens(context);
          for (const { offset } of inlayHints(context, { offset: 0, length: text.length })) {
            expect(offset).toBeLessThanOrEqual(text.length);
          }
          for (const offset of [last, Math.floor(where * text.length)]) {
            definition(context, offset);
            hover(context, offset, { markdown: true, positionAt });
            const { items } = complete(context, offset, { snippets: true, positionAt });
            const at = positionAt(offset);
            for (const { textEdit, additionalTextEdits } of items) {
              if (textEdit === undefined || !('range' in textEdit)) throw new Error('no range');
              const { start, end } = textEdit.range;
              expect([start.line, end.line]).toEqual([at.line, at.line]);
              expect(start.character).toBeLessThanOrEqual(at.character);
              expect(end.character).toBeGreaterThanOrEqual(at.character);
              for (const { range } of additionalTextEdits ?? []) {
                const from = document.offsetAt(range.start);
                expect(from < document.offsetAt(start) || from >= document.offsetAt(end)).toBe(true);
              }
            }
          }
        }),
        { numRuns: 400, seed: 7 },
      );
    },
  );
});
