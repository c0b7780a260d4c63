import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { localized } from '../localized.ts';
import type { ReadFailure, ReadResult } from './readResult.ts';

/**
 * The text of a file's bytes: UTF-8, or UTF-16 with a byte order mark, which makes it certain. Anything else, and a text that
 * surely is another file than it was meant to be, is said and not read.
 */
export function fileText(bytes: Buffer, path: string): ReadResult {
  if (isUtf32(bytes)) return notText(path, localized`is UTF-32. Save it as UTF-8.`);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return textResult(bytes.toString('utf16le', 2), path);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return textResult(bigEndian(bytes), path);
  const text = bytes.toString('utf8');
  if (text.startsWith('\0GITCRYPT\0'))
    return notText(path, localized`is encrypted by git-crypt. Unlock the repository.`);
  if (bytes.includes(0))
    return notText(
      path,
      localized`is not text: it contains zero bytes, like UTF-16 without a byte order mark. Save it as UTF-8.`,
    );
  if (isUtf8(bytes)) return textResult(text, path);
  const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
  return notText(path, localized`is not UTF-8, perhaps Latin-1: see line ${line}. Save it as UTF-8.`);
}

/** By its byte order mark. */
function isUtf32(bytes: Buffer): boolean {
  const mark = bytes.subarray(0, 4).toString('hex');
  return mark === 'fffe0000' || mark === '0000feff';
}

/** A text that is there already, unless it surely is another file than it was meant to be. */
export function textResult(text: string, path: string): ReadResult {
  const other = otherContent(text);
  return other === undefined ? { ok: true, text } : notText(path, other);
}

/** What a text is that no file of ours begins like. */
function otherContent(text: string): string | undefined {
  const start = text.slice(0, 200).trimStart();
  if (start.startsWith('version https://git-lfs.github.com/spec/'))
    return localized`is a Git LFS pointer, not the file itself. Get it with "git lfs pull".`;
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(start))
    return localized`is an HTML page, perhaps a login page that was returned in place of the file.`;
  if (/^<\?xml\b/.test(start)) return localized`is an XML document.`;
  if (start.startsWith('$ANSIBLE_VAULT;')) return localized`is encrypted by Ansible Vault. Decrypt it.`;
  return /^https?:\/\/\S+\s*$/.test(text.slice(0, 2000))
    ? localized`contains only a URL. What it leads to is not read: save it here.`
    : undefined;
}

function notText(path: string, what: string): ReadFailure {
  return { ok: false, problem: 'other-content', message: localized`The file "${basename(path)}" ${what}` };
}

/** The text of UTF-16 whose higher bytes come first, without its mark. */
function bigEndian(bytes: Buffer): string {
  const pairs = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
  return pairs.swap16().toString('utf16le');
}
