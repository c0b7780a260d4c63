/**
 * A `.env` file as the Hasura CLI reads it, with one difference: a value refers to earlier variables of the same file,
 * never to those of the environment, which a repository could read with it.
 */
export type DotEnv =
  | { readonly outcome: 'read'; readonly values: ReadonlyMap<string, DotEnvValue> }
  /** The CLI leaves out a file with such a line whole. Lines count from 1. */
  | { readonly outcome: 'unreadable'; readonly line: number };

export interface DotEnvValue {
  readonly text: string;
  /** A variable it refers to that the file does not set before it: the text is not what the CLI has. */
  readonly missing: string | undefined;
}

/** What stands before a value: a name, and `=` or a colon with a blank. */
const beginning = /^[\t\f\r ]*(?:export[\t\f\r ]+)?([\w.]+)(?:[\t\f\r ]*=[\t\f\r ]*|:[\t\f\r ])/;

/** `$NAME`, `${NAME}`, and either behind a backslash, which keeps it as it stands. */
const reference = /(\\)?\$\{?([A-Z0-9_]+)?\}?/g;

export function readDotEnv(text: string): DotEnv {
  const values = new Map<string, DotEnvValue>();
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (const [index, ended] of lines.entries()) {
    const line = ended.replace(/\r$/, '');
    const [start, name] = beginning.exec(line) ?? [];
    if (start !== undefined && name !== undefined) {
      values.set(name, expandedValue(writtenIn(line.slice(start.length)), values));
    } else if (line.trim() !== '' && !line.trimStart().startsWith('#')) {
      return { outcome: 'unreadable', line: index + 1 };
    }
  }
  return { outcome: 'read', values };
}

/** The value with its quotes, without the comment behind it. */
function writtenIn(rest: string): string {
  const quote = rest[0];
  if (quote === '"' || quote === "'") {
    // The last quote that only a comment follows ends it.
    for (let end = rest.lastIndexOf(quote); end > 0; end = rest.lastIndexOf(quote, end - 1)) {
      if (isEnd(rest, end + 1)) return rest.slice(0, end + 1);
    }
  }
  const comment = rest.indexOf('#');
  return comment < 0 ? rest : rest.slice(0, comment);
}

function isEnd(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && '\t\f\r '.includes(text.charAt(at))) at++;
  return at === text.length || text[at] === '#';
}

function expandedValue(written: string, known: ReadonlyMap<string, DotEnvValue>): DotEnvValue {
  const trimmed = written.replace(/^ +/, '').trimEnd();
  const quoted = /^["'].*["']$/.test(trimmed) && trimmed.length > 1;
  let text = quoted ? trimmed.slice(1, -1) : trimmed;
  if (written.startsWith('"')) {
    text = text
      .replaceAll('\\n', '\n')
      .replaceAll('\\r', '\r')
      .replace(/\\([^$])/g, '$1');
  }
  let missing: string | undefined;
  const expanded = text.replace(
    reference,
    (whole, backslash: string | undefined, name: string | undefined) => {
      if (backslash !== undefined) return whole.slice(1);
      if (written.startsWith("'") || name === undefined) return whole;
      const value = known.get(name);
      missing ??= value === undefined ? name : value.missing;
      return value?.text ?? '';
    },
  );
  return { text: expanded, missing };
}
