import { quoteScalar } from '../../syntax/edit/scalarText.ts';
import type { NodeStyle } from '../../syntax/tree.ts';

/** What a completion inserts, written in the style of the place: block YAML, flow YAML or JSON. */

export type Skeleton =
  /** A literal that needs no quotes. */
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  /** A place to go on typing: a string (with a proposal), or one of several words. */
  | {
      readonly kind: 'stop';
      readonly proposal: string;
      readonly choices: readonly string[];
      readonly string: boolean;
    }
  /** No members: `{}`. `open`: one goes on typing inside. */
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly open: boolean }
  | { readonly kind: 'list'; readonly items: readonly Skeleton[] };

export type Member = readonly [key: string, value: Skeleton];

export const stop: Skeleton = { kind: 'stop', proposal: '', choices: [], string: true };
export const emptyObject: Skeleton = { kind: 'object', members: [], open: false };
export const openObject: Skeleton = { kind: 'object', members: [], open: true };

export function proposal(value: string): Skeleton {
  return { kind: 'stop', proposal: value, choices: [], string: true };
}

export function choice(...choices: readonly string[]): Skeleton {
  return { kind: 'stop', proposal: choices[0] ?? '', choices, string: true };
}

/** A stop for something that is written without quotes: a number, a boolean. */
export function literalStop(...choices: readonly string[]): Skeleton {
  return {
    kind: 'stop',
    proposal: choices[0] ?? '',
    choices: choices.length > 1 ? choices : [],
    string: false,
  };
}

export function objectOf(...members: readonly Member[]): Skeleton {
  return { kind: 'object', members, open: false };
}

export function listOf(...items: readonly Skeleton[]): Skeleton {
  return { kind: 'list', items };
}

export interface WritingStyle {
  readonly style: 'block' | 'flow' | 'json';
  readonly newline: string;
  readonly indentationUnit: string;
  /** From a key to the dashes of the block list below it. */
  readonly dashIndentation: string;
  /** JSON: nested objects go on lines of their own. */
  readonly multiline: boolean;
  /** JSON: so do the items of lists of scalars. */
  readonly listsOnLines: boolean;
  /** Tab stops may be written; else their proposals stand as text. */
  readonly snippets: boolean;
  /** Not every editor that knows snippets knows of choices in them: Emacs leaves them as text. */
  readonly choices: boolean;
  /**
   * The editor forgets the places to go on to as soon as the cursor is in none of them, which it is behind a quoted value
   * that was chosen. So all of it is a place of its own, the first: the editor is to go on to the next at once.
   */
  readonly encloses: boolean;
  /** The quote the word is written with already. */
  readonly quote: '' | '"' | "'";
}

/** A place to go on typing in a snippet, up to its number: what stands before it, and its default or choices. */
interface Stop {
  readonly quote: string;
  readonly body: string;
}

/** Collects the text of one completion. */
export class Writer {
  /** Text of a snippet, and the places to go on in it. */
  readonly #parts: (string | Stop)[] = [];
  /** Of `parts`: what stands behind the place where the cursor is left in the end. */
  #finalAt: number | undefined;
  #raw = '';
  readonly #how: WritingStyle;

  constructor(how: WritingStyle) {
    this.#how = how;
  }

  /** Text as it is. */
  plain(text: string): void {
    this.#raw += text;
    this.#parts.push(text.replaceAll(/[\\$}]/g, '\\$&'));
  }

  /** Where the cursor is left in the end. */
  finalStop(): void {
    this.#finalAt = this.#parts.length;
  }

  /** There are places to go on in it. */
  get hasPlaces(): boolean {
    return this.#how.snippets && (this.#finalAt !== undefined || this.#stops.length > 0);
  }

  /** Of several lines too: editors agree on how a snippet is indented, and not on how a text is. */
  get isSnippet(): boolean {
    return this.hasPlaces || (this.#how.snippets && this.#raw.includes(this.#how.newline));
  }

  /** All of it is the first place, which nobody is to stay in. */
  get isEnclosed(): boolean {
    const stops = this.#stops;
    return (
      this.#how.encloses && this.hasPlaces && stops.length > 1 && stops.some(({ quote }) => quote !== '')
    );
  }

  get text(): string {
    if (!this.isSnippet) return this.#raw;
    const { isEnclosed } = this;
    const finalAt = this.#finalAt;
    let number = isEnclosed ? 1 : 0;
    const parts = this.#parts.map((part) => {
      if (typeof part === 'string') return part;
      const { quote, body } = part;
      number++;
      // Kate takes away no braces with nothing in them.
      return body === '' ? `${quote}$${number}${quote}` : `${quote}\${${number}${body}}${quote}`;
    });
    const snippet = parts.slice(0, finalAt).join('');
    const rest = finalAt === undefined ? '' : `$0${parts.slice(finalAt).join('')}`;
    return (isEnclosed ? `\${1:${snippet}}` : snippet) + rest;
  }

  get #stops(): readonly Stop[] {
    return this.#parts.filter((part) => typeof part !== 'string');
  }

  /** `key: value`, the key standing at `indentation`. */
  member(key: string, value: Skeleton, indentation: string): void {
    this.key(key);
    this.afterKey(value, indentation);
  }

  key(key: string): void {
    this.#scalar(key);
  }

  /** The colon and the value of a key that stands at `indentation`. */
  afterKey(value: Skeleton, indentation: string): void {
    this.plain(':');
    if (this.#how.style !== 'block') {
      this.plain(' ');
      this.inline(value, indentation);
      return;
    }
    const deeper = indentation + this.#how.indentationUnit;
    if (value.kind === 'object' && (value.members.length > 0 || value.open)) {
      this.plain(this.#how.newline + deeper);
      this.members(value.members, deeper);
    } else if (value.kind === 'list' && value.items.some((item) => item.kind === 'object')) {
      const dashes = indentation + this.#how.dashIndentation;
      for (const item of value.items) {
        this.plain(this.#how.newline + dashes);
        this.item(item, dashes);
      }
    } else {
      this.plain(' ');
      this.inline(value, indentation);
    }
  }

  /** `- value` of a block list, the dash standing at `indentation`. */
  item(value: Skeleton, indentation: string): void {
    this.plain('- ');
    if (value.kind === 'object' && (value.members.length > 0 || value.open)) {
      this.members(value.members, `${indentation}  `);
    } else this.inline(value, indentation);
  }

  /** Members of a block object whose first key is written where the text stands. */
  members(members: readonly Member[], indentation: string): void {
    if (members.length === 0) this.#stop('', [], false);
    members.forEach(([key, value], at) => {
      if (at > 0) this.plain(this.#how.newline + indentation);
      this.member(key, value, indentation);
    });
  }

  /** A value that goes on where the text stands: scalars, and collections in brackets. */
  inline(value: Skeleton, indentation: string): void {
    switch (value.kind) {
      case 'literal':
        this.plain(value.text);
        return;
      case 'string':
        this.#scalar(value.value);
        return;
      case 'stop':
        this.#stop(value.proposal, value.choices, value.string);
        return;
      case 'list':
        this.#list(value.items, indentation);
        return;
      case 'object':
        this.#object(value.members, value.open, indentation);
        return;
    }
  }

  /** The first scalar takes the place of the word typed, and keeps its quotes. */
  #scalar(value: string): void {
    this.plain(this.#quoted(value, this.#raw.trim() === '' ? this.#how.quote : ''));
  }

  #quoted(value: string, quote: WritingStyle['quote']): string {
    const language = this.#how.style === 'json' ? 'json' : 'yaml';
    return quoteScalar(value, styleOfQuote[quote], language, true);
  }

  #list(items: readonly Skeleton[], indentation: string): void {
    const { multiline, listsOnLines, newline, indentationUnit } = this.#how;
    const lines = multiline && (listsOnLines || items.some(({ kind }) => kind === 'object'));
    const deeper = lines ? indentation + indentationUnit : indentation;
    this.plain('[');
    items.forEach((item, at) => {
      if (lines) this.plain(`${at > 0 ? ',' : ''}${newline}${deeper}`);
      else if (at > 0) this.plain(', ');
      this.inline(item, deeper);
    });
    this.plain(lines ? `${newline}${indentation}]` : ']');
  }

  #object(members: readonly Member[], open: boolean, indentation: string): void {
    if (members.length === 0) {
      const lines = open && this.#how.multiline;
      this.plain(lines ? `{${this.#how.newline}${indentation}${this.#how.indentationUnit}` : '{');
      if (open) this.#stop('', [], false);
      this.plain(lines ? `${this.#how.newline}${indentation}}` : '}');
      return;
    }
    const deeper = indentation + this.#how.indentationUnit;
    const before = this.#how.multiline ? this.#how.newline + deeper : ' ';
    this.plain('{');
    members.forEach(([key, value], at) => {
      if (at > 0) this.plain(',');
      this.plain(before);
      this.member(key, value, deeper);
    });
    this.plain(this.#how.multiline ? `${this.#how.newline}${indentation}}` : ' }');
  }

  #stop(text: string, choices: readonly string[], string: boolean): void {
    const open = text === '' && this.#how.style !== 'json';
    const whole = string && !open ? this.#quoted(text, '') : text;
    this.#raw += whole;
    const [quote = ''] = string ? (/^["']/.exec(whole) ?? []) : [];
    const inner = quote === '' ? whole : whole.slice(1, -1);
    const escaped = inner.replaceAll(/[\\$}]/g, '\\$&');
    const options = choices.map((option) => option.replaceAll(/[\\$},|]/g, '\\$&')).join(',');
    this.#parts.push({
      quote,
      body: this.#how.choices && choices.length > 1 ? `|${options}|` : escaped === '' ? '' : `:${escaped}`,
    });
  }
}

const styleOfQuote: Readonly<Record<WritingStyle['quote'], NodeStyle>> = {
  '': 'plain',
  '"': 'double-quoted',
  "'": 'single-quoted',
};
