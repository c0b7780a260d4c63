import { expect } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type CompletionItem, InsertTextMode, type Position } from 'vscode-languageserver-types';
import { type CompletionOptions, complete } from '../../../server/src/features/completion/completion.ts';
import type { DocumentContext } from '../../../server/src/join/documentContext.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { contextOf, type Surroundings } from '../support/checkText.ts';

/** Stands for the cursor in the texts of these tests. */
export const marker = '▮';

export const people = `
"Everything that can be asked."
type Query {
  "One person by identifier."
  person(id: ID!): Person
  personByEmail(email: String!, active: Boolean): Person
  people(where: PersonFilter!, limit: Int = 20): [Person!]!
  peopleById(ids: [ID!]!): [Person!]!
  search(text: String!): SearchResult
  old: Person @deprecated(reason: "Use person.")
  create(input: PersonInput!): Person
}
type Mutation { noop: Boolean }
interface Named { name: String! }
type Person implements Named {
  id: ID!
  name: String!
  number: Int!
  address(kind: AddressKind!): Address
  friends(first: Int): [Person!]!
  named: Named
}
type Address { city: String! }
union SearchResult = Person | Address
enum AddressKind { HOME WORK }
input PersonFilter { name: TextFilter and: [PersonFilter!] ids: [ID!] old: Boolean }
input TextFilter { like: String equals: String }
input PersonInput { name: String! age: Int tags: [TagInput!]! }
input TagInput { label: String! }
`;

export const surroundings: Surroundings = {
  sources: {
    default: {
      tables: [
        {
          table: { schema: 'public', name: 'customer' },
          columns: {
            id: 'integer!',
            person_id: 'uuid',
            email: 'text!',
            active: 'boolean!',
            'odd-name': 'text',
          },
          computedFields: [{ name: 'full_name', type: 'text', scalar: true, arguments: 0 }],
        },
        { table: { schema: 'sales', name: 'invoice' }, columns: { id: 'integer!', customer: 'integer!' } },
      ],
    },
    helpdesk: {
      tables: [
        {
          table: { schema: 'public', name: 'ticket' },
          columns: { nr: 'text!', id: 'integer!', customer_id: 'integer!', opened: 'timestamptz' },
        },
      ],
    },
    warehouse: {
      kind: 'bigquery',
      tables: [{ table: { dataset: 'goods', name: 'stock' }, columns: { sku: 'STRING' } }],
    },
    vendor: { kind: 'sqlite', tables: [{ table: ['main', 'Artist'], columns: { ArtistId: 'number' } }] },
  },
  remoteSchemas: {
    people,
    forum: 'type Query { posts(author: ID!): [Post] } type Post { title: String }',
    dark: null,
  },
  location: { role: 'table', source: 'default' },
};

export const request: Surroundings = { ...surroundings, location: { role: 'request' } };
export const remoteSchemas: Surroundings = { ...surroundings, location: { role: 'remote-schemas' } };

export interface Completed {
  readonly text: string;
  readonly items: readonly CompletionItem[];
  readonly labels: readonly string[];
  /** The whole text after choosing the item of that label; `▮` where the cursor is then. */
  choose(label: string): string;
}

export function contextAt(
  marked: string,
  language: SyntaxLanguage,
  where: Surroundings,
): { context: DocumentContext; offset: number } {
  const offset = marked.indexOf(marker);
  if (offset === -1) throw new Error('the text has no cursor');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { context: contextOf(text, where, language), offset };
}

export function completeAt(
  marked: string,
  language: SyntaxLanguage = 'yaml',
  where: Surroundings = surroundings,
  options: Partial<
    Pick<
      CompletionOptions,
      | 'snippets'
      | 'reading'
      | 'asksAgain'
      | 'offersWords'
      | 'indents'
      | 'insertTextMode'
      | 'markdown'
      | 'trigger'
    >
  > = {},
): Completed {
  const { context, offset } = contextAt(marked, language, where);
  const { text } = context.tree;
  const document = TextDocument.create('file:///file', language, 1, text);
  const list = complete(context, offset, {
    snippets: true,
    indents: false,
    insertTextMode: InsertTextMode.asIs,
    markdown: true,
    ...options,
    positionAt: (at: number): Position => document.positionAt(at),
  });
  const items = list.items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
  return {
    text,
    items,
    labels: items.map((item) => item.label),
    choose: (label) => {
      const item = items.find((candidate) => candidate.label === label);
      if (item === undefined)
        throw new Error(`${label} is not offered, but ${items.map((i) => i.label).join(', ')}`);
      const result = applied(document, item);
      expectSound(result.replace(marker, ''), language, label);
      return result;
    },
  };
}

function applied(document: TextDocument, item: CompletionItem): string {
  const edit = item.textEdit;
  if (edit === undefined || !('range' in edit)) throw new Error('no edit');
  const newText = item.insertTextFormat === 2 ? resolved(edit.newText) : `${edit.newText}${marker}`;
  const { start } = edit.range;
  const before = document.getText({ start: { line: start.line, character: 0 }, end: start });
  // What an editor does that was not told to leave the text as it is.
  const indentation = item.insertTextMode === InsertTextMode.asIs ? '' : (/^[ \t]*/.exec(before)?.[0] ?? '');
  const chosen = { ...edit, newText: newText.replaceAll('\n', `\n${indentation}`) };
  return TextDocument.applyEdits(document, [chosen, ...(item.additionalTextEdits ?? [])]);
}

/** The text a snippet leaves when every proposal is taken; the cursor at its first stop. */
function resolved(snippet: string): string {
  let first = true;
  const text = snippet.replaceAll(
    /\\([\\$}])|\$(\d+)|\$\{(\d+)(?::((?:\\.|[^\\}])*)|\|((?:\\.|[^\\|])*)\|)?\}/g,
    (...match) => {
      const [, escaped, , , proposal, choices] = match as (string | undefined)[];
      if (escaped !== undefined) return escaped;
      const at = first ? marker : '';
      first = false;
      const value = proposal ?? choices?.split(',')[0] ?? '';
      return at + value.replaceAll(/\\(.)/g, '$1');
    },
  );
  return first ? text + marker : text;
}

function expectSound(text: string, language: SyntaxLanguage, label: string): void {
  expect(parse(text, language).problems, `${label}\n${text}`).toEqual([]);
}
