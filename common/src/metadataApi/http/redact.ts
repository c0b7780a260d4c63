import { hidden, type Secret } from '../../endpoint/secret.ts';
import { isJsonArray, isJsonObject, type Json, member, textMember } from '../document/json.ts';

/** Deeper than any answer of a server; what lies below is left out. */
const deepest = 100;

/**
 * The text without the secrets, however they were written into it: as they are, as part of a URL, of a JSON text or of
 * an HTML page, in base 64, in hexadecimal. Passwords in URLs go as well.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
  let result = text.replace(/:\/\/[^\s/@?#"'<>]*@/g, `://${hidden}@`);
  const revealed = secrets.map((secret) => secret.reveal()).sort(longestFirst);
  const encodings = revealed.flatMap(encodingsOf);
  const forms = revealed.flatMap(formsOf).sort(longestFirst);
  for (const form of [...encodings, ...forms]) result = result.replaceAll(form, hidden);
  return result;
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

function formsOf(secret: string): string[] {
  const trimmed = secret.trim();
  if (trimmed === '') return [];
  // Half a surrogate pair is another character once it was sent, and none that a URL can have.
  const sent = Buffer.from(trimmed, 'utf8').toString('utf8');
  const forms = [
    secret,
    trimmed,
    sent,
    JSON.stringify(trimmed).slice(1, -1),
    JSON.stringify(sent).slice(1, -1),
    trimmed
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
    base64(trimmed),
    Buffer.from(trimmed, 'utf8').toString('base64url'),
  ];
  return [...new Set(forms)].filter((form) => form !== '');
}

/** Forms that may be written in small letters and in capitals: in hexadecimal, and in a URL, each character or some of them. */
function encodingsOf(secret: string): RegExp[] {
  const trimmed = secret.trim();
  if (trimmed === '') return [];
  const bytes = [...Buffer.from(trimmed, 'utf8')].map(anyCase);
  const inUrl = [...Buffer.from(trimmed, 'utf8').toString('utf8')].map((character) => {
    const encoded = [...Buffer.from(character, 'utf8')].map((byte) => `%${anyCase(byte)}`).join('');
    const plain =
      character === ' '
        ? '[ +]'
        : character.replace(/[^\w\s]/u, (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`);
    return `(?:${plain}|${encoded})`;
  });
  return [new RegExp(bytes.join(''), 'gu'), new RegExp(inUrl.join(''), 'gu')];
}

/** The two digits of a byte in hexadecimal, as a regular expression takes both cases. */
function anyCase(byte: number): string {
  const digits = byte.toString(16).padStart(2, '0');
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('base64')
    .replace(/={1,2}$/, '');
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}
