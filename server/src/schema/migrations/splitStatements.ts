/** One statement of a file, without its semicolon and what precedes its first word. */
export interface SqlStatement {
  readonly offset: number;
  readonly text: string;
  /** In upper case; empty when it does not begin with one. */
  readonly firstWord: string;
  /** A quote or comment in it is not closed: it may have swallowed all that follows in the file. */
  readonly unclosed: boolean;
  /** The quote or comment that is not closed. */
  readonly unclosedAt?: { readonly offset: number; readonly kind: string } | undefined;
}

/** In the place of a first word of a line of psql's own that may do more than print. */
export const psqlCommand = '\\';

/** Lines of psql's own that change nothing, when no other is behind them. */
const harmlessLine =
  /^\\(?:\.|[?!HaltxzCTfsopw]|echo|qecho|warn|set|unset|pset|restrict|unrestrict|timing|encoding|out|copy|copyright|conninfo|print|password|prompt|setenv|cd|g|gx|gset|gdesc|errverbose|crosstabview|bind|html|d[a-zS+]{0,20})(?![a-z])[^\\]*$/;

/** What cannot change a table's shape, and often is long. All else is given to the parser. */
const withoutDdl = new Set(
  (
    'ABORT ANALYZE ANALYSE BEGIN CHECKPOINT CLOSE CLUSTER COMMIT COPY DEALLOCATE DECLARE DELETE END EXPLAIN FETCH GRANT INSERT LISTEN ' +
    'LOAD LOCK MERGE MOVE NOTIFY PREPARE REASSIGN REFRESH REINDEX RELEASE REVOKE ROLLBACK SAVEPOINT SECURITY SHOW START TRUNCATE ' +
    'UNLISTEN UPDATE VACUUM VALUES'
  ).split(' '),
);

/** Whether the statement can change what tables there are and how they look. */
export function mayBeDdl({ firstWord }: Pick<SqlStatement, 'firstWord'>): boolean {
  return !withoutDdl.has(firstWord);
}

/**
 * The statements of a file. Written by hand, since the parser refuses a whole file for one mistake in it, for `COPY` data and for
 * psql's lines, and takes seconds for the rows of a dump, which need no parsing. Each character is looked at once or twice.
 */
export function splitStatements(text: string): SqlStatement[] {
  const splitter = new Splitter(text);
  splitter.run();
  return splitter.statements;
}

const tab = 9;
const newline = 10;
const carriageReturn = 13;
const space = 32;
const quote = 39;
const doubleQuote = 34;
const dollar = 36;
const openParenthesis = 40;
const closeParenthesis = 41;
const asterisk = 42;
const minus = 45;
const slash = 47;
const semicolon = 59;
const backslash = 92;
const byteOrderMark = 0xfeff;

const dollarTag = /\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$/y;
const word = /[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*/y;
const blockCommentEdge = /\/\*|\*\//g;
const fromStdin = /\bfrom\s+stdin\b/i;
const lineEnd = /[\r\n]/g;
const quotedOrComment = /'[^']*(?:'|$)|"[^"]*(?:"|$)|\/\*[\s\S]*?(?:\*\/|$)|--[^\r\n]*/g;
const atomic = /\s+atomic\b/iy;
const endOfData = /^\\\.\r?$/gm;

const kindsOfOpen: Readonly<Record<string, string>> = {
  "'": 'quoted string',
  '"': 'quoted identifier',
  $: 'dollar-quoted string',
  '/': '/* comment',
};

class Splitter {
  readonly statements: SqlStatement[] = [];
  readonly #text: string;
  #at = 0;
  /** Where the statement begins; -1 between two. */
  #start = -1;
  #firstWord = '';
  #isRule = false;
  /** A routine's `BEGIN ATOMIC … END` has statements of its own, and `CASE … END` in them. */
  #isRoutine = false;
  #depth = 0;
  #unclosedAt: SqlStatement['unclosedAt'];

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    const text = this.#text;
    while (this.#at < text.length) this.#step(text.charCodeAt(this.#at));
    this.#finish(text.length);
  }

  #step(code: number): void {
    switch (code) {
      case space:
      case newline:
      case tab:
      case carriageReturn:
      case byteOrderMark:
        this.#at++;
        return;
      case minus:
        if (this.#next() === minus) {
          this.#skipLineComment();
          return;
        }
        break;
      case slash:
        if (this.#next() === asterisk) {
          this.#skipComment();
          return;
        }
        break;
      case backslash:
        // psql's own: `\restrict`, `\gexec`.
        this.#psqlLine();
        return;
      case semicolon:
        if (this.#depth === 0) {
          this.#semicolon();
          return;
        }
        break;
      case quote:
        this.#begin();
        this.#skipQuoted("'", false);
        return;
      case doubleQuote:
        this.#begin();
        this.#skipQuoted('"', false);
        return;
      case dollar:
        this.#begin();
        this.#skipDollar();
        return;
      case openParenthesis:
        if (this.#isRule) this.#depth++;
        break;
      case closeParenthesis:
        if (this.#isRule && this.#depth > 0) this.#depth--;
        break;
    }
    this.#begin();
    if (!this.#skipWord()) this.#at++;
  }

  #next(): number {
    return this.#text.charCodeAt(this.#at + 1);
  }

  #begin(): void {
    if (this.#start === -1) this.#start = this.#at;
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end + 1;
  }

  #skipLineComment(): void {
    lineEnd.lastIndex = this.#at;
    this.#at = lineEnd.exec(this.#text) ? lineEnd.lastIndex : this.#text.length;
  }

  #psqlLine(): void {
    const start = this.#at;
    this.#finish(start);
    if (this.#next() === semicolon) {
      this.#at += 2;
      return;
    }
    this.#skipLine();
    const text = this.#text.slice(start, this.#at).trimEnd();
    const copiesData = /^\\copy\s.*\bfrom\s+p?stdin\b/i.test(text);
    const isHarmless = harmlessLine.test(text) && (!copiesData || this.#skipData());
    // Said twice in a row, it says no more.
    if (isHarmless || this.statements.at(-1)?.text === text) return;
    this.statements.push({ offset: start, text, firstWord: psqlCommand, unclosed: false });
  }

  #skipComment(): void {
    let depth = 0;
    blockCommentEdge.lastIndex = this.#at;
    for (let edge = blockCommentEdge.exec(this.#text); edge; edge = blockCommentEdge.exec(this.#text)) {
      depth += edge[0] === '/*' ? 1 : -1;
      if (depth === 0) {
        this.#at = blockCommentEdge.lastIndex;
        return;
      }
    }
    this.#swallowRest();
  }

  /** From a quote to the one that closes it; one that is doubled begins another quoted part at once. */
  #skipQuoted(mark: string, escapes: boolean): void {
    const text = this.#text;
    let at = this.#at + 1;
    if (!escapes) {
      const end = text.indexOf(mark, at);
      if (end === -1) {
        this.#swallowRest();
        return;
      }
      this.#at = end + 1;
      return;
    }
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === backslash) at++;
      else if (code === quote) {
        if (text.charCodeAt(at + 1) !== quote) {
          this.#at = at + 1;
          return;
        }
        at++;
      }
    }
    this.#swallowRest();
  }

  #skipDollar(): void {
    dollarTag.lastIndex = this.#at;
    const tag = dollarTag.exec(this.#text)?.[0];
    if (tag === undefined) {
      this.#at++;
      return;
    }
    const end = this.#text.indexOf(tag, this.#at + tag.length);
    if (end === -1) this.#swallowRest();
    else this.#at = end + tag.length;
  }

  #swallowRest(): void {
    this.#begin();
    this.#unclosedAt = { offset: this.#at, kind: kindsOfOpen[this.#text.charAt(this.#at)] ?? 'text' };
    this.#at = this.#text.length;
  }

  #skipWord(): boolean {
    word.lastIndex = this.#at;
    if (!word.test(this.#text)) return false;
    const start = this.#at;
    const length = word.lastIndex - start;
    this.#at = word.lastIndex;
    // Most words are not looked at, and there are many.
    const found = (): string => this.#text.slice(start, start + length).toUpperCase();
    if (start === this.#start) this.#firstWord = length > 20 ? '' : found();
    if (length === 1 && this.#text.charCodeAt(this.#at) === quote && found() === 'E')
      this.#skipQuoted("'", true);
    else if (this.#firstWord === 'CREATE' && length < 10) this.#followCreate(found());
    return true;
  }

  #followCreate(found: string): void {
    if (this.#isRoutine) {
      if ((found === 'BEGIN' && this.#isAtomic()) || (found === 'CASE' && this.#depth > 0)) this.#depth++;
      else if (found === 'END' && this.#depth > 0) this.#depth--;
    } else if (!this.#isRule && this.#at - this.#start < 60) {
      this.#isRoutine = found === 'FUNCTION' || found === 'PROCEDURE';
      this.#isRule = found === 'RULE';
    }
  }

  /** `begin` may be a column's name as well. */
  #isAtomic(): boolean {
    atomic.lastIndex = this.#at;
    return atomic.test(this.#text);
  }

  #semicolon(): void {
    const isData =
      this.#firstWord === 'COPY' &&
      fromStdin.test(this.#text.slice(this.#start, this.#at).replace(quotedOrComment, ' '));
    this.#finish(this.#at);
    this.#at++;
    if (!isData || this.#skipData()) return;
    const copy = this.statements.pop();
    if (copy) this.statements.push({ ...copy, unclosed: true });
  }

  /** Whether it has an end. */
  #skipData(): boolean {
    endOfData.lastIndex = this.#at;
    const end = endOfData.exec(this.#text);
    this.#at = end ? end.index + end[0].length : this.#text.length;
    return end !== null;
  }

  #finish(end: number): void {
    if (this.#start !== -1) {
      this.statements.push({
        offset: this.#start,
        text: this.#text.slice(this.#start, end),
        firstWord: this.#firstWord,
        unclosed: this.#unclosedAt !== undefined,
        unclosedAt: this.#unclosedAt,
      });
    }
    this.#start = -1;
    this.#firstWord = '';
    this.#isRule = false;
    this.#isRoutine = false;
    this.#depth = 0;
    this.#unclosedAt = undefined;
  }
}
