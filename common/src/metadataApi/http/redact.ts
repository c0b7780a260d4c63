import { hidden, type Secret } from '../../endpoint/secret.ts';
import { isJsonArray, isJsonObject, type Json, member, textMember } from '../document/json.ts';
import { secretPattern } from './secretPattern.ts';

/** Deeper than any answer of a server; what lies below is left out. */
const deepest = 100;

/**
 * The text without the secrets, however programs write them into what they say (`secretPattern`). Passwords in URLs go as
 * well.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
  const plain = text.replace(/:\/\/[^\s/@?#"'<>]*@/g, `://${hidden}@`);
  return secrets
    .toSorted((a, b) => b.reveal().length - a.reveal().length)
    .reduce((left, secret) => {
      const pattern = patternOf(secret);
      return pattern === undefined ? left : left.replace(pattern, hidden);
    }, plain);
}

const patterns = new WeakMap<Secret, { readonly pattern: RegExp | undefined }>();

function patternOf(secret: Secret): RegExp | undefined {
  const known = patterns.get(secret) ?? { pattern: secretPattern(secret.reveal()) };
  patterns.set(secret, known);
  return known.pattern;
}

/** The same for every text in a value, keys included. */
export function redactJson(value: Json, secrets: readonly Secret[], depth = 0): Json {
  if (typeof value === 'string') return redact(value, secrets);
  if (depth > deepest) return null;
  if (isJsonArray(value)) return value.map((item) => redactJson(item, secrets, depth + 1));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      redact(key, secrets),
      redactJson(child, secrets, depth + 1),
    ]),
  );
}

/** Where answers have a server's own words, rather than names and documents. */
const keysOfWords: ReadonlySet<string> = new Set(['reason', 'message', 'error', 'internal', 'version']);

/** An answer whose words are without the secrets; its names and documents are as they are. */
export function redactWords(value: Json, secrets: readonly Secret[]): Json {
  if (isJsonArray(value)) return value.map((item) => redactWords(item, secrets));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      keysOfWords.has(key) && typeof child === 'string'
        ? redact(child, secrets)
        : redactWords(child, secrets),
    ]),
  );
}

/** Shorter ones are words that a name may have by chance. */
const shortestSecret = 8;

/** Secrets that are no word: found where names stand, they are there for no good reason. */
export function tellingSecrets(secrets: readonly Secret[]): readonly Secret[] {
  return secrets.filter((secret) => secret.reveal().trim().length >= shortestSecret);
}

/** Whether a text has one of the secrets, in whichever form. */
export function holdsSecret(text: string, secrets: readonly Secret[]): boolean {
  return tellingSecrets(secrets).some((secret) => text.search(patternOf(secret) ?? /(?!)/) >= 0);
}

/**
 * A request as a log may show it. Besides the admin secret, what may hold passwords of databases and remote servers is
 * left out: whole metadata documents, connections, headers.
 */
export function loggable(request: Json, secrets: readonly Secret[]): Json {
  return redactJson(withoutPrivateKeys(request, 0), secrets);
}

const leftOut = '[left out]';
const privateKeys: ReadonlySet<string> = new Set(['metadata', 'configuration', 'connection_info', 'headers']);

function withoutPrivateKeys(value: Json, depth: number): Json {
  if (depth > deepest) return null;
  if (isJsonArray(value)) return value.map((item) => withoutPrivateKeys(item, depth + 1));
  if (!isJsonObject(value)) return value;
  const shown = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      privateKeys.has(key) && typeof child === 'object' && child !== null
        ? leftOut
        : withoutPrivateKeys(child, depth + 1),
    ]),
  );
  // The first version of replace_metadata has the document itself as its arguments.
  const wholeDocument =
    textMember(shown, 'type') === 'replace_metadata' &&
    member(member(shown, 'args'), 'metadata') === undefined;
  return wholeDocument ? { ...shown, args: leftOut } : shown;
}
