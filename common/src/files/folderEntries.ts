import { type Dirent, readdirSync } from 'node:fs';
import { notice, noticeEntries } from './diskAnswers.ts';
import { isMissing } from './regularFile.ts';

/** What stands in a folder, by name. @throws when it can't be read */
export function folderEntries(folder: string): readonly Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    noticeEntries(folder, entries);
    // Else the same folder is read in another order on another disk.
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    noticeUnread(folder, error);
    throw error;
  }
}

export function noticeUnread(folder: string, error: unknown): void {
  notice('entries', folder, () => (isMissing(error) ? 'missing' : 'unread'));
}
