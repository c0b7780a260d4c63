/** Reads the directories of the archives that are shipped. */
import { gunzipSync } from 'node:zlib';

export interface Entry {
  readonly name: string;
  /** In seconds since 1970, as UTC. */
  readonly modified: number;
}

/** A zip file's directory, which ends with a record that says where it starts and how long it is. */
export function readZip(zip: Buffer): readonly Entry[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries: Entry[] = [];
  let offset = zip.readUInt32LE(end + 16);
  for (let remaining = zip.readUInt16LE(end + 10); remaining > 0; remaining--) {
    const field = (at: number) => zip.readUInt16LE(offset + at);
    const [name, extra, comment] = [field(28), field(30), field(32)];
    entries.push({
      name: zip.toString('utf8', offset + 46, offset + 46 + name),
      modified: secondsOf(field(14), field(12)),
    });
    offset += 46 + name + extra + comment;
  }
  return entries;
}

/** Date and time as MS-DOS writes them. */
function secondsOf(date: number, time: number): number {
  const [year, month, day] = [(date >> 9) + 1980, ((date >> 5) & 15) - 1, date & 31];
  return Date.UTC(year, month, day, time >> 11, (time >> 5) & 63, (time & 31) * 2) / 1000;
}

/** The files of a compressed tar file: headers of 512 bytes, each before its file, which is filled up to such a block. */
export function readTgz(tgz: Buffer): readonly Entry[] {
  const tar = gunzipSync(tgz);
  const entries: Entry[] = [];
  for (let offset = 0; tar[offset] !== 0; ) {
    const text = (at: number, length: number) =>
      tar.toString('utf8', offset + at, offset + at + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12), 8);
    entries.push({ name: text(0, 100), modified: Number.parseInt(text(136, 12), 8) });
    offset += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}
