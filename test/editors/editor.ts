/** What every editor is asked to do with the samples, and what must come of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/run.ts';
import { skipBecause } from '../machine.ts';
import { patience, until } from './channel.ts';
import { Desk } from './desk.ts';

/** Zero-based. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** Something that is reported: where it begins, and what the editor shows of it. */
export interface Finding extends Place {
  readonly text: string;
}

/** A real editor, as a person has it before them. */
export interface Editor {
  /** Shows a file. */
  open(file: string): Promise<void>;
  findings(): Promise<readonly Finding[]>;
  /** Puts the cursor there. */
  go(place: Place): Promise<void>;
  /** Asks what stands at the cursor. */
  hover(): Promise<void>;
  /** What is shown of that; empty: nothing yet. */
  hovered(): Promise<string>;
  /** Goes to where it is defined. */
  definition(): Promise<void>;
  /** Where the cursor is now. */
  place(): Promise<Place & { readonly file: string }>;
  /** Carries out the fix of that title that is offered at the cursor. */
  fix(title: string): Promise<void>;
  text(): Promise<string>;
  /** Types at the end of the text, and asks for a list. */
  type(text: string): Promise<void>;
  /** The labels of the list. */
  offered(): Promise<readonly string[]>;
  choose(label: string): Promise<void>;
  end(): Promise<void>;
}

export interface Abilities {
  /** It shows no codes of findings. */
  readonly messagesOnly?: boolean;
  /** No snippets: a line at most is put in. */
  readonly oneLine?: boolean;
  readonly without?: readonly ('fix' | 'definition')[];
}

export const invoices = 'metadata/databases/shop/tables/public_invoice.yaml';
const products = 'metadata/databases/shop/tables/public_product.yaml';

/** The same for every editor. `missing`: why it is not there. */
export function describeEditor(
  name: string,
  missing: string | undefined,
  start: (desk: Desk) => Promise<Editor>,
  { messagesOnly = false, oneLine = false, without = [] }: Abilities = {},
): void {
  if (missing !== undefined) {
    it(name, () => skipBecause(missing));
    return;
  }
  describe(name, () => {
    let desk: Desk;
    let editor: Editor;
    beforeAll(async () => {
      desk = new Desk();
      editor = await start(desk);
    }, 40_000);
    afterAll(async () => {
      await editor?.end();
      desk?.leave();
    }, 40_000);

    it('shows what is wrong, where it is', async () => {
      await editor.open(desk.file(invoices));
      const shown = await until(async () => {
        const found = await editor.findings();
        return found.length < mistakes.length ? undefined : found;
      }, `findings: ${desk.said}`);
      const described = shown.map(({ line, character, text }) => {
        const mistake = mistakes.find((one) => text.includes(messagesOnly ? one.message : one.code));
        return { line, character, what: mistake?.code ?? text };
      });
      const expected = mistakes.map(({ at, code }) => ({ ...placeOf(at), what: code }));
      expect(described.toSorted(byPlace)).toEqual(expected);
    });

    it('says what stands at the cursor', async () => {
      await editor.go(placeOf('customer: $customer_id'));
      await editor.hover();
      // What an editor shows at first may be of the place before.
      await expect.poll(() => editor.hovered(), { timeout: patience }).toContain('customer: Int!');
    });

    it('goes to where it is defined', async () => {
      skipBecause(without.includes('definition') ? `${name} opens no other files` : undefined);
      await editor.go(placeOf('wallet:'));
      await editor.definition();
      const place = await until(async () => {
        const at = await editor.place();
        return at.file.endsWith('.graphql') ? at : undefined;
      }, 'definition');
      expect(place).toMatchObject({
        file: desk.file('schema/payments.graphql'),
        line: lineOf(desk.read('schema/payments.graphql'), 'wallet('),
      });
    });

    it('mends it', async () => {
      skipBecause(without.includes('fix') ? `fixes are not tried in ${name}` : undefined);
      const before = desk.read(invoices);
      await editor.open(desk.file(invoices));
      await editor.go(placeOf('customer_idd'));
      await until(async () => ((await editor.findings()).length > 0 ? true : undefined), 'findings');
      await editor.fix('Change to "customer_id"');
      const after = before.replace('customer_idd', 'customer_id');
      await expect.poll(() => editor.text(), { timeout: patience }).toBe(after);
    });

    it.each(completions)('completes $label', async ({ before, typed, label, inserted }) => {
      const text = `${desk.read(products)}${before}`;
      const file = desk.file(products.replace('product', `product_${label}`));
      writeFileSync(file, text);
      await editor.open(file);
      await editor.type(typed);
      await until(
        async () => ((await editor.offered()).includes(label) ? true : undefined),
        `a list with ${label}: ${desk.said}`,
      );
      await editor.choose(label);
      const expected = text + (oneLine ? inserted.slice(0, inserted.indexOf('\n')) : inserted);
      await expect
        .poll(async () => withoutBlanks(await editor.text()), { timeout: patience })
        .toBe(withoutBlanks(expected));
    });
  });
}

/** Where a text begins in the table of invoices. */
function placeOf(text: string): Place {
  const whole = readFileSync(path.join(root, 'samples', invoices), 'utf8');
  const lines = whole.slice(0, whole.indexOf(text)).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function lineOf(text: string, part: string): number {
  return text.split('\n').findIndex((line) => line.includes(part));
}

function byPlace(a: Place, b: Place): number {
  return a.line - b.line || a.character - b.character;
}

/** Editors take away blanks at the end of lines, or leave them, and the line break at the end of the file. */
function withoutBlanks(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}

const mistakes = [
  { code: 'unknown-lhs-field', at: 'customer_idd', message: 'has no column "customer_idd"' },
  { code: 'unused-lhs-field', at: 'issued_at', message: 'No argument uses "$issued_at"' },
  { code: 'unknown-remote-field', at: 'reciepts:', message: 'has no query field "reciepts"' },
  { code: 'literal-type', at: 'SETTLED', message: 'Argument "state" takes a value of enum' },
  { code: 'name-conflict', at: 'customer\n    definition', message: 'already has an object relationship' },
  { code: 'unknown-target-column', at: 'invoice_nr', message: 'has no column "invoice_nr"' },
];

/** Each begins where an editor has to indent more than one line. */
const completions = [
  {
    label: 'to_remote_schema',
    before: '  - name: stock\n    definition:\n      ',
    typed: 'to_r',
    inserted: 'to_remote_schema:\n        remote_schema:\n        lhs_fields: []\n        remote_field:\n',
  },
  {
    label: 'reviewsOf',
    before:
      '  - name: stock\n    definition:\n      to_remote_schema:\n        remote_schema: people\n        lhs_fields: [sku]\n        remote_field:\n          ',
    typed: 'rev',
    inserted: 'reviewsOf:\n            arguments:\n              subject: $sku',
  },
];
