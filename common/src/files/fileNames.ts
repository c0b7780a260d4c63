import { localized } from '../localized.ts';

/** Names of devices on Windows, whatever ending follows. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?:\.|$)/i;

/** Most file systems end at 255 bytes. */
const longest = 240;

/** Why a name can't be that of a file on every system, as `it …`; `undefined` when it can. */
export function whyNoFileName(name: string): string | undefined {
  if (name === '') return localized`it is empty`;
  if (name.startsWith('.')) return localized`it begins with a dot`;
  if (/[. ]$/.test(name)) return localized`it ends with a dot or a space`;
  if (/[/\\:*?"<>|\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(name)) {
    return localized`it has a character that is not allowed in file names`;
  }
  if (device.test(name)) return localized`it names a device on Windows`;
  return new TextEncoder().encode(name).length > longest ? localized`it is too long` : undefined;
}

/** One name for what looks the same: accents are written in two ways, and some systems take both for one. */
export function fileName(name: string): string {
  return name.normalize('NFC');
}

/** The same text for names that are one file on some system. */
export function sameFileKey(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
