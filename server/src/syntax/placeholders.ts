import type { SyntaxNode } from './tree.ts';

/**
 * Placeholders: parts of a text that a pipeline fills before Hasura reads it, and encrypted values. What comes in their
 * place is not known, so nothing may be said of a value or key that holds one.
 */

/** `{{NAME}}`, `${NAME}`, `<%= name %>`, `{% … %}`, `$(NAME)`, `__ENV__NAME__`, `%%NAME%%`, `#{NAME}#`, `ENC[…]`. */
const builtIn = new RegExp(
  [
    /\{\{\{[^{}\n]*\}\}\}/,
    /\{\{[^{}\n]*\}\}/,
    /\$\{[^{}\n]*\}/,
    /<%[^%\n]*%>/,
    /\{%[^%\n]*%\}/,
    /\$\([A-Za-z_][\w.-]*\)/,
    /__[A-Z][A-Z0-9]*__\w+/,
    /%%[\w.-]+%%/,
    /#\{[^{}\n]*\}#?/,
    /\bENC\[[^[\]\n]*\]/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const everywhere = new RegExp(builtIn, 'g');

/** What every placeholder has: most texts have none of it. */
const sign = /\{\{|[$#]\{|<%|\{%|\$\(|__[A-Z]|%%|ENC\[/;

export function holdsPlaceholder(text: string): boolean {
  return sign.test(text) && builtIn.test(text);
}

/** What stands from `offset` to `end`, but for placeholders, of which one may begin before: at `start` or later. */
export function withoutPlaceholders(text: string, start: number, offset: number, end: number): string {
  const whole = text.slice(start, end);
  if (!sign.test(whole)) return text.slice(offset, end);
  let rest = '';
  let at = offset;
  for (const { index, 0: placeholder } of whole.matchAll(everywhere)) {
    rest += text.slice(at, Math.max(at, start + index));
    at = Math.max(at, start + index + placeholder.length);
  }
  return rest + text.slice(at, end);
}

/** What stands for a name in a pattern of one's own. */
const nameWord = 'NAME';

/** What is wrong with a pattern of a placeholder (`@@NAME@@`), in the user's words. */
export function placeholderProblem(pattern: string): string | undefined {
  const parts = pattern.split(nameWord);
  if (parts.length === 2 && parts[0] !== '' && pattern.length <= 100) return undefined;
  return `"${pattern}" is not a placeholder pattern: write what comes before the name, ${nameWord}, and what comes after it, as in "@@${nameWord}@@".`;
}

/** Placeholders of a project's own; what is in a pattern beside `NAME` stands for itself. `undefined` without any. */
export function placeholderPattern(patterns: readonly string[]): RegExp | undefined {
  const parts = patterns.map((pattern) =>
    pattern
      .split(nameWord)
      .map((part) => part.replaceAll(/[^\w\s]/g, '\\$&'))
      .join('[\\w.:/-]{1,200}'),
  );
  return parts.length === 0 ? undefined : new RegExp(parts.join('|'));
}

/** Leaves open what holds a placeholder; `own`: those of the project. */
export function markPlaceholders(roots: readonly SyntaxNode[], text: string, own?: RegExp): void {
  const isPlaceholder =
    own === undefined ? holdsPlaceholder : (value: string) => own.test(value) || holdsPlaceholder(value);
  if (own === undefined ? sign.test(text) : own.test(text) || sign.test(text)) {
    for (const root of roots) mark(root, isPlaceholder);
  }
}

function mark(node: SyntaxNode, isPlaceholder: (text: string) => boolean): void {
  const { key, value } = node;
  if (typeof value === 'string' && isPlaceholder(value)) node.unresolved = true;
  if (typeof key?.value === 'string' && isPlaceholder(key.value)) {
    key.unresolved = true;
    // Any key may come in its place.
    if (node.parent !== undefined) node.parent.unresolved = true;
  }
  // Those have their children from a place before.
  if (node.aliasOf === undefined && !node.merged)
    for (const child of node.children) mark(child, isPlaceholder);
  else if (node.children.some((child) => child.key?.unresolved)) node.unresolved = true;
}

// ---- in YAML -------------------------------------------------------------------------------------------------

/** Where ASCII is moved to: characters that mean nothing in YAML. */
const shift = 0xe000;
const moved = /[\uE000-\uE07F]/;
const allMoved = /[\uE000-\uE07F]/g;

/**
 * The text with its placeholders in characters that mean nothing in YAML, where brackets and `%` do. As long as before, so that
 * all offsets stay; `restorePlaceholders` brings them back.
 */
export function withPlainPlaceholders(text: string): string {
  if (!sign.test(text) || moved.test(text)) return text;
  return text.replaceAll(everywhere, (found) =>
    found.replaceAll(/[ -~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + shift)),
  );
}

function restored(text: string): string {
  return text.replaceAll(allMoved, (character) => String.fromCharCode(character.charCodeAt(0) - shift));
}

/** Gives values and keys the text that was written. */
export function restorePlaceholders(roots: readonly SyntaxNode[]): void {
  for (const root of roots) restore(root);
}

function restore(node: SyntaxNode): void {
  const { key } = node;
  if (typeof node.value === 'string') node.value = restored(node.value);
  if (typeof key?.value === 'string') key.value = restored(key.value);
  if (node.aliasOf !== undefined || node.merged) return;
  for (const child of node.children) restore(child);
}

/** A word of a library with a text of the file in it. */
export function restoredMessage(message: string): string {
  return moved.test(message) ? restored(message) : message;
}

// ---- in JSON -------------------------------------------------------------------------------------------------

/** The text with strings in place of placeholders that stand without quotes; as long as before. */
export function withQuotedPlaceholders(text: string): string {
  if (!sign.test(text)) return text;
  const parts = new RegExp(`"(?:[^"\\\\\\n]|\\\\.)*"?|${builtIn.source}`, 'g');
  return text.replaceAll(parts, (found) =>
    found.startsWith('"') ? found : `"${found.slice(1, -1).replaceAll(/["\\]/g, ' ')}"`,
  );
}
